"""What does the relay need of whatever carries its messages?"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from recourse.adapters.kafka.access import Access
from recourse.adapters.kafka.envelope import Message
from recourse.adapters.kafka.trouble import KafkaTrouble


class Part(NamedTuple):
    """A partition of a topic."""

    topic: str
    partition: int


class Place(NamedTuple):
    """Where Kafka put a message."""

    part: Part
    offset: int


class Had(NamedTuple):
    """By what a message is known again: its event and the hash of its bytes."""

    id: str
    sha256: bytes


class Sending(Protocol):
    """A message on its way."""

    def wait(self) -> Place:
        """Where Kafka put it; raises `KafkaTrouble` where it did not take it."""


class Wire(Protocol):
    """A connection with the brokers."""

    def send(self, message: Message) -> Sending:
        """Hand `message` over; only what is returned knows whether it was taken."""

    def ends(self, topics: Iterable[str]) -> Mapping[Part, int]:
        """The offset after the last message of every partition; `KafkaTrouble` for no topic."""

    def since(self, starts: Mapping[Part, int], source: str) -> Mapping[Had, Place]:
        """The messages of the log `source` from the offsets `starts` to the ends."""

    def close(self) -> None:
        """Let go at once: what has no answer yet counts as not sent."""


def had(event: str, value: bytes) -> Had:
    """By what the message of `event` is known again."""
    return Had(event, hashlib.sha256(value).digest())


def connected(access: Access) -> Wire:
    """A connection with the brokers that are named; raises `KafkaTrouble`."""
    try:
        from recourse.adapters.kafka.link import Link  # noqa: PLC0415 - an extra, and slow to import
    except ImportError as error:
        raise KafkaTrouble("not-installed") from error
    return Link(access)
