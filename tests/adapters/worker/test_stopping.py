"""Does a worker wait until it is told to stop, or a little less when something happens?"""

import os
import signal
from contextlib import closing
from time import monotonic

import pytest
from eventsourcing.persistence import StoredEvent

from recourse.adapters.storage import MemoryStore
from recourse.adapters.storage.addresses import address_of
from recourse.adapters.storage.postgres.store import PostgresStore
from recourse.adapters.worker import until_told_to_stop, wake_ups

LONG = 30  # seconds that nobody waits


@pytest.fixture
def url(postgres):
    return postgres.store_url()


def append(url):
    with closing(PostgresStore(address_of(url), "a log")) as store:
        version = (store.max_notification_id() or 0) + 1
        store.insert_events([StoredEvent("c", version, "claim.received.v1", b"{}")])


def seconds_of(wait):
    began = monotonic()
    assert not wait(LONG)
    return monotonic() - began


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_wait_and_is_not_forgotten(number):
    before = signal.getsignal(number)

    with until_told_to_stop() as wait:
        not_yet = wait(0)
        os.kill(os.getpid(), number)
        told = wait(LONG), wait(0)

    assert (not_yet, told) == (False, (True, True))
    assert signal.getsignal(number) == before


def test_a_store_in_memory_wakes_nobody_up():
    with wake_ups(MemoryStore("a log")) as hints, until_told_to_stop(hints) as wait:
        assert hints is None
        assert not wait(0.01)


def test_a_server_wakes_up_who_waits_for_new_events(url):
    with (
        closing(PostgresStore(address_of(url), "a log")) as store,
        wake_ups(store) as hints,
        until_told_to_stop(hints) as wait,
    ):
        append(url)
        assert not wait(0)  # looks only whether to stop, and keeps the hint
        first = seconds_of(wait)
        append(url)
        append(url)
        second = seconds_of(wait)

        os.kill(os.getpid(), signal.SIGTERM)
        assert wait(LONG)

    assert max(first, second) < LONG / 2


def test_who_is_told_no_more_waits_on_by_looking():
    with until_told_to_stop(Gone()) as wait:
        assert not wait(0.01)
        assert not wait(0.01)


class Gone:
    """A line that the server has closed: there is always something to read, and nothing comes."""

    def __init__(self):
        self._line, other = os.pipe()
        os.close(other)

    def fileno(self):
        return self._line

    def drain(self):
        os.close(self._line)
        self._line = -1
        return False
