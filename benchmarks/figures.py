"""What does a contender report, and how is it asked to?"""

import argparse
import functools
import hashlib
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

Phases = dict[str, float]
"""Phase -> seconds."""


class Contender(NamedTuple):
    """The two things measured, each given an empty folder and what is asked."""

    month: Callable[[Path, argparse.Namespace], dict[str, Any]]
    singles: Callable[[Path, argparse.Namespace], dict[str, float]]


def main(contender: Contender) -> None:
    """Play what the command line asks for in a fresh folder and print the figures as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=Contender._fields)
    parser.add_argument("number", type=int, help="claims of the month, or single commands")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tuned", action="store_true", help="the library at its best")
    parser.add_argument("--book", choices=("real", "constant"), default="real", help="ours only")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="recourse-benchmark-") as folder:
        figures = getattr(contender, asked.what)(Path(folder), asked)
    print(json.dumps(figures))


def count_time_of(owner: Any, method: str, phases: Phases, phase: str) -> None:
    """From now on the time spent in that method of `owner` counts as time of `phase`."""
    original = getattr(owner, method)
    phases.setdefault(phase, 0.0)

    @functools.wraps(original)
    def timed(*args: Any, **kwargs: Any) -> Any:
        started = time.perf_counter()
        try:
            return original(*args, **kwargs)
        finally:
            phases[phase] += time.perf_counter() - started

    setattr(owner, method, timed)


def peak_mb() -> float:
    """The most memory this process has held so far, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def balances_digest(balances: Mapping[str, int]) -> str:
    """The closing balance of every account, in fen, in one short word; equal means equal books."""
    standing = sorted((account, fen) for account, fen in balances.items() if fen)
    return hashlib.sha256(json.dumps(standing).encode()).hexdigest()[:16]


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """A table under a heading, line by line."""
    yield from ("", f"## {title}", "", f"| {' | '.join(head)} |", "|---" * len(head) + "|")
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"
