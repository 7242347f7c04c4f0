"""What does a store hold at one moment, while others go on writing?"""

# ruff: noqa: PLC0415 - who keeps everything in one file needs no driver of PostgreSQL

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from eventsourcing.persistence import Notification

from recourse.adapters.storage.addresses import PostgresAddress
from recourse.adapters.storage.connection import connect
from recourse.adapters.storage.parking import READ_FATES, READ_PARKED
from recourse.adapters.storage.recorder import notification_of

PAGE = 1000
EVENTS = "SELECT seq, stream, version, topic, state FROM events ORDER BY seq"
ANSWERS = "SELECT command_id, answer FROM answers ORDER BY command_id"
POSITIONS = "SELECT follower, max(position) FROM positions GROUP BY follower ORDER BY follower"
HOLDERS = "SELECT key, stream FROM keys ORDER BY key"
LATEST_HOLDERS = (
    "SELECT key, stream FROM (SELECT DISTINCT ON (key) key, stream FROM keys"
    " ORDER BY key, turn DESC) AS latest WHERE stream IS NOT NULL ORDER BY key"
)
ABOUT = "SELECT value FROM about WHERE name = 'log_id'"


class Moment(Protocol):
    """The log, and what nothing else has; nothing that is made from it. Read one by one."""

    log_id: str

    def events(self) -> Iterator[Notification]:
        """Every event, in the order of the log."""

    def keys(self) -> Iterator[tuple[str, str]]:
        """(key, who holds it), in the order of the keys."""

    def answers(self) -> Iterator[tuple[str, str]]:
        """(command id, JSON of how it was answered), in the order of the ids."""

    def positions(self) -> Iterator[tuple[str, int]]:
        """(follower, how far it has come), in the order of the followers."""

    def parked(self) -> Iterator[tuple[Any, ...]]:
        """Rows of the messages that could not be done, in the order of their places."""

    def fates(self) -> Iterator[tuple[Any, ...]]:
        """Rows of what became of them, turn by turn."""


@contextmanager
def moment_of(address: Path | PostgresAddress) -> Iterator[Moment]:
    """The store there as it is now; whoever writes to it is not kept waiting."""
    if isinstance(address, Path):
        from recourse.adapters.storage.sqlite import SqliteStore

        SqliteStore(address, "").close()  # adds the tables that an older store lacks
        with _copied(address) as copy, closing(connect(copy)) as connection:
            yield _Rows(_Lines(connection), HOLDERS)
        return
    from recourse.adapters.storage.postgres.link import connect as connected

    with closing(connected(address)) as session, session.transaction():
        session.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield _Rows(_Portions(session), LATEST_HOLDERS)


@contextmanager
def _copied(path: Path) -> Iterator[Path]:
    """A copy of the file as of one moment, for as long as it is needed; made page by page."""
    with TemporaryDirectory(prefix="recourse-moment-", dir=path.parent) as folder:
        copy = Path(folder) / "log.db"
        with closing(connect(path)) as whole, closing(sqlite3.connect(copy)) as taken:
            whole.backup(taken)
        yield copy


class _Rows:
    def __init__(self, source: "_Lines | _Portions", holders: str) -> None:
        self._source = source
        self._holders = holders
        ((self.log_id,),) = source.rows(ABOUT)

    def events(self) -> Iterator[Notification]:
        return map(notification_of, self._source.rows(EVENTS))

    def keys(self) -> Iterator[tuple[str, str]]:
        return self._source.rows(self._holders)

    def answers(self) -> Iterator[tuple[str, str]]:
        return self._source.rows(ANSWERS)

    def positions(self) -> Iterator[tuple[str, int]]:
        return self._source.rows(POSITIONS)

    def parked(self) -> Iterator[tuple[Any, ...]]:
        return self._source.rows(READ_PARKED)

    def fates(self) -> Iterator[tuple[Any, ...]]:
        return self._source.rows(READ_FATES)


class _Lines:
    """Rows of an SQLite file, as they are read."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, query: str) -> Iterator[Any]:
        return iter(self._connection.execute(query))


class _Portions:
    """Rows of a server, a page at a time, so that a long log does not fill the memory."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def rows(self, query: str) -> Iterator[Any]:
        with self._session.cursor("portions") as cursor:
            cursor.itersize = PAGE
            cursor.execute(query)
            yield from cursor
