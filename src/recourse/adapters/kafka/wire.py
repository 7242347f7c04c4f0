"""What does the relay need of whatever carries its messages?"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple, Protocol

from recourse.adapters.kafka.access import Access
from recourse.adapters.kafka.envelope import Message
from recourse.adapters.kafka.topics import must_be_usable


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


class Closing(Protocol):
    """Something that is let go of."""

    def close(self) -> None:
        """Let go at once: what has no answer yet counts as not sent."""


class Wire(Closing, Protocol):
    """A connection with the brokers."""

    def send(self, message: Message) -> Sending:
        """Hand `message` over; only what is returned knows whether it was taken."""

    def ends(self, topics: Iterable[str]) -> Mapping[Part, int]:
        """The offset after the last message of every partition; `KafkaTrouble` for no topic."""

    def since(self, starts: Mapping[Part, int], source: str) -> Mapping[Had, Place]:
        """The messages of the log `source` from the offsets `starts` to the ends."""


def had(event: str, value: bytes) -> Had:
    """By what the message of `event` is known again."""
    return Had(event, hashlib.sha256(value).digest())


@contextmanager
def closed_if_it_breaks(opened: Closing) -> Iterator[None]:
    """Let go of `opened` where what follows its opening fails."""
    try:
        yield
    except BaseException:
        opened.close()
        raise


def connected(access: Access) -> Wire:
    """A connection with the brokers that are named; raises `KafkaTrouble`."""
    must_be_usable(access)
    from recourse.adapters.kafka.link import Link  # noqa: PLC0415 - an extra, and slow to import

    return Link(access)
