"""What must a store promise to the engine?"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from eventsourcing.persistence import ApplicationRecorder, OperationalError


class Interrupted(OperationalError):
    """The store was lost halfway: whether the last batch was recorded is not known.

    Who asks again under the same command ids gets the answer either way, and one effect.
    """


class Store(Protocol):
    """Where the log is kept; each of them passes one shared suite."""

    log_id: str
    """Which log this is, wherever it is kept."""

    @property
    def recorder(self) -> ApplicationRecorder:
        """The log itself, as the eventsourcing library knows it."""

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
