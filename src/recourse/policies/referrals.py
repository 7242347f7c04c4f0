"""When must a person look at an approved note, a claim or an account?"""

from collections.abc import Iterator

from recourse.aggregates.base import Fact
from recourse.aggregates.returned_part import ReturnedPart
from recourse.commands.base import Command, Desk
from recourse.commands.notes import approved_notes_of
from recourse.commands.referrals import ReviewNote
from recourse.commands.reviews import ReviewAccount, ReviewClaim


def review_notes_of_claim(fact: Fact, desk: Desk) -> Iterator[Command]:
    """Whenever a claim's cost moves or its validity changes, its approved notes are reviewed."""
    for note in approved_notes_of(desk, fact.stream.partition(":")[2]):
        yield ReviewNote(chargeback=note.id)


def review_this_note(fact: Fact, desk: Desk) -> Iterator[Command]:
    """Whenever lines of a note were lowered or it is void, it is reviewed (ZA38)."""
    del desk
    yield ReviewNote(chargeback=fact.stream.partition(":")[2])


def review_claim_of_part(fact: Fact, desk: Desk) -> Iterator[Command]:
    """Whenever a count or a finding is corrected, the claim of the part is reviewed (ZA38)."""
    yield ReviewClaim(claim=desk.get(ReturnedPart, fact.stream.partition(":")[2]).claim)


def review_this_account(fact: Fact, desk: Desk) -> Iterator[Command]:
    """Whenever a payable is corrected, the supplier's account is reviewed (Z-4.6.3a)."""
    del desk
    yield ReviewAccount(supplier=fact.stream.partition(":")[2])
