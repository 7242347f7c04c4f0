"""How fast does recourse play the month into an SQLite file, read models and all?

Prints one JSON document; `run.py` starts it in a process of its own.
"""

import json
import sqlite3
import sys
import time
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from constant_book import ConstantBook, constant
from figures import Contender, Phases, balances_digest, count_time_of, main, peak_mb
from month import month, singles

from recourse.adapters.storage.opening import open_engine
from recourse.application import Answer, Recourse
from recourse.projections.books import balances
from recourse.rulebook.book import Rulebook, built_in

LOG = "log.db"


def opened(folder: Path, book: Rulebook) -> tuple[Recourse, Phases]:
    """A fresh store in `folder` as the command line opens one, and its seconds per phase."""
    engine = open_engine(str(folder / LOG), book, new_log_id=lambda: "benchmark")
    phases: Phases = {}
    count_time_of(engine, "begin_days", phases, "write")
    count_time_of(engine, "execute_many", phases, "write")
    count_time_of(engine, "react", phases, "policies")
    count_time_of(engine.models, "take_in", phases, "read models")
    return engine, phases


def play_month(folder: Path, asked: Namespace) -> dict[str, Any]:
    """The month through `perform`, a batch a transaction; then everything rebuilt and compared."""
    book = constant(built_in()) if asked.book == "constant" else built_in()
    engine, phases = opened(folder, book)
    seconds, cpu_seconds, commands = 0.0, 0.0, 0
    for batch in month(asked.number, asked.seed):
        started, cpu = time.perf_counter(), time.process_time()
        answers = engine.perform(batch)
        seconds += time.perf_counter() - started
        cpu_seconds += time.process_time() - cpu
        commands += len(batch)
        must_be_accepted(answers)
    peak = peak_mb()  # before the comparison, which builds everything in memory
    started = time.perf_counter()
    compared = engine.compare()
    rebuild_seconds = time.perf_counter() - started
    return {
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "commands": commands,
        "phases": phases,
        "peak_mb": peak,
        "rebuild_seconds": rebuild_seconds,
        "unequal": [each.name for each in compared if not each.equal],
        **_log_of(folder),
        "balances": _books_of(engine),
        "lookups": book.asked[0] if isinstance(book, ConstantBook) else None,
    }


def must_be_accepted(answers: Sequence[Answer]) -> None:
    """End the run with the words of the first refusal."""
    for answer in answers:
        if answer.refusal:
            sys.exit(f"{answer.command_id}: {json.dumps(answer.refusal.tell('en'))}")


def play_singles(folder: Path, asked: Namespace) -> dict[str, float]:
    """Commands a second, one commit each: the command alone, then with all that follows."""
    rates: dict[str, float] = {}
    for name in ("alone", "with what follows"):
        place = folder / name
        place.mkdir()
        engine, _ = opened(place, built_in())
        before, asks = singles(asked.number, asked.seed)
        must_be_accepted(engine.perform(before))
        ask_one = engine.execute_many if name == "alone" else engine.perform
        started = time.perf_counter()
        answers = [ask_one([ask])[0] for ask in asks]
        rates[name] = len(asks) / (time.perf_counter() - started)
        must_be_accepted(answers)
    return rates


def _log_of(folder: Path) -> dict[str, int]:
    log = sqlite3.connect(folder / LOG)
    events, written = log.execute("SELECT count(*), sum(length(state)) FROM events").fetchone()
    log.close()
    return {"events": events, "bytes": written}


def _books_of(engine: Recourse) -> str:
    with engine.models.reading() as connection:
        return balances_digest(balances(connection))


if __name__ == "__main__":
    main(Contender(play_month, play_singles))
