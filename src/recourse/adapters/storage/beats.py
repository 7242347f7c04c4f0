"""How does a beat of a worker stand in a table?"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from recourse.application.store import Beat

BEATS = "SELECT task, who, state, position, lag, at FROM workers ORDER BY task, who"


def row_of(beat: Beat) -> tuple[Any, ...]:
    """The values of its columns."""
    return beat.task, beat.who, beat.state, beat.position, beat.lag, sortable(beat.at)


def beat_of(row: Sequence[Any]) -> Beat:
    """The beat that stands in a row."""
    task, who, state, position, lag, at = row
    return Beat(who, task, state, position, lag, datetime.fromisoformat(at))


def sortable(at: datetime) -> str:
    """`at` so that later sorts after earlier."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
