"""How fast is a book of 500 dated rules read, and what do its lookups cost in the month?

A book answers a fixed vocabulary of keys, so 500 rules are 500 editions: values with a first day,
a clause and a source, spread over every key; among them are tables of 20 rows. Reading, checking
and hashing them is compared with what the standard library takes only to parse the same text.

Lookups: the month with the real book against the month with a book that has one ready answer a
key, in turn, each in a process of its own. Both must make the same events and the same books.
"""

import argparse
import json
import platform
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from big_book import ROWS, big_texts
from figures import table

from recourse.rulebook.book import built_in, read_book

HERE = Path(__file__).resolve().parent
EDITIONS, READINGS = 500, 7
REAL, CONSTANT = "real", "constant"
MOST_READING = 3.0  # times parsing alone
MOST_SHARE = 0.01  # of the month, spent in lookups: counted, times what one takes
MOST_MONTH = 1.15  # times the month without; rounds of one contender differ nearly as much
SIZES = {"quick": (1000, 3), "full": (5000, 5)}


class Played(NamedTuple):
    """The CPU seconds of every round, and what else the runs said."""

    seconds: Mapping[str, Sequence[float]]
    said: Mapping[str, Mapping[str, Any]]


def main() -> int:
    """Measure, print, write the results file; 0 when every limit is kept."""
    asked = _asked()
    claims, rounds = SIZES[asked.size]
    parsing, reading = _loading()
    months = _months(claims, rounds)
    ratios = [one / other for one, other in zip(*months.seconds.values(), strict=True)]
    loading = median(reading) / median(parsing)
    asked_for, each = months.said[CONSTANT]["lookups"], _seconds_a_lookup()
    share = asked_for * each / median(months.seconds[REAL])
    lookups = f"{asked_for} lookups of {each * 1e6:.2f} microseconds are {share:.3%} of the month"
    problems = [*_problems(months, loading, median(ratios), share)]
    report = "\n".join(
        [
            f"# The rulebook, {asked.size}, {asked.date}",
            "",
            f"{platform.system()} {platform.machine()}, Python {platform.python_version()}.",
            *_loading_told(parsing, reading),
            *_months_told(claims, months, ratios),
            f"{lookups}; the limit is {MOST_SHARE:.0%}.",
            "",
            *([f"- {problem}" for problem in problems] or ["Every limit is kept."]),
            "",
        ]
    )
    print(report)
    file = HERE / "results" / f"{asked.date}-rulebook-{asked.size}.md"
    file.write_text(report, encoding="utf-8")
    return 1 if problems else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    sizes = parser.add_mutually_exclusive_group(required=True)
    for name, (claims, rounds) in SIZES.items():
        told = f"{claims} claims, {rounds} rounds"
        sizes.add_argument(f"--{name}", action="store_const", const=name, dest="size", help=told)
    today = datetime.now(UTC).astimezone().date()
    parser.add_argument("--date", type=date.fromisoformat, default=today)
    return parser.parse_args()


def _loading() -> tuple[list[float], list[float]]:
    """Seconds to parse and to read the same book, in turn."""
    texts = big_texts(EDITIONS)
    parsing, reading = [], []
    for _ in range(READINGS):
        parsing.append(_timed(lambda: [tomllib.loads(text) for text in texts.values()]))
        reading.append(_timed(lambda: read_book(texts).edition))
    return parsing, reading


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _months(claims: int, rounds: int) -> Played:
    seconds: dict[str, list[float]] = {REAL: [], CONSTANT: []}
    said: dict[str, Mapping[str, Any]] = {}
    for number in range(rounds):
        for book in (REAL, CONSTANT) if number % 2 == 0 else (CONSTANT, REAL):
            print(f"... month {claims} with the {book} book", file=sys.stderr)
            command = [sys.executable, str(HERE / "ours.py"), "month", str(claims), "--book", book]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            said[book] = json.loads(done.stdout)
            seconds[book].append(said[book]["cpu_seconds"])
    return Played(seconds, said)


def _problems(months: Played, loading: float, month: float, share: float) -> Iterator[str]:
    for name in ("events", "balances", "commands"):
        if months.said[REAL][name] != months.said[CONSTANT][name]:
            yield f"the months differ in their {name}"
    if loading > MOST_READING:
        yield f"reading takes {loading:.2f} times parsing, the limit is {MOST_READING}"
    if month > MOST_MONTH:
        yield f"the month takes {month:.3f} times that without lookups: {MOST_MONTH}"
    if share > MOST_SHARE:
        yield f"lookups are {share:.2%} of the month, the limit is {MOST_SHARE:.0%}"


def _loading_told(parsing: Sequence[float], reading: Sequence[float]) -> Iterator[str]:
    rows = [
        (name, f"{median(found):.3f}", f"{min(found):.3f}-{max(found):.3f}")
        for name, found in (("parsed by tomllib", parsing), ("read, checked, hashed", reading))
    ]
    title = f"A book of {EDITIONS} editions, tables of {ROWS} rows among them"
    yield from table(title, ("Book", "Seconds, median", "Each reading"), rows)
    yield ""
    ratio = median(reading) / median(parsing)
    yield f"Reading takes {ratio:.2f} times parsing; the limit is {MOST_READING}."


def _months_told(claims: int, months: Played, ratios: Sequence[float]) -> Iterator[str]:
    rows = [
        (name, ", ".join(f"{each:.2f}" for each in found), f"{median(found):.2f}")
        for name, found in months.seconds.items()
    ]
    title = f"The month of {claims} claims, with and without lookups"
    yield from table(title, ("Book", "CPU seconds, each round", "Median"), rows)
    told = ", ".join(f"{ratio:.3f}" for ratio in ratios)
    yield ""
    yield f"Real : constant, each round: {told}; median {median(ratios):.3f},"
    yield f"spread {max(ratios) - min(ratios):.3f}; the limit is {MOST_MONTH}."


def _seconds_a_lookup(times: int = 100_000) -> float:
    """The time of one lookup of the real book, in a rule that has two editions."""
    book, day = built_in(), date(2026, 3, 9)
    return _timed(lambda: [book.value("hold.scope", day) for _ in range(times)]) / times


if __name__ == "__main__":
    sys.exit(main())
