"""Whenever this happened, then that: the whole reactive side of the engine."""

from collections.abc import Callable, Iterator

from recourse.aggregates.base import DomainEvent, Fact
from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.claim import Claim
from recourse.aggregates.day import Days
from recourse.commands.base import Command, Desk
from recourse.policies.deadlines import let_appeals_lapse
from recourse.policies.referrals import review_notes_of_claim, review_this_note

__all__ = ["POLICIES", "Policy"]

Policy = Callable[[Fact, Desk], Iterator[Command]]
"""(what happened, what can be looked up): what must now be asked."""

POLICIES: dict[type[DomainEvent], tuple[Policy, ...]] = {
    Days.Began: (let_appeals_lapse,),
    Claim.Divided: (review_notes_of_claim,),
    Claim.NotReturned: (review_notes_of_claim,),
    Claim.NotReturnedWithdrawn: (review_notes_of_claim,),
    Chargeback.Rechecked: (review_this_note,),
    Chargeback.Arbitrated: (review_this_note,),
    Chargeback.Voided: (review_this_note,),
}
