"""How do several processes share the read models, and go on where a killed one stopped?

The offsets are in the database, beside the rows and in one transaction with them: Kafka only says
who has which partition. Whoever gets one goes on where the rows end, and whoever lost one without
knowing it is fenced by the rows.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from eventsourcing.persistence import StoredEvent
from kafka import TopicPartition

from recourse.adapters.kafka.access import Access
from recourse.adapters.kafka.link import reaching
from recourse.adapters.kafka.reading import SESSION_MS, Reader
from recourse.adapters.kafka.topics import event_topics
from recourse.adapters.kafka.trouble import KafkaTrouble
from recourse.adapters.storage.shared_rows import Fenced, Part, SharedRows
from recourse.aggregates.base import Fact
from recourse.contracts import decode
from recourse.projections.shared import SHARED

WAIT_MS = 250
TAKEN = {event.TOPIC for projection in SHARED for event in projection.takes}
TYPE = "recourse."


class Member:
    """One process of a group: takes in the partitions that it is given."""

    def __init__(
        self, rows: SharedRows, access: Access, group: str, *, session_ms: int = SESSION_MS
    ) -> None:
        self.name = f"group {group}"
        self._rows = rows
        self._access = access
        self._reader = Reader(
            access, event_topics(access), f"{access.prefix}{group}", session_ms=session_ms
        )
        self._ends: dict[TopicPartition, int] = {}  # of our partitions: where the rows end

    def step(self, at: datetime) -> int:
        """Take in some messages, and say how many; raises `KafkaTrouble` and errors of the rows.

        After an error it goes on where the rows end.
        """
        del at
        with reaching(self._access):
            consumer = self._reader.consumer()
            polled = consumer.poll(timeout_ms=WAIT_MS)
            ours = consumer.assignment()
            self._ends = {part: end for part, end in self._ends.items() if part in ours}
            for part in sorted(ours - self._ends.keys()):
                self._begin(consumer, part)
                polled.pop(part, None)
        try:
            return sum(
                self._take_in(part, records) for part, records in polled.items() if part in ours
            )
        except BaseException:
            self._ends = {}  # the client has passed over what the rows do not have
            raise

    def lags(self) -> bool:
        """Whether Kafka has messages that the rows do not reflect; raises `KafkaTrouble`."""
        with reaching(self._access):
            ends = self._reader.ends()
        return any(self._rows.next_of(_named(part)) < end for part, end in ends.items())

    def close(self) -> None:
        """Leave the group, so that the others go on at once."""
        self._ends = {}
        self._reader.close()

    def _begin(self, consumer: Any, part: TopicPartition) -> None:
        """Go on with a partition where the rows end; raises `KafkaTrouble` where Kafka cannot."""
        end = self._rows.next_of(_named(part))
        first = consumer.beginning_offsets([part])[part]
        last = consumer.end_offsets([part])[part]
        if not first <= end <= last:
            topic, number = part
            raise KafkaTrouble(
                "rows-apart", topic=topic, partition=number, end=end, first=first, last=last
            )
        consumer.seek(part, end)
        self._ends[part] = end

    def _take_in(self, part: TopicPartition, records: Sequence[Any]) -> int:
        """Take in `records` where they follow the rows; otherwise begin again next time."""
        end = self._ends[part]
        if records[0].offset != end:  # the partition came back to us, from where it had been
            del self._ends[part]
            return 0
        up_to = records[-1].offset + 1
        facts = [_fact(record) for record in records if _topic(record) in TAKEN]
        try:
            self._rows.take_in(_named(part), facts, goes_on=end, up_to=up_to)
        except Fenced:
            del self._ends[part]
            return 0
        self._ends[part] = up_to
        return len(records)


def _named(part: TopicPartition) -> Part:
    return Part(part.topic, part.partition)


def _topic(record: Any) -> str:
    """The topic of the event in `record`, without its version."""
    return _header(record, "ce_type").removeprefix(TYPE).rpartition(".v")[0]


def _fact(record: Any) -> Fact:
    """The event in `record`; raises `UnknownTopic` for one of a newer version than this."""
    stream, _, version = _header(record, "ce_id").rpartition("@")
    topic = _header(record, "ce_type").removeprefix(TYPE)
    return decode(StoredEvent(stream, int(version), topic, record.value))


def _header(record: Any, name: str) -> str:
    value = next((value for each, value in record.headers if each == name), b"")
    return str(value.decode("utf-8"))
