"""What is promised of PostgreSQL alone: who may do what, and which servers are refused?"""

from contextlib import closing, contextmanager, suppress

import psycopg
import pytest
from eventsourcing.persistence import (
    OperationalError,
    PersistenceError,
    ProgrammingError,
    StoredEvent,
)

from recourse.adapters.storage.addresses import address_of
from recourse.adapters.storage.postgres.store import PostgresStore
from recourse.adapters.storage.postgres.upgrading import upgrade
from recourse.adapters.storage.unusable import UnusableStore
from recourse.application import Interrupted
from support.postgres import APP, OWNER, running

EVENT = StoredEvent("claim:C1", 1, "claim.received.v1", b"{}")
FORBIDDEN = [
    "UPDATE events SET state = ''",
    "DELETE FROM events",
    "TRUNCATE events",
    "DROP TABLE events",
    "ALTER TABLE events DROP COLUMN state",
    "ALTER TABLE events DISABLE TRIGGER ALL",
    "UPDATE answers SET answer = '{}'",
    "DELETE FROM answers",
    "UPDATE keys SET stream = 'claim:C2'",
    "DELETE FROM keys",
    "DELETE FROM positions",
    "UPDATE about SET value = 'another log'",
    "DROP TRIGGER events_are_never_changed ON events",
    "CREATE OR REPLACE FUNCTION is_never_changed() RETURNS trigger LANGUAGE sql AS ''",
]


@pytest.fixture
def url(postgres):
    return postgres.store_url()


def opened(url, log_id="a log"):
    return closing(PostgresStore(address_of(url), log_id))


@contextmanager
def connected(url):
    with psycopg.connect(address_of(url).conninfo, autocommit=True) as connection:
        yield connection


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_role_of_the_application_can_only_add_to_the_log(url, statement):
    with opened(url) as store, connected(url) as connection:
        store.insert_events([EVENT], keys=[("claim:C1", ("k",), ())])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)
        assert store.max_notification_id() == 1


@pytest.mark.parametrize("statement", [*FORBIDDEN[:3], *FORBIDDEN[6:10], FORBIDDEN[11]])
def test_even_the_owner_does_not_change_the_log_by_mistake(postgres, url, statement):
    with opened(url) as store, connected(url.replace(APP, OWNER)) as connection:
        with store.writing():
            store.insert_events([EVENT], keys=[("claim:C1", ("k",), ())])
            store.remember("A", {})
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
            connection.execute(statement)


def test_an_event_cannot_be_put_between_others(postgres, url):
    with opened(url) as store, connected(url) as connection:
        store.insert_events([EVENT])
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
            connection.execute("INSERT INTO events VALUES (3, 'claim:C2', 1, 't', '')")


def test_a_batch_is_copied_in_and_read_back_as_it_was(url):
    many = [StoredEvent(f"claim:{n}", 1, "claim.received.v1", bytes([n % 256])) for n in range(999)]
    with opened(url) as store:
        assert list(store.insert_events(many)) == list(range(1, 1000))
        read = store.select_notifications(None, 10_000)

    assert [(each.originator_id, each.state) for each in read] == [
        (each.originator_id, each.state) for each in many
    ]


def test_who_waits_too_long_for_the_lock_is_told(url):
    impatient = f"{url}&options=-clock_timeout%3D50ms"
    with opened(url) as holder, opened(impatient) as other:
        with holder.writing(), pytest.raises(OperationalError, match="lock timeout"):
            other.insert_events([EVENT])
        assert holder.max_notification_id() is None


def end_all_connections(postgres):
    with postgres.admin() as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'"
        )


def write_on(store, postgres):
    """A batch whose connection is lost in its midst, by one who does not notice."""
    with store.writing():
        store.insert_events([EVENT])
        end_all_connections(postgres)
        with suppress(PersistenceError):
            store.position("somebody")
        store.insert_events([StoredEvent("claim:C1", 2, "claim.amended.v1", b"{}")])


def commit_on(store, postgres):
    """The same, and nothing more is written before it ends."""
    with store.writing():
        store.insert_events([EVENT])
        end_all_connections(postgres)
        with suppress(PersistenceError):
            store.position("somebody")


@pytest.mark.parametrize("go_on", [write_on, commit_on])
def test_nothing_stays_of_a_batch_whose_connection_was_lost(url, postgres, go_on):
    with opened(url) as store:
        with pytest.raises(Interrupted):
            go_on(store, postgres)
        assert store.max_notification_id() is None


def fail_and_go_on(store):
    with store.writing():
        store.insert_events([EVENT])
        with suppress(PersistenceError):
            store.insert_events([EVENT])


def test_a_batch_of_which_something_failed_is_not_taken_for_written(url):
    with opened(url) as store:
        with pytest.raises(ProgrammingError):
            fail_and_go_on(store)
        assert store.max_notification_id() is None


def test_maintenance_of_the_table_is_not_waited_for(url):
    impatient = f"{url}&options=-clock_timeout%3D50ms"
    owner = url.replace(APP, OWNER)
    with connected(owner) as maintenance, opened(impatient) as store, maintenance.transaction():
        maintenance.execute("LOCK TABLE events IN SHARE UPDATE EXCLUSIVE MODE")
        assert list(store.insert_events([EVENT])) == [1]


def test_a_schema_without_tables_is_told_with_the_remedy(postgres):
    with pytest.raises(UnusableStore, match="recourse db upgrade"), opened(postgres.new_url()):
        pass


def test_who_does_not_own_the_database_is_told_who_lays_it_out(postgres):
    with pytest.raises(UnusableStore, match="owner"):
        upgrade(address_of(postgres.as_app(postgres.new_url())))


def test_who_does_not_own_it_may_find_that_all_is_laid_out(url):
    upgrade(address_of(url))


def test_a_table_that_is_missing_is_told(url):
    with connected(url.replace(APP, OWNER)) as connection:
        connection.execute("DROP TABLE ledger_entries")
    with pytest.raises(UnusableStore, match="ledger_entries"), opened(url):
        pass


def test_laying_out_twice_changes_nothing(postgres):
    url = postgres.new_url()
    for log_id in ("first", "second"):
        upgrade(address_of(url))
        with opened(url, log_id) as store:
            assert store.log_id == "first"


def test_the_librarys_own_functions_are_refused(url, monkeypatch):
    monkeypatch.setenv("POSTGRES_ENABLE_DB_FUNCTIONS", "y")
    with pytest.raises(UnusableStore, match="POSTGRES_ENABLE_DB_FUNCTIONS"), opened(url):
        pass


def test_a_connection_that_does_not_wait_for_the_disk_is_refused(url):
    careless = f"{url}&options=-csynchronous_commit%3Doff"
    with pytest.raises(UnusableStore, match="synchronous_commit"), opened(careless):
        pass


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes"])
def test_a_server_that_may_lose_what_it_acknowledged_is_refused(setting):
    with running() as server:
        url = server.store_url()
        with server.admin() as connection:
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
        with pytest.raises(UnusableStore, match=setting), opened(url):
            pass


def test_an_address_is_told_without_its_password():
    address = address_of("postgresql://app:secret@db.example:5432/plant?sslmode=require")

    assert address.shown == "postgresql://app@db.example:5432/plant?schema=recourse"
    assert "sslmode=require" in address.conninfo
