"""Which notes hold a supplier's payment, and how much of it?"""

from datetime import date
from types import SimpleNamespace

import pytest

from recourse.aggregates.hold import HoldRule, hold, reason
from recourse.rulebook.book import built_in

ALL, AMOUNT = HoldRule("all", appealed=True), HoldRule("amount", appealed=True)


def note(answer="none", open_amount=100, *, issued=True):
    return SimpleNamespace(answer=answer, open_amount=open_amount, is_issued=issued)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("none", "unanswered"),
        ("lapsed", "lapsed"),
        ("appealed", "under_appeal"),
        ("rechecked", "under_appeal"),
        ("confirmed", None),
        ("deemed", None),
        ("decided", None),
    ],
)
def test_a_note_holds_until_it_is_settled(answer, why):
    assert reason(note(answer), ALL) == why


@pytest.mark.parametrize("answer", ["appealed", "rechecked"])
def test_a_note_under_appeal_holds_only_where_the_setting_says_so(answer):
    assert reason(note(answer), HoldRule("all", appealed=False)) is None


@pytest.mark.parametrize("harmless", [note(issued=False), note(open_amount=0)])
def test_a_note_that_is_not_issued_or_not_open_holds_nothing(harmless):
    assert reason(harmless, ALL) is None


@pytest.mark.parametrize(("rule", "held"), [(ALL, 1_000), (AMOUNT, 300)])
def test_the_scope_decides_whether_everything_or_the_open_amount_is_held(rule, held):
    notes = {"N1": note(), "N2": note("lapsed", 200), "N3": note("confirmed", 400)}

    assert hold(notes, rule).of(1_000) == held


def test_no_more_is_held_than_is_payable():
    assert hold({"N1": note()}, AMOUNT).of(99) == 99


@pytest.mark.parametrize("rule", [ALL, AMOUNT])
@pytest.mark.parametrize("payable", [0, -1])
def test_where_nothing_is_payable_nothing_is_held(rule, payable):
    assert hold({"N1": note()}, rule).of(payable) == 0


@pytest.mark.parametrize("rule", [ALL, AMOUNT])
def test_without_a_holding_note_nothing_is_held(rule):
    assert hold({"N1": note("confirmed")}, rule).of(1_000) == 0


@pytest.mark.parametrize(
    ("day", "scope"), [(date(2025, 5, 31), "all"), (date(2025, 6, 1), "amount")]
)
def test_the_scope_is_the_one_in_force_on_the_day(day, scope):
    assert HoldRule.on(day, built_in()) == HoldRule(scope, appealed=True)
