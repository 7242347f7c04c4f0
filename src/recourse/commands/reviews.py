"""What must a person look at after something on record was corrected?"""

from recourse.aggregates.account import Account
from recourse.aggregates.base import Act
from recourse.aggregates.claim import Claim
from recourse.aggregates.claim.gates import WAIVABLE
from recourse.aggregates.referral import Referral
from recourse.commands.base import Command, Desk
from recourse.commands.claims import shut_gates
from recourse.commands.notes import approved_notes_of
from recourse.commands.referrals import BELOW_NOTHING
from recourse.commands.suppliers import notes_of
from recourse.values.parties import ENGINE, Identifier, Text

GATE_MISSING = "gate-missing-after-approval"


class ReviewClaim(Command):
    TITLE = Text("复核更正后的索赔", "review the claim after a correction")
    BY = (ENGINE,)
    RULES = ("ZA38", "ZA41")

    claim: Identifier


def review_claim(command: ReviewClaim, act: Act, desk: Desk) -> None:
    """A gate of its parts is missing now, and an approved live note carries the claim."""
    claim = desk.get(Claim, command.claim)
    shut = set(shut_gates(desk, claim, act)).intersection(WAIVABLE)
    if shut and approved_notes_of(desk, claim.id):
        referral = desk.get(Referral, claim.stream)
        referral.raise_(act, about=claim.id, code=GATE_MISSING, asked=command.act_name())


class ReviewAccount(Command):
    TITLE = Text("复核更正后的应付货款", "review the account after a correction")
    BY = (ENGINE,)
    RULES = ("ZA38", "Z-4.6.3a")

    supplier: Identifier


def review_account(command: ReviewAccount, act: Act, desk: Desk) -> None:
    """More was paid and deducted than is payable now."""
    account = desk.get(Account, command.supplier)
    if account.payable(notes_of(desk, account.id).values()) < 0:
        referral = desk.get(Referral, account.stream)
        referral.raise_(act, about=account.id, code=BELOW_NOTHING, asked=command.act_name())
