"""How is the log kept in memory, for cases and tests?"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from threading import RLock
from typing import Any, TypeVar

from eventsourcing.persistence import (
    IntegrityError,
    Notification,
    ProgrammingError,
    StoredEvent,
)

from recourse.adapters.storage.parking import MemoryParking
from recourse.adapters.storage.recorder import LogRecorder
from recourse.application.store import BEATS_KEPT, Beat, Snapshot

Keys = Sequence[tuple[str, Sequence[str], Sequence[str]]]
"""(stream, keys it takes, keys it gives up), in the order of the events."""

Name = TypeVar("Name")
Value = TypeVar("Value")


class MemoryStore(LogRecorder):
    """The twin of the SQLite store: the same promises, nothing on disk."""

    def __init__(self, log_id: str) -> None:
        self.log_id = log_id
        self._events: list[Notification] = []
        self._streams: dict[str, list[int]] = {}
        self._keys: dict[str, str] = {}
        self._answers: dict[str, str] = {}
        self._positions: dict[str, int] = {}
        self._beats: dict[tuple[str, str], Beat] = {}
        self._done_alone: set[str] = set()
        self._lock = RLock()
        self._undo: list[Callable[[], object]] | None = None  # None: no batch is being written
        self.parking = MemoryParking(self._put)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All or nothing, one writer at a time."""
        with self._lock:
            if self._undo is not None:
                raise ProgrammingError("a batch is being written; finish it before the next")
            self._undo = []
            try:
                yield
            except BaseException:
                for step in reversed(self._undo):
                    step()
                raise
            finally:
                self._undo = None

    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        """Append; `keys` are taken and given up in the same step."""
        with self._lock:
            if self._undo is None:
                with self.writing():
                    return self.insert_events(stored_events, **kwargs)
            first = len(self._events)
            for stored in stored_events:
                self._append(stored)
            self._take(kwargs.get("keys", ()))
            return range(first + 1, len(self._events) + 1)

    def _append(self, stored: StoredEvent) -> None:
        name = str(stored.originator_id)
        stream = self._streams.setdefault(name, [])
        if stored.originator_version != len(stream) + 1:
            raise IntegrityError(
                f"{name}@{stored.originator_version} does not follow {len(stream)}"
            )
        notification = Notification(
            id=len(self._events) + 1,
            originator_id=name,
            originator_version=stored.originator_version,
            topic=stored.topic,
            state=stored.state,
        )
        self._events.append(notification)
        stream.append(notification.id)
        self._steps().extend((self._events.pop, stream.pop))

    def _take(self, keys: Keys) -> None:
        for stream, takes, frees in keys:
            for key in (*frees, *takes):
                if self._keys.get(key, stream) != stream:
                    raise IntegrityError(f"{key!r} is held by {self._keys[key]}")
            for key in frees:
                self._put(self._keys, key, None)
            for key in takes:
                self._put(self._keys, key, stream)

    def _steps(self) -> list[Callable[[], object]]:
        if self._undo is None:
            raise ProgrammingError("this is written in a batch only")
        return self._undo

    def _put(self, where: dict[Name, Value], name: Name, value: Value | None) -> None:
        with self._lock:
            self._steps().append(partial(_replace, where, name, where.get(name)))
            _replace(where, name, value)

    def select_events(
        self,
        originator_id: object,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """The events of one stream, with their positions."""
        with self._lock:
            stream = self._streams.get(str(originator_id), [])
            positions = stream[_index(gt, 0) : _index(lte, len(stream))]
            chosen = positions[::-1] if desc else positions
            return [self._events[position - 1] for position in chosen[:limit]]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """A page of the log."""
        with self._lock:
            after = start - 1 if start is not None and inclusive_of_start else start
            last = min(_index(stop, len(self._events)), len(self._events))
            found = (self._events[index] for index in range(_index(after, 0), last))
            return list(islice((each for each in found if _wanted(each, topics)), limit))

    def max_notification_id(self) -> int | None:
        """The last position, or None for an empty log."""
        with self._lock:
            return len(self._events) or None

    def holder(self, key: str) -> str | None:
        """The stream that holds `key`."""
        with self._lock:
            return self._keys.get(key)

    def held(self, prefix: str) -> Sequence[tuple[str, str]]:
        """The keys that begin with `prefix` and their holders, in the order of the keys."""
        with self._lock:
            return sorted(pair for pair in self._keys.items() if pair[0].startswith(prefix))

    def answer(self, command_id: str) -> Mapping[str, Any] | None:
        """How the command of that id was answered."""
        with self._lock:
            kept = self._answers.get(command_id)
        return None if kept is None else dict(json.loads(kept))

    def remember_all(self, answers: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Keep them all; inside `writing` only."""
        with self._lock:
            for command_id, answer in answers:
                if command_id in self._answers:
                    raise IntegrityError(f"the command {command_id!r} is answered already")
                self._put(self._answers, command_id, json.dumps(answer))

    def position(self, follower: str) -> int:
        """How far `follower` has come."""
        with self._lock:
            return self._positions.get(follower, 0)

    def advance(self, follower: str, position: int) -> None:
        """Remember how far `follower` has come; inside `writing` only."""
        with self._lock:
            self._put(self._positions, follower, position)

    def snapshot(self) -> Snapshot:
        """Everything beside the events, between two batches."""
        with self._lock:
            return Snapshot(
                len(self._events),
                sorted(self._keys.items()),
                sorted(self._answers.items()),
                sorted(self._positions.items()),
            )

    @contextmanager
    def alone(self, name: str) -> Iterator[bool]:
        """Whether nobody else does `name` on this store now."""
        with self._lock:
            may = name not in self._done_alone
            self._done_alone.add(name)
        try:
            yield may
        finally:
            if may:
                self._done_alone.discard(name)

    def beat(self, beats: Sequence[Beat]) -> None:
        """Keep them, and forget the old ones."""
        with self._lock:
            self._beats |= {(each.task, each.who): each for each in beats}
            newest = max(each.at for each in self._beats.values())
            for key, each in list(self._beats.items()):
                if each.at < newest - BEATS_KEPT:
                    del self._beats[key]

    def beats(self) -> Sequence[Beat]:
        """The last one of each task by each worker."""
        with self._lock:
            return [self._beats[key] for key in sorted(self._beats)]


def _replace(where: dict[Name, Value], name: Name, value: Value | None) -> None:
    if value is None:
        where.pop(name, None)
    else:
        where[name] = value


def _index(position: int | None, otherwise: int) -> int:
    return otherwise if position is None else max(position, 0)


def _wanted(notification: Notification, topics: Sequence[str]) -> bool:
    return not topics or notification.topic in topics
