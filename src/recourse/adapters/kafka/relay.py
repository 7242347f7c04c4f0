"""How does every event that leaves the house get to Kafka, in order, whatever stops on the way?

The log is the outbox: the relay follows it as others do, and its position says up to where
everything is sent. A message is sent when its own future told where it is, and the next one of the
same key goes out only then. What Kafka took before anybody could note it is found in the topics.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from eventsourcing.persistence import Notification, StoredEvent

from recourse.adapters.kafka.access import Access
from recourse.adapters.kafka.envelope import Envelopes, Message
from recourse.adapters.kafka.trouble import KafkaTrouble
from recourse.adapters.kafka.wire import Had, Part, Place, Wire, closed_if_it_breaks, connected, had
from recourse.application.store import Store

RELAY = "kafka relay"
PAGE = 500

Taken = dict[int, Place]
"""Where Kafka put the event at that position of the log."""


@dataclass(slots=True)
class _Line:
    """An open wire: up to where Kafka has taken something, and what of it is not marked."""

    wire: Wire
    known: dict[Part, int]
    unmarked: dict[Had, Place] = field(default_factory=dict)

    def look(self, topics: Sequence[str], source: str) -> None:
        """See what Kafka has that we do not know of; `KafkaTrouble` where it has less."""
        ends = self.wire.ends(topics)
        for part, end in ends.items():
            self._must_not_be_less(part, end)
        more = {part: self.known.get(part, 0) for part in ends}
        more = {part: start for part, start in more.items() if start < ends[part]}
        if more:
            self.unmarked |= self.wire.since(more, source)
        self.known |= ends

    def note(self, place: Place) -> Place:
        """`place`, which Kafka told now; raises `KafkaTrouble` where it had been there before."""
        self._must_not_be_less(place.part, place.offset)
        self.known[place.part] = place.offset + 1
        return place

    def _must_not_be_less(self, part: Part, found: int) -> None:
        known = self.known.get(part, 0)
        if found < known:
            raise KafkaTrouble(
                "lost", topic=part.topic, partition=part.partition, found=found, known=known
            )


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
        if not self._page(1):
            return 0
        with self._store.alone(RELAY) as mine:
            return self._relay() if mine else 0

    def position(self) -> int:
        """Up to where everything in the log is sent."""
        return self._store.position(RELAY)

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
        with self._store.alone(RELAY) as mine:
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
        page = self._page(PAGE)
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

    def _page(self, limit: int) -> Sequence[Notification]:
        """What of the log is next."""
        return self._store.recorder.select_notifications(
            self._store.position(RELAY), limit, inclusive_of_start=False
        )

    def _send(self, messages: Sequence[Message], taken: Taken) -> None:
        """Send wave by wave, and add to `taken` where Kafka put what."""
        if not messages:
            return
        line = self._opened()
        line.look(self.topics, self._envelopes.source)
        for each in messages:
            place = line.unmarked.pop(had(each.id, each.value), None)
            if place:
                taken[each.position] = place
        for wave in waves([each for each in messages if each.position not in taken]):
            troubles = []
            for position, sending in [(each.position, line.wire.send(each)) for each in wave]:
                try:
                    taken[position] = line.note(sending.wait())
                except KafkaTrouble as trouble:
                    troubles.append(trouble)
            if troubles:
                raise troubles[0]

    def _opened(self) -> _Line:
        if self._line is None:
            wire = self._connect(self._access)
            with closed_if_it_breaks(wire):
                parts = wire.ends(self.topics)
            self._line = _Line(wire, {part: self._store.position(end_of(part)) for part in parts})
        return self._line

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
