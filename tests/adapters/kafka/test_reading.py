"""Does what other systems send arrive from a real broker, whatever it is?"""

from itertools import count

import pytest
from kafka import KafkaProducer

from adapters.kafka.sending import AT, SOURCES, message, owed, paid, parked, pay, site
from recourse.adapters.kafka.access import Access
from recourse.adapters.kafka.inbox import Inbox
from recourse.adapters.kafka.reading import Reader
from recourse.adapters.kafka.topics import inbox_topic
from recourse.adapters.kafka.trouble import KafkaTrouble
from support.broker import wait_for

PREFIXES = count()


class Misnamed(str):
    """The name of a header as a careless client writes it."""

    __slots__ = ()

    def encode(self, *_):
        return b"\xb9\xca"


@pytest.fixture
def access(broker):
    """A topic of one partition that nobody has used."""
    access = Access((broker.bootstrap,), prefix=f"reading{next(PREFIXES)}.")
    broker.topic(inbox_topic(access), partitions=1)
    return access


@pytest.fixture
def send(access):
    """Sends messages, all in one batch."""
    producer = KafkaProducer(
        bootstrap_servers=list(access.bootstrap), linger_ms=200, max_request_size=1 << 22
    )

    def sending(*messages):
        futures = [
            producer.send(inbox_topic(access), each.body, each.key, list(each.headers))
            for each in messages
        ]
        for future in futures:
            future.get(30)

    yield sending
    producer.close()


@pytest.fixture
def reader(access):
    found = Reader.of_inbox(access, session_ms=6000)
    yield found
    found.close()


def all_done(box, number):
    """Steps until so many messages are dealt with, each at once or not at all."""
    done = []
    wait_for(lambda: done.append(box.step(AT)) or sum(done) >= number, 30)
    assert sum(done) == number


def test_what_was_sent_before_anybody_listened_is_done(send, reader):
    made = owed(site())
    send(pay("1"), pay("2"), pay("1"))

    all_done(Inbox(made.engine, reader, SOURCES), 3)

    assert (paid(made), parked(made)) == (200_00, [])


def test_a_second_reader_goes_on_after_what_was_acknowledged(send, reader, access):
    made = owed(site())
    send(pay("1"))
    all_done(Inbox(made.engine, reader, SOURCES), 1)
    reader.close()
    send(pay("2"))
    second = Reader.of_inbox(access)

    all_done(Inbox(made.engine, second, SOURCES), 1)
    second.close()

    assert paid(made) == 200_00


def test_a_name_that_no_client_can_read_stops_nobody(send, reader):
    made = owed(site())
    careless = message()
    careless = type(careless)(careless.place, b"C1", ((Misnamed("x"), b"1"),), careless.body)
    send(pay("1"), careless)
    send(pay("2"))

    all_done(Inbox(made.engine, reader, SOURCES), 3)

    assert (paid(made), parked(made)) == (200_00, [(1, "record-unreadable")])


def test_a_missing_topic_is_told(access):
    reader = Reader.of_inbox(Access(access.bootstrap, prefix="nobody."))

    with pytest.raises(KafkaTrouble, match=r"nobody\.recourse\.inbox"):
        reader.poll()
