"""Has every rule one status, and does what is said to prove it exist?"""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from recourse.commands import HANDLERS
from recourse.rulebook.book import built_in

ROOT = Path(__file__).parents[2]


@pytest.fixture
def page(generator):
    return generator("coverage_page")


@pytest.fixture
def stated(page):
    return page.coverage()


def named_in(path: Path) -> set[str]:
    """The names of the tests in a file."""
    if not path.is_file():
        return set()
    return {
        node.name
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def unproved(stated, cases) -> list[str]:
    """Every proof that is neither a case nor a test in its file."""
    proofs = {proof for each in stated.proofs.values() for proof in each}
    named = [proof.partition("::") for proof in sorted(proofs)]
    return [
        f"{file}{separator}{test}"
        for file, separator, test in named
        if not (test in named_in(ROOT / file) if separator else file in cases)
    ]


def misjudged(stated) -> dict[str, list[str]]:
    """Every rule that has no status, or more than one."""
    found = {rule: stated.statuses(rule) for rule in stated.rules}
    return {rule: statuses for rule, statuses in found.items() if len(statuses) != 1}


def unknown(stated) -> set[str]:
    """Every id that something is said of and that is no rule."""
    said = (stated.proofs, stated.later, stated.not_software, stated.notes)
    return {rule for rules in said for rule in rules} - set(stated.rules)


def test_every_rule_has_one_status(stated):
    assert misjudged(stated) == {}


def test_what_is_said_to_prove_a_rule_is_there(stated, page):
    assert unproved(stated, page.cases()) == []


def test_nothing_is_said_of_a_rule_that_there_is_not(stated):
    assert unknown(stated) == set()


def test_what_is_left_is_left_to_a_system_that_is_named_and_no_other_is(stated):
    assert set(stated.later.values()) == set(stated.systems)


def test_a_rule_that_an_act_follows_is_proved(stated, page):
    followed = {rule for act in HANDLERS for rule in act.RULES}
    proved = {rule for rule in stated.rules if stated.statuses(rule) == [page.PROVED]}

    assert {rule for rule in followed if not stated.parts(rule)} - proved == set()


def test_a_rule_without_a_status_or_with_two_is_noticed(stated):
    later = {**stated.later, "Z-4.5.3b": "S7"}
    later.pop("ZA27")

    planted = replace(stated, later=later)

    assert misjudged(planted) == {"Z-4.5.3b": ["proved", "later"], "ZA27": []}


def test_a_proof_that_is_not_there_is_noticed(stated, page):
    gone = ["99_gone", "tests/aggregates/test_gates.py::test_gone", "tests/test_gone.py::test_x"]

    planted = replace(stated, proofs={"Z-4.6.2": gone})

    assert unproved(planted, page.cases()) == gone


def test_the_rules_are_those_of_the_book(stated):
    assert stated.rules is built_in().clauses
