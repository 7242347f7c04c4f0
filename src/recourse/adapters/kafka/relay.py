"""How does every event that leaves the house get to Kafka, in order, whatever stops on the way?

The log is the outbox: the relay follows it as others do, and its position says up to where
everything is sent. A message is sent when its own future told where it is, and the next one of the
same key goes out only then. What Kafka took before anybody could note it is found in the topics.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime

from eventsourcing.persistence import Notification, StoredEvent

from recourse.adapters.kafka.access import Access
from recourse.adapters.kafka.envelope import Envelopes, Message
from recourse.adapters.kafka.trouble import KafkaTrouble
from recourse.adapters.kafka.wire import Had, Part, Place, Wire, connected, had
from recourse.application.store import Store

RELAY = "kafka relay"
PAGE = 500

Taken = dict[int, Place]
"""Where Kafka put the event at that position of the log."""


@dataclass(frozen=True, slots=True)
class _Line:
    """An open wire: up to where Kafka has taken something, and what of it was not marked."""

    wire: Wire
    known: dict[Part, int]
    unmarked: Mapping[Had, Place]

    def note(self, place: Place) -> Place:
        """`place`, which Kafka told now; raises `KafkaTrouble` where it had been there before."""
        if place.offset < self.known.get(place.part, 0):
            raise _lost(place.part, place.offset, self.known[place.part])
        self.known[place.part] = place.offset + 1
        return place


class Relay:
    """Sends the events of one log to Kafka, a page at each step."""

    name = RELAY

    def __init__(
        self, store: Store, access: Access, connect: Callable[[Access], Wire] = connected
    ) -> None:
        """Raises `KafkaTrouble` where no broker is named; connects when there is what to send."""
        if not access.bootstrap:
            raise KafkaTrouble("not-set")
        self._store = store
        self._access = access
        self._connect = connect
        self._envelopes = Envelopes(store.log_id, self._first_of, prefix=access.prefix)
        self._line: _Line | None = None

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics that it sends to."""
        return self._envelopes.topics

    def step(self, at: datetime) -> int:
        """Send the next page, and say how many events of the log that dealt with.

        Raises `KafkaTrouble` where Kafka does not take them: those that it took count as sent up
        to the first that it did not, and the next step tries again from there.
        """
        del at
        with alone(self._store) as mine:
            return self._relay() if mine else 0

    def close(self) -> None:
        """Let go of Kafka; the next step connects anew."""
        if self._line is not None:
            line, self._line = self._line, None
            line.wire.close()

    def send_again(self, position: int) -> None:
        """Let the next steps send everything from `position` on once more.

        What Kafka has now is where it begins: nothing of it is taken for sent already.
        """
        last = self._store.recorder.max_notification_id() or 0
        if not 1 <= position <= last:
            raise KafkaTrouble("no-such-position", position=position, last=last)
        with alone(self._store) as mine:
            if not mine:
                raise KafkaTrouble("relayed-elsewhere")
            self.close()
            wire = self._connect(self._access)
            try:
                ends = wire.ends(self.topics)
            finally:
                wire.close()
            self._remember(position - 1, ends)

    def _relay(self) -> int:
        page = self._store.recorder.select_notifications(
            self._store.position(RELAY), PAGE, inclusive_of_start=False
        )
        if not page:
            return 0
        messages = [each for each in map(self._envelopes.message, page) if each]
        taken: Taken = {}
        try:
            try:
                self._send(messages, taken)
            finally:
                self._mark(page, messages, taken)
        except BaseException:
            self.close()  # whatever is on its way is looked for when the next step connects
            raise
        return len(page)

    def _send(self, messages: Sequence[Message], taken: Taken) -> None:
        """Send wave by wave, and add to `taken` where Kafka put what."""
        for wave in waves(messages):
            line = self._opened()
            found = {each.position: line.unmarked.get(had(each.id, each.value)) for each in wave}
            taken |= {position: place for position, place in found.items() if place}
            going = [(each, line.wire.send(each)) for each in wave if not found[each.position]]
            troubles = []
            for each, sending in going:
                try:
                    taken[each.position] = line.note(sending.wait())
                except KafkaTrouble as trouble:
                    troubles.append(trouble)
            if troubles:
                raise troubles[0]

    def _opened(self) -> _Line:
        if self._line is None:
            wire = self._connect(self._access)
            try:
                self._line = self._looked_around(wire)
            except BaseException:
                wire.close()
                raise
        return self._line

    def _looked_around(self, wire: Wire) -> _Line:
        """What Kafka has beyond what was marked; raises `KafkaTrouble` where it has less."""
        ends = wire.ends(self.topics)
        known = {part: self._store.position(end_of(part)) for part in ends}
        for part, end in ends.items():
            if end < known[part]:
                raise _lost(part, end, known[part])
        more = {part: known[part] for part, end in ends.items() if end > known[part]}
        unmarked = wire.since(more, self._envelopes.source)
        return _Line(wire, dict(ends), unmarked)

    def _mark(
        self, page: Sequence[Notification], messages: Sequence[Message], taken: Taken
    ) -> None:
        """Remember up to where everything is sent."""
        missing = next((each.position for each in messages if each.position not in taken), None)
        position = page[-1].id if missing is None else missing - 1
        if position >= page[0].id:
            self._remember(position, marked_ends(taken, position))

    def _remember(self, position: int, ends: Mapping[Part, int]) -> None:
        with self._store.writing():
            self._store.advance(RELAY, position)
            for part, end in ends.items():
                self._store.advance(end_of(part), end)

    def _first_of(self, stream: str) -> StoredEvent:
        (first,) = self._store.recorder.select_events(stream, limit=1)
        return first


def waves(messages: Sequence[Message]) -> list[list[Message]]:
    """`messages` in waves, in each of which a key of a topic has one at most."""
    found: list[list[Message]] = []
    count: Counter[tuple[str, bytes]] = Counter()
    for message in messages:
        key = (message.topic, message.key)
        if count[key] == len(found):
            found.append([])
        found[count[key]].append(message)
        count[key] += 1
    return found


def marked_ends(taken: Taken, position: int) -> dict[Part, int]:
    """Up to which offset of each partition nothing is taken that is not marked by `position`."""
    ends: dict[Part, int] = {}
    for at, place in taken.items():
        if at <= position:
            ends[place.part] = max(ends.get(place.part, 0), place.offset + 1)
    for at, place in taken.items():
        if at > position and place.part in ends:
            ends[place.part] = min(ends[place.part], place.offset)
    return ends


def end_of(part: Part) -> str:
    """The name under which it is remembered up to where a partition was filled."""
    return f"{RELAY} {part.topic}/{part.partition}"


def alone(store: Store) -> AbstractContextManager[bool]:
    """True for the one process that may relay the events of `store` now."""
    of_store: Callable[[str], AbstractContextManager[bool]] | None = getattr(store, "alone", None)
    return of_store(RELAY) if of_store else nullcontext(enter_result=True)


def _lost(part: Part, found: int, known: int) -> KafkaTrouble:
    return KafkaTrouble(
        "lost", topic=part.topic, partition=part.partition, found=found, known=known
    )
