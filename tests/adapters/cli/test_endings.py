"""How does a command end, and what does it say, when it cannot do what was asked?"""

import sqlite3

import pytest
from eventsourcing.persistence import IntegrityError

from recourse.adapters.cli.problems import problem_of
from recourse.adapters.cli.session import Session
from recourse.aggregates.base import Fact
from recourse.aggregates.day import Days
from recourse.policies import POLICIES, PolicyBroke
from support.examples import MONDAY, happened

PROBLEM = {"code", "title", "what", "why", "remedy", "rules"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("do confirm_cost claim=C1", 2),
        ("--as nobody do confirm_cost claim=C1", 2),
        ("claim list --month 2026-13", 2),
        ("claim show", 2),
        ("claim show C1 --wat", 2),
        ("clam list", 2),
        ("day tomorrow", 2),
        ("--as engineer do draft_chargeback supplier=S1 month=0000-01", 2),
        ("case --on paper one.toml", 2),
        ("--recorded-at noon --as engineer do confirm_cost claim=C1", 2),
        ("--effective-on noon --as engineer do confirm_cost claim=C1", 2),
        ("--recorded-at 9999-12-31T23:00 --as engineer do confirm_cost claim=C1", 2),
        ("--recorded-at 0001-01-01T00:00 --as engineer do confirm_cost claim=C1", 2),
        ("do --file year_one.toml", 2),
        ("--as engineer --effective-on 2007-12-31 do confirm_cost claim=C1", 5),
        ("--as engineer --effective-on 0001-01-01 do confirm_cost claim=C1", 5),
        ("--as engineer --effective-on 9999-12-31 do confirm_cost claim=C1", 5),
        ("--recorded-at 9998-01-01 --as engineer do confirm_cost claim=C1", 2),
        ("--as cashier --effective-on 2007-12-31 do pay_supplier supplier=S1 amount=1.00", 5),
        ("--as buyer do correct_receipt chargeback=N1 received_on=9999-12-31 reason=x", 5),
        ("--as buyer do correct_receipt chargeback=N1 received_on=0001-01-01 reason=x", 5),
        ("--as buyer do record_receipt chargeback=N2 received_on=9999-12-31 proof=x", 5),
        ("--effective-on 2007-12-31 supplier show S1", 5),
        ("--effective-on 2007-12-31 explain S1/hold", 5),
        ("day 9999-12-31", 2),
        ("claim show C0", 3),
        ("claim history C0", 3),
        ("chargeback show N0", 3),
        ("supplier show S0", 3),
        ("ledger S0", 3),
        ("explain C0", 3),
        ("case none.toml", 3),
        ("do --file none.toml", 3),
        ("intake none.csv --profile repairs_2024", 3),
        ("--as engineer do confirm_cost claim=C0", 3),
        ("--as cashier do confirm_cost claim=C1", 5),
        ("--store none.db claim list", 7),
        ("--store postgresql://u:secret@host/db claim list", 7),
        ("--store mysql://host/db claim list", 7),
        ("--store one.toml claim list", 7),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_problem_is_told_in_full(month, run, words, code, language):
    month.joinpath("one.toml").write_text("name = 1", encoding="utf-8")
    absurd = (
        'steps = [{ at = 0001-01-01T00:00:00, by = "boss", do = "confirm_cost", claim = "C1" }]'
    )
    month.joinpath("year_one.toml").write_text(absurd, encoding="utf-8")

    told = run("--lang", language, "--format", "json", *words.split())

    assert told.code == code
    assert told.err == ""
    assert set(told.document) >= PROBLEM
    assert told.document["what"].isascii() == (language == "en")
    assert "secret" not in told.out


def test_an_unknown_format_is_told_as_a_table_would_be(month, run):
    told = run("--format", "xml", "claim", "list")

    assert (told.code, told.out) == (2, "")
    assert "xml" in told.err


def test_a_refusal_names_its_rule_and_a_reference_that_is_explained(month, ask):
    refused = ask("--as", "cashier", "do", "confirm_cost", "claim=C1")

    assert refused["rules"] == ["Z-4.4.2"]
    explained = ask("explain", refused["command_id"])
    assert refused["what"] in explained["text"]


def test_a_problem_leaves_stdout_to_the_data(month, run):
    told = run("--as", "cashier", "do", "confirm_cost", "claim=C1")

    assert told.out == ""
    assert "[Z-4.4.2]" in told.err
    assert "recourse explain" in told.err


def test_read_models_that_differ_are_findings(month, run):
    with sqlite3.connect(month / "recourse.db") as connection:
        connection.execute("UPDATE claims SET accepted = accepted + 1 WHERE claim = 'C1'")
    connection.close()

    told = run("--format", "json", "rebuild", "--check")

    assert told.code == 6
    assert [each["name"] for each in told.document["read_models"] if not each["equal"]] == [
        "claims"
    ]


def test_a_rebuild_mends_read_models_that_differ(month, run):
    with sqlite3.connect(month / "recourse.db") as connection:
        connection.execute("UPDATE claims SET accepted = accepted + 1 WHERE claim = 'C1'")
    connection.close()

    assert run("rebuild").code == 0
    assert run("rebuild", "--check").code == 0


def test_a_store_that_another_process_writes_to_is_not_waited_for_without_end(
    month, run, monkeypatch
):
    monkeypatch.setattr("recourse.adapters.storage.connection.BUSY_SECONDS", 0.05)
    other = sqlite3.connect(month / "recourse.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    told = run("--format", "json", "--as", "engineer", "do", "confirm_cost", "claim=C1")

    other.close()
    assert (told.code, told.document["code"]) == (7, "store-unreachable")


def test_what_somebody_changed_meanwhile_is_a_conflict():
    problem = problem_of(IntegrityError("claim:C1@3 does not follow 3"), "recourse.db")

    assert (problem.status, problem.code) == (4, "changed-meanwhile")
    assert "claim:C1@3" in problem.tell("zh")["why"]


def test_an_unexpected_error_shows_no_trace_unless_asked_for(month, run, monkeypatch):
    def fail(*_args, **_keywords):
        raise RuntimeError("something else")

    monkeypatch.setattr(Session, "show", fail)

    short = run("claim", "list")
    monkeypatch.setenv("RECOURSE_DEBUG", "1")
    long = run("claim", "list")

    assert (short.code, long.code) == (1, 1)
    assert "something else" in short.err
    assert "Traceback" not in short.err
    assert "Traceback" in long.err


def test_an_interrupted_command_ends_quietly(month, run, monkeypatch):
    def interrupted(*_args, **_keywords):
        raise KeyboardInterrupt

    monkeypatch.setattr(Session, "show", interrupted)

    told = run("claim", "list")

    assert (told.code, told.out, told.err) == (130, "", "")


@pytest.mark.parametrize("words", [(), ("claim",), ("do",)])
def test_a_noun_without_a_verb_shows_its_help(run, words):
    told = run(*words)

    assert told.code == 2
    assert "recourse" in told.out


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "zh",
            [
                "没有记录",
                "let_appeals_lapse",
                "每天开始时",
                "day:2026-07@1",
                "day.began",
                "2026-03-02",
                "ZeroDivisionError: no share left",
                "再运行一次",
            ],
        ),
        (
            "en",
            [
                "not recorded",
                "let_appeals_lapse",
                "Whenever a day begins",
                "day:2026-07@1",
                "day.began",
                "2026-03-02",
                "ZeroDivisionError: no share left",
                "the next run",
            ],
        ),
    ],
)
def test_a_broken_policy_is_told_with_its_sentence_and_the_event(language, said):
    policy = next(it for it in POLICIES if it.name == "let_appeals_lapse")
    fact = Fact("day:2026-07", 1, happened(Days.Began, day=MONDAY))
    broken = PolicyBroke(policy, fact, ZeroDivisionError("no share left"))

    problem = problem_of(broken, "plant.db")
    told = problem.tell(language)

    whole = " ".join(str(told[part]) for part in ("what", "why", "remedy"))
    assert (problem.status, [text for text in said if text not in whole]) == (1, [])
