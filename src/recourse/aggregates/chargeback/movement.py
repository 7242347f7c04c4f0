"""What moved a supplier's debt on a note, when, and by how much?"""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from recourse.values.money import Fen

MovementKind = Literal["charged", "lowered", "voided", "collected", "credited"]


class Movement(BaseModel):
    """One event's effect on what a supplier owes for a note.

    `amount` is what it adds, in fen, and is below nothing where less is owed afterwards. All
    movements of a note sum to what is open on it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    event: str
    chargeback: str
    kind: MovementKind
    amount: Fen
    on: date  # the effective day
