"""How does one talk to a PostgreSQL server that may go away at any moment?"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

import psycopg
from eventsourcing import persistence

from recourse.adapters.storage.addresses import PostgresAddress
from recourse.adapters.storage.unusable import UnusableStore
from recourse.application.store import Interrupted
from recourse.values.parties import Text

CONNECT_SECONDS = 5
BACK_SECONDS = 15  # how long a server may be away before who asks is told
PAUSE_SECONDS = 0.1
MUST_BE = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "local", "remote_write", "remote_apply"),
    "server_encoding": ("UTF8",),
}
"""Settings of a server that keeps what it acknowledged, and in which encoding."""

DB_FUNCTIONS = "POSTGRES_ENABLE_DB_FUNCTIONS"


class Link:
    """One connection, opened when it is needed and opened again when it was lost."""

    def __init__(self, address: PostgresAddress) -> None:
        self.address = address
        self._connection: psycopg.Connection[Any] | None = None
        self._was_open = False
        self.in_batch = False

    @property
    def in_transaction(self) -> bool:
        """Whether something was begun on the server and not yet ended."""
        idle = psycopg.pq.TransactionStatus.IDLE
        opened = self._connection
        return opened is not None and not opened.closed and opened.info.transaction_status != idle

    def connection(self) -> psycopg.Connection[Any]:
        """The connection; waits a while for a server that was there and is away.

        Raises `UnusableStore` for one that cannot be reached at all, OperationalError in the end.
        In a batch it is the one on which the batch was begun, or none: what was written is gone
        with it, and what follows would stand alone.
        """
        if self._connection is None or self._connection.closed:
            if self.in_batch:
                raise psycopg.OperationalError("the connection was lost in the midst of a batch")
            again = self._was_open
            self._connection = _patiently(self.address) if again else _at_once(self.address)
            self._was_open = True
        return self._connection

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Hold on to one connection."""
        self.connection()
        self.in_batch = True
        try:
            yield
        finally:
            self.in_batch = False

    def close(self) -> None:
        """Let go of the server."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Errors as the eventsourcing library names them; a lost server as `Interrupted`."""
        try:
            yield
        except psycopg.Error as error:
            if self._connection is None or self._connection.closed:
                self._connection = None
                raise Interrupted(_first_line(error)) from error
            raise translated(error) from error


def translated(error: psycopg.Error) -> persistence.PersistenceError:
    """The same error under the name that it has in the eventsourcing library."""
    for kind in type(error).__mro__:
        same = getattr(persistence, kind.__name__, None)
        if same is not None and kind.__module__.startswith("psycopg"):
            found: persistence.PersistenceError = same(_first_line(error))
            return found
    return persistence.PersistenceError(_first_line(error))


def connect(address: PostgresAddress) -> psycopg.Connection[Any]:
    """A connection in which every transaction is begun in words."""
    return psycopg.connect(
        address.conninfo, autocommit=True, connect_timeout=CONNECT_SECONDS, **KEEPALIVE
    )


KEEPALIVE: Mapping[str, Any] = {
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,  # milliseconds
}
"""A server that vanished without a word is noticed within a minute."""


def must_keep_its_word(address: PostgresAddress, connection: psycopg.Connection[Any]) -> None:
    """Refuse a server, or a setting of this process, with which acknowledged events get lost."""
    if os.environ.get(DB_FUNCTIONS, "").strip().lower() in {"y", "yes", "t", "true", "on", "1"}:
        raise UnusableStore(
            address.shown,
            Text(
                f"环境变量 {DB_FUNCTIONS} 已打开：在该方式下追加事件不加锁，读者会漏掉事件。",
                f"{DB_FUNCTIONS} is on: events are then appended without a lock, and readers"
                " miss some.",
            ),
            Text(
                f"请取消环境变量 {DB_FUNCTIONS}。", f"Remove {DB_FUNCTIONS} from the environment."
            ),
        )
    names = list(MUST_BE)
    row = connection.execute(
        "SELECT " + ", ".join(f"current_setting('{name}')" for name in names)
    ).fetchone()
    assert row is not None
    for name, value in zip(names, row, strict=True):
        if value not in MUST_BE[name]:
            raise _careless(address, name, str(value))


def _careless(address: PostgresAddress, name: str, value: str) -> UnusableStore:
    allowed = MUST_BE[name][0]
    return UnusableStore(
        address.shown,
        Text(
            f"服务器的设置 {name} 为 {value}：断电后，已确认的事件可能丢失或损坏。",
            f"The server's {name} is {value}: what was acknowledged may be lost or damaged.",
        ),
        Text(
            f"请由数据库管理员把 {name} 设为 {allowed}（也检查角色和数据库上的设置）。",
            f"Have {name} set to {allowed}, also where it is set for the role or the database.",
        ),
    )


def _at_once(address: PostgresAddress) -> psycopg.Connection[Any]:
    try:
        return connect(address)
    except psycopg.Error as error:
        raise unreachable(address, _first_line(error)) from error


def _patiently(address: PostgresAddress) -> psycopg.Connection[Any]:
    deadline = monotonic() + BACK_SECONDS
    while True:
        try:
            return connect(address)
        except psycopg.OperationalError as error:
            if monotonic() > deadline:
                raise persistence.OperationalError(_first_line(error)) from error
            sleep(PAUSE_SECONDS)


def unreachable(address: PostgresAddress, detail: str) -> UnusableStore:
    """The server does not answer, or does not let us in."""
    return UnusableStore(
        address.shown,
        Text(f"连接不上数据库：{detail}。", f"The database cannot be reached: {detail}."),
        Text(
            "核对主机、端口、数据库、用户和密码；确认服务器已启动、允许从这里连接。",
            "Check host, port, database, user and password, and that the server runs and lets"
            " this machine in.",
        ),
    )


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0]
