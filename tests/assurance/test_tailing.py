"""C2: does a reader at the end of a growing log see every event once, in the order of the log?

Many processes append batches of one to twenty events, each held open for a moment before its
commit, so that a store that gave out positions before its lock would show its gaps.
"""

import subprocess
import sys
from contextlib import ExitStack, closing
from threading import Event

import pytest

from recourse.adapters.storage import SqliteStore
from recourse.adapters.storage.addresses import address_of
from recourse.adapters.storage.postgres.store import PostgresStore
from recourse.adapters.storage.tailer import Tailer

POLL = 0.01  # seconds
BOUND = 900  # seconds after which a writer counts as hanging
WRITER = """
import random, sys, time
from eventsourcing.persistence import OperationalError, StoredEvent
from recourse.adapters.storage.opening import open_log

def append(store, batch, hold):
    if hold is None:
        store.recorder.insert_events(batch)
        return
    with store.writing():
        store.recorder.insert_events(batch)
        time.sleep(hold)

url, name, wanted, slow = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
dice, version = random.Random(name), 0
with open_log(url, new_log_id=lambda: "a log") as store:
    print("ready", flush=True)
    sys.stdin.readline()
    while version < wanted:
        many = min(dice.randint(1, 20), wanted - version)
        numbers = range(version + 1, version + many + 1)
        batch = [StoredEvent(name, n, "claim.received.v1", b"{}") for n in numbers]
        version += many
        hold = dice.random() * slow if dice.random() < 0.5 else None
        while True:
            try:
                append(store, batch, hold)
                break
            except OperationalError:  # it waited its turn for too long: it asks again
                pass
"""


@pytest.fixture(params=["sqlite", "postgres"])
def place(request, tmp_path):
    """The URL of an empty store, and how it is opened to read."""
    if request.param == "sqlite":
        path = tmp_path / "log.db"
        SqliteStore(path, "a log").close()
        return str(path), lambda: SqliteStore(path, "a log")
    url = request.getfixturevalue("postgres").store_url()
    return url, lambda: PostgresStore(address_of(url), "a log")


def test_a_reader_at_the_end_of_the_log_misses_no_event(place, many, noted, request):
    url, opened = place
    writers, each = many(8, 16), many(1_000, 6_250)
    with ExitStack() as ended:
        reader = ended.enter_context(closing(opened()))
        begun = [ended.enter_context(writer(url, f"claim:{n}", each)) for n in range(writers)]
        for process in begun:
            ended.callback(process.kill)
            assert process.stdout.readline() == "ready\n"
        for process in begun:
            process.stdin.write("\n")
            process.stdin.flush()

        seen = read_to_the_end(reader, begun, writers * each)

        told = [(*process.communicate(timeout=BOUND), process.returncode) for process in begun]
    assert told == [("", "", 0)] * writers
    assert [notification.id for notification in seen] == list(range(1, writers * each + 1))
    in_order = {}
    for notification in seen:
        follows = in_order.get(notification.originator_id, 0) + 1
        assert notification.originator_version == follows
        in_order[notification.originator_id] = follows
    kind = request.node.callspec.params["place"]
    noted("C2", f"{kind}: 0 of {writers * each:,} events missed or twice, {writers} writers")


def read_to_the_end(reader, begun, expected):
    """What a tailer sees until it has seen as many as there must be, or the writers are gone."""
    seen, never = [], Event()

    def over(_seconds):
        return len(seen) >= expected or never.wait(POLL) or gone(begun)

    seen.extend(Tailer(reader, 0, wait=over))
    return seen


def gone(begun):
    return all(process.poll() is not None for process in begun)


def writer(url, name, wanted):
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, url, name, str(wanted), "0.002"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
