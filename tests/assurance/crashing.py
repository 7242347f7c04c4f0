"""A fault at one call of a store's connections or of its recorder, the n-th of a run.

Below the engine, where a disk or a server fails, and never inside the domain: every statement and
every commit of an SQLite connection, every statement to a server, every method of a store in
memory; once before the call does anything, and where it changes something once after it has done
so and nobody hears of it.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import contextmanager

import psycopg
from eventsourcing.persistence import OperationalError

SAID = "disk I/O error"
CHANGES = {"insert_events", "remember", "remember_all", "advance", "beat"}


class Fault:
    """Counts calls, and fails at one of them; `at` 0 never does."""

    def __init__(self, at: int = 0, fail: Callable[[], None] = lambda: None) -> None:
        self.calls = 0
        self.at = at
        self.fail = fail

    def reach(self) -> None:
        self.calls += 1
        if self.calls == self.at:
            self.fail()

    @property
    def was_met(self) -> bool:
        return 0 < self.at <= self.calls


NONE = Fault()
ARMED = [NONE]  # the fault that is looked for now


@contextmanager
def armed(fault):
    """Every call in the block may be the one."""
    ARMED[0] = fault
    try:
        yield fault
    finally:
        ARMED[0] = NONE


def die() -> None:
    """As a process that is killed: nothing is undone, closed or said."""
    os._exit(9)


def fail_in_sqlite() -> None:
    raise sqlite3.OperationalError(SAID)


def fail_in_postgres() -> None:
    raise psycopg.errors.DiskFull(SAID)


def fail_in_memory() -> None:
    raise OperationalError(SAID)


class FaultyCursor(sqlite3.Cursor):
    def execute(self, *what):
        changes = not what[0].startswith("SELECT")
        return between(lambda: super(FaultyCursor, self).execute(*what), changes=changes)

    def executemany(self, *what):
        return between(lambda: super(FaultyCursor, self).executemany(*what))


class FaultyConnection(sqlite3.Connection):
    """What `sqlite3.connect` gives meanwhile."""

    def cursor(self, factory=FaultyCursor):
        return super().cursor(factory)

    def execute(self, *what):
        return self.cursor().execute(*what)

    def executemany(self, *what):
        return self.cursor().executemany(*what)

    def commit(self):
        return between(super().commit)


def between(call, *, changes=True):
    """The places at which a call can fail: two, where it `changes` anything."""
    ARMED[0].reach()
    came_back = call()
    if changes:
        ARMED[0].reach()
    return came_back


class FaultyServerCursor(psycopg.Cursor):
    def execute(self, *what, **how):
        changes = not str(what[0]).startswith(("SELECT", "BEGIN", "SET", "ROLLBACK"))
        execute = super().execute
        return between(lambda: execute(*what, **how), changes=changes)

    def executemany(self, *what, **how):
        executemany = super().executemany
        return between(lambda: executemany(*what, **how))


class FaultyServerConnection(psycopg.Connection):
    """What `psycopg.connect` gives meanwhile."""

    def __init__(self, *given, **named) -> None:
        super().__init__(*given, **named)
        self.cursor_factory = FaultyServerCursor

    def commit(self):
        return between(super().commit)


class FaultyRecorder:
    """A store in memory whose every method can fail, beginning and end of a batch among them."""

    def __init__(self, store) -> None:
        self._store = store

    @property
    def recorder(self):
        return self

    def __getattr__(self, name):
        found = getattr(self._store, name)
        if not callable(found):
            return found
        changes = name in CHANGES
        return lambda *given, **named: between(lambda: found(*given, **named), changes=changes)

    @contextmanager
    def writing(self):
        with self._store.writing():
            ARMED[0].reach()
            yield
            ARMED[0].reach()  # all is undone
        ARMED[0].reach()  # nothing is
