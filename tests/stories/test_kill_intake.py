"""Does an intake that is killed at any moment lose nothing, and does the next run complete it?"""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from support.intake_driver import begin, take
from support.repairs import many, write

ROWS, BATCH = 1000, 100
STORES = range(5)
KILLS = 10 if os.environ.get("RECOURSE_DEEP") == "1" else 5  # on each of the stores
START_SECONDS, BATCH_SECONDS = 1.5, 0.06  # about what each takes, so that kills fall anywhere


class Killed(NamedTuple):
    """A run that was killed, or came to its end before, and the rows it had said are done."""

    told: int
    before_its_end: bool


def run_and_kill(store: Path, file: Path, random: Random) -> Killed:
    told, batches = 0, random.choice((0, 1, 1, 2, 3))
    command = [sys.executable, "-m", "support.intake_driver", store, file, str(BATCH)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, text=True, cwd=store.parent
    ) as process:
        for _ in range(batches):
            told = int(process.stdout.readline() or told)
        try:
            process.wait(random.uniform(0, BATCH_SECONDS if batches else START_SECONDS))
        except subprocess.TimeoutExpired:
            process.kill()
        for line in process.stdout:
            told = int(line)
    assert process.returncode in {0, -signal.SIGKILL}
    return Killed(told, process.returncode != 0)


def inspect(store: Path, copy: Path) -> tuple[list[int], set[str]]:
    """The positions and the claims in the log, found whole; and a copy of the store."""
    with closing(sqlite3.connect(store)) as found, closing(sqlite3.connect(copy)) as other:
        assert found.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found.backup(other)
        if not found.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchall():
            return [], set()
        positions = [seq for (seq,) in found.execute("SELECT seq FROM events ORDER BY seq")]
        streams = found.execute("SELECT DISTINCT stream FROM events WHERE stream LIKE 'claim:%'")
        return positions, {name.removeprefix("claim:") for (name,) in streams}


@pytest.mark.parametrize("seed", STORES)
def test_an_intake_killed_at_any_moment_loses_nothing_and_is_completed_by_the_next(tmp_path, seed):
    random, store, copy = Random(seed), tmp_path / "store.db", tmp_path / "copy.db"
    kills = files = 0
    rows = list(many(ROWS))
    file = write(tmp_path / "repairs.csv", rows)

    while kills < KILLS:
        killed = run_and_kill(store, file, random)
        kills += killed.before_its_end

        copy.unlink(missing_ok=True)
        positions, claims = inspect(store, copy)
        told = {row["SRC_TXN_ID"] for row in rows[: killed.told]}
        assert told <= claims, "what was acknowledged is there"
        assert len(claims) % BATCH == 0, "no batch is half done"
        assert positions == list(range(1, len(positions) + 1))

        engine = begin(copy)
        with closing(engine.store):
            result = take(engine, file, BATCH)
            known = len(claims) - files * ROWS
            assert (result.claims, result.known, result.rows) == (ROWS - known, known, ROWS)
            assert all(each.equal for each in engine.compare())

        if not killed.before_its_end:
            files += 1
            rows = list(many(ROWS, first=files * ROWS))
            write(file, rows)
