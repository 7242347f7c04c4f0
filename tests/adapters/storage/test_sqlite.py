"""What does the SQLite store promise beyond what every store does?"""

import os
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from eventsourcing.persistence import DatabaseError, OperationalError, StoredEvent

from recourse.adapters.storage import SqliteStore, UnusableStore
from recourse.adapters.storage.connection import has_reset_bug
from recourse.adapters.storage.sqlite import FORMAT

NOBODY = 65534


@pytest.fixture
def path(tmp_path):
    """A store with three events of one stream."""
    path = tmp_path / "log.db"
    with closing(SqliteStore(path, "a log")) as store:
        store.recorder.insert_events([event(version) for version in (1, 2, 3)])
    return path


def event(version, stream="claim:C1"):
    return StoredEvent(stream, version, "claim.received.v1", b"{}")


@contextmanager
def straight(path):
    """The file as any other program sees it that writes to it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def events(path):
    with straight(path) as connection:
        return connection.execute("SELECT * FROM events ORDER BY seq").fetchall()


# The tables defend themselves


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO events VALUES (NULL, 'claim:C1', 'four', 'claim.received.v1', x'7b7d')",
        "INSERT INTO events VALUES (NULL, 'claim:C1', 4, 'claim.received.v1', '{}')",
        "INSERT INTO positions VALUES ('policies', 'three')",
    ],
    ids=["text as a number", "text as bytes", "text as a position"],
)
def test_a_value_of_another_type_is_refused(path, statement):
    with straight(path) as connection, pytest.raises(sqlite3.IntegrityError, match="cannot store"):
        connection.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET state = x'00' WHERE seq = 2",
        "UPDATE OR REPLACE events SET seq = 1 WHERE seq = 2",
        "DELETE FROM events WHERE seq = 3",
        "DELETE FROM events",
        "REPLACE INTO events VALUES (2, 'claim:C1', 4, 'claim.received.v1', x'00')",
        "REPLACE INTO events VALUES (2, 'claim:C1', 2, 'claim.received.v1', x'00')",
        "REPLACE INTO events VALUES (NULL, 'claim:C1', 3, 'claim.received.v1', x'00')",
        "INSERT INTO events VALUES (NULL, 'claim:C1', 5, 'claim.received.v1', x'00')",
    ],
)
def test_what_is_recorded_is_never_changed_deleted_or_replaced(path, statement):
    before = events(path)

    with straight(path) as connection, pytest.raises(sqlite3.IntegrityError, match="event"):
        connection.execute(statement)

    assert events(path) == before


def test_a_position_is_never_given_twice(path):
    with straight(path) as connection:
        connection.execute("DROP TRIGGER events_are_never_deleted")
        connection.execute("DELETE FROM events WHERE seq = 3")

    with closing(SqliteStore(path, "a log")) as store:
        positions = store.recorder.insert_events([event(3)])

    assert list(positions) == [4]


# What SQLite is told


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 0), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
    ],
)
def test_the_versions_that_can_corrupt_a_write_ahead_log_are_known(version, expected):
    assert has_reset_bug(version) == expected


def test_there_is_no_write_ahead_log_where_sqlite_can_corrupt_it(path):
    with straight(path) as connection:
        (journal,) = connection.execute("PRAGMA journal_mode").fetchone()

    assert journal == ("delete" if has_reset_bug() else "wal")


def test_what_is_acknowledged_survives_a_power_loss(path):
    with closing(SqliteStore(path, "a log")) as store:
        own = store._connection  # noqa: SLF001  # a setting of this connection, seen by it alone

        (synchronous,) = own.execute("PRAGMA synchronous").fetchone()

    assert synchronous == 2


def test_the_name_of_the_log_survives_and_is_not_replaced(path):
    with closing(SqliteStore(path, "another log")) as store:
        assert store.log_id == "a log"


# What cannot be a store


def unusable(path):
    with pytest.raises(UnusableStore) as refused:
        SqliteStore(path, "a log")
    return refused.value


def test_a_store_in_no_folder_is_unusable(tmp_path):
    error = unusable(tmp_path / "nowhere" / "log.db")

    assert str(tmp_path / "nowhere") in error.why.zh and str(tmp_path / "nowhere") in error.why.en


def test_a_folder_is_no_store(tmp_path):
    assert "is not a store" in unusable(tmp_path).why.en


def test_a_file_that_is_no_database_is_no_store_and_stays_as_it_is(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text("索赔单号,金额\n" * 100, encoding="utf-8")
    before = path.read_bytes()

    error = unusable(path)

    assert "is not a store" in error.why.en and path.read_bytes() == before


@pytest.mark.parametrize(
    "table",
    ["parts (name TEXT)", "about (version TEXT)", "about (name TEXT, value TEXT)"],
)
def test_the_database_of_another_program_is_no_store_and_stays_as_it_is(tmp_path, table):
    path = tmp_path / "parts.db"
    with straight(path) as connection:
        connection.execute(f"CREATE TABLE {table}")
    before = path.read_bytes()

    error = unusable(path)

    assert "is not a store" in error.why.en and path.read_bytes() == before


def test_a_store_of_a_format_not_known_is_unusable_and_stays_as_it_is(path):
    with straight(path) as connection:
        connection.execute("UPDATE about SET value = '2' WHERE name = 'format'")
    before = path.read_bytes()

    error = unusable(path)

    assert f"is 2, and this version knows only format {FORMAT}" in error.why.en
    assert f"是 2，而本版本只认识格式 {FORMAT}" in error.why.zh
    assert path.read_bytes() == before


@contextmanager
def unprivileged():
    """Act as somebody whom the permissions of files bind, whoever runs the tests."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize(("locked", "others"), [("log.db", "."), (".", "log.db")])
def test_a_store_one_may_not_write_to_is_unusable(locked, others):
    with TemporaryDirectory() as name:  # unlike pytest's own folders, everyone can reach it
        folder = Path(name)
        SqliteStore(folder / "log.db", "a log").close()
        (folder / others).chmod(0o777)
        (folder / locked).chmod(0o555)

        with unprivileged():
            error = unusable(folder / "log.db")

    assert str(folder / locked) in error.why.zh and str(folder / locked) in error.why.en


# What goes wrong is told in the words of the library


def test_a_batch_keeps_other_writers_out_from_its_first_moment(path, monkeypatch):
    monkeypatch.setattr("recourse.adapters.storage.connection.BUSY_SECONDS", 0)

    with (
        closing(SqliteStore(path, "a log")) as store,
        closing(SqliteStore(path, "a log")) as other,
        store.writing(),
        pytest.raises(OperationalError, match="locked"),
    ):
        other.recorder.insert_events([event(4)])


def test_a_damaged_store_says_so(path):
    pages = bytearray(path.read_bytes())
    pages[4096:] = b"\xff" * (len(pages) - 4096)
    path.write_bytes(pages)

    with pytest.raises(DatabaseError), closing(SqliteStore(path, "a log")) as store:
        store.recorder.select_notifications(None, 10)
