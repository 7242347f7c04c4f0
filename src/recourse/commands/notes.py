"""On which notes does a claim stand, and are its old parts evidence about one of them?"""

from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.chargeback.answer import UNSETTLED
from recourse.aggregates.claim import Claim
from recourse.aggregates.claim.received import DISPUTE_OPEN
from recourse.aggregates.returned_part import ReturnedPart
from recourse.commands.base import Desk
from recourse.commands.field_claims import in_field_dispute
from recourse.values.refusal import Refused


def live_notes_of(desk: Desk, claim: str) -> list[Chargeback]:
    """The live notes, at most one a supplier, on which `claim` stands (ZA26)."""
    return desk.all(Chargeback, f"claim {claim} note ")


def live_note_of(desk: Desk, claim: str) -> str:
    """The name of one of them, or ""."""
    return next((note.id for note in live_notes_of(desk, claim)), "")


def approved_notes_of(desk: Desk, claim: str) -> list[Chargeback]:
    """Those of them that are approved."""
    return [note for note in live_notes_of(desk, claim) if note.is_approved]


def must_not_be_evidence(desk: Desk, part: ReturnedPart) -> None:
    """Refuse to part with old parts while their claim is disputed upstream or with a supplier.

    The latter while a live note with the claim is issued and unanswered, appealed, rechecked, or
    lapsed with a late appeal waiting (ZA19).
    """
    claim = desk.get(Claim, part.claim)
    if claim.dispute in DISPUTE_OPEN or in_field_dispute(desk, claim.id):
        raise Refused("evidence-held", "ZA19", tag=part.id, about=claim.id)
    for note in live_notes_of(desk, claim.id):
        if note.is_issued and (note.answer in UNSETTLED or note.late_appeal_waits):
            raise Refused("evidence-held", "ZA19", tag=part.id, about=note.id)
