"""How much faster or slower is recourse than its own library doing the same?

`run.py --quick` or `--full` plays every contender in turn, each in a process of its own, several
rounds in one run, and compares medians. Speed is only ever a ratio to a named peer measured in
the same minutes; the run fails where a ratio is below its limit, or where the contenders did not
do the same: other events, other books, or a read model that differs when rebuilt.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from sqlite3 import sqlite_version
from statistics import median
from typing import Any, NamedTuple

from figures import table

HERE = Path(__file__).resolve().parent
SEED = 1
OURS, DOCUMENTED, TUNED = "recourse", "library, as documented", "library, tuned"
SCRIPTS = {
    OURS: ("ours.py",),
    DOCUMENTED: ("library.py",),
    TUNED: ("library.py", "--tuned"),
}


class Size(NamedTuple):
    """How much is played how often."""

    claims: int
    singles: int
    rounds: int


SIZES = {"quick": Size(500, 300, 2), "full": Size(5000, 300, 3)}


class Limit(NamedTuple):
    """The least that the median of the ratios of ours to `peer` may be."""

    measure: str
    peer: str
    least: float


LIMITS = (
    Limit("events/s", DOCUMENTED, 1.5),
    Limit("events/s", TUNED, 0.5),
    Limit("commands/s alone", TUNED, 0.25),
    Limit("commands/s with what follows", TUNED, 0.15),
)
"""The slower the disk, the lower the last two: they are bound by commits, see README.md."""

Figures = dict[str, Any]
Rounds = list[dict[str, Figures]]
"""Per round: contender -> what it reported."""


def main() -> int:
    """Run, print, write the results file; 0 when every limit is kept and all did the same."""
    asked = _asked()
    size = SIZES[asked.size]
    months = [_round("month", size.claims, SCRIPTS) for _ in range(size.rounds)]
    commands = [_round("singles", size.singles, (OURS, TUNED)) for _ in range(size.rounds)]
    ratios = dict(_ratios(months, commands))
    problems = [*_differences(months), *_below_limits(ratios)]
    report = "\n".join(
        [
            f"# Benchmarks, {asked.size}, {asked.date}",
            *_machine(size),
            *_month_table(months),
            *_singles_table(commands),
            *_ratio_table(ratios),
            "",
            *([f"- {problem}" for problem in problems] or ["Every limit is kept."]),
            "",
        ]
    )
    print(report)
    results = HERE / "results"
    results.mkdir(exist_ok=True)
    (results / f"{asked.date}-{asked.size}.md").write_text(report, encoding="utf-8")
    return 1 if problems else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    sizes = parser.add_mutually_exclusive_group(required=True)
    for name, size in SIZES.items():
        told = f"{size.claims} claims, {size.rounds} rounds"
        sizes.add_argument(f"--{name}", action="store_const", const=name, dest="size", help=told)
    today = datetime.now(UTC).astimezone().date()
    parser.add_argument("--date", type=date.fromisoformat, default=today)
    return parser.parse_args()


def _round(what: str, number: int, contenders: Sequence[str] | Mapping[str, Any]) -> dict[str, Any]:
    """Every contender once, one after the other, each in a fresh process and folder."""
    return {name: _played(what, number, *SCRIPTS[name]) for name in contenders}


def _played(what: str, number: int, script: str, *options: str) -> Figures:
    command = [sys.executable, str(HERE / script), what, str(number), "--seed", str(SEED)]
    print(f"... {script} {what} {number} {' '.join(options)}", file=sys.stderr)
    done = subprocess.run([*command, *options], check=True, stdout=subprocess.PIPE, text=True)
    figures: Figures = json.loads(done.stdout)
    return figures


def _ratios(months: Rounds, commands: Rounds) -> Iterator[tuple[tuple[str, str], list[float]]]:
    """(measure, peer): the ratio of ours to the peer in each round; above 1 ours is faster."""
    for peer in (DOCUMENTED, TUNED):
        yield ("events/s", peer), [_rate(each[OURS]) / _rate(each[peer]) for each in months]
        cpu = [each[peer]["cpu_seconds"] / each[OURS]["cpu_seconds"] for each in months]
        yield ("events per CPU second", peer), cpu
    for name in ("alone", "with what follows"):
        rates = [each[OURS][name] / each[TUNED][name] for each in commands]
        yield (f"commands/s {name}", TUNED), rates


def _rate(figures: Figures) -> float:
    return float(figures["events"] / figures["seconds"])


def _differences(months: Rounds) -> Iterator[str]:
    """Where the contenders did not do the same, or ours contradicts itself."""
    for name in ("events", "balances", "commands"):
        found = {figures[name] for each in months for figures in each.values()}
        if len(found) > 1:
            yield f"the contenders differ in their {name}: {sorted(found)}"
    for each in months:
        if each[OURS]["unequal"]:
            yield f"rebuilt read models differ: {', '.join(each[OURS]['unequal'])}"


def _below_limits(ratios: Mapping[tuple[str, str], list[float]]) -> Iterator[str]:
    for limit in LIMITS:
        found = median(ratios[limit.measure, limit.peer])
        if found < limit.least:
            yield f"{limit.measure}: {found:.2f} times {limit.peer}, the limit is {limit.least}"


def _machine(size: Size) -> Iterator[str]:
    used = ("eventsourcing", "SQLAlchemy", "pydantic")
    libraries = ", ".join(f"{name} {version(name)}" for name in used)
    yield ""
    yield f"{size.claims} claims, 12 suppliers, {size.rounds} rounds in turn, seed {SEED}."
    yield f"{os.cpu_count()} cores, {platform.system()} {platform.machine()},"
    yield f"Python {platform.python_version()}, SQLite {sqlite_version}, {libraries}."
    yield f"The disk syncs {_syncs_per_second():.0f} small writes a second."


def _syncs_per_second(writes: int = 200) -> float:
    with tempfile.TemporaryFile() as file:
        started = time.perf_counter()
        for _ in range(writes):
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
        return writes / (time.perf_counter() - started)


MONTH_HEAD = (
    "Round",
    "Contender",
    "Events",
    "MB of events",
    "Seconds",
    "write",
    "policies",
    "read models",
    "CPU seconds",
    "Events/s",
    "Peak MB",
)


def _month_table(months: Rounds) -> Iterator[str]:
    rows = [
        (number, name, *_month_row(figures))
        for number, each in enumerate(months, start=1)
        for name, figures in each.items()
    ]
    yield from table("The month", MONTH_HEAD, rows)
    rebuilt = median(each[OURS]["rebuild_seconds"] for each in months)
    events = months[0][OURS]["events"]
    yield ""
    speed = f"{rebuilt:.2f} s, {events / rebuilt:.0f} events/s"
    yield f"Rebuilding every read model and comparing: {speed}."


def _month_row(figures: Figures) -> tuple[object, ...]:
    phases = figures["phases"]
    return (
        figures["events"],
        f"{figures['bytes'] / 1e6:.2f}",
        f"{figures['seconds']:.2f}",
        *(f"{phases[name]:.2f}" for name in ("write", "policies", "read models")),
        f"{figures['cpu_seconds']:.2f}",
        f"{_rate(figures):.0f}",
        f"{figures['peak_mb']:.0f}",
    )


def _singles_table(commands: Rounds) -> Iterator[str]:
    rows = [
        (number, name, *(f"{rate:.0f}" for rate in figures.values()))
        for number, each in enumerate(commands, start=1)
        for name, figures in each.items()
    ]
    head = ("Round", "Contender", "Commands/s alone", "Commands/s with what follows")
    yield from table("Single commands, one commit each", head, rows)


def _ratio_table(ratios: Mapping[tuple[str, str], list[float]]) -> Iterator[str]:
    limits = {(limit.measure, limit.peer): limit.least for limit in LIMITS}
    rows = [
        (
            measure,
            peer,
            ", ".join(f"{ratio:.2f}" for ratio in found),
            f"{median(found):.2f}",
            limits.get((measure, peer), "-"),
        )
        for (measure, peer), found in ratios.items()
    ]
    head = ("Measure", "recourse : peer", "Each round", "Median", "Limit")
    yield from table("Ratios; above 1 recourse is faster", head, rows)


if __name__ == "__main__":
    sys.exit(main())
