"""B1, B3: is a copy of a log that people go on working with whole, in whichever store it lands?"""

from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event, Thread
from time import monotonic

import pytest

from assurance.copying import log_of, opened
from recourse.adapters.demo import fill
from recourse.adapters.storage.addresses import address_of
from recourse.adapters.storage.copies.backup import LOG, check_backup, take_backup
from recourse.adapters.storage.copies.log_file import check_log, load_log, write_log
from recourse.adapters.storage.copies.moments import moment_of
from recourse.adapters.storage.files import EvidenceFiles
from recourse.adapters.storage.opening import open_log
from recourse.application import Ask, Person
from recourse.application.parking import Place
from recourse.application.verifying import verify
from recourse.commands import PUBLIC
from recourse.rulebook.book import built_in
from support.engine import nine
from support.parked import DISMISSED, PARKED
from support.postgres import wait_for

BUYER = Person("buyer", frozenset({"purchasing"}))
NOW = datetime(2026, 11, 26, tzinfo=UTC)
LAST_DAY = datetime(2026, 12, 31, tzinfo=UTC).date()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request, tmp_path):
    """An empty store."""
    if request.param == "sqlite":
        return str(tmp_path / "log.db")
    return request.getfixturevalue("postgres").store_url()


def copied(url, file):
    """The log at `url` in a file."""
    with moment_of(address_of(url)) as moment, file.open("wb") as out:
        return write_log(moment, out)


def loaded(file, url):
    """The log of the file in the empty store at `url`."""
    summary = check_log(file)
    with open_log(url, new_log_id=lambda: summary.log_id) as store:
        load_log(file, store)
    return summary


def everything(url):
    """Log, keys and read models of the store at `url`."""
    with opened(url) as engine:
        digests = [(each.name, each.rows, each.live_sha256) for each in engine.compare()]
        return log_of(engine.store), list(engine.store.held("")), digests


def test_a_log_goes_from_store_to_store_and_stays_what_it_was(tmp_path, postgres, noted):
    """B3: a file, a database, a file again."""
    first, second, third = str(tmp_path / "1.db"), postgres.store_url(), str(tmp_path / "3.db")
    with opened(first) as engine:
        fill(engine)
    sent = copied(first, tmp_path / "1.jsonl")

    loaded(tmp_path / "1.jsonl", second)
    assert copied(second, tmp_path / "2.jsonl") == sent
    loaded(tmp_path / "2.jsonl", third)

    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()
    assert everything(first) == everything(second) == everything(third)
    noted("B3", f"SQLite to PostgreSQL to SQLite: {sent.events:,} events, same root and rows")


def test_what_could_not_be_done_goes_along_for_nothing_else_has_it(tmp_path, postgres):
    first, second, third = str(tmp_path / "1.db"), postgres.store_url(), str(tmp_path / "3.db")
    bare = replace(PARKED, place=Place("recourse.inbox", 0, 1), key=None, body=None, headers=())
    with open_log(first, new_log_id=lambda: "a log") as store, store.writing():
        store.parking.park([PARKED, bare])
        store.parking.settle(DISMISSED)

    copied(first, tmp_path / "1.jsonl")
    loaded(tmp_path / "1.jsonl", second)
    copied(second, tmp_path / "2.jsonl")
    loaded(tmp_path / "2.jsonl", third)

    with open_log(third, new_log_id=lambda: "none") as store:
        assert list(store.parking.parked()) == [bare, PARKED]
        assert list(store.parking.fates()) == [DISMISSED]


@contextmanager
def at_work(url):
    """A clerk who registers one supplier after the other, and the seconds that each took."""
    took, stop = [], Event()

    def work():
        with opened(url) as engine:
            while not stop.is_set():
                begun, name = monotonic(), f"S{len(took)}"
                fields = {"supplier": name, "name": name, "disposal": "entrusted"}
                command = PUBLIC["register_supplier"].model_validate(fields)
                engine.perform([Ask(command, BUYER, nine(LAST_DAY), f"register {name}")])
                took.append(monotonic() - begun)

    clerk = Thread(target=work)
    clerk.start()
    try:
        wait_for(lambda: len(took) > 5)
        yield took
    finally:
        stop.set()
        clerk.join()


def test_backups_taken_while_people_work_are_whole(url, tmp_path, postgres, many, noted, request):
    """B1: each backup is a store of its own, and its log the beginning of the whole one."""
    taken = []
    files = EvidenceFiles(tmp_path / "files")
    with ExitStack() as work:
        took = work.enter_context(at_work(url))
        for number in range(many(4, 50)):
            before = len(took)
            folder = tmp_path / f"backup {number}"
            taken.append((folder, take_backup(address_of(url), files, folder, NOW)))
            wait_for(lambda before=before: len(took) > before)

    with open_log(url, new_log_id=lambda: "none") as whole:
        for number, (folder, manifest) in enumerate(taken):
            assert check_backup(folder) == manifest
            assert verify(whole, whole.log_id, manifest.log.events).root == manifest.log.root
            place = str(tmp_path / f"restored {number}.db")
            loaded(folder / LOG, place)
            with opened(place, built_in()) as restored:
                assert all(each.equal for each in restored.compare())
    assert len({manifest.log.events for _, manifest in taken}) > 1, "somebody was at work"
    kind = request.node.callspec.params["url"]
    noted("B1", f"{kind}: {len(taken)} of {len(taken)} backups under work verify and restore")
