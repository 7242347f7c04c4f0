"""What can be asked about the breakdown of a month's cost to those who bear it?"""

from typing import Literal

from recourse.aggregates.base import Act
from recourse.aggregates.breakdown import Breakdown
from recourse.aggregates.claim import Claim
from recourse.aggregates.claim.division import sums
from recourse.aggregates.order import must_follow
from recourse.commands.base import Command, Desk, EvidencedCommand, ShortText
from recourse.commands.claims import ShareText, attribute
from recourse.commands.drafts import Month
from recourse.commands.notes import live_note_of
from recourse.values.parties import Bearer, Identifier, Text
from recourse.values.refusal import Refused


class SendBreakdown(Command):
    TITLE = Text("发送月度费用分解", "send the breakdown")
    BY = ("quality_engineer",)
    RULES = ("Z-4.5.1a", "ZA23")

    month: Month


def send_breakdown(command: SendBreakdown, act: Act, desk: Desk) -> None:
    received = received_in(command.month, desk)
    borne = {claim.id: sums(claim.bearing) for claim in received}
    told = {claim: parts for claim, parts in borne.items() if parts}
    desk.get(Breakdown, command.month).send(act, told)
    must_follow(act, max(claim.began for claim in received))


def received_in(month: str, desk: Desk) -> list[Claim]:
    """The claims received in a month, whatever became of them."""
    return desk.all(Claim, f"received {month} claim ")


class SignBreakdown(Command):
    TITLE = Text("签收月度费用分解", "sign for the breakdown")
    BY = ("supplier", "department")
    RULES = ("Z-4.5.1b", "ZA35")

    month: Month


def sign_breakdown(command: SignBreakdown, act: Act, desk: Desk) -> None:
    breakdown = _sent(command.month, desk)
    breakdown.sign(act, list(_own(act, command.month, desk)))


class AppealBreakdown(EvidencedCommand):
    TITLE = Text("对月度费用分解提出异议", "appeal against the breakdown")
    BY = ("supplier", "department")
    RULES = ("Z-4.5.1c", "ZA35")

    month: Month
    claims: tuple[Identifier, ...]
    reason: ShortText


def appeal_breakdown(command: AppealBreakdown, act: Act, desk: Desk) -> None:
    breakdown = _sent(command.month, desk)
    own = _own(act, command.month, desk)
    claims = list(dict.fromkeys(command.claims))
    if not claims:
        raise Refused("no-claims-named")
    strange = [claim for claim in claims if not any(claim in borne for borne in own.values())]
    if strange:
        raise Refused("bears-nothing-of-it", bearer=", ".join(own), claims=", ".join(strange))
    named = {bearer: [claim for claim in claims if claim in own[bearer]] for bearer in own}
    breakdown.appeal(act, named)


def _sent(month: str, desk: Desk) -> Breakdown:
    breakdown = desk.get(Breakdown, month)
    if not breakdown.sent:
        raise Refused("breakdown-not-sent", month=month)
    return breakdown


def _own(act: Act, month: str, desk: Desk) -> dict[str, list[str]]:
    """The bearers for whom the person answers, with the claims of the month each bears some of."""
    own = sorted(role for role in act.roles if role.startswith(("supplier:", "department:")))
    borne = {claim.id: sums(claim.bearing) for claim in received_in(month, desk)}
    found = {bearer: [name for name, parts in borne.items() if bearer in parts] for bearer in own}
    if not any(found.values()):
        raise Refused("bears-nothing-of-the-month", bearer=", ".join(own), month=month)
    return {bearer: claims for bearer, claims in found.items() if claims}


class DecideBreakdownAppeal(Command):
    TITLE = Text("裁定对费用分解的异议", "decide the appeal against the breakdown")
    BY = ("quality_manager",)
    RULES = ("Z-4.5.1c",)

    month: Month
    bearer: Bearer
    claim: Identifier
    outcome: Literal["kept", "changed"]
    shares: dict[Bearer, ShareText] | None = None


def decide_breakdown_appeal(command: DecideBreakdownAppeal, act: Act, desk: Desk) -> None:
    breakdown = desk.get(Breakdown, command.month)
    breakdown.decide(act, command.bearer, command.claim, command.outcome)
    claim = desk.get(Claim, command.claim)
    if command.outcome == "changed":
        claim.must_be_attributable(live_note_of(desk, claim.id))
    if (command.shares is not None) != (command.outcome == "changed"):
        raise Refused("shares-only-when-changed", claim=command.claim, outcome=command.outcome)
    if command.shares is not None:
        attribute(claim, command.shares, act, desk)
