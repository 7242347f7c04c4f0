"""How thoroughly is each fault tried, and where are the figures noted?

`make test` tries a little of everything; `make deep` (RECOURSE_DEEP=1) tries as much as
`assurance.md` asks for and keeps what it found in a dated file.
"""

import os
from datetime import datetime
from pathlib import Path

import pytest

from recourse.values.parties import SHANGHAI

DEEP = os.environ.get("RECOURSE_DEEP") == "1"
RESULTS = Path(__file__).parents[2] / "benchmarks" / "results"
NOTED = pytest.StashKey[list[tuple[str, str]]]()


def pytest_configure(config):
    config.stash[NOTED] = []


@pytest.fixture(scope="session")
def many():
    """How often something is tried: `many(ci, deep)`."""
    return lambda ci, deep: deep if DEEP else ci


@pytest.fixture
def noted(request):
    """Keeps a figure under the id it has in the catalogue of faults: `noted("C2", "0 of ...")`."""
    return lambda name, figure: request.config.stash[NOTED].append((name, figure))


def pytest_terminal_summary(terminalreporter, config):
    figures = sorted(config.stash[NOTED])
    if not figures:
        return
    lines = [f"| {name} | {figure} |" for name, figure in figures]
    terminalreporter.write_sep("-", "figures")
    for line in lines:
        terminalreporter.write_line(line)
    if DEEP:
        keep(lines, [Path(each).name for each in config.args])


def keep(lines, asked):
    """Adds what a run found to the page of the day, under what was run."""
    now = datetime.now(SHANGHAI)
    page = RESULTS / f"{now.date()}-assurance.md"
    before = page.read_text("utf-8") if page.exists() else f"# Faults tried, {now.date()}\n"
    table = ["| fault | found |", "|---|---|", *lines]
    run = ["", f"## {now:%H:%M}, {', '.join(asked)}", "", *table, ""]
    page.write_text(before + "\n".join(run), "utf-8")
