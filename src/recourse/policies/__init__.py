"""Whenever this happened, then that: the whole reactive side of the engine."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from recourse.aggregates.base import DomainEvent, Fact
from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.claim import Claim
from recourse.aggregates.day import Days
from recourse.commands.base import Command, Desk
from recourse.policies.deadlines import let_appeals_lapse, let_notices_lapse
from recourse.policies.disputes import return_doubtful_claims
from recourse.policies.referrals import review_notes_of_claim, review_this_note
from recourse.values.parties import Text

__all__ = ["POLICIES", "Policy", "Reaction"]

Reaction = Callable[[Fact, Desk], Iterator[Command]]
"""(what happened, what can be looked up): what must now be asked."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Whenever one of these events happened, `then` says what is asked; `says` is its sentence."""

    says: Text
    whenever: tuple[type[DomainEvent], ...]
    then: Reaction


POLICIES: tuple[Policy, ...] = (
    Policy(
        Text(
            "每天开始时，前一天到期而无人答复的申诉期届满（ZA10）。",
            "Whenever a day begins, the appeals whose last day was the day before lapse (ZA10).",
        ),
        (Days.Began,),
        let_appeals_lapse,
    ),
    Policy(
        Text(
            "每天开始时，前一天到期的清理通知届满，没有清走的旧件逐件逾期（ZA3）。",
            "Whenever a day begins, clearance notices whose last day was the day before lapse, "
            "and each part left behind is overdue (ZA3).",
        ),
        (Days.Began,),
        let_notices_lapse,
    ),
    Policy(
        Text(
            "接收的索赔有疑点时，自动退回用户服务中心重新核实，已有人退回的除外（Z-4.4.3a）。",
            "Whenever a claim looks wrong on arrival, it goes back to the centre to be verified "
            "again, unless somebody returned it already (Z-4.4.3a).",
        ),
        (Claim.Received,),
        return_doubtful_claims,
    ),
    Policy(
        Text(
            "索赔的费用承担或者有效性变动时，复核它所在的已批准索赔单（ZA38）。",
            "Whenever a claim's cost moves or its validity changes, its approved notes are "
            "reviewed (ZA38).",
        ),
        (Claim.Divided, Claim.NotReturned, Claim.NotReturnedWithdrawn),
        review_notes_of_claim,
    ),
    Policy(
        Text(
            "索赔单上的行被减少或者索赔单作废时，复核该索赔单（ZA38）。",
            "Whenever lines of a note are lowered or it is made void, it is reviewed (ZA38).",
        ),
        (Chargeback.Rechecked, Chargeback.Arbitrated, Chargeback.Voided),
        review_this_note,
    ),
)
"""The order in the table is the order of the reactions to one event."""
