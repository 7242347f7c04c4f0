"""How are parked messages kept in memory, and how are they rows of a database?"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from eventsourcing.persistence import IntegrityError

from recourse.application.parking import Fate, Headers, Parked, Place
from recourse.values.parties import Text

PARKED = "topic, partition, place, key, headers, body, message, code, why_zh, why_en, parked_at"
FATES = "topic, partition, place, turn, became, actor, reason, command_id, recorded_at"
ORDER = "ORDER BY topic, partition, place"
READ_PARKED = f"SELECT {PARKED} FROM parked {ORDER}"  # noqa: S608 - of constants only
READ_MESSAGE = READ_PARKED.replace("ORDER", "WHERE message = ? ORDER")
READ_FATES = f"SELECT {FATES} FROM parked_fates {ORDER}, turn"  # noqa: S608 - likewise
PARK = (
    f"INSERT INTO parked ({PARKED}) VALUES ({', '.join('?' * 11)})"  # noqa: S608 - likewise
    " ON CONFLICT DO NOTHING"
)
SETTLE = f"INSERT INTO parked_fates ({FATES}) VALUES ({', '.join('?' * 9)})"  # noqa: S608

Write = Callable[[str, Sequence[Sequence[object]]], None]
Read = Callable[[str, Sequence[object]], Sequence[Sequence[Any]]]


class MemoryParking:
    """In two dictionaries; `put` writes into one so that a batch given up leaves nothing."""

    def __init__(self, put: Callable[[dict[Any, Any], Any, Any], None]) -> None:
        self._put = put
        self._parked: dict[Place, Parked] = {}
        self._fates: dict[tuple[Place, int], Fate] = {}

    def park(self, messages: Sequence[Parked]) -> None:
        """Keep them, each place once; inside `writing` only."""
        for each in messages:
            self._put(self._parked, each.place, self._parked.get(each.place, each))

    def settle(self, fate: Fate) -> None:
        """Add what became of one; inside `writing` only."""
        key = (fate.place, fate.turn)
        if fate.place not in self._parked or key in self._fates:
            raise IntegrityError(f"turn {fate.turn} of {fate.place} cannot be taken")
        self._put(self._fates, key, fate)

    def parked(self, message: str | None = None) -> Sequence[Parked]:
        """All of them in the order of their places, or those of one message."""
        found = [each for each in self._parked.values() if message in {None, each.message}]
        return sorted(found, key=lambda each: each.place)

    def fates(self) -> Sequence[Fate]:
        """What became of all of them."""
        return [fate for _, fate in sorted(self._fates.items())]


class TableParking:
    """In the tables `parked` and `parked_fates`, written and read through a store's connection.

    `mark` is what stands for a value in the SQL of that database.
    """

    def __init__(self, write: Write, read: Read, mark: str = "?") -> None:
        self._write = write
        self._read = read
        self._mark = mark

    def park(self, messages: Sequence[Parked]) -> None:
        """Keep them, each place once; inside `writing` only."""
        self._write(self._sql(PARK), [row_of(each) for each in messages])

    def settle(self, fate: Fate) -> None:
        """Add what became of one; inside `writing` only."""
        self._write(self._sql(SETTLE), [row_of_fate(fate)])

    def parked(self, message: str | None = None) -> Sequence[Parked]:
        """All of them in the order of their places, or those of one message."""
        if message is None:
            rows = self._read(self._sql(READ_PARKED), ())
        else:
            rows = self._read(self._sql(READ_MESSAGE), (message,))
        return [parked_of(*row) for row in rows]

    def fates(self) -> Sequence[Fate]:
        """What became of all of them."""
        rows = self._read(self._sql(READ_FATES), ())
        return [fate_of(*row) for row in rows]

    def _sql(self, statement: str) -> str:
        return statement.replace("?", self._mark)


def row_of_fate(fate: Fate) -> tuple[object, ...]:
    """As it stands in the table."""
    said = (fate.turn, fate.became, fate.by, fate.reason, fate.command_id)
    return (*fate.place, *said, fate.at.isoformat())


def fate_of(*row: Any) -> Fate:
    """What a row of the table says."""
    turn, became, by, reason, command_id, at = row[3:]
    place = Place(*row[:3])
    return Fate(place, turn, became, by, reason, command_id, datetime.fromisoformat(at))


def row_of(parked: Parked) -> tuple[object, ...]:
    """As it stands in the table."""
    headers = [(name, b64encode(value).decode()) for name, value in parked.headers]
    return (
        *parked.place,
        parked.key,
        json.dumps(headers, ensure_ascii=True),
        parked.body,
        parked.message,
        parked.code,
        *parked.why,
        parked.at.isoformat(),
    )


def parked_of(*row: Any) -> Parked:
    """What a row of the table says."""
    key, headers, body, message, code, zh, en, at = row[3:]
    why = Text(zh, en)
    read = _headers(headers)
    return Parked(Place(*row[:3]), key, read, body, message, code, why, datetime.fromisoformat(at))


def _headers(kept: str) -> Headers:
    return tuple((name, b64decode(value)) for name, value in json.loads(kept))
