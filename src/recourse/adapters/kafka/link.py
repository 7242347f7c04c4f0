"""How is a message handed to Kafka, and what does Kafka say it has?

The only module that knows the client of Kafka, so that another one can take its place.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError, KafkaTimeoutError, TopicAlreadyExistsError

from recourse.adapters.kafka.access import Access
from recourse.adapters.kafka.envelope import Message
from recourse.adapters.kafka.trouble import KafkaTrouble
from recourse.adapters.kafka.wire import Had, Part, Place, Sending, closed_if_it_breaks, had

CONNECT_MS = 5_000
REQUEST_MS = 10_000
DELIVERY_MS = 30_000
GRACE = 5  # seconds beyond that in which the client itself has to give up
LARGEST = 8 * 1024 * 1024  # bytes of a message
DURABLE = 3  # replicas from which on two have to have what counts as taken

logging.getLogger("kafka").addHandler(logging.NullHandler())  # troubles are told by us


class Link:
    """One connection of the relay with the brokers."""

    def __init__(self, access: Access) -> None:
        """Connect; raises `KafkaTrouble` where no broker answers."""
        self._access = access
        with reaching(access):
            self._consumer = KafkaConsumer(
                **common(access),
                group_id=None,
                enable_auto_commit=False,
                auto_offset_reset="earliest",
                isolation_level="read_committed",
                allow_auto_create_topics=False,
            )
        with reaching(access), closed_if_it_breaks(self._consumer):
            self._producer = KafkaProducer(
                **common(access),
                acks="all",
                enable_idempotence=True,
                delivery_timeout_ms=DELIVERY_MS,
                max_block_ms=REQUEST_MS,
                max_request_size=LARGEST,
                allow_auto_create_topics=False,
            )

    def send(self, message: Message) -> Sending:
        """Hand `message` over; whether it was taken is known when its own future says so."""
        try:
            future = self._producer.send(
                message.topic, message.value, message.key, list(message.headers)
            )
        except KafkaError as error:
            return _NotTaken(not_taken(message, error))
        return _OnItsWay(message, future)

    def close(self) -> None:
        """Let go at once: what has no answer yet counts as not sent."""
        with suppress(KafkaError):
            self._producer.close(timeout=0)
        self._consumer.close(timeout_ms=0)

    def ends(self, topics: Iterable[str]) -> dict[Part, int]:
        """The offset after the last message of every partition of `topics`.

        Raises `KafkaTrouble` where a topic is missing.
        """
        with reaching(self._access):
            return _ends(self._consumer, topics)

    def since(self, starts: Mapping[Part, int], source: str) -> dict[Had, Place]:
        """The messages of the log `source` from the offsets `starts` to the ends."""
        with reaching(self._access):
            return {
                had(headers["ce_id"].decode(), message.value): Place(
                    Part(message.topic, message.partition), message.offset
                )
                for message in _from(self._consumer, starts)
                if (headers := dict(message.headers)).get("ce_source") == source.encode()
            }


class _OnItsWay:
    """A message with its own future."""

    def __init__(self, message: Message, future: Any) -> None:
        self._message = message
        self._future = future

    def wait(self) -> Place:
        try:
            told = self._future.get(DELIVERY_MS / 1000 + GRACE)
        except KafkaError as error:
            raise not_taken(self._message, error) from error
        assert told.offset >= 0, "acks=all tells where a message is"
        return Place(Part(told.topic, told.partition), told.offset)


class _NotTaken:
    """A message that the client itself would not hand over."""

    def __init__(self, trouble: KafkaTrouble) -> None:
        self._trouble = trouble

    def wait(self) -> Place:
        raise self._trouble


def missing_topics(access: Access, topics: Iterable[str]) -> list[str]:
    """Those of `topics` that are not there; raises `KafkaTrouble`."""
    with _administering(access) as admin:
        return _missing(admin, topics)


def create_topics(access: Access, topics: Iterable[str]) -> list[str]:
    """Make those of `topics` that are not there, and name them; raises `KafkaTrouble`."""
    configs = {"max.message.bytes": str(LARGEST)}
    if access.replication >= DURABLE:
        configs["min.insync.replicas"] = "2"
    options = {
        "num_partitions": access.partitions,
        "replication_factor": access.replication,
        "configs": configs,
    }
    with _administering(access) as admin:
        missing = _missing(admin, topics)
        if missing:
            _create(admin, dict.fromkeys(missing, options))
        return missing


def _missing(admin: Any, topics: Iterable[str]) -> list[str]:
    return sorted(set(topics) - set(admin.list_topics()))


def _create(admin: Any, wanted: dict[str, dict[str, Any]]) -> None:
    try:
        admin.create_topics(wanted, wait_for_metadata=True)
    except TopicAlreadyExistsError:  # somebody else was faster
        admin.wait_for_topics(list(wanted))
    except KafkaError as error:
        raise KafkaTrouble(
            "not-created", topics=", ".join(wanted), detail=plainly(error)
        ) from error


def not_taken(message: Message, error: Exception) -> KafkaTrouble:
    """The trouble that Kafka did not take `message`."""
    return KafkaTrouble(
        "not-taken",
        event=message.id,
        topic=message.topic,
        size=len(message.value),
        detail=plainly(error),
    )


def plainly(error: Exception) -> str:
    """The first line of `error`, or its kind where it says nothing."""
    return str(error).partition("\n")[0] or type(error).__name__


@contextmanager
def reaching(access: Access) -> Iterator[None]:
    """Errors of the client as the trouble that no broker answers."""
    try:
        yield
    except (KafkaError, OSError) as error:
        brokers = ", ".join(access.bootstrap)
        raise KafkaTrouble("unreachable", brokers=brokers, detail=plainly(error)) from error


@contextmanager
def _administering(access: Access) -> Iterator[Any]:
    with reaching(access):
        admin = KafkaAdminClient(**common(access))
        try:
            yield admin
        finally:
            admin.close()


def _ends(consumer: Any, topics: Iterable[str]) -> dict[Part, int]:
    parts = {topic: consumer.partitions_for_topic(topic) for topic in topics}
    missing = [topic for topic, found in parts.items() if not found]
    if missing:
        raise KafkaTrouble("topics-missing", topics=", ".join(missing))
    wanted = [TopicPartition(topic, each) for topic, found in parts.items() for each in found]
    ends = consumer.end_offsets(wanted, timeout_ms=CONNECT_MS)
    return {Part(each.topic, each.partition): end for each, end in ends.items()}


def _from(consumer: Any, starts: Mapping[Part, int]) -> Iterator[Any]:
    """Every message from `starts` to what are the ends now."""
    parts = {TopicPartition(*part): start for part, start in starts.items()}
    first, last = consumer.beginning_offsets(list(parts)), consumer.end_offsets(list(parts))
    consumer.assign(list(parts))
    for part, start in parts.items():
        consumer.seek(part, max(start, first[part]))
    while any(consumer.position(part) < last[part] for part in parts):
        polled = consumer.poll(timeout_ms=REQUEST_MS)
        if not polled:
            raise KafkaTimeoutError("the messages that Kafka says it has do not come")
        for messages in polled.values():
            yield from messages


def common(access: Access) -> dict[str, Any]:
    """What every client is told."""
    return {
        "bootstrap_servers": list(access.bootstrap),
        "client_id": "recourse",
        "bootstrap_timeout_ms": CONNECT_MS,
        "request_timeout_ms": REQUEST_MS,
        "reconnect_backoff_max_ms": 1_000,
        **access.security,
    }
