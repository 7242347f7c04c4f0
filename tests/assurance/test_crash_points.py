"""K1: whichever call fails, or is the last of a killed process, is everything there, once?

A run is repeated with the first call failing, then the second, until it needs no failure any more.
After each the store is opened again, what was asked is asked again under the same command ids, and
must have left what an undisturbed run leaves, to the byte.
"""

import os
import shutil
import sqlite3
import warnings
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar, NamedTuple

import psycopg
import pytest
from eventsourcing.persistence import PersistenceError
from sqlalchemy.exc import OperationalError

from assurance.copying import log_of
from assurance.crashing import (
    NONE,
    Fault,
    FaultyConnection,
    FaultyRecorder,
    FaultyServerConnection,
    armed,
    die,
    fail_in_memory,
    fail_in_postgres,
    fail_in_sqlite,
)
from recourse.adapters.storage import MemoryStore
from recourse.adapters.storage.addresses import address_of
from recourse.adapters.storage.opening import close_engine, open_engine
from recourse.adapters.storage.postgres.upgrading import upgrade
from recourse.adapters.worker import TASKS
from recourse.application import Recourse
from recourse.application import engine as pages
from recourse.projections import ReadModels
from recourse.rulebook.book import built_in
from recourse.rulebook.calendar import published_calendar
from support.engine import nine
from support.plant import LATER, begin_story, doubtful_claim
from support.postgres import Server
from support.story import LAST_DAY

TODAY = date(2026, 7, 10)  # two days after the last day on which the supplier could answer
ENDED, KILLED = 0, 9


# What is done


def commands(engine, say=lambda _: None):
    """Three asks one by one, each with the days before it, its reactions and its read models."""
    for number, day in enumerate((LAST_DAY, TODAY, TODAY)):
        (answer,) = engine.perform([doubtful_claim(number, day)])
        assert answer.events
        say(answer.command_id)


def policies_and_days(engine, say=lambda _: None):
    """A worker that finds much unseen and a week in which nobody was there."""
    del say
    until_done(engine, "policies", "days")


def projections(engine, say=lambda _: None):
    """A worker whose read models have read nothing yet."""
    del say
    until_done(engine, "projections")


def until_done(engine, *names):
    tasks = [TASKS[name](engine) for name in names]
    while sum(task.step(nine(LATER)) for task in tasks):
        pass


# On which stores


class InMemory:
    """What survives is the object; a process that is killed has nothing to come back to."""

    kinds: ClassVar = {"raise": fail_in_memory}

    def __init__(self, folder: Path, begin, *, read: bool) -> None:
        del folder
        self._begin, self._read = begin, read
        self.renew()

    def renew(self):
        """As it was before the run."""
        self._store, self._models = MemoryStore("test"), ReadModels.in_memory()
        whole = Recourse(self._store, built_in(), published_calendar(), self._models)
        self._begin(whole)
        if not self._read:
            self._models = ReadModels.in_memory()

    @contextmanager
    def opened(self):
        store = FaultyRecorder(self._store)
        yield Recourse(store, built_in(), published_calendar(), self._models)


class InSqlite:
    """A file, which is copied for every run."""

    kinds: ClassVar = {"raise": fail_in_sqlite, "kill": die}

    def __init__(self, folder: Path, begin, *, read: bool) -> None:
        self._first, self._path = folder / "first.db", folder / "plant.db"
        with self.opened(self._first) as engine:
            begin(engine)
        if not read:
            with sqlite3.connect(self._first) as store:
                tables = store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
                kept = {"events", "keys", "answers", "positions", "about", "workers"}
                for (name,) in tables.fetchall():
                    if name not in kept and not name.startswith("sqlite_"):
                        store.execute(f"DELETE FROM {name}")
            store.close()
        self.renew()

    def renew(self):
        """As it was before the run."""
        for each in self._path.parent.glob("plant.db*"):
            each.unlink()
        shutil.copy(self._first, self._path)

    @contextmanager
    def opened(self, path: Path | None = None):
        engine = open_engine(
            str(path or self._path), built_in(), new_log_id=lambda: "test", catch_up=False
        )
        try:
            yield engine
        finally:
            close_engine(engine)


class InPostgres:
    """A database, which is copied for every run."""

    kinds: ClassVar = {"raise": fail_in_postgres, "kill": die}
    server: ClassVar[Server]

    def __init__(self, folder: Path, begin, *, read: bool) -> None:
        del folder
        self._first = self._url = self.server.new_database()
        upgrade(address_of(self._first))
        with self.opened() as engine:
            begin(engine)
            if not read:
                engine.models.rebuild([])
        self.renew()

    def renew(self):
        """As it was before the run."""
        self._url = self.server.new_database(self._first, instead_of=self._url)

    @contextmanager
    def opened(self):
        engine = open_engine(self._url, built_in(), new_log_id=lambda: "test", catch_up=False)
        try:
            yield engine
        finally:
            close_engine(engine)


STORES = {"memory": InMemory, "sqlite": InSqlite, "postgres": InPostgres}


# How a run ends, and what is then left


class Left(NamedTuple):
    """The whole of a store: the log with its bytes, and the read models by their hashes."""

    log: list[tuple]
    live: list[str]
    rebuilt: list[str]


def left_by(engine) -> Left:
    models = engine.compare()
    live, rebuilt = ([getattr(m, f"{of}_sha256") for m in models] for of in ("live", "rebuilt"))
    return Left(log_of(engine.store), live, rebuilt)


def run_with(place, work, fault) -> tuple[int, list[str]]:
    """How the run ended, and which commands were answered before it did."""
    told: list[str] = []
    with place.opened() as engine, armed(fault):
        try:
            work(engine, told.append)
        except (PersistenceError, OperationalError):
            return KILLED, told
    return ENDED, told


def killed_with(place, work, fault, folder) -> tuple[int, list[str]]:
    """The same in a process of its own, which ends at the fault."""
    said = folder / "said"
    said.write_text("")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # fork: nothing else runs here
        child = os.fork()
    if not child:
        try:
            with place.opened() as engine, armed(fault), said.open("a") as file:
                work(engine, lambda name: (file.write(f"{name}\n"), file.flush()))
        except BaseException:  # noqa: BLE001 - pytest must not go on in the child
            os._exit(1)
        os._exit(ENDED)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), said.read_text().splitlines()


def must_be_whole(place, work, told, undisturbed):
    """I1-I6, after a restart and with what was asked asked again."""
    with place.opened() as engine:
        log = [stored.id for stored in engine.store.recorder.select_notifications(None, 10**6)]
        assert log == list(range(1, len(log) + 1)), "no gaps (I6)"
        assert len(log) in undisturbed.boundaries, "all or nothing (I3)"
        assert all(engine.store.answer(name) for name in told), "what was answered is there (I1)"
        work(engine)
        engine.catch_up()
        left = left_by(engine)
        assert left.log == undisturbed.left.log, "nothing lost, nothing twice (I1, I2)"
        assert left.live == undisturbed.left.live, "nor in what people read (I2)"
        assert left.live == left.rebuilt, "rebuilt equals live (I5)"
        assert not engine.models.disagreements(LATER, engine.book), "books balance (I4)"


class Undisturbed(NamedTuple):
    """What a run leaves that nothing disturbs, and how long the log is between two batches."""

    left: Left
    boundaries: set[int]


def undisturbed_by(place, work) -> Undisturbed:
    with place.opened() as engine:
        recorder = engine.store.recorder
        boundaries = {recorder.max_notification_id()}
        writing = type(engine.store).writing

        @contextmanager
        def noted(self):
            with writing(self):
                yield
            boundaries.add(recorder.max_notification_id())

        with pytest.MonkeyPatch.context() as watched:
            watched.setattr(type(engine.store), "writing", noted)
            work(engine)
        engine.catch_up()
        return Undisturbed(left_by(engine), boundaries)


# The runs


def begin_with_much_unseen(engine):
    begin_story(engine)
    engine.execute_many([doubtful_claim(number) for number in range(6)])


def begin_with_all_done(engine):
    begin_with_much_unseen(engine)
    engine.begin_days(nine(LATER))


RUNS = {
    "commands": (commands, begin_story, True),
    "policies and days": (policies_and_days, begin_with_much_unseen, True),
    "projections": (projections, begin_with_all_done, False),
}


@pytest.fixture(autouse=True)
def faulty_connections(monkeypatch):
    """Every connection to a store can fail, and pages are small, so that there are many of them."""
    monkeypatch.setattr(psycopg, "connect", FaultyServerConnection.connect)
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=FaultyConnection))
    monkeypatch.setattr(pages, "PAGE", 20)


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize(
    ("store", "kind"), [(name, kind) for name, its in STORES.items() for kind in its.kinds]
)
def test_whichever_call_fails_everything_is_there_once(many, noted, request, run, store, kind):
    work, begin, read = RUNS[run]
    tmp_path = request.getfixturevalue("tmp_path")
    if store == "postgres":
        InPostgres.server = request.getfixturevalue("postgres")
    place = STORES[store](tmp_path, begin, read=read)
    undisturbed = undisturbed_by(place, work)
    calls = count_calls(place, work)
    every = max(calls // many(4, calls), 1)
    met, at, ended = 0, 1, KILLED
    while ended != ENDED:
        place.renew()
        fault = Fault(at, STORES[store].kinds[kind])
        if kind == "kill":
            ended, told = killed_with(place, work, fault, tmp_path)
        else:
            ended, told = run_with(place, work, fault)
        assert ended in {ENDED, KILLED}
        must_be_whole(place, work, told, undisturbed)
        met += ended == KILLED
        at += every
    noted("K1", f"{run}, {store}, {kind}: {met} of {calls} calls failed, 0 violations")
    assert met >= many(4, calls)


def count_calls(place, work) -> int:
    """How many places there are at which the run can fail."""
    place.renew()
    counting = Fault()
    run_with(place, work, counting)
    assert NONE.at == 0
    return counting.calls
