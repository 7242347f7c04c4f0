"""Does every event of the log still read, in order, and which root is over all of them?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from eventsourcing.persistence import Notification

from recourse.aggregates.base import EvidencedEvent, Fact
from recourse.aggregates.published_rulebook import PublishedRulebook
from recourse.application.store import Store
from recourse.contracts import UnknownTopic, decode, leaf_bytes
from recourse.rulebook.book import text_sha256
from recourse.values import merkle
from recourse.values.proof import Proof

PAGE = 1000


@dataclass(frozen=True, slots=True)
class Finding:
    """What is not as it was recorded: the kind, the event, and where the log stops being right."""

    code: str
    position: int | None = None
    event: str = ""
    detail: str = ""


@dataclass
class Verified:
    """How many events there are, the root over them in hex, what is wrong, which files are named.

    An event that was altered into another well-formed one, or cut off at the end, is not noticed
    by reading alone, but by comparing the root with one that was noted before.
    """

    events: int = 0
    root: str | None = None  # None where an event cannot be hashed any more
    findings: list[Finding] = field(default_factory=list)
    named: list[tuple[Fact, Proof]] = field(default_factory=list)

    @property
    def first_bad_position(self) -> int | None:
        """Up to where the log is right; None where no position is known to be wrong."""
        return min((each.position for each in self.findings if each.position), default=None)


def verify(store: Store, log_id: str, until: int | None = None) -> Verified:
    """Read the whole log; the root is that over its events up to `until`, or over all.

    Whatever is wrong is found, and the rest is read all the same.
    """
    reading = _Reading()
    root = merkle.root(reading.leaves(store, log_id, until))
    reading.found.root = root.hex() if reading.all_hashed else None
    return reading.found


def evidence_named(store: Store) -> Iterator[tuple[Fact, Proof]]:
    """Every event that names a file, with the file."""
    yield from proofs_in(_stored(store))


def proofs_in(events: Iterable[Notification]) -> Iterator[tuple[Fact, Proof]]:
    """Each of these events that names a file, with the file."""
    for stored in events:
        yield from _named(decode(stored))


class _Reading:
    """Reads one event after the other and remembers what does not follow."""

    def __init__(self) -> None:
        self.found = Verified()
        self.all_hashed = True
        self._position = 0
        self._versions: dict[str, int] = {}

    def leaves(self, store: Store, log_id: str, until: int | None) -> Iterator[bytes]:
        """The leaves of the events up to `until`; all events are read."""
        for stored in _stored(store):
            self._take(stored)
            if until is not None and self.found.events > until:
                continue
            try:
                yield leaf_bytes(log_id, stored.id, stored)
            except Exception:  # noqa: BLE001 - whatever its bytes do, it has no leaf
                self.all_hashed = False

    def _take(self, stored: Notification) -> None:
        self.found.events += 1
        self._must_follow(stored)
        try:
            fact = decode(stored)
            self.found.named += _named(fact)
            self._must_be_the_text(fact, stored)
        except UnknownTopic:
            self._note("unknown-topic", stored, stored.topic)
        except Exception as error:  # noqa: BLE001 - likewise no event
            self._note("unreadable", stored, type(error).__name__)

    def _must_be_the_text(self, fact: Fact, stored: Notification) -> None:
        event = fact.event
        if isinstance(event, PublishedRulebook.Proposed):
            sha256 = text_sha256(event.texts)
            if sha256 != event.sha256:
                self._note("rulebook-text", stored, f"{event.sha256} → {sha256}")

    def _must_follow(self, stored: Notification) -> None:
        stream, follows = str(stored.originator_id), self._position + 1
        if stored.id != follows:
            self._note("position", stored, f"{follows} → {stored.id}", position=follows)
        self._position = stored.id
        follows = self._versions.get(stream, 0) + 1
        if stored.originator_version != follows:
            self._note("version", stored, f"{follows} → {stored.originator_version}")
        self._versions[stream] = stored.originator_version

    def _note(
        self, code: str, stored: Notification, detail: str, position: int | None = None
    ) -> None:
        event = f"{stored.originator_id}@{stored.originator_version}"
        self.found.findings.append(Finding(code, position or stored.id, event, detail))


def _named(fact: Fact) -> list[tuple[Fact, Proof]]:
    event = fact.event
    return [(fact, each) for each in event.evidence] if isinstance(event, EvidencedEvent) else []


def _stored(store: Store) -> Iterator[Notification]:
    after = 0
    while page := store.recorder.select_notifications(after, PAGE, inclusive_of_start=False):
        yield from page
        after = page[-1].id
