"""How is an SQLite file opened so that what was acknowledged is never lost?"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

BUSY_SECONDS = 15
PAUSE_SECONDS = 0.02


def has_reset_bug(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether this SQLite can corrupt a write-ahead log that two connections use (D13)."""
    fixed = version >= (3, 51, 3)
    ported_back = (3, 44, 6) <= version < (3, 45) or (3, 50, 7) <= version < (3, 51)
    return version >= (3, 7, 0) and not (fixed or ported_back)


def connect(path: Path) -> sqlite3.Connection:
    """A connection that begins no transaction by itself and waits while another one writes."""
    return sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )


def make_safe(connection: sqlite3.Connection) -> None:
    """A rollback journal where SQLite has the reset bug, else a write-ahead log.

    `synchronous` is FULL either way, so that what was acknowledged survives a power loss.
    """
    _set_journal(connection, "DELETE" if has_reset_bug() else "WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -65536")


def _set_journal(connection: sqlite3.Connection, mode: str) -> None:
    """Ask again while others open the file: here SQLite does not wait by itself."""
    deadline = monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute(f"PRAGMA journal_mode = {mode}")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > deadline:
                raise
            sleep(PAUSE_SECONDS)
        else:
            return


def statements_of(script: str) -> Iterator[str]:
    """The statements of `script`, one by one."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
