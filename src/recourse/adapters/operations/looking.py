"""How is a store looked at from outside, without writing to it and without waiting long?"""

# ruff: noqa: PLC0415 - who keeps everything in one file needs no driver of PostgreSQL

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol, Self
from urllib.parse import quote

from recourse.adapters.storage.addresses import Address, PostgresAddress
from recourse.adapters.storage.unusable import UnusableStore, must_be_reachable, not_a_store
from recourse.values.parties import Text

CONNECT_SECONDS = 2  # the least that libpq waits
THERE = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '{}'",
    "postgresql": "SELECT count(*) FROM pg_class WHERE oid = to_regclass('{}')",
}


class Connection(Protocol):
    """What both drivers have."""

    def execute(self, query: Any, /) -> Any:
        """Run a query; what it yields is fetched from the answer."""


class Look:
    """A connection that only reads: the same queries for every store."""

    def __init__(self, kind: str, connection: Connection) -> None:
        self.kind = kind  # "sqlite" or "postgresql"
        self.connection: Any = connection

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Every row that `query` finds."""
        return list(self.connection.execute(query).fetchall())

    def one(self, query: str) -> Any:
        """The first value that `query` finds, or None."""
        found = self.rows(query)
        return found[0][0] if found else None

    def has(self, table: str) -> bool:
        """Whether there is a table of that name."""
        return bool(self.one(THERE[self.kind].format(table)))

    @classmethod
    @contextmanager
    def at(cls, address: Address, seconds: float) -> Iterator[Self]:
        """A look at a file or schema, at each question waiting so long at most.

        Raises `UnusableStore`, or what the driver raises.
        """
        assert address is not None, "nothing outside sees a store in memory"
        if isinstance(address, Path):
            with closing(_file(address, seconds)) as file:
                yield cls("sqlite", file)
        else:
            with closing(_server(address, seconds)) as server:
                yield cls("postgresql", server)


def _file(path: Path, seconds: float) -> sqlite3.Connection:
    must_be_reachable(path)
    if not path.exists():
        raise UnusableStore(
            path,
            Text(f"没有文件 {path}。", f"There is no file {path}."),
            Text("核对路径(--store)，或从备份恢复。", "Correct --store, or restore a backup."),
        )
    place = f"file:{quote(str(path.absolute()))}?mode=ro"
    connection = sqlite3.connect(
        place, uri=True, timeout=seconds, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("SELECT value FROM about WHERE name = 'format'").fetchone()
    except sqlite3.DatabaseError as error:
        connection.close()
        if error.sqlite_errorcode in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}:
            raise not_a_store(path) from error
        raise
    return connection


def _server(address: PostgresAddress, seconds: float) -> Any:
    import psycopg

    from recourse.adapters.storage.postgres.link import unreachable

    try:
        connection = psycopg.connect(
            address.conninfo,
            autocommit=True,
            connect_timeout=CONNECT_SECONDS,
            application_name="recourse-look",
        )
    except psycopg.Error as error:
        raise unreachable(address, str(error).partition("\n")[0]) from error
    milliseconds = int(seconds * 1000)
    connection.execute(
        f"SET statement_timeout = {milliseconds}; SET lock_timeout = {milliseconds};"
        " SET default_transaction_read_only = on"
    )
    return connection
