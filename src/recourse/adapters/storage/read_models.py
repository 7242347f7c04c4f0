"""In which database do the read models of a store live, beside its log?"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.exc import DBAPIError

from recourse.adapters.storage.addresses import PostgresAddress
from recourse.adapters.storage.connection import connect, make_safe
from recourse.aggregates.base import Fact
from recourse.application.store import Interrupted
from recourse.projections import ReadModels

# What is lost with a server is made again from the log, so nobody waits for its disk.
WRITE_IN_POSTGRES = (
    "SET LOCAL synchronous_commit = off",
    "SET LOCAL lock_timeout = '60s'",
    "SELECT pg_advisory_xact_lock(3, 'read_model_positions'::regclass::oid::int)",
)
POOL = 2  # connections: one that writes, one that reads


class BesideTheLog(ReadModels):
    """Read models where the log is: several may read while one process writes."""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._database.execution_options(only_reads=True).connect() as connection:
            yield connection

    def close(self) -> None:
        """Let go of the database."""
        self._database.dispose()


class InPostgres(BesideTheLog):
    """The same in a schema, which its owner has laid out."""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with _told_when_lost(), super().reading() as connection:
            yield connection

    def take_in(self, facts: Sequence[Fact]) -> int:
        """As everywhere; raises `Interrupted` where the server was lost."""
        with _told_when_lost():
            return super().take_in(facts)

    def rebuild(self, batches: Iterable[Sequence[Fact]]) -> None:
        """As everywhere; raises `Interrupted` where the server was lost."""
        with _told_when_lost():
            super().rebuild(batches)


def beside_file(path: Path) -> BesideTheLog:
    """The read models in the file of the log."""
    url = URL.create("sqlite", database=str(path))
    database = create_engine(url, creator=lambda: connect(path))

    @event.listens_for(database, "connect")
    def _connected(connection: Any, _record: object) -> None:
        make_safe(connection)

    @event.listens_for(database, "begin")
    def _begin(connection: Connection) -> None:
        # A position must not move between being read and being written back.
        connection.exec_driver_sql("BEGIN" if _only_reads(connection) else "BEGIN IMMEDIATE")

    return BesideTheLog(database)


def in_schema(address: PostgresAddress) -> InPostgres:
    """The read models in the schema of the log."""
    import psycopg  # noqa: PLC0415 - who keeps everything in one file needs no driver

    database = create_engine(
        "postgresql+psycopg://",
        creator=lambda: psycopg.connect(address.conninfo),
        pool_size=POOL,
        pool_pre_ping=True,
    )

    @event.listens_for(database, "begin")
    def _begin(connection: Connection) -> None:
        if _only_reads(connection):  # everything that is read is of one moment
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            return
        for statement in WRITE_IN_POSTGRES:
            connection.exec_driver_sql(statement)

    return InPostgres(database, laid_out=True)


def _only_reads(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("only_reads", False))


@contextmanager
def _told_when_lost() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if error.connection_invalidated:
            raise Interrupted(str(error.orig)) from error
        raise
