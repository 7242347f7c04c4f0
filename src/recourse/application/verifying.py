"""Does every event of the log still read, in order, and which root is over all of them?"""

from collections.abc import Iterator
from dataclasses import dataclass

from eventsourcing.persistence import Notification
from pydantic import ValidationError

from recourse.aggregates.base import EvidencedEvent, Fact
from recourse.application.store import Store
from recourse.contracts import UnknownTopic, decode, leaf_bytes
from recourse.values import merkle

PAGE = 1000


@dataclass(frozen=True, slots=True)
class Verified:
    """How many events there are, the first that is wrong and why, and the root over all in hex.

    An event that was altered into another well-formed one is not noticed by reading alone, but by
    comparing the root with one that was noted before.
    """

    events: int
    root: str | None
    first_bad_position: int | None = None
    why: str = ""


def verify(store: Store, log_id: str, until: int | None = None) -> Verified:
    """Read the whole log, or its events up to `until`; stop at the first that is wrong."""
    reading = _Reading(store, log_id, until)
    try:
        root = merkle.root(reading.leaves())
    except (UnknownTopic, ValidationError, ValueError, KeyError, _OutOfOrder) as error:
        why = str(error).partition("\n")[0]
        return Verified(reading.count, None, reading.position, f"{type(error).__name__}: {why}")
    return Verified(reading.count, root.hex())


def evidence_named(store: Store) -> Iterator[tuple[Fact, str]]:
    """Every event that names a file, with the hash of the file."""
    for stored in _stored(store, None):
        fact = decode(stored)
        if isinstance(fact.event, EvidencedEvent):
            for proof in fact.event.evidence:
                yield fact, proof.sha256


class _OutOfOrder(Exception):
    """An event is missing before this one, or stands twice."""


class _Reading:
    """The leaves of a log, one after the other; `position` is where it has come to."""

    def __init__(self, store: Store, log_id: str, until: int | None) -> None:
        self.count = 0
        self.position = 0
        self._store = store
        self._log_id = log_id
        self._until = until
        self._versions: dict[str, int] = {}

    def leaves(self) -> Iterator[bytes]:
        for stored in _stored(self._store, self._until):
            self.position, stream = stored.id, str(stored.originator_id)
            follows = self._versions.get(stream, 0) + 1
            if stored.originator_version != follows:
                raise _OutOfOrder(f"{stream}@{stored.originator_version} where {follows} follows")
            if stored.id != self.count + 1:
                raise _OutOfOrder(f"position {stored.id} where {self.count + 1} follows")
            self._versions[stream] = follows
            decode(stored)
            self.count += 1
            yield leaf_bytes(self._log_id, stored.id, stored)


def _stored(store: Store, until: int | None) -> Iterator[Notification]:
    after = 0
    while page := store.recorder.select_notifications(after, PAGE, until, inclusive_of_start=False):
        yield from page
        after = page[-1].id
