"""Which messages could not be done as they came, and what became of each of them?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from recourse.values.parties import Text

Headers = tuple[tuple[str, bytes], ...]


class Place(NamedTuple):
    """Where a message lies in Kafka."""

    topic: str
    partition: int
    offset: int

    def __str__(self) -> str:
        return f"{self.topic}/{self.partition}/{self.offset}"


@dataclass(frozen=True, slots=True)
class Parked:
    """A message as it came, and why it could not be done: for a person, by a published `code`."""

    place: Place
    key: bytes | None
    headers: Headers
    body: bytes | None
    message: str  # source and id; "" where it named none
    code: str
    why: Text
    at: datetime  # UTC


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a parked message at one of its turns, through whom.

    `became` is "done", "refused" (again, or unreadable still) or "dismissed"; `reason` is the code
    of the refusal or of the dismissal.
    """

    place: Place
    turn: int  # 1, 2, ...
    became: str
    by: str
    reason: str
    command_id: str
    at: datetime  # UTC

    @property
    def settles(self) -> bool:
        """Whether nothing more waits for a person."""
        return self.became != "refused"


class Parking(Protocol):
    """Where parked messages are kept: beside the log, only ever added to, derived from nothing."""

    def park(self, messages: Sequence[Parked]) -> None:
        """Keep them, each place once, however often it comes; inside `writing` only."""

    def settle(self, fate: Fate) -> None:
        """Add what became of one; inside `writing` only. Raises IntegrityError for a turn taken."""

    def parked(self, message: str | None = None) -> Sequence[Parked]:
        """All of them in the order of their places, or those of one `message`."""

    def fates(self) -> Sequence[Fate]:
        """What became of all of them, in the order of their places and turns."""
