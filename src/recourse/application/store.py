"""What must a store promise to the engine?"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from eventsourcing.persistence import ApplicationRecorder, OperationalError

from recourse.application.parking import Parking


class Interrupted(OperationalError):
    """The store was lost halfway: whether the last batch was recorded is not known.

    Who asks again under the same command ids gets the answer either way, and one effect.
    """


BEATS_KEPT = timedelta(days=1)
"""A beat that is older is forgotten with the next one of anybody."""
STALE_AFTER = timedelta(seconds=30)
"""Whose last beat is older has died, or hangs."""


@dataclass(frozen=True, slots=True)
class Beat:
    """That a worker is alive, told now and then: who does which task, and how far it has come."""

    who: str
    task: str
    state: str  # "working", "trouble", "broken" or "stopped"
    position: int | None  # in the log; None: this task does not follow it
    lag: int | None  # events in the log after that
    at: datetime  # UTC

    def is_stale(self, now: datetime) -> bool:
        """Whether this worker ought to have been heard of again."""
        return self.state != "stopped" and now - self.at > STALE_AFTER


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a store holds beside its events, as it was at one moment.

    The events up to `last` never change: they are read afterwards, page by page, so that nobody
    who writes waits for whoever reads them all.
    """

    last: int  # position in the log; 0 for an empty one
    keys: Sequence[tuple[str, str]]  # and their holders
    answers: Sequence[tuple[str, str]]  # command id, and its answer in JSON
    positions: Sequence[tuple[str, int]]  # followers, and how far they have come


class Store(Protocol):
    """Where the log is kept; each of them passes one shared suite."""

    log_id: str
    """Which log this is, wherever it is kept."""

    @property
    def recorder(self) -> ApplicationRecorder:
        """The log itself, as the eventsourcing library knows it."""

    @property
    def parking(self) -> Parking:
        """Messages from other systems that could not be done, beside the log."""

    def writing(self) -> AbstractContextManager[None]:
        """All or nothing: the writer's lock of the store for the length of a batch."""

    def holder(self, key: str) -> str | None:
        """The stream that holds `key`."""

    def held(self, prefix: str) -> Sequence[tuple[str, str]]:
        """The keys that begin with `prefix` and their holders, in the order of the keys."""

    def answer(self, command_id: str) -> Mapping[str, Any] | None:
        """How the command of that id was answered, or None if it was never asked."""

    def remember(self, command_id: str, answer: Mapping[str, Any]) -> None:
        """Keep the answer; inside `writing` only."""

    def remember_all(self, answers: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Keep every (command id, answer); inside `writing` only."""

    def position(self, follower: str) -> int:
        """The last position in the log that `follower` has dealt with; 0 before any."""

    def advance(self, follower: str, position: int) -> None:
        """Remember that; inside `writing` only."""

    def snapshot(self) -> Snapshot:
        """Everything beside the events as of one moment, each in the order of its names."""

    def alone(self, name: str) -> AbstractContextManager[bool]:
        """Whether this is the one process that may do `name` now, until the end of the block.

        Nobody waits: another one gets False. A process that ends, however, lets go of it. For what
        has effects outside the log; what is written with a position needs nothing of the kind.
        """

    def beat(self, beats: Sequence[Beat]) -> None:
        """Keep them, each in the place of the last one of the same task by the same worker.

        A transaction of its own; what is older than `BEATS_KEPT` is forgotten.
        """

    def beats(self) -> Sequence[Beat]:
        """The last beat of each task by each worker, in the order of task and worker."""
