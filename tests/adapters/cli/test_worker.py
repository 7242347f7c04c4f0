"""Does the worker do what goes on by itself, tell how it fares, and end as it should?"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest

import recourse
from recourse.adapters.cli.main import main
from recourse.adapters.storage import SqliteStore
from recourse.aggregates.claim import Claim
from recourse.aggregates.supplier import Supplier
from recourse.application import Beat
from recourse.projections.accounts import ACCOUNT_BOARD
from recourse.projections.referrals import REFERRAL_BOARD

SOURCE = str(Path(recourse.__file__).parents[1])
BOUND = 10  # seconds in which a worker that is told to stop has stopped


@pytest.fixture
def breaks(monkeypatch):
    """Lets a read model break at one kind of event."""

    def plant(projection, event):
        def at_this(*_):
            raise ZeroDivisionError("no share left")

        monkeypatch.setitem(projection.takes, event, at_this)

    return plant


def beats(folder, *given):
    with closing(SqliteStore(folder / "recourse.db", "")) as store:
        if given:
            store.beat([each() for each in given])
        return {each.task: each for each in store.beats()}


def heard(task, seconds_ago, state="working", who="one"):
    """A beat that is so old when it is kept, however long the tests take to come to it."""
    ago = timedelta(seconds=seconds_ago)
    return lambda: Beat(who, task, state, 10, 0, datetime.now(UTC) - ago)


def test_a_worker_does_all_there_is_and_ends_when_that_is_asked(month, run):
    told = run("--lang", "en", "worker", "--once", "--name", "night")

    assert (told.code, told.out) == (0, "")
    assert "night works: days, policies, projections." in told.err
    kept = beats(month)
    assert {name: (each.state, each.lag) for name, each in kept.items()} == {
        "days": ("stopped", None),
        "policies": ("stopped", 0),
        "projections": ("stopped", 0),
    }


def test_a_worker_does_the_tasks_that_are_named_only(month, run):
    run("worker", "--once", "--only", "policies, projections")

    assert sorted(beats(month)) == ["policies", "projections"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_task_that_is_not_there_is_told(month, run, language):
    told = run("--lang", language, "worker", "--once", "--only", "policies,dishes")

    assert told.code == 2
    assert "days, policies, projections" in told.err


def test_the_status_tells_how_far_each_task_has_come(month, ask):
    main(["worker", "--once", "--name", "night"])

    told = ask("worker", "--status")

    rows = {row["task"]: row for row in told["workers"]}
    assert [rows[name]["position"] for name in rows] == [None, told["position"], told["position"]]
    assert {(row["who"], row["state"], row["stale"]) for row in rows.values()} == {
        ("night", "stopped", False)
    }
    assert told["quarantined"] == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ([], 0),
        ([("policies", 5)], 0),
        ([("policies", 60)], 6),
        ([("policies", 60, "stopped")], 0),
        ([("policies", 5, "broken")], 6),
        ([("policies", 60), ("policies", 5, "working", "two")], 0),
        ([("policies", 60, "broken"), ("policies", 5, "working", "two")], 0),
        ([("policies", 5, "broken"), ("policies", 1, "working", "two")], 6),
        ([("policies", 60), ("days", 5)], 6),
    ],
)
def test_the_status_ends_with_findings_where_nobody_does_a_task_well(month, run, given, code):
    beats(month, *(heard(*each) for each in given))  # as of now, not of when tests are listed

    assert run("worker", "--status").code == code


def test_the_lag_of_a_dead_worker_is_that_of_now(month, ask):
    beats(month, heard("projections", 60))

    told = ask("worker", "--status")

    (row,) = told["workers"]
    assert (row["stale"], row["lag"]) == (True, told["position"] - 10)


def test_a_stopped_money_read_model_is_told_and_the_worker_ends_with_1(month, run, breaks):
    breaks(ACCOUNT_BOARD, Supplier.Registered)
    mended = run("rebuild")
    assert mended.code == 1  # the rows of the account were farther, and stay

    (month / "recourse.db").rename(month / "old.db")
    log_again(month)
    told = run("--lang", "en", "worker", "--once")

    assert told.code == 1
    assert "The task projections stops" in told.err
    assert "supplier_accounts stops before this event" in told.err
    assert "supplier:S1@1 (position 2, supplier.registered, 2026-03-02): ZeroDivision" in told.err
    assert {name: each.state for name, each in beats(month).items()} == {
        "days": "stopped",
        "policies": "stopped",
        "projections": "broken",
    }
    assert run("worker", "--status").code == 6


def log_again(folder):
    """The same log in a new file, of which no read model has read anything."""
    with (
        closing(SqliteStore(folder / "old.db", "")) as old,
        closing(SqliteStore(folder / "recourse.db", old.log_id)) as new,
    ):
        new.insert_events(old.select_notifications(None, 10**6))
        with new.writing():
            new.advance("policies", old.position("policies"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_other_command_says_that_the_money_stopped(month, run, breaks, language):
    (month / "recourse.db").rename(month / "old.db")
    log_again(month)
    breaks(ACCOUNT_BOARD, Supplier.Registered)

    told = run("--lang", language, "--format", "json", "claim", "list")

    assert (told.code, told.document["code"]) == (1, "projection-broke")
    assert "supplier_accounts" in told.document["what"]
    assert "recourse rebuild" in told.document["remedy"]
    assert told.document["what"].isascii() == (language == "en")


def test_a_money_read_model_whose_rows_were_tampered_with_is_mended_by_rebuilding(month, run):
    with closing(sqlite3.connect(month / "recourse.db")) as store, store:
        store.execute("UPDATE read_model_positions SET position = 24 WHERE read_model = 'ledger'")
        store.execute("DELETE FROM ledger_notes")

    stopped = run("--lang", "en", "claim", "list")
    rebuilt = run("rebuild")
    mended = run("claim", "show", "C1")

    assert (stopped.code, rebuilt.code, mended.code) == (1, 0, 0)
    assert "ledger stops before this event" in stopped.err
    assert "run `recourse rebuild`" in stopped.err


def test_what_a_view_does_without_is_told_beside_everything_until_it_is_mended(
    month, run, monkeypatch
):
    (month / "recourse.db").rename(month / "old.db")
    log_again(month)
    with monkeypatch.context() as broken:
        broken.setitem(REFERRAL_BOARD.takes, Claim.Received, lambda *_: 1 / 0)
        assert run("worker", "--once").code == 0

    noted = run("--lang", "en", "claim", "list")
    status = run("--format", "json", "worker", "--status")
    run("rebuild")

    assert (noted.code, "do without 3 events" in noted.err) == (0, True)
    assert status.code == 6
    assert [row["event"] for row in status.document["quarantined"]] == [
        *("claim:C1@1", "claim:C2@1", "claim:C3@1")
    ]
    assert run("claim", "list").err == ""
    assert run("worker", "--status").code == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_told_to_stop_ends_well_and_soon(month, number):
    worker = subprocess.Popen(
        [sys.executable, "-m", "recourse", "--lang", "en", "worker", "--name", "day"],
        cwd=month,
        env=os.environ | {"PYTHONPATH": SOURCE},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert worker.stderr.readline() == "day works: days, policies, projections.\n"

    worker.send_signal(number)

    assert (worker.wait(BOUND), worker.communicate()[1]) == (0, "")
    assert {each.state for each in beats(month).values()} == {"stopped"}
    assert json.dumps(sorted(beats(month))) == '["days", "policies", "projections"]'


def test_a_worker_answers_machines_that_ask_where_the_settings_name_an_address(month):
    environment = {name: value for name, value in os.environ.items() if "RECOURSE" not in name}
    environment |= {
        "PYTHONPATH": SOURCE,
        "RECOURSE_OPERATIONS_HEALTH": "127.0.0.1:0",
        "RECOURSE_OPERATIONS_LOG_LEVEL": "info",
    }
    worker = subprocess.Popen(
        [sys.executable, "-m", "recourse", "--as", "nobody", "worker"],
        cwd=month,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        port = int(worker.stderr.readline().rstrip("。； \n").split("端口 ")[1].split("；")[0])
        with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=BOUND) as answer:
            page = answer.read().decode()
        worker.send_signal(signal.SIGTERM)
        told = worker.stderr.read()
    finally:
        worker.kill()
        ended = worker.wait(BOUND)
        worker.stderr.close()

    assert "recourse_log_events" in page
    assert '"command": "worker"' in told
    assert ended == 0
