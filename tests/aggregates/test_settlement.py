"""Who may close a month, which one, and when does it stand for ever?"""

from datetime import date

import pytest

from recourse.aggregates.settlement import Now, Settlement
from recourse.aggregates.statement import month_of, reckon
from support.examples import (
    CHARGE,
    MARCH,
    MONDAY,
    PART_TAKEN,
    act,
    close_approved,
    close_returned,
    month_closed,
    month_previewed,
    moved,
)
from support.scenario import folded, given

SPRING = date(2026, 6, 10)
MOVED = [CHARGE, PART_TAKEN]
APRIL = moved("N2", "charged", 40_000, date(2026, 4, 8))
CLOSED = (month_closed(),)
APPROVED = (month_closed(), close_approved())


def now(asked, month, *extra, held=50_000, **rules):
    by_rule = {"settled_in": month, "running": month_of(asked.on), **rules}
    return Now(moved=[*MOVED, *extra], held=held, **by_rule)


def close(month, *extra, by="cashier", day=SPRING, on=None, held=50_000):
    asked = act(by, day, on=on)
    return lambda it: it.close(asked, month, now(asked, month, *extra, held=held))


def preview(month, *, day=SPRING):
    asked = act("cashier", day)
    return lambda it: it.preview(asked, month, now(asked, month))


def approve(month="2026-03", *, by="checker", on=None):
    return lambda it: it.approve(act(by, SPRING, on=on), month)


def send_back(month="2026-03", *, on=None):
    return lambda it: it.send_back(act("checker", SPRING, on=on), month)


def test_a_month_is_closed_with_its_statement():
    given(Settlement).when(close("2026-03")).then(Settlement.Closed, statement=MARCH)


def test_a_month_without_any_movement_is_closed_at_nothing():
    empty = reckon("2026-02", [], [], held=0)

    given(Settlement).when(close("2026-02", held=0)).then(Settlement.Closed, statement=empty)
    assert (empty.opening, empty.closing) == (0, 0)


def test_the_running_month_can_be_closed():
    given(Settlement).when(close("2026-03", day=MONDAY)).then(Settlement.Closed, statement=MARCH)


@pytest.mark.parametrize("asked", [close, preview])
def test_a_month_that_has_not_begun_is_neither_closed_nor_looked_at(asked):
    given(Settlement).when(asked("2026-04", day=MONDAY)).then_refused("month-not-begun")


def test_a_month_is_not_closed_with_effect_before_it_began():
    given(Settlement).when(close("2026-03", on=date(2026, 2, 28))).then_refused("month-not-begun")


@pytest.mark.parametrize("asked", [close, preview])
@pytest.mark.parametrize("history", [CLOSED, APPROVED])
@pytest.mark.parametrize("month", ["2026-02", "2026-03"])
def test_what_is_closed_is_not_closed_or_looked_at_again(asked, history, month):
    given(Settlement, *history).when(asked(month)).then_refused("month-already-closed")


def test_nothing_else_is_closed_while_a_close_awaits_its_approval():
    given(Settlement, *CLOSED).when(close("2026-04")).then_refused("close-awaits-approval")


def test_months_with_movements_are_closed_in_their_order():
    given(Settlement, *APPROVED).when(close("2026-05", APRIL)).then_refused("earlier-month-open")


def test_a_month_without_movements_may_be_left_out():
    may = reckon("2026-05", MOVED, [MARCH], held=0)

    (
        given(Settlement, *APPROVED)
        .when(close("2026-05", held=0))
        .then(Settlement.Closed, statement=may)
    )
    assert (may.opening, may.closing) == (100_000, 100_000)


def test_the_first_close_takes_every_earlier_month_with_it():
    may = reckon("2026-05", [*MOVED, APRIL], [], held=0)

    given(Settlement).when(close("2026-05", APRIL, held=0)).then(Settlement.Closed, statement=may)


def test_a_look_at_a_month_records_its_figures_and_closes_nothing():
    given(Settlement).when(preview("2026-03")).then(Settlement.Previewed, figures=MARCH.figures)
    assert folded(Settlement, (month_previewed(),), []).closed == []


def test_another_person_approves_the_close():
    given(Settlement, *CLOSED).when(approve()).then(Settlement.Approved, month="2026-03")


def test_nobody_approves_a_close_of_their_own():
    given(Settlement, *CLOSED).when(approve(by="cashier")).then_refused(
        "own-close-approved", "ZA33"
    )


@pytest.mark.parametrize(
    "history", [(), (month_previewed(),), APPROVED, (*CLOSED, close_returned())]
)
@pytest.mark.parametrize("asked", [approve, send_back])
def test_only_a_close_that_waits_is_approved_or_returned(asked, history):
    given(Settlement, *history).when(asked()).then_refused("no-close-waits")


@pytest.mark.parametrize("asked", [approve, send_back])
def test_a_close_is_approved_or_returned_by_its_own_month(asked):
    given(Settlement, *CLOSED).when(asked("2026-02")).then_refused("no-close-waits")


def test_whose_close_it_is_comes_after_whether_there_is_one():
    given(Settlement, *APPROVED).when(approve(by="cashier")).then_refused("no-close-waits")


@pytest.mark.parametrize("asked", [approve, send_back])
def test_nobody_approves_or_returns_a_close_before_it_was_made(asked):
    given(Settlement, *CLOSED).when(asked(on=date(2026, 3, 1))).then_refused("before-the-close")


def test_a_returned_close_leaves_the_month_open_and_its_movements_free():
    given(Settlement, *CLOSED).when(send_back()).then(Settlement.Returned, month="2026-03")
    (
        given(Settlement, *CLOSED, close_returned())
        .when(close("2026-03"))
        .then(Settlement.Closed, statement=MARCH)
    )


def test_a_return_undoes_the_last_close_only():
    april = reckon("2026-04", [*MOVED, APRIL], [MARCH], held=0)
    again = (month_closed(statement=april), close_returned(month="2026-04"))

    assert folded(Settlement, (*APPROVED, *again), []).closed == [MARCH]


def test_who_closed_anew_is_who_cannot_approve():
    second = month_closed().model_copy(update={"actor": "colleague"})
    history = (month_closed(), close_returned(), second)

    given(Settlement, *history).when(approve(by="colleague")).then_refused(
        "own-close-approved", "ZA33"
    )
    given(Settlement, *history).when(approve(by="cashier")).then(
        Settlement.Approved, month="2026-03"
    )


def test_a_month_that_belongs_to_a_quarter_is_not_closed_by_itself():
    asked = act("cashier", SPRING)

    given(Settlement).when(
        lambda it: it.close(asked, "2026-01", now(asked, "2026-01", settled_in="2026-03"))
    ).then_refused("month-in-a-quarter")


def test_the_running_quarter_can_be_closed_under_the_name_of_its_last_month():
    asked = act("cashier", date(2026, 3, 2), on=date(2026, 2, 10))
    rules = {"settled_in": "2026-03", "running": "2026-03"}

    given(Settlement).when(
        lambda it: it.close(asked, "2026-03", now(asked, "2026-03", **rules))
    ).then(Settlement.Closed, statement=MARCH)
