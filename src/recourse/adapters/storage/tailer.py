"""How does a follower see every event of a growing log, whatever the store?"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Event
from typing import Self

from eventsourcing.persistence import ApplicationRecorder, Notification, Subscription

from recourse.application.store import Interrupted

PAGE = 500
POLL_SECONDS = 1.0


class Tailer(Subscription[ApplicationRecorder]):
    """Reads page by page and asks again after a while; never relies on being told.

    Iterating blocks at the end of the log until `stop` is called. `wait` is given `POLL_SECONDS`
    and may return earlier as a hint; it says whether to stop.
    """

    def __init__(
        self,
        recorder: ApplicationRecorder,
        gt: int | None = None,
        topics: Sequence[str] = (),
        wait: Callable[[float], bool] | None = None,
    ) -> None:
        super().__init__(recorder, gt, topics)
        self._position = gt or 0
        self._page: list[Notification] = []
        self._stopped = Event()
        self._wait = wait or self._stopped.wait

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Notification:
        while not self._stopped.is_set():
            if self._page:
                return self._page.pop(0)
            self._page = self._read()
            if not self._page and self._wait(POLL_SECONDS):
                self.stop()
        raise StopIteration

    def stop(self) -> None:
        """End the iteration, also one that waits."""
        self._stopped.set()

    def _read(self) -> list[Notification]:
        """The next page; none while the store is away, which is no reason to give up."""
        with suppress(Interrupted):
            return self._next_page()
        return []

    def _next_page(self) -> list[Notification]:
        """What is not wanted is passed by once and not looked at again."""
        last = self._recorder.max_notification_id() or 0
        found = self._recorder.select_notifications(
            self._position, PAGE, last, self._topics, inclusive_of_start=False
        )
        reached = found[-1].id if len(found) == PAGE else last
        self._position = max(self._position, reached)
        return list(found)
