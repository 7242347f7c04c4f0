"""When must a person look at a note, what is asked to see to that, and who says it is done?"""

from typing import Annotated

from pydantic import Field

from recourse.aggregates.base import Act
from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.claim import Claim
from recourse.aggregates.referral import Referral
from recourse.commands.base import Command, Desk, ShortText, must_have_role
from recourse.values.parties import ENGINE, Identifier, Text
from recourse.values.refusal import Refused

OVERCHARGED = "charges-more-than-borne"
BELOW_NOTHING = "payable-below-nothing"

ReferralName = Annotated[str, Field(min_length=1, max_length=300)]


def overcharging(desk: Desk, note: Chargeback) -> str | None:
    """The first line that charges more than the supplier bears now, or invalid service (ZA38)."""
    if not note.is_approved:
        return None
    for line in note.approved.values():
        if line.kind != "loss":
            continue
        borne = desk.get(Claim, line.claim).borne_by(note.supplier, line.component)
        if note.amounts[line.name] > borne:
            return line.name
    return next((name for name in note.claims if not desk.get(Claim, name).valid), None)


def must_not_be_referred(desk: Desk, note: Chargeback) -> None:
    """Refuse to issue or collect while a person must look at the note first (ZA38)."""
    line = overcharging(desk, note)
    if line:
        raise Refused("note-referred", "ZA38", chargeback=note.id, line=line)


class ReviewNote(Command):
    TITLE = Text("复核已批准的索赔单", "review the approved note")
    BY = (ENGINE,)
    RULES = ("ZA38",)

    chargeback: Identifier


def review_note(command: ReviewNote, act: Act, desk: Desk) -> None:
    note = desk.get(Chargeback, command.chargeback)
    referral = desk.get(Referral, command.chargeback)
    if overcharging(desk, note):
        referral.raise_(act, about=note.id, code=OVERCHARGED, asked=command.act_name())
    elif note.exists:
        referral.close(act)


class ReferReaction(Command):
    TITLE = Text("把被拒的反应交给人处理", "refer the refused reaction to a person")
    BY = (ENGINE,)
    RULES = ("ZA38",)

    referral: ReferralName
    label: str  # what the refused reaction was about, as it says itself
    code: str
    asked: str


def refer_reaction(command: ReferReaction, act: Act, desk: Desk) -> None:
    desk.get(Referral, command.referral).raise_(
        act, about=command.label, code=command.code, asked=command.asked
    )


class CloseReferral(Command):
    TITLE = Text("了结转人工事项", "close the referral")
    BY = ("quality_manager", "finance_checker")
    RULES = ("ZA38",)

    referral: ReferralName
    reason: ShortText


def close_referral(command: CloseReferral, act: Act, desk: Desk) -> None:
    """A note's referral ends when its cause does; any other when the one in charge says so."""
    referral = desk.find(Referral, command.referral)
    must_have_role(act, "finance_checker" if referral.code == BELOW_NOTHING else "quality_manager")
    referral.must_be_open()
    note = desk.get(Chargeback, referral.id)
    line = overcharging(desk, note) if referral.code == OVERCHARGED else None
    if line:
        raise Refused("referral-still-true", chargeback=note.id, line=line)
    referral.close(act)
