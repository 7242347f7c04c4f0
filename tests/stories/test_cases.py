"""Does the engine do, to the fen, what every case says, wherever its log is kept?"""

from collections.abc import Iterator
from contextlib import ExitStack
from importlib.resources import files
from pathlib import Path

import pytest

from recourse.adapters.cases import play
from recourse.adapters.storage import MemoryStore, SqliteStore
from recourse.adapters.storage.opening import close_engine, open_engine, prepare, throw_away
from recourse.application import Recourse
from recourse.rulebook.calendar import published_calendar

BUILT_IN = Path(str(files("recourse.rulebook") / "zzbs" / "cases"))
AXLES = Path(__file__).parents[1] / "books" / "axles" / "cases"  # of another kind of company
CASES = [case for folder in (BUILT_IN, AXLES) for case in sorted(folder.glob("*.toml"))]
assert {case.parent for case in CASES} == {BUILT_IN, AXLES}
each_case = pytest.mark.parametrize(
    "path", CASES, ids=lambda path: f"{path.parents[1].name} {path.stem}"
)


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


@pytest.fixture
def in_a_schema(postgres) -> Iterator:
    url = postgres.new_url()
    with ExitStack() as opened:

        def engine_for(book):
            prepare(url)
            engine = open_engine(url, book, new_log_id=lambda: "case")
            opened.callback(throw_away, url)
            opened.callback(close_engine, engine)
            return engine

        yield engine_for


@each_case
def test_a_case_holds_in_memory(path, in_memory):
    report = play(path, engine_for=in_memory)

    assert report.as_dict("en")["differences"] == []


@each_case
def test_a_case_holds_in_a_file(path, in_a_file):
    report = play(path, engine_for=in_a_file)

    assert report.as_dict("en")["differences"] == []


@each_case
def test_a_case_holds_in_a_database(path, in_a_schema):
    report = play(path, engine_for=in_a_schema)

    assert report.as_dict("en")["differences"] == []
