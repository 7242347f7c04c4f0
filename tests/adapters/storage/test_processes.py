"""Is one SQLite file safe with several processes, and with one that dies?"""

import subprocess
import sys
from contextlib import ExitStack, closing

import pytest

from recourse.adapters.storage import SqliteStore

BOUND = 120  # seconds after which a process counts as hanging
BATCHES = 200  # of each process

BEGIN = """
import os, sys
from pathlib import Path
from eventsourcing.persistence import StoredEvent
from recourse.adapters.storage import SqliteStore, connection

def event(version):
    return StoredEvent(sys.argv[2], version, "claim.received.v1", b"{}")

print("ready", flush=True)
sys.stdin.readline()
"""
OPEN = """
store = SqliteStore(Path(sys.argv[1]), sys.argv[2])
"""
OPEN_WITH_JOURNAL = f"""
connection.has_reset_bug = lambda: sys.argv[3] == "True"
{OPEN}
print(store.log_id)
"""
APPEND_PAIRS = f"""
{OPEN}
for version in range(1, 2 * int(sys.argv[3]), 2):
    with store.writing():
        batches = store.position("batches")
        store.recorder.insert_events([event(version)])
        store.recorder.insert_events([event(version + 1)])
        store.advance("batches", batches + 1)
"""
DIE = f"""
{OPEN}
with store.writing():
    store.recorder.insert_events([event(1)])
    store.remember("K1", dict())
    os._exit(9)
"""


@pytest.fixture
def processes():
    """What each process says of a program, all of them having begun at the same moment."""
    with ExitStack() as ended:

        def run(program, *arguments):
            begun = [ended.enter_context(python(program, each)) for each in arguments]
            for process in begun:
                ended.callback(process.kill)
                assert process.stdout.readline() == "ready\n"
            for process in begun:
                process.stdin.write("\n")
                process.stdin.flush()
            return [(*process.communicate(timeout=BOUND), process.returncode) for process in begun]

        yield run


def python(program, arguments):
    return subprocess.Popen(
        [sys.executable, "-c", BEGIN + program, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def path(tmp_path):
    return tmp_path / "log.db"


def reopened(path):
    return closing(SqliteStore(path, "a log"))


def test_two_processes_that_append_lose_nothing_and_tear_no_batch(processes, path):
    ended = processes(APPEND_PAIRS, (path, "claim:A", BATCHES), (path, "claim:B", BATCHES))

    assert ended == [("", "", 0)] * 2
    with reopened(path) as store:
        log = store.recorder.select_notifications(None, 10**6)
        counted = store.position("batches")
    assert [each.id for each in log] == list(range(1, 2 * counted + 1))
    assert counted == 2 * BATCHES
    for first, second in zip(log[::2], log[1::2], strict=True):
        assert second.originator_id == first.originator_id
        assert second.originator_version == first.originator_version + 1


@pytest.mark.parametrize("has_bug", [True, False], ids=["rollback journal", "write-ahead log"])
def test_eight_processes_can_open_a_new_store_at_once(processes, path, has_bug):
    names = [f"log {number}" for number in range(8)]

    ended = processes(OPEN_WITH_JOURNAL, *[(path, name, has_bug) for name in names])

    assert [(error, code) for _, error, code in ended] == [("", 0)] * 8
    assert len({named for named, _, _ in ended}) == 1


def test_a_process_that_dies_in_a_batch_leaves_nothing_of_it(processes, path):
    processes(APPEND_PAIRS, (path, "claim:A", 1))

    ended = processes(DIE, (path, "claim:B"))

    assert ended == [("", "", 9)]
    with reopened(path) as store:
        log = store.recorder.select_notifications(None, 10**6)
        assert [each.originator_id for each in log] == ["claim:A", "claim:A"]
        assert store.answer("K1") is None


ALONE = f"""
{OPEN}
with store.alone("relay") as alone:
    print(alone, flush=True)
    sys.stdin.readline()
"""


def test_what_a_killed_process_did_alone_the_next_one_may_do_at_once(tmp_path):
    path = tmp_path / "log.db"
    with closing(SqliteStore(path, "a log")) as store, python(ALONE, (path, "a log")) as holder:
        holder.stdout.readline()
        holder.stdin.write("\n")
        holder.stdin.flush()
        assert holder.stdout.readline() == "True\n"
        with store.alone("relay") as meanwhile:
            pass

        holder.kill()
        holder.wait(BOUND)
        with store.alone("relay") as afterwards:
            pass

    assert (meanwhile, afterwards) == (False, True)
