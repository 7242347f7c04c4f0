"""Does a month of notes that is killed at any moment lose nothing, and does asking again end it?"""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from random import Random

from support.notes_driver import (
    CLAIMS_EACH,
    COST,
    FIRST_DAY,
    SUPPLIERS,
    begin,
    note_of,
    write,
)

KILLS = 50 if os.environ.get("RECOURSE_DEEP") == "1" else 25
NOTE_SECONDS = 0.05  # about what one note takes, so that kills fall anywhere in it


def run_and_kill(store: Path, number: int, random: Random) -> int:
    """How many notes of the month the process had said are done when it was killed."""
    told, notes = 0, random.randrange(len(SUPPLIERS))
    command = [sys.executable, "-m", "support.notes_driver", store, str(number)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, text=True, cwd=store.parent
    ) as process:
        for _ in range(notes):
            told = int(process.stdout.readline() or told)
        try:
            process.wait(random.uniform(0, NOTE_SECONDS))
        except subprocess.TimeoutExpired:
            process.kill()
        for line in process.stdout:
            told = int(line)
    assert process.returncode in {0, -signal.SIGKILL}
    return told


def collected(store: Path) -> set[str]:
    """The notes in the log on which money was taken; the log is whole."""
    with closing(sqlite3.connect(store)) as found:
        assert found.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not found.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchall():
            return set()
        positions = [seq for (seq,) in found.execute("SELECT seq FROM events ORDER BY seq")]
        assert positions == list(range(1, len(positions) + 1))
        topics = dict.fromkeys(("drafted", "collected"))
        for topic in topics:
            streams = found.execute(
                "SELECT stream FROM events WHERE topic = ?", (f"chargeback.{topic}.v1",)
            )
            topics[topic] = [name.removeprefix("chargeback:") for (name,) in streams]
        assert topics["drafted"] == topics["collected"], "no note is half done, none is done twice"
        return set(topics["collected"])


def test_notes_killed_at_any_moment_are_whole_and_asking_again_completes_the_month(tmp_path):
    random, store = Random(8), tmp_path / "store.db"

    for number in range(KILLS):
        told = run_and_kill(store, number, random)

        acknowledged = {note_of(number, supplier) for supplier in SUPPLIERS[:told]}
        assert acknowledged <= collected(store), "what was acknowledged is there"

        engine = begin(store)
        with closing(engine.store):
            assert list(write(engine, number))[-1] == len(SUPPLIERS)

    assert len(collected(store)) == KILLS * len(SUPPLIERS)
    engine = begin(store)
    with closing(engine.store):
        for supplier in SUPPLIERS:
            account = engine.models.figures("account", supplier, FIRST_DAY, engine.book)
            expected = KILLS * CLAIMS_EACH * COST
            assert account["collected"] == f"{expected // 100}.{expected % 100:02d}"
        numbers = [key for key, _ in engine.store.held("number ")]
        assert numbers == [f"number 2026-{n + 1:06d}" for n in range(KILLS * len(SUPPLIERS))]
        assert engine.models.disagreements(FIRST_DAY, engine.book) == []
        assert all(each.equal for each in engine.compare())
