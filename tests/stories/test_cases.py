"""Does the engine do, to the fen, what every case says, wherever its log is kept?"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from recourse.adapters.cases import CaseProblem, play
from recourse.adapters.storage import MemoryStore, SqliteStore
from recourse.application import Recourse
from recourse.rulebook.calendar import published_calendar

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.toml"))
NOT_YET = {
    "08_authenticity_to_the_group": "no act yet returns a claim to the service centre",
    "12_breakdown_appeal": "no act yet sends the monthly breakdown",
    "13_doubts_open_the_dispute": "nothing yet checks a claim on its arrival",
    "14_group_rules_after_the_note": "no act yet returns a claim to the service centre",
}


def param(path: Path):
    if path.stem not in NOT_YET:
        return pytest.param(path, id=path.stem)
    waits = pytest.mark.xfail(
        reason=NOT_YET[path.stem], strict=True, raises=(AssertionError, CaseProblem)
    )
    return pytest.param(path, id=path.stem, marks=waits)


each_case = pytest.mark.parametrize("path", [param(path) for path in CASES])


@pytest.fixture
def in_memory():
    return lambda book: Recourse(MemoryStore("case"), book, published_calendar())


@pytest.fixture
def in_a_file(tmp_path: Path) -> Iterator:
    with ExitStack() as opened:

        def engine_for(book):
            store = SqliteStore(tmp_path / "case.db", "case")
            opened.callback(store.close)
            return Recourse(store, book, published_calendar())

        yield engine_for


def test_every_case_that_waits_is_there():
    assert NOT_YET.keys() <= {path.stem for path in CASES}


@each_case
def test_a_case_holds_in_memory(path, in_memory):
    report = play(path, engine_for=in_memory)

    assert report.as_dict("en")["differences"] == []


@each_case
def test_a_case_holds_in_a_file(path, in_a_file):
    report = play(path, engine_for=in_a_file)

    assert report.as_dict("en")["differences"] == []
