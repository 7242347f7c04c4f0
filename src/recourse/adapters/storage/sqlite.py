"""How is the log kept in one SQLite file, whole after every crash?"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from importlib.resources import files
from pathlib import Path
from threading import RLock
from typing import Any
from urllib.parse import quote

from eventsourcing import persistence
from eventsourcing.persistence import (
    IntegrityError,
    Notification,
    ProgrammingError,
    StoredEvent,
)

from recourse.adapters.storage.alone import held_alone
from recourse.adapters.storage.beats import BEATS, beat_of, row_of, sortable
from recourse.adapters.storage.connection import connect, make_safe, statements_of
from recourse.adapters.storage.copies.snapshots import snapshot_of
from recourse.adapters.storage.memory import Keys
from recourse.adapters.storage.parking import TableParking
from recourse.adapters.storage.recorder import LogRecorder, notification_of
from recourse.adapters.storage.unusable import must_be_reachable, not_a_store, unknown_format
from recourse.application.store import BEATS_KEPT, Beat, Snapshot

FORMAT = "1"
NEWEST_TABLE = "parked_fates"  # a store that was begun before has all the others
AFTER_ANY = "\U0010ffff"  # sorts after every key with the same beginning
FOREIGN = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}  # the latter: columns are missing
STREAM = (
    "SELECT seq, stream, version, topic, state FROM events"
    " WHERE stream = ? AND version > ? AND version <= ? ORDER BY version ASC LIMIT ?"
)
STREAM_FROM_ITS_END = STREAM.replace("ASC", "DESC")
PAGE = (
    "SELECT seq, stream, version, topic, state FROM events"
    " WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?"
)
BEAT = "INSERT OR REPLACE INTO workers VALUES (?, ?, ?, ?, ?, ?)"
PAGE_OF_TOPICS = PAGE.replace("ORDER", "AND topic IN (SELECT value FROM json_each(?)) ORDER")


class SqliteStore(LogRecorder):
    """The log, the keys and the answers in one file; one writer at a time."""

    def __init__(self, path: Path, log_id: str) -> None:
        """Open the store at `path`, or begin one as `log_id`; raises `UnusableStore`."""
        must_be_reachable(path)
        self.path = path
        self._lock = RLock()
        self._connection = connect(path)
        self.parking = TableParking(self._write, self._rows)
        try:
            with _translated():
                self._open(log_id)
                self.log_id = self._about()["log_id"]
        except BaseException:
            self.close()
            raise

    def _open(self, log_id: str) -> None:
        complete = self._is_complete()
        make_safe(self._connection)
        if not complete:
            self._create(log_id)

    def _is_complete(self) -> bool:
        """Whether every table is there; refuses what is not a store of this format."""
        try:
            names = self._connection.execute("SELECT name FROM sqlite_master").fetchall()
            found = self._about().get("format") if ("about",) in names else None
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode in FOREIGN:
                raise not_a_store(self.path) from error
            raise
        if names and found is None:
            raise not_a_store(self.path)
        if names and found != FORMAT:
            raise unknown_format(self.path, str(found), FORMAT)
        return (NEWEST_TABLE,) in names

    def _create(self, log_id: str) -> None:
        """Lay out what is missing; of several processes at it at once, the first one counts."""
        schema = files("recourse.adapters.storage").joinpath("schema.sql").read_text("utf-8")
        with self.writing():
            for statement in statements_of(schema):
                self._connection.execute(statement)
            self._connection.executemany(
                "INSERT OR IGNORE INTO about VALUES (?, ?)",
                [("format", FORMAT), ("log_id", log_id)],
            )

    def _about(self) -> dict[str, str]:
        return dict(self._connection.execute("SELECT name, value FROM about"))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All or nothing, one writer at a time in all processes."""
        with self._lock, _translated():
            if self._connection.in_transaction:
                raise ProgrammingError("a batch is being written; finish it before the next")
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        """Append; `keys` are taken and given up in the same step."""
        with self._lock:
            if not self._connection.in_transaction:
                with self.writing():
                    return self.insert_events(stored_events, **kwargs)
            self._write(
                "INSERT INTO events (stream, version, topic, state) VALUES (?, ?, ?, ?)",
                [
                    (str(each.originator_id), each.originator_version, each.topic, each.state)
                    for each in stored_events
                ],
            )
            self._take(kwargs.get("keys", ()))
            last = self.max_notification_id() or 0
            return range(last - len(stored_events) + 1, last + 1)

    def _take(self, keys: Keys) -> None:
        for stream, takes, frees in keys:
            for key in (*frees, *takes):
                holder = self.holder(key)
                if holder not in {None, stream}:
                    raise IntegrityError(f"{key!r} is held by {holder}")
            self._write("DELETE FROM keys WHERE key = ?", [(key,) for key in frees])
            self._write(
                "INSERT OR IGNORE INTO keys VALUES (?, ?)", [(key, stream) for key in takes]
            )

    def _write(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        with self._lock, _translated():
            if not self._connection.in_transaction:
                raise ProgrammingError("this is written in a batch only")
            self._connection.executemany(statement, rows)

    def select_events(
        self,
        originator_id: object,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """The events of one stream, with their positions."""
        values = (str(originator_id), gt or 0, _unless(lte), -1 if limit is None else limit)
        return self._read(STREAM_FROM_ITS_END if desc else STREAM, values)

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """A page of the log."""
        after = start - 1 if start is not None and inclusive_of_start else start
        if topics:
            values = (after or 0, _unless(stop), json.dumps(topics), limit)
            return self._read(PAGE_OF_TOPICS, values)
        return self._read(PAGE, (after or 0, _unless(stop), limit))

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        with self._lock, _translated():
            return self._connection.execute(query, values).fetchall()

    def _read(self, query: str, values: Sequence[object]) -> list[Notification]:
        return [notification_of(row) for row in self._rows(query, values)]

    def max_notification_id(self) -> int | None:
        """The last position, or None for an empty log."""
        with self._lock, _translated():
            row = self._connection.execute("SELECT max(seq) FROM events").fetchone()
        return None if row[0] is None else int(row[0])

    def holder(self, key: str) -> str | None:
        """The stream that holds `key`."""
        with self._lock, _translated():
            row = self._connection.execute(
                "SELECT stream FROM keys WHERE key = ?", (key,)
            ).fetchone()
        return str(row[0]) if row else None

    def held(self, prefix: str) -> Sequence[tuple[str, str]]:
        """The keys that begin with `prefix` and their holders, in the order of the keys."""
        with self._lock, _translated():
            return self._connection.execute(
                "SELECT key, stream FROM keys WHERE key >= ? AND key < ? ORDER BY key",
                (prefix, prefix + AFTER_ANY),
            ).fetchall()

    def answer(self, command_id: str) -> Mapping[str, Any] | None:
        """How the command of that id was answered."""
        with self._lock, _translated():
            row = self._connection.execute(
                "SELECT answer FROM answers WHERE command_id = ?", (command_id,)
            ).fetchone()
        return dict(json.loads(row[0])) if row else None

    def remember_all(self, answers: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Keep them all; inside `writing` only."""
        rows = [(name, json.dumps(answer, ensure_ascii=False)) for name, answer in answers]
        self._write("INSERT INTO answers VALUES (?, ?)", rows)

    def position(self, follower: str) -> int:
        """How far `follower` has come."""
        with self._lock, _translated():
            row = self._connection.execute(
                "SELECT position FROM positions WHERE follower = ?", (follower,)
            ).fetchone()
        return int(row[0]) if row else 0

    def advance(self, follower: str, position: int) -> None:
        """Remember how far `follower` has come; inside `writing` only."""
        self._write(
            "INSERT INTO positions VALUES (?, ?)"
            " ON CONFLICT (follower) DO UPDATE SET position = excluded.position",
            [(follower, position)],
        )

    def snapshot(self) -> Snapshot:
        """Everything beside the events, in a transaction that only reads."""
        with _translated(), closing(connect(self.path)) as connection:
            connection.execute("BEGIN")
            return snapshot_of(connection)

    def alone(self, name: str) -> AbstractContextManager[bool]:
        """Whether no other process does `name` now; the system lets go of it for a killed one."""
        beside = f"{self.path.name}.{quote(name, safe='')}.lock"  # never a lock on the store itself
        return held_alone(self.path.with_name(beside))

    def beat(self, beats: Sequence[Beat]) -> None:
        """Keep them, and forget the old ones."""
        oldest = max(each.at for each in beats) - BEATS_KEPT
        with self.writing():
            self._write(BEAT, [row_of(each) for each in beats])
            self._write("DELETE FROM workers WHERE at < ?", [(sortable(oldest),)])

    def beats(self) -> Sequence[Beat]:
        """The last one of each task by each worker."""
        with self._lock, _translated():
            rows = self._connection.execute(BEATS).fetchall()
        return [beat_of(row) for row in rows]


def _unless(last: int | None) -> int:
    return 2**63 - 1 if last is None else last


@contextmanager
def _translated() -> Iterator[None]:
    """SQLite's errors as those of the eventsourcing library, which have the same names."""
    try:
        yield
    except sqlite3.Error as error:
        raise getattr(persistence, type(error).__name__)(error) from error
