"""Is an engine on a file whole, also when several processes use it?"""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from recourse.adapters.storage.addresses import UnknownStore, address_of
from recourse.adapters.storage.opening import close_engine, must_exist, open_engine
from recourse.adapters.storage.sqlite import SqliteStore
from recourse.application import Ask, Person
from recourse.commands import PUBLIC
from recourse.rulebook.book import built_in
from recourse.values.parties import Text
from support.engine import nine

DAY = date(2026, 3, 2)
BUYER = Person("buyer", frozenset({"purchasing"}))


@pytest.fixture
def opened(tmp_path):
    """Opens engines on the same file, and closes them in the end."""
    engines = []

    def open_one():
        path = str(tmp_path / "log.db")
        engines.append(open_engine(path, built_in(), new_log_id=lambda: f"log {len(engines)}"))
        return engines[-1]

    yield open_one
    for engine in engines:
        close_engine(engine)


def register(engine, name):
    fields = {"supplier": name, "name": name, "disposal": "entrusted"}
    command = PUBLIC["register_supplier"].model_validate(fields)
    return engine.perform([Ask(command, BUYER, nine(DAY), f"register {name}")])


def test_a_log_keeps_the_id_under_which_it_began(opened):
    first, second = opened(), opened()

    assert (first.store.log_id, second.store.log_id) == ("log 0", "log 0")


def test_two_engines_on_one_file_take_every_event_into_the_read_models_once(opened):
    first, second = opened(), opened()

    for number in range(3):
        register(first, f"A{number}")
        register(second, f"B{number}")

    assert all(each.equal for each in first.compare())
    assert first.models.position() == second.models.position() == 7


def test_what_a_process_left_untold_is_taken_in_when_the_store_is_opened(opened, tmp_path):
    register(opened(), "S1")
    with sqlite3.connect(tmp_path / "log.db") as connection:
        connection.execute("DELETE FROM supplier_accounts")
        connection.execute(
            "DELETE FROM read_model_positions WHERE read_model = 'supplier_accounts'"
        )
    connection.close()

    assert all(each.equal for each in opened().compare())


def test_the_read_models_are_as_durable_as_the_log(opened):
    engine = opened()

    assert isinstance(engine.store, SqliteStore)
    with engine.models.reading() as connection:
        synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar()
        journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
    own = sqlite3.connect(engine.store.path).execute("PRAGMA journal_mode").fetchone()[0]
    assert (synchronous, journal) == (2, own)


def test_readers_do_not_wait_for_a_writer_that_has_not_written(opened):
    reader, writer = opened(), opened()

    with writer.store.writing(), reader.models.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM claims").scalar() == 0


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("plant.db", Path("plant.db")),
        ("sqlite:///data/plant.db", Path("data/plant.db")),
        ("sqlite:////data/plant.db", Path("/data/plant.db")),
        ("memory:", None),
    ],
)
def test_a_url_names_a_file_or_memory(url, path):
    assert address_of(url) == path


@pytest.mark.parametrize(
    "url", ["postgresql://u:secret@h/d?schema=A-B", "mysql://u:secret@h/d", "sqlite:///"]
)
def test_a_store_that_cannot_be_reached_is_told_without_its_password(url):
    with pytest.raises(UnknownStore) as told:
        address_of(url)

    assert "secret" not in str(told.value)
    assert isinstance(told.value.remedy, Text)


def test_a_file_that_is_not_there_is_begun_by_init_only(tmp_path):
    with pytest.raises(UnknownStore, match="recourse init"):
        must_exist(str(tmp_path / "none.db"))
