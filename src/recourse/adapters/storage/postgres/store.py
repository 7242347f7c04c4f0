"""How is the log kept in PostgreSQL, by several processes at once, with no event passed over?"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any

from eventsourcing.persistence import (
    IntegrityError,
    Notification,
    ProgrammingError,
    StoredEvent,
)

from recourse.adapters.storage.addresses import PostgresAddress
from recourse.adapters.storage.copies.moments import LATEST_HOLDERS
from recourse.adapters.storage.copies.snapshots import snapshot_of
from recourse.adapters.storage.memory import Keys
from recourse.adapters.storage.parking import TableParking
from recourse.adapters.storage.postgres.link import Link, must_keep_its_word
from recourse.adapters.storage.postgres.statements import (
    APPEND,
    BEGIN,
    COLUMNS,
    COPY,
    HELD,
    HOLDERS,
    LAST,
    PAGE,
    PAGE_OF_TOPICS,
    STREAM,
    STREAM_FROM_ITS_END,
    WAKE,
    columns,
    up_to,
)
from recourse.adapters.storage.postgres.upgrading import must_be_up_to_date
from recourse.adapters.storage.postgres.workers import WorkersInPostgres
from recourse.adapters.storage.recorder import LogRecorder, notification_of
from recourse.application.store import Snapshot

LARGE = 200  # events; more of them are copied in
AFTER_ANY = "\U0010ffff"  # sorts after every key with the same beginning


class PostgresStore(WorkersInPostgres, LogRecorder):
    """The log, the keys and the answers in one schema; one writer at a time, told by a lock.

    What is the log is only ever added to: the role that an engine works under needs INSERT and
    SELECT, and no more. A writer that waits longer than `lock_timeout` gets OperationalError.
    """

    def __init__(self, address: PostgresAddress, log_id: str) -> None:
        """Open the store, which begins as `log_id` if nobody has worked on it yet.

        Raises `UnusableStore` where it was not laid out or may not be trusted.
        """
        self.address = address
        self._lock = RLock()
        self._link = Link(address)
        self.parking = TableParking(self._write, self._all, mark="%s")
        try:
            with self._link.translated():
                connection = self._link.connection()
                must_keep_its_word(address, connection)
                must_be_up_to_date(address, connection)
                self.log_id = self._known_as(log_id)
        except BaseException:
            self.close()
            raise

    def _known_as(self, log_id: str) -> str:
        """The id of the log: of several that begin at once, the first one counts."""
        found = self._one("SELECT value FROM about WHERE name = 'log_id'")
        if found is None:
            begin = "INSERT INTO about VALUES ('log_id', %s) ON CONFLICT DO NOTHING"
            self._link.connection().execute(begin, (log_id,))
            return self._known_as(log_id)
        return str(found)

    def close(self) -> None:
        """Let go of the server."""
        self._link.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All or nothing, one writer at a time in all processes.

        Raises `Interrupted` where the server was lost and nobody knows whether it had committed.
        """
        with self._lock, self._link.translated():
            if self._link.in_batch:
                raise ProgrammingError("a batch is being written; finish it before the next")
            with self._link.batch(), self._ended():
                self._link.connection().execute(BEGIN)
                yield
                self._commit()

    def _commit(self) -> None:
        """A server answers the commit of a batch that had failed by undoing it, without a word."""
        if self._link.connection().execute("COMMIT").statusmessage != "COMMIT":
            raise ProgrammingError("something of the batch had failed; all of it is undone")

    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        """Append; `keys` are taken and given up in the same step."""
        keys = [each for each in kwargs.get("keys", ()) if each[1] or each[2]]
        with self._lock, self._link.translated():
            if self._link.in_batch:
                self._take(keys)
                return self._append(stored_events)
            if keys or len(stored_events) > LARGE:
                with self.writing():
                    return self.insert_events(stored_events, **kwargs)
            return self._append_alone(stored_events)

    def _append_alone(self, events: Sequence[StoredEvent]) -> Sequence[int]:
        """In one round trip: the lock, the events, the commit."""
        connection = self._link.connection()
        with self._ended(), connection.pipeline():
            for statement in BEGIN.split(";"):
                connection.execute(statement)
            appended = connection.execute(APPEND, columns(events))
            connection.execute(WAKE)
            connection.execute("COMMIT")
            return [row[0] for row in appended.fetchall()]

    @contextmanager
    def _ended(self) -> Iterator[None]:
        """Nothing stays open of a transaction that failed."""
        try:
            yield
        except BaseException:
            if self._link.in_transaction:
                self._link.connection().execute("ROLLBACK")
            raise

    def _append(self, events: Sequence[StoredEvent]) -> Sequence[int]:
        if len(events) > LARGE:
            return self._copy(events)
        connection = self._link.connection()
        with connection.pipeline():
            appended = connection.execute(APPEND, columns(events))
            connection.execute(WAKE)
            return [row[0] for row in appended.fetchall()]

    def _copy(self, events: Sequence[StoredEvent]) -> Sequence[int]:
        last = int(self._one(LAST))
        with self._link.connection().cursor() as cursor:
            with cursor.copy(COPY) as copy:
                copy.set_types(COLUMNS)
                for seq, each in enumerate(events, last + 1):
                    name = str(each.originator_id)
                    copy.write_row((seq, name, each.originator_version, each.topic, each.state))
            cursor.execute(WAKE)
        return range(last + 1, last + len(events) + 1)

    def _take(self, keys: Keys) -> None:
        """Add a turn to every key that changes hands; whoever gives it up leaves it to nobody."""
        named = sorted({key for _, takes, frees in keys for key in (*takes, *frees)})
        if not named:
            return
        known = {key: (stream, turn) for key, stream, turn in self._all(HOLDERS, (named,))}
        turns: list[tuple[str, int, str | None]] = []
        for stream, takes, frees in keys:
            for key in (*frees, *takes):
                if known.get(key, (None, 0))[0] not in {None, stream}:
                    raise IntegrityError(f"{key!r} is held by {known[key][0]}")
            for key, holder in [*((key, None) for key in frees), *((key, stream) for key in takes)]:
                before, turn = known.get(key, (None, 0))
                if before != holder:
                    known[key] = (holder, turn + 1)
                    turns.append((key, turn + 1, holder))
        self._write("INSERT INTO keys (key, turn, stream) VALUES (%s, %s, %s)", turns)

    def _write(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        with self._lock, self._link.translated():
            if not self._link.in_batch:
                raise ProgrammingError("this is written in a batch only")
            cursor = self._link.connection().cursor()
            if len(rows) == 1:  # many are a pipeline, for which no server counts idle time
                cursor.execute(statement, rows[0])
            else:
                cursor.executemany(statement, rows)

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
        values = (str(originator_id), gt or 0, up_to(lte), limit)
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
            return self._read(PAGE_OF_TOPICS, (after or 0, up_to(stop), list(topics), limit))
        return self._read(PAGE, (after or 0, up_to(stop), limit))

    def _read(self, query: str, values: Sequence[object]) -> list[Notification]:
        return [notification_of(row) for row in self._all(query, values)]

    def _all(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        with self._lock, self._link.translated():
            cursor = self._link.connection().cursor(binary=True)
            return cursor.execute(query, values).fetchall()

    def _one(self, query: str, values: Sequence[object] = ()) -> Any:
        rows = self._all(query, values)
        return rows[0][0] if rows else None

    def max_notification_id(self) -> int | None:
        """The last position, or None for an empty log."""
        return int(self._one(LAST)) or None

    def holder(self, key: str) -> str | None:
        """The stream that holds `key`."""
        found = self._one(
            "SELECT stream FROM keys WHERE key = %s ORDER BY turn DESC LIMIT 1", (key,)
        )
        return None if found is None else str(found)

    def held(self, prefix: str) -> Sequence[tuple[str, str]]:
        """The keys that begin with `prefix` and their holders, in the order of the keys."""
        return self._all(HELD, (prefix, prefix + AFTER_ANY))

    def answer(self, command_id: str) -> Mapping[str, Any] | None:
        """How the command of that id was answered."""
        found = self._one("SELECT answer FROM answers WHERE command_id = %s", (command_id,))
        return None if found is None else dict(json.loads(found))

    def remember_all(self, answers: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Keep them all; inside `writing` only."""
        rows = [(name, json.dumps(answer, ensure_ascii=False)) for name, answer in answers]
        self._write("INSERT INTO answers VALUES (%s, %s)", rows)

    def position(self, follower: str) -> int:
        """How far `follower` has come."""
        found = self._one("SELECT max(position) FROM positions WHERE follower = %s", (follower,))
        return 0 if found is None else int(found)

    def advance(self, follower: str, position: int) -> None:
        """Remember how far `follower` has come; inside `writing` only."""
        self._write(
            "INSERT INTO positions VALUES (%s, %s) ON CONFLICT DO NOTHING", [(follower, position)]
        )

    def snapshot(self) -> Snapshot:
        """Everything beside the events, in a transaction that only reads."""
        with self._link.translated(), self._session() as session:
            session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            return snapshot_of(session, LATEST_HOLDERS)
