"""How do the workers of one PostgreSQL store know of each other?"""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

import psycopg

from recourse.adapters.storage.addresses import PostgresAddress
from recourse.adapters.storage.beats import BEATS, beat_of, row_of, sortable
from recourse.adapters.storage.postgres.link import Link, connect
from recourse.application.store import BEATS_KEPT, Beat

ALONE = "SELECT pg_try_advisory_lock(4, hashtext(current_schema() || '.' || %s))"
BEAT = (
    "INSERT INTO workers VALUES (%s, %s, %s, %s, %s, %s)"
    " ON CONFLICT (task, who) DO UPDATE SET state = excluded.state,"
    " position = excluded.position, lag = excluded.lag, at = excluded.at"
)
FORGET = "DELETE FROM workers WHERE at < %s"
LISTEN = """DO $$ BEGIN EXECUTE format('LISTEN %I', current_schema() || '.events'); END $$"""


class WakeUps:
    """What the server tells of new events; whoever waits for them can `select` on it."""

    def __init__(self, session: psycopg.Connection[Any]) -> None:
        self._session = session

    def fileno(self) -> int:
        """Where they come in."""
        return self._session.fileno()

    def drain(self) -> bool:
        """Take note of all that came; whether more may come."""
        try:
            for _ in self._session.notifies(timeout=0):
                pass
        except psycopg.Error:
            return False
        return True


class WorkersInPostgres:
    """The part of the store that is about workers."""

    address: PostgresAddress
    _link: Link

    @contextmanager
    def alone(self, name: str) -> Iterator[bool]:
        """Whether no other session does `name` now; the server lets go of it for a lost one."""
        with self._session() as session:
            with self._link.translated():
                row = session.execute(ALONE, (name,)).fetchone()
            yield row is not None and bool(row[0])

    def beat(self, beats: Sequence[Beat]) -> None:
        """Keep them, and forget the old ones."""
        oldest = max(each.at for each in beats) - BEATS_KEPT
        with self._link.translated(), self._session() as session, session.transaction():
            with session.cursor() as cursor:
                cursor.executemany(BEAT, [row_of(each) for each in beats])
            session.execute(FORGET, (sortable(oldest),))

    def beats(self) -> Sequence[Beat]:
        """The last one of each task by each worker."""
        with self._link.translated(), self._session() as session:
            return [beat_of(row) for row in session.execute(BEATS).fetchall()]

    @contextmanager
    def listening(self) -> Iterator[WakeUps]:
        """Is told of every append; nobody relies on it."""
        with self._session() as session:
            with self._link.translated():
                session.execute(LISTEN)
            yield WakeUps(session)

    @contextmanager
    def _session(self) -> Iterator[psycopg.Connection[Any]]:
        """One of its own, so that a batch that is being written is nothing to it."""
        with self._link.translated():
            session = connect(self.address)
        with closing(session):
            yield session
