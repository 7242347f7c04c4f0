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
        today = datetime.now(SHANGHAI).date()
        table = ["| fault | found |", "|---|---|", *lines]
        page = RESULTS / f"assurance-{today}.md"
        page.write_text("\n".join([f"# Faults tried, {today}", "", *table, ""]), "utf-8")
