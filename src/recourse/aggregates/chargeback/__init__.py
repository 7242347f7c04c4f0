"""What does a supplier owe for a quality loss, and how did the note end?"""

from recourse.aggregates.chargeback.collection import Chargeback
from recourse.aggregates.chargeback.lines import (
    ChargeLine,
    LineOutcome,
    disposal_of,
    lines_of,
    named,
)
from recourse.aggregates.chargeback.movement import Movement

__all__ = [
    "ChargeLine",
    "Chargeback",
    "LineOutcome",
    "Movement",
    "disposal_of",
    "lines_of",
    "named",
]
