"""How is what other systems send polled from Kafka, so that nothing is passed over?"""

from collections.abc import Sequence
from contextlib import closing
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import (
    CommitFailedError,
    CorruptRecordError,
    IllegalGenerationError,
    KafkaError,
    KafkaTimeoutError,
    RebalanceInProgressError,
    UnknownMemberIdError,
)

from recourse.adapters.kafka.access import Access
from recourse.adapters.kafka.link import REQUEST_MS, common, reaching
from recourse.adapters.kafka.messages import Message
from recourse.adapters.kafka.topics import inbox_topic
from recourse.adapters.kafka.trouble import KafkaTrouble
from recourse.adapters.kafka.wire import closed_if_it_breaks
from recourse.application.parking import Place

GROUP = "recourse-inbox"
AT_ONCE = 100  # messages of a batch; few, so that a slow one does not outlast the group's patience
WAIT_MS = 250
SESSION_MS = 10_000  # after which a member that was killed counts as gone
MOVED = (
    CommitFailedError,
    IllegalGenerationError,
    RebalanceInProgressError,
    UnknownMemberIdError,
)
"""The partitions are somebody else's now, who gets the same messages again."""


class Reader:
    """A member of a group that shares the partitions of `topics`; connects when first asked."""

    def __init__(
        self, access: Access, topics: Sequence[str], group: str, *, session_ms: int = SESSION_MS
    ) -> None:
        self._access = access
        self._topics = topics
        self._group = group
        self._session_ms = session_ms
        self._consumer: Any = None

    @classmethod
    def of_inbox(cls, access: Access, *, session_ms: int = SESSION_MS) -> "Reader":
        """Of what other systems ask."""
        return cls(access, (inbox_topic(access),), f"{access.prefix}{GROUP}", session_ms=session_ms)

    def poll(self) -> list[Message]:
        """What is waiting, at most `AT_ONCE`; raises `KafkaTrouble`.

        Where the client cannot read a record (a header whose name is no UTF-8 breaks its batch),
        what it can is read one by one, and what it cannot is a message that is not `readable`.
        """
        with reaching(self._access):
            consumer = self.consumer()
            try:
                polled = consumer.poll(timeout_ms=WAIT_MS)
            except CorruptRecordError as error:
                if not _is_of_a_name(error):
                    raise
                return [
                    each for part in sorted(consumer.assignment()) for each in self._singly(part)
                ]
        return [_message(record) for records in polled.values() for record in records]

    def acknowledge(self) -> None:
        """What was polled does not come again; raises `KafkaTrouble`, and then it does."""
        with reaching(self._access):
            try:
                self.consumer().commit()
            except MOVED:
                return

    def waits(self) -> bool:
        """Whether anything waits for this group; raises `KafkaTrouble`."""
        with reaching(self._access):
            consumer, ends = self.consumer(), self.ends()
            return any((consumer.committed(part) or 0) < end for part, end in ends.items())

    def ends(self) -> dict[Any, int]:
        """The offset after the last message of every partition, whoever has it."""
        consumer = self.consumer()
        parts = [
            TopicPartition(topic, each)
            for topic in self._topics
            for each in sorted(consumer.partitions_for_topic(topic))
        ]
        return dict(consumer.end_offsets(parts))

    def close(self) -> None:
        """Leave the group, so that the others need not wait until this member counts as gone."""
        if self._consumer is not None:
            consumer, self._consumer = self._consumer, None
            consumer.close()

    def consumer(self) -> Any:
        """The client, connected; raises `KafkaTrouble` where a topic is missing."""
        if self._consumer is None:
            consumer = KafkaConsumer(
                *self._topics,
                **_careful(self._access),
                group_id=self._group,
                max_poll_records=AT_ONCE,
                session_timeout_ms=self._session_ms,
                heartbeat_interval_ms=self._session_ms // 3,
            )
            with closed_if_it_breaks(consumer):
                missing = [each for each in self._topics if not consumer.partitions_for_topic(each)]
                if missing:
                    raise KafkaTrouble("topics-missing", topics=", ".join(missing))
            self._consumer = consumer
        return self._consumer

    def _singly(self, part: Any) -> list[Message]:
        """The next record of one partition, or its place where it cannot be read.

        Asked of another client: one whose records broke once goes on over them for ever.
        """
        consumer = self.consumer()
        offset = consumer.position(part)
        place = Place(part.topic, part.partition, offset)
        with closing(KafkaConsumer(**_careful(self._access), group_id=None)) as other:
            if offset >= other.end_offsets([part])[part]:
                return []
            other.assign([part])
            other.seek(part, offset)
            try:
                polled = other.poll(timeout_ms=REQUEST_MS, max_records=1)
            except CorruptRecordError as error:
                if not _is_of_a_name(error):
                    raise
                found = [Message(place, None, (), None, readable=False)]
            else:
                found = [_message(each) for records in polled.values() for each in records]
        if not found:
            self.close()  # for it would go on over them for ever
            raise KafkaTimeoutError(str(place))
        consumer.seek(part, found[-1].place.offset + 1)
        return found


def _careful(access: Access) -> dict[str, Any]:
    """What a client is told so that it passes over nothing: its own settings are otherwise."""
    return {
        **common(access),
        "auto_offset_reset": "earliest",
        "enable_auto_commit": False,
        "isolation_level": "read_committed",
        "allow_auto_create_topics": False,
    }


def _message(record: Any) -> Message:
    headers = tuple((name, value or b"") for name, value in record.headers)
    place = Place(record.topic, record.partition, record.offset)
    return Message(place, record.key, headers, record.value)


def _is_of_a_name(error: KafkaError) -> bool:
    return "UnicodeDecodeError" in str(error)
