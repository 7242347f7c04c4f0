"""How is everything beside the events read as of one moment, by whoever reconciles it?"""

from typing import Any

from recourse.adapters.storage.copies.moments import ANSWERS, HOLDERS, POSITIONS
from recourse.application.store import Snapshot

LAST = "SELECT coalesce(max(seq), 0) FROM events"


def snapshot_of(connection: Any, holders: str = HOLDERS) -> Snapshot:
    """What the store holds, read inside the one transaction that `connection` is in."""

    def rows(query: str) -> list[Any]:
        return [tuple(row) for row in connection.execute(query).fetchall()]

    return Snapshot(rows(LAST)[0][0], rows(holders), rows(ANSWERS), rows(POSITIONS))
