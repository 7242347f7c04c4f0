"""Do memory, a file and a database keep the same log and the same read models, to the byte?"""

from contextlib import contextmanager

import pytest

from recourse.adapters.demo import fill
from recourse.adapters.storage.opening import close_engine, open_engine
from recourse.rulebook.book import built_in


@contextmanager
def month_on(url):
    """An engine on the store at `url` that has been through the demo month."""
    engine = open_engine(url, built_in(), new_log_id=lambda: "a log")
    try:
        fill(engine)
        yield engine
    finally:
        close_engine(engine)


@pytest.fixture(scope="module")
def in_memory():
    with month_on("memory:") as engine:
        yield engine


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def elsewhere(request, tmp_path_factory):
    if request.param == "sqlite":
        url = str(tmp_path_factory.mktemp("month") / "log.db")
    else:
        url = request.getfixturevalue("postgres").store_url()
    with month_on(url) as engine:
        yield engine


def log_of(engine):
    return [
        (each.id, each.originator_id, each.originator_version, each.topic, bytes(each.state))
        for each in engine.store.recorder.select_notifications(None, 10**6)
    ]


def test_the_logs_are_the_same(in_memory, elsewhere):
    assert log_of(elsewhere) == log_of(in_memory)


def test_the_read_models_are_the_same(in_memory, elsewhere):
    assert elsewhere.compare() == in_memory.compare()


def test_the_keys_are_held_by_the_same(in_memory, elsewhere):
    assert list(elsewhere.store.held("")) == list(in_memory.store.held(""))


def test_rebuilt_they_are_what_they_were(elsewhere):
    before = elsewhere.compare()

    elsewhere.rebuild()

    assert elsewhere.compare() == before and all(each.equal for each in before)
