"""On which notes does a claim stand?"""

from recourse.aggregates.chargeback import Chargeback
from recourse.commands.base import Desk


def live_notes_of(desk: Desk, claim: str) -> list[Chargeback]:
    """The live notes, at most one a supplier, on which `claim` stands (ZA26)."""
    return desk.all(Chargeback, f"claim {claim} note ")


def live_note_of(desk: Desk, claim: str) -> str:
    """The name of one of them, or ""."""
    return next((note.id for note in live_notes_of(desk, claim)), "")


def approved_notes_of(desk: Desk, claim: str) -> list[Chargeback]:
    """Those of them that are approved."""
    return [note for note in live_notes_of(desk, claim) if note.is_approved]
