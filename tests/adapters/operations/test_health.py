"""Does a machine that asks learn whether the site is ready, soon, and nothing about persons?"""

import json
import sqlite3
from contextlib import closing, contextmanager
from datetime import timedelta
from threading import Event
from time import monotonic
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from recourse.adapters.operations.health import NoAddress, address_of, serving
from recourse.adapters.operations.metrics import Metrics
from recourse.adapters.operations.state import BOUND, Observer, state_of
from support.sites import BUYER, NOON, begun, site

ALLOWED = BOUND + 0.5  # seconds: the bound, and a busy machine


@contextmanager
def served(url, **about):
    """Asks a server of that site: path -> (status, body)."""
    observer = Observer(lambda: state_of(site(url, **about)), lambda: NOON)
    metrics = Metrics()
    metrics.watch(observer.now)

    def ask(path):
        try:
            with urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()

    with serving(("127.0.0.1", 0), observer.now, metrics) as port:
        yield ask


@pytest.fixture
def store(tmp_path):
    return begun(tmp_path / "log.db")


def beat(store, task, state, at, who="a"):
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        row = (task, who, state, 1, 0, at.isoformat())
        connection.execute("INSERT INTO workers VALUES (?, ?, ?, ?, ?, ?)", row)


def figures(page):
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


def checks(body):
    return [each["check"] for each in json.loads(body)["reasons"]]


def test_a_site_that_is_well_is_alive_and_ready(store):
    with served(store) as ask:
        alive, (status, body) = ask("/health/live"), ask("/health/ready")

    assert alive[0] == 200
    assert (status, json.loads(body)) == (200, {"ready": True, "reasons": []})


def test_a_store_that_is_away_makes_it_unready_but_leaves_it_alive(tmp_path):
    with served(tmp_path / "nowhere.db") as ask:
        alive, (status, body), page = ask("/health/live"), ask("/health/ready"), ask("/metrics")

    assert (alive[0], status) == (200, 503)
    assert checks(body) == ["store"]
    assert figures(page[1])["recourse_store_up",] == 0


def test_a_read_model_that_lags_too_far_makes_it_unready(store):
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        connection.execute("UPDATE read_model_positions SET position = 0")

    with served(store, settings={"operations.most_lag": 1}) as ask:
        status, body = ask("/health/ready")

    assert (status, checks(body)) == (503, ["lag"])


@pytest.mark.parametrize(
    ("state", "age", "ready"),
    [
        ("working", 29, True),
        ("working", 31, False),
        ("trouble", 31, False),
        ("stopped", 999, True),
        ("broken", 0, False),
    ],
)
def test_a_worker_is_missed_when_its_last_word_is_too_old(store, state, age, ready):
    beat(store, "policies", state, NOON - timedelta(seconds=age))

    with served(store) as ask:
        status, body = ask("/health/ready")

    assert (status, checks(body)) == ((200, []) if ready else (503, ["workers"]))


def test_a_worker_whose_task_another_took_over_is_not_missed(store):
    beat(store, "policies", "working", NOON - timedelta(hours=2), who="dead")
    beat(store, "policies", "working", NOON, who="alive")

    with served(store) as ask:
        assert ask("/health/ready")[0] == 200


def test_the_figures_tell_how_the_store_fares(store):
    beat(store, "policies", "working", NOON - timedelta(seconds=7))

    with served(store) as ask:
        told = figures(ask("/metrics")[1])

    assert told["recourse_store_up",] == told["recourse_ready",] == 1
    assert told["recourse_log_events",] == 2  # a day began, a supplier was registered
    assert told["recourse_lag_events", "claims"] == 0
    assert told["recourse_lag_events", "follower policies"] == 0
    assert told["recourse_beat_age_seconds", "policies"] == 7
    assert told["recourse_task_broken", "policies"] == 0
    assert told["recourse_parked_messages",] == 0


def test_a_locked_store_is_told_of_within_two_seconds(store):
    with (
        closing(sqlite3.connect(store, isolation_level=None)) as connection,
        served(store) as ask,
    ):
        connection.execute("BEGIN EXCLUSIVE")
        began = monotonic()
        status, body = ask("/health/ready")
        took = monotonic() - began
        connection.execute("ROLLBACK")
        again = ask("/health/ready")[0]

    assert (status, checks(body), took < ALLOWED) == (503, ["store"], True)
    assert again == 200


def test_a_locked_table_of_a_server_is_told_of_within_two_seconds(postgres):
    url = begun(postgres.store_url())
    schema = url.partition("schema=")[2]
    with postgres.admin_of("plant") as admin, admin.transaction(), served(url) as ask:
        admin.execute(f"LOCK TABLE {schema}.events IN ACCESS EXCLUSIVE MODE")
        began = monotonic()
        status, body = ask("/health/ready")
        took = monotonic() - began

    assert (status, checks(body), took < ALLOWED) == (503, ["store"], True)


def test_a_server_that_is_well_is_ready(postgres):
    with served(begun(postgres.store_url())) as ask:
        status, _ = ask("/health/ready")
        told = figures(ask("/metrics")[1])

    assert (status, told["recourse_log_events",]) == (200, 2)


def test_a_store_that_never_answers_is_asked_once_and_waited_for_no_longer():
    asked, answers = [], Event()

    def ask():
        asked.append(1)
        answers.wait(30)
        raise OSError

    observer = Observer(ask, lambda: NOON)
    began = monotonic()
    states = [observer.now(), observer.now()]
    took = monotonic() - began
    answers.set()

    assert [each.reachable for each in states] == [False, False]
    assert (len(asked), took < 2 * ALLOWED) == (1, True)


def test_nothing_about_persons_and_no_password_is_told(tmp_path):
    store = begun(tmp_path / "log.db")
    beat(store, "policies", "broken", NOON)
    secret = "postgresql://li:hunter2@127.0.0.1:1/plant"

    told = ""
    for url in (store, secret):
        with served(url) as ask:
            told += "".join(ask(path)[1] for path in ("/health/ready", "/metrics"))

    assert [each for each in (BUYER.name, "供方", "hunter2") if each in told] == []


def test_another_path_is_not_there(store):
    with served(store) as ask:
        assert [ask(path)[0] for path in ("/", "/health", "/metrics/x")] == [404, 404, 404]


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("9464", ("127.0.0.1", 9464)),
        (":9464", ("127.0.0.1", 9464)),
        ("0.0.0.0:9464", ("0.0.0.0", 9464)),
        ("[::1]:9464", ("::1", 9464)),
    ],
)
def test_an_address_is_of_this_machine_alone_unless_it_says_otherwise(written, address):
    assert address_of(written) == address


@pytest.mark.parametrize(
    "written", ["", "localhost", "localhost:", "localhost:x", "h:65536", "h:-1"]
)
def test_what_is_no_address_is_refused(written):
    with pytest.raises(NoAddress):
        address_of(written)
