"""Is a close of a month, or a day after weeks, there whole or not at all, killed at any moment?"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random
from time import monotonic

import pytest

from recourse.adapters.cli.main import main
from support.notes_driver import FIRST_DAY, ask, begin

KILLS = 50 if os.environ.get("RECOURSE_DEEP") == "1" else 10
SUPPLIERS = tuple(f"S{number:02d}" for number in range(1, 31))
PEOPLE = '[people]\ncashier = "finance"\n'
CLOSE = ("--recorded-at", "2026-03-02", "--as", "cashier", "settle", "2026-03", "--close")
WEEKS_LATER = FIRST_DAY + timedelta(days=60)
DAY = ("day", str(WEEKS_LATER))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A store in which every supplier has received a note and answered nothing."""
    made = tmp_path_factory.mktemp("before")
    made.joinpath("recourse.toml").write_text(PEOPLE, encoding="utf-8")
    engine = begin(made / "recourse.db")
    with closing(engine.store):
        for supplier in SUPPLIERS:
            answers = engine.perform(list(asks(supplier)))
            assert not [answer.refusal for answer in answers if answer.refusal]
    return made


def asks(supplier):
    """From the supplier's registration to the receipt of its note."""
    claim, note = {"claim": f"C-{supplier}"}, {"chargeback": f"N-{supplier}"}
    line = {
        "unit": f"U-{supplier}",
        "part": "P1",
        "stage": "after_sale",
        "repaired_on": FIRST_DAY,
        "quantity": 0,
        "costs": {"labour": "123.45"},
    }
    of = {"supplier": supplier}
    yield ask(0, "buyer", "register_supplier", **of, name=supplier, disposal="takes_back")
    yield ask(0, "engineer", "receive_claim", **claim, **line)
    yield ask(0, "engineer", "confirm_information", **claim)
    yield ask(0, "engineer", "confirm_cost", **claim)
    yield ask(0, "engineer", "attribute_claim", **claim, shares={f"supplier:{supplier}": "1"})
    yield ask(0, "engineer", "draft_chargeback", **note, **of, month="2026-03")
    yield ask(0, "manager", "approve_chargeback", **note)
    yield ask(0, "cashier", "issue_chargeback", **note)
    yield ask(0, "buyer", "record_receipt", **note, received_on=FIRST_DAY, proof="签收单")


def started(folder, words):
    """The command in a process of its own."""
    environment = {name: of for name, of in os.environ.items() if "RECOURSE" not in name}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    command = [sys.executable, "-m", "recourse", *words]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, cwd=folder, env=environment, **quiet)


def seconds(folder, words):
    """About how long the command takes, so that kills fall anywhere in it."""
    began = monotonic()
    assert started(folder, words).wait() == 0
    return monotonic() - began


def kill(folder, words, after):
    with started(folder, words) as process:
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.kill()
    assert process.returncode in {0, -signal.SIGKILL}


def topics(store):
    """How many events there are of each topic; the log is whole."""
    with closing(sqlite3.connect(store)) as found:
        assert found.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        events = found.execute("SELECT seq, topic FROM events ORDER BY seq").fetchall()
    assert [seq for seq, _ in events] == list(range(1, len(events) + 1))
    return Counter(topic for _, topic in events)


@pytest.mark.parametrize(
    ("words", "topic", "more"),
    [
        (CLOSE, "settlement.closed.v1", len(SUPPLIERS)),
        (DAY, "chargeback.appeal_lapsed.v1", len(SUPPLIERS)),
    ],
    ids=["close", "day"],
)
def test_what_is_killed_at_any_moment_is_whole_or_not_there_and_asking_again_ends_it(
    folder, tmp_path, monkeypatch, words, topic, more
):
    random = Random(9)
    taken = seconds(shutil.copytree(folder, tmp_path / "timed"), words)
    days = 1 if words == CLOSE else (WEEKS_LATER - FIRST_DAY).days + 1

    for number in range(KILLS):
        here = Path(shutil.copytree(folder, tmp_path / str(number)))
        monkeypatch.chdir(here)
        kill(here, words, random.uniform(0.5, 1) * taken)

        found = topics(here / "recourse.db")
        assert found[topic] in {0, more}, "nothing is half done"
        assert found["day.began.v1"] == (days if found[topic] else 1)
        assert main(["rebuild", "--check"]) == 0

        again = main(list(words))
        assert again == (5 if words == CLOSE and found[topic] else 0)
        done = topics(here / "recourse.db")
        assert (done[topic], done["day.began.v1"]) == (more, days), "each is done once"
        assert main(["rebuild", "--check"]) == 0
        shutil.rmtree(here)
