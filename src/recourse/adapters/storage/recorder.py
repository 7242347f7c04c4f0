"""What do all stores do alike, whatever they are made of?"""

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from eventsourcing.persistence import ApplicationRecorder, Notification, Subscription

from recourse.adapters.storage.tailer import Tailer


class LogRecorder(ApplicationRecorder):
    """A store that is its own recorder of the eventsourcing library."""

    @property
    def recorder(self) -> ApplicationRecorder:
        """Itself."""
        return self

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorder]:
        """The polling tailer, the same for every store."""
        return Tailer(self, gt, topics)

    def remember(self, command_id: str, answer: Mapping[str, Any]) -> None:
        """Keep the answer, once; inside `writing` only."""
        self.remember_all([(command_id, answer)])

    @abstractmethod
    def remember_all(self, answers: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Keep every (command id, answer); inside `writing` only."""


def notification_of(row: Sequence[Any]) -> Notification:
    """The event in a row of the table: position, stream, version, topic, state."""
    seq, stream, version, topic, state = row
    return Notification(
        id=seq, originator_id=stream, originator_version=version, topic=topic, state=state
    )
