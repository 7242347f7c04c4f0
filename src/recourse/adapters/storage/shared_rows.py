"""How do several processes keep read models together, with no event lost and none counted twice?"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    StaticPool,
    Table,
    Text,
    create_engine,
    event,
    select,
)
from sqlalchemy.dialects import postgresql

from recourse.adapters.storage.addresses import Address, PostgresAddress
from recourse.adapters.storage.connection import connect, make_safe
from recourse.aggregates.base import Fact
from recourse.projections.base import UPSERT, Rows, whole
from recourse.projections.shared import SHARED

POOL = 2
LAYING_OUT = "SELECT pg_advisory_xact_lock(4, hashtext(%(schema)s))"
NAME = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
OURS = MetaData()
OFFSETS = Table(
    "shared_offsets",
    OURS,
    Column("topic", NAME, primary_key=True),
    Column("partition", Integer(), primary_key=True),
    Column("next", whole(), nullable=False),
)
"""Up to where the rows reflect each partition."""

STREAMS = Table(
    "shared_streams",
    OURS,
    Column("stream", NAME, primary_key=True),
    Column("version", whole(), nullable=False, default=0),
)
"""The last event of each stream that the rows reflect: the relay may send one again."""


class Fenced(Exception):
    """Somebody else has gone on with the partition: nothing of this was written."""


@dataclass(frozen=True, slots=True)
class Part:
    """A partition of a topic."""

    topic: str
    partition: int


class SharedRows:
    """The read models `SHARED` in a database of their own, and up to where they reflect Kafka."""

    def __init__(self, address: Address) -> None:
        """In a file, in a schema of PostgreSQL that its owner lays out, or in memory."""
        self.database = _database(address)
        with self.database.begin() as connection:
            if isinstance(address, PostgresAddress):
                connection.exec_driver_sql(LAYING_OUT, {"schema": address.schema})
                connection.exec_driver_sql(f'CREATE SCHEMA IF NOT EXISTS "{address.schema}"')
            OURS.create_all(connection)
            for projection in SHARED:
                projection.tables[0].metadata.create_all(connection, tables=list(projection.tables))

    def close(self) -> None:
        """Let go of the database."""
        self.database.dispose()

    def next_of(self, part: Part) -> int:
        """The offset with which whoever takes over `part` goes on."""
        with self.database.connect() as connection:
            return _next_of(connection, part)

    def take_in(self, part: Part, facts: Sequence[Fact], *, goes_on: int, up_to: int) -> None:
        """Reflect `facts`, the messages of `part` from the offset `goes_on` to before `up_to`.

        The rows and the offset are one transaction. Raises `Fenced` where the rows do not end at
        `goes_on`: another process has the partition now, and this one does not know it yet.
        """
        with self.database.begin() as connection:
            _move(connection, part, goes_on, up_to)
            rows = Rows(connection, empty=False)
            fresh = [fact for fact in facts if _is_new(fact, rows)]
            for projection in SHARED:
                for fact in fresh:
                    take = projection.takes.get(type(fact.event))
                    if take:
                        take(fact, fact.event, rows)
            rows.flush()

    def digests(self) -> dict[str, tuple[int, str]]:
        """How many rows each read model has, and the SHA-256 of them all."""
        with self.database.connect() as connection:
            return {each.name: each.digest(connection) for each in SHARED}


def _move(connection: Connection, part: Part, goes_on: int, up_to: int) -> None:
    values = {"topic": part.topic, "partition": part.partition}
    insert = UPSERT[connection.dialect.name](OFFSETS).values(**values, next=0)
    connection.execute(insert.on_conflict_do_nothing())
    ours = (OFFSETS.c.topic == part.topic) & (OFFSETS.c.partition == part.partition)
    moved = OFFSETS.update().where(ours & (OFFSETS.c.next == goes_on)).values(next=up_to)
    if connection.execute(moved).rowcount != 1:
        raise Fenced(f"{part.topic}/{part.partition} does not end at {goes_on}")


def _next_of(connection: Connection, part: Part) -> int:
    ours = (OFFSETS.c.topic == part.topic) & (OFFSETS.c.partition == part.partition)
    return int(connection.execute(select(OFFSETS.c.next).where(ours)).scalar() or 0)


def _is_new(fact: Fact, rows: Rows) -> bool:
    """Whether the rows do not reflect `fact` yet; they do from now on."""
    if fact.version <= rows.put(STREAMS, fact.stream)["version"]:
        return False
    rows.put(STREAMS, fact.stream, version=fact.version)
    return True


def _database(address: Address) -> Engine:
    if isinstance(address, PostgresAddress):
        return _in_schema(address)
    if isinstance(address, Path):
        return _in_file(address)
    return create_engine("sqlite://", poolclass=StaticPool)


def _in_file(path: Path) -> Engine:
    database = create_engine("sqlite://", creator=lambda: connect(path))

    @event.listens_for(database, "connect")
    def _connected(connection: Any, _record: object) -> None:
        make_safe(connection)

    @event.listens_for(database, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return database


def _in_schema(address: PostgresAddress) -> Engine:
    import psycopg  # noqa: PLC0415 - who keeps everything in one file needs no driver

    return create_engine(
        "postgresql+psycopg://",
        creator=lambda: psycopg.connect(address.conninfo),
        pool_size=POOL,
        pool_pre_ping=True,
    )
