"""When must a person look at an approved note?"""

from collections.abc import Iterator

from recourse.aggregates.base import Fact
from recourse.commands.base import Command, Desk
from recourse.commands.notes import approved_notes_of
from recourse.commands.referrals import ReviewNote


def review_notes_of_claim(fact: Fact, desk: Desk) -> Iterator[Command]:
    """Whenever a claim's cost moves or its validity changes, its approved notes are reviewed."""
    for note in approved_notes_of(desk, fact.stream.partition(":")[2]):
        yield ReviewNote(chargeback=note.id)


def review_this_note(fact: Fact, desk: Desk) -> Iterator[Command]:
    """Whenever lines of a note were lowered or it is void, it is reviewed (ZA38)."""
    del desk
    yield ReviewNote(chargeback=fact.stream.partition(":")[2])
