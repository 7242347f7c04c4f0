"""How does a read model take in the log, each event exactly once, a batch a transaction?"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    MetaData,
    Table,
    Text,
    and_,
    bindparam,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from recourse.aggregates.base import DomainEvent, Fact

METADATA = MetaData()
Row = dict[str, Any]
Take = Callable[[Fact, Any, "Rows"], None]
"""(fact, its event, rows): what one kind of event changes in the rows."""

FETCHED = 500  # keys in one question to the database
FEW = 20  # events; fewer ask for their rows one by one

UPSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def table(name: str, *keys: str, text: Sequence[str] = (), number: Sequence[str] = ()) -> Table:
    """A table of read rows: `keys` make a row unique, then texts, then integers."""
    columns: list[Column[Any]] = [Column(key, text_column(), primary_key=True) for key in keys]
    columns += [Column(each, text_column()) for each in text]
    columns += [Column(each, whole(), nullable=False, default=0) for each in number]
    return Table(name, METADATA, *columns, sqlite_strict=True, sqlite_with_rowid=False)


def whole() -> BigInteger:
    """A 64-bit integer in every store."""
    return BigInteger().with_variant(Integer(), "sqlite")


def text_column() -> Text:
    """A text that sorts by its bytes in every store."""
    return Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


POSITIONS = table("read_model_positions", "read_model", number=("position",))


def positions(connection: Connection) -> dict[str, int]:
    """Read model -> the last position in the log that its rows reflect."""
    return {row.read_model: row.position for row in connection.execute(select(POSITIONS))}


class Rows:
    """The rows of one read model while it takes in a batch; written back once at the end."""

    def __init__(self, connection: Connection, *, empty: bool) -> None:
        self._connection = connection
        self._empty = empty
        self._rows: dict[Table, dict[tuple[Any, ...], Row | None]] = {}
        self._dirty: dict[Table, dict[tuple[Any, ...], None]] = {}
        self._added: dict[Table, list[Row]] = {}
        self._known: dict[Table, set[str]] = {}  # first parts of keys that were read in full

    def get(self, where: Table, *key: str) -> Row | None:
        """The row of that key as of now, or None; change it through `put`."""
        rows = self._rows.setdefault(where, {})
        if key not in rows:
            rows[key] = self._read(where, key)
        return rows[key]

    def put(self, where: Table, *key: str, **values: Any) -> Row:
        """The row of that key with `values`; columns never written are "" or 0."""
        row = self.get(where, *key)
        if row is None:
            row = {column.name: 0 if column.default else "" for column in where.columns}
            row |= dict(zip((column.name for column in where.primary_key), key, strict=True))
            self._rows[where][key] = row
        row |= values
        self._dirty.setdefault(where, {})[key] = None
        return row

    def drop(self, where: Table, *key: str) -> None:
        """No row of that key any more."""
        self.get(where, *key)
        self._rows[where][key] = None
        self._dirty.setdefault(where, {})[key] = None

    def add(self, where: Table, row: Row) -> None:
        """One more row of a table that only grows and is not read back."""
        self._added.setdefault(where, []).append(row)

    def flush(self) -> None:
        """Write everything back."""
        for where, keys in self._dirty.items():
            kept = [(key, self._rows[where][key]) for key in keys]
            self._delete(where, [key for key, row in kept if row is None])
            self._upsert(where, [row for _, row in kept if row is not None])
        for where, rows in self._added.items():
            self._connection.execute(where.insert(), rows)
        self._dirty, self._added = {}, {}

    def fetch(self, where: Table, names: Sequence[str]) -> None:
        """Read every row whose key begins with one of `names`, so that none is asked for singly."""
        if self._empty:
            return
        rows, columns = self._rows.setdefault(where, {}), list(where.primary_key)
        for first in range(0, len(names), FETCHED):
            some = names[first : first + FETCHED]
            query = select(where).where(columns[0].in_(some))
            for found in self._connection.execute(query).mappings():
                rows[tuple(found[column.name] for column in columns)] = dict(found)
        self._known.setdefault(where, set()).update(names)

    def _read(self, where: Table, key: tuple[str, ...]) -> Row | None:
        if self._empty or key[0] in self._known.get(where, ()):
            return None
        found = self._connection.execute(_one(where), _bound(where, key)).mappings().first()
        return dict(found) if found else None

    def _delete(self, where: Table, keys: Sequence[tuple[str, ...]]) -> None:
        if keys:
            self._connection.execute(_gone(where), [_bound(where, key) for key in keys])

    def _upsert(self, where: Table, rows: list[Row]) -> None:
        if rows:
            self._connection.execute(_upsert(where, self._connection.dialect.name), rows)


@cache
def _one(where: Table) -> Any:
    """The statement that reads one row by its key; built once, for building costs more."""
    return select(where).where(_is(where))


@cache
def _gone(where: Table) -> Any:
    """The statement that deletes one row by its key."""
    return where.delete().where(_is(where))


@cache
def _upsert(where: Table, dialect: str) -> Any:
    """The statement that writes one row, there or not."""
    insert = UPSERT[dialect](where)
    return insert.on_conflict_do_update(
        index_elements=list(where.primary_key),
        set_={c.name: insert.excluded[c.name] for c in where.columns if not c.primary_key},
    )


def _begins_with_a_name(where: Table) -> bool:
    """Whether the key of its rows does; lines of the ledger are numbered and not read back."""
    return isinstance(next(iter(where.primary_key)).type, Text)


def _is(where: Table) -> Any:
    return and_(*(column == bindparam(f"of_{column.name}") for column in where.primary_key))


def _bound(where: Table, key: tuple[str, ...]) -> Row:
    names = (f"of_{column.name}" for column in where.primary_key)
    return dict(zip(names, key, strict=True))


@dataclass(frozen=True)
class Projection:
    """A read model: its tables, and what each kind of event changes in them.

    What is paid is read from a `money` one, so it stops rather than leave an event out.
    """

    name: str
    money: bool
    tables: tuple[Table, ...]
    takes: Mapping[type[DomainEvent], Take]

    def position(self, connection: Connection) -> int:
        """The last position in the log that the rows reflect; 0 before any."""
        row = (
            connection.execute(_one(POSITIONS), _bound(POSITIONS, (self.name,))).mappings().first()
        )
        return int(row["position"]) if row else 0

    def take_in(
        self, facts: Sequence[Fact], connection: Connection, before: int | None = None
    ) -> None:
        """Let the rows reflect `facts`, which follow the position, in the caller's transaction.

        `before` is that position, where the caller has just read it.
        """
        before = self.position(connection) if before is None else before
        rows = Rows(connection, empty=before == 0)
        new = [fact for fact in facts if fact.position > before and type(fact.event) in self.takes]
        if len(new) > FEW:
            names = list(dict.fromkeys(fact.stream.partition(":")[2] for fact in new))
            for each in filter(_begins_with_a_name, self.tables):
                rows.fetch(each, names)
        for fact in new:
            self.takes[type(fact.event)](fact, fact.event, rows)
        rows.flush()
        self._stand_at(max(before, facts[-1].position), connection)

    def pass_by(self, fact: Fact, connection: Connection) -> None:
        """Go on after `fact` without it; what the rows then lack is told as quarantined."""
        self._stand_at(fact.position, connection)

    def _stand_at(self, position: int, connection: Connection) -> None:
        row = {"read_model": self.name, "position": position}
        connection.execute(_upsert(POSITIONS, connection.dialect.name), row)

    def clear(self, connection: Connection) -> None:
        """Forget everything."""
        for each in self.tables:
            connection.execute(each.delete())
        connection.execute(POSITIONS.delete().where(POSITIONS.c.read_model == self.name))

    def digest(self, connection: Connection) -> tuple[int, str]:
        """How many rows there are, and the SHA-256 of them all in a canonical dump."""
        count, hashed = 0, hashlib.sha256()
        for each in self.tables:
            order = list(each.primary_key)
            for row in connection.execute(select(each).order_by(*order)):
                hashed.update(json.dumps([each.name, *row], ensure_ascii=True).encode() + b"\n")
                count += 1
        return count, hashed.hexdigest()
