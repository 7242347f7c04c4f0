"""Does `make demo` make a store that can be opened again, and show its figures?"""

import re
import tomllib
from pathlib import Path

import pytest
from rich.cells import cell_len

from recourse.adapters.demo import BRANCHES, PEOPLE
from recourse.adapters.demo.__main__ import main
from recourse.adapters.demo.report import STATEMENT
from recourse.adapters.storage.files import EvidenceFiles
from recourse.adapters.storage.opening import close_engine, open_engine
from recourse.application.verifying import verify
from recourse.projections.notes import notes
from recourse.projections.settlements import closed_statements
from recourse.rulebook.book import built_in
from recourse.values.money import yuan
from recourse.values.parties import role

NEXT = "== 接着看"


@pytest.fixture(scope="module")
def engine(folder, printed):
    opened = open_engine(str(folder / "recourse.db"), built_in(), new_log_id=lambda: "unused")
    yield opened
    close_engine(opened)


def test_it_says_first_that_everything_is_invented(printed):
    first, second, *_ = printed.splitlines()

    assert ("全部虚构" in first, "All data below are invented" in second) == (True, True)


def test_it_shows_how_much_there_is(printed, engine):
    events = engine.store.recorder.max_notification_id()
    with engine.models.reading() as connection:
        drafted = len(notes(connection))

    shown = {line.rstrip().rpartition(" ")[2] for line in printed.splitlines()}

    assert {"12", "400", str(events), str(drafted), str(len(BRANCHES))} <= shown


def test_it_shows_each_note_of_one_suppliers_month_with_its_figures(printed, engine):
    month = printed[printed.index("== S06") : printed.index("停付的原因")].splitlines()
    rows = {words[0]: words for words in map(str.split, month) if words}

    with engine.models.reading() as connection:
        expected = {
            note.id: [note.figures()[key] for key in ("loss", "penalty", "open")]
            for note in notes(connection, supplier="S06")
            if note.month(engine.book) == "2026-06"
        }

    assert len(expected) > 10
    assert {name: rows[name][-3:] for name in expected} == expected


def test_it_shows_the_account_and_what_holds_it(printed, engine):
    account = engine.models.figures("account", "S06", _last_day(engine), engine.book)

    told = ("charged", "confirmed", "collected", "open", "payable", "held")
    lines = printed.splitlines()

    assert [key for key in told if not any(line.endswith(account[key]) for line in lines)] == []
    assert [note for note in account["held_for"] if f"  {note} " not in printed] == []


def test_it_explains_a_lowered_penalty_in_both_languages(printed, engine):
    why = printed[printed.index("== 为什么") : printed.index("== 核对")]

    assert [text in why for text in ("现为 800.00 元", "stands at 800.00 yuan", "Z-4.5.3b")] == [
        True
    ] * 3


def section(printed: str, heading: str) -> str:
    """What is printed under a heading, up to the next one."""
    begins = printed.index(f"== {heading}")
    return printed[begins : printed.index("\n== ", begins)]


def test_it_shows_what_the_closed_month_says_and_what_adjusted_it_later(printed, engine):
    told = section(printed, "S06 的 2026-06 月结算")
    with engine.models.reading() as connection:
        ((_, state, closed),) = closed_statements(connection, supplier="S06", month="2026-06")
        ((_, _, july),) = closed_statements(connection, supplier="S06", month="2026-07")

    figures = [line.split()[-1] for line in told.splitlines()[1:7]]
    late = sum(line.amount for line in july.lines if line.adjusts == "2026-06")

    assert figures == [yuan(getattr(closed, name)) for name in STATEMENT]
    assert (state, late < 0, f"2026-07, by {yuan(late)} yuan" in told) == ("approved", True, True)


def clauses(told: str) -> list[str]:
    """The first clause of each step, in the order in which they are told."""
    return re.findall(r"\[(Z-\d\.\d\.\d\w?)", told)


def test_it_shows_a_dispute_from_the_objection_to_the_ruling(printed):
    told = section(printed, "一项争议")

    assert clauses(told) == ["Z-4.4.3a", "Z-4.4.3a", "Z-4.4.3b", "Z-4.4.3c", "Z-4.4.3d"]
    assert "accepted: labour 320.00 yuan, material 760.00 yuan" in told


def test_it_shows_an_old_part_from_the_notice_to_what_its_disposal_cost(printed):
    told = section(printed, "一件旧件")

    whole = ["Z-3.1.3", "Z-4.3.2a", "Z-4.3.2a", "Z-4.3.2b", "Z-4.3.2b", "Z-4.6.1b"]
    assert clauses(told) == whole
    assert 0 < told.index("96.00 元") < told.index("64.00 元")


def test_it_checks_the_books_and_the_read_models(printed):
    assert "The books balance and agree; read models rebuilt are equal" in printed


def test_every_line_but_commands_reads_well_in_100_columns(printed):
    told = printed[: printed.index(NEXT)].splitlines()

    assert [line for line in told if cell_len(line) > 100] == []


def test_every_reference_it_names_next_is_known(printed, engine):
    words = printed[printed.index(NEXT) :].split()
    reference = next(word for word in words if word.startswith("demo-"))

    assert engine.store.answer(reference)["refused"]["code"] == "payment-held"


def test_the_readme_names_what_the_demo_shows(printed):
    readme = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    headings = re.findall(r"== (?:一项争议|一件旧件|为什么)：(\S+)", printed)

    assert len(headings) == 3
    assert [name for name in headings if name not in readme] == []


def test_the_people_and_their_roles_stand_beside_the_store(folder, printed):
    written = tomllib.loads((folder / "recourse.toml").read_text(encoding="utf-8"))

    assert written == {"people": {person: list(roles) for person, roles in PEOPLE.items()}}
    assert [each for roles in PEOPLE.values() for each in roles if role(each) != each] == []


def test_a_file_says_where_each_thing_happened(folder, printed):
    text = (folder / "branches.txt").read_text(encoding="utf-8")

    assert [branch.title.zh for branch in BRANCHES if branch.title.zh not in text] == []


def test_a_store_that_is_there_stays_as_it_is(folder, printed, capsys):
    before = (folder / "recourse.db").read_bytes()

    ended = main([str(folder)])

    assert (ended, "stays as it is" in capsys.readouterr().err) == (2, True)
    assert (folder / "recourse.db").read_bytes() == before


def _last_day(engine):
    return max(fact.event.effective_on for facts in engine.batches() for fact in facts)


def test_the_log_and_every_file_that_it_names_are_there_and_whole(folder, printed, engine):
    kept = EvidenceFiles.beside(folder / "recourse.db")

    found = verify(engine.store, engine.store.log_id)

    assert found.findings == []
    assert {proof.sha256 for _, proof in found.named} == set(kept.names())
    assert {kept.state_of(sha256) for sha256 in kept.names()} == {"stored"}
