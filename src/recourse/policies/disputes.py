"""When does a claim go back to the centre by itself?"""

from collections.abc import Iterator

from recourse.aggregates.base import Fact
from recourse.aggregates.claim import Claim
from recourse.commands.base import Command, Desk
from recourse.commands.disputes import ReturnDoubtfulClaim


def return_doubtful_claims(fact: Fact, desk: Desk) -> Iterator[Command]:
    """Whenever a claim looks wrong on arrival, it is returned, unless somebody did so already."""
    assert isinstance(fact.event, Claim.Received)
    claim = desk.get(Claim, fact.stream.partition(":")[2])
    if fact.event.doubts and not claim.objected_by:
        yield ReturnDoubtfulClaim(claim=claim.id)
