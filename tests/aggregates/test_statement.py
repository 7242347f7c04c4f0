"""Which movements stand in a month's statement, and how does it sum up?"""

from datetime import date

import pytest

from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.statement import months_left_open, movements_of, reckon
from recourse.rulebook.book import built_in
from support.examples import (
    CHARGE,
    MARCH,
    PART_TAKEN,
    TOTAL,
    approved,
    chosen,
    collected,
    drafted,
    issued,
    moved,
)
from support.scenario import folded

MAY_5, APRIL_8 = date(2026, 5, 5), date(2026, 4, 8)
LATE = moved("N1", "lowered", -15_001, date(2026, 3, 30))
APRIL = moved("N2", "charged", 40_000, APRIL_8)
MAY = moved("N2", "collected", -40_000, MAY_5)


def adjusting(line, month):
    return line.model_copy(update={"adjusts": month})


def test_a_statement_sums_its_movements_by_their_kind():
    lowered = moved("N1", "lowered", -15_001, date(2026, 3, 20))
    credited = moved("N1", "credited", 5_000, date(2026, 3, 20))

    march = reckon("2026-03", [CHARGE, PART_TAKEN, lowered, credited], [], held=7)

    assert (march.opening, march.charged, march.credited) == (0, TOTAL - 15_001, 5_000)
    assert (march.collected, march.closing, march.held) == (30_001, TOTAL - 40_002, 7)


def test_what_was_made_void_is_charged_no_longer():
    march = reckon(
        "2026-03", [CHARGE, moved("N1", "voided", -TOTAL, MAY_5, month="2026-03")], [], held=0
    )

    assert (march.charged, march.closing) == (0, 0)


def test_a_later_month_has_no_part_in_it():
    assert reckon("2026-03", [CHARGE, PART_TAKEN, APRIL, MAY], [], held=50_000) == MARCH


def test_the_next_month_opens_with_what_the_last_one_closed():
    april = reckon("2026-04", [CHARGE, PART_TAKEN, APRIL], [MARCH], held=0)

    assert (april.opening, april.charged, april.closing) == (100_000, 40_000, 140_000)
    assert (april.brought_forward, april.lines) == ((), (APRIL,))


def test_the_first_statement_brings_earlier_months_forward_into_its_opening():
    april = reckon("2026-04", [CHARGE, PART_TAKEN, APRIL], [], held=0)

    assert (april.opening, april.charged, april.closing) == (100_000, 40_000, 140_000)
    assert april.brought_forward == (CHARGE, PART_TAKEN)
    assert april.settled == (CHARGE, PART_TAKEN, APRIL)


def test_what_came_too_late_for_a_closed_month_adjusts_it_in_the_next():
    april = reckon("2026-04", [CHARGE, PART_TAKEN, LATE, APRIL], [MARCH], held=0)

    assert april.lines == (adjusting(LATE, "2026-03"), APRIL)
    assert (april.opening, april.charged, april.closing) == (100_000, 24_999, 124_999)


def test_what_is_older_than_every_closed_month_adjusts_the_first_of_them():
    older = moved("N0", "charged", 500, date(2026, 1, 9))

    april = reckon("2026-04", [older, CHARGE, PART_TAKEN], [MARCH], held=0)

    assert april.lines == (adjusting(older, "2026-03"),)


def test_what_belongs_to_a_month_left_out_adjusts_the_month_closed_after_it():
    may = reckon("2026-05", [CHARGE, PART_TAKEN, MAY], [MARCH], held=0)

    june = reckon("2026-06", [CHARGE, PART_TAKEN, APRIL, MAY], [MARCH, may], held=0)

    assert june.lines == (adjusting(APRIL, "2026-05"),)


def test_a_movement_stands_in_one_statement_only():
    april = reckon("2026-04", [CHARGE, PART_TAKEN, LATE, APRIL], [MARCH], held=0)

    may = reckon("2026-05", [CHARGE, PART_TAKEN, LATE, APRIL, MAY], [MARCH, april], held=0)

    assert (may.opening, may.lines) == (124_999, (MAY,))


def test_a_month_seen_before_an_earlier_one_is_closed_opens_with_what_that_one_would_close():
    april = reckon("2026-04", [CHARGE, PART_TAKEN, LATE, APRIL, MAY], [MARCH], held=0)

    may = reckon("2026-05", [CHARGE, PART_TAKEN, LATE, APRIL, MAY], [MARCH], held=0)

    assert (may.opening, may.lines) == (april.closing, (MAY,))


@pytest.mark.parametrize(
    ("month", "closed", "left"),
    [
        ("2026-03", [], []),
        ("2026-05", [], ["2026-03", "2026-04"]),
        ("2026-05", [MARCH], ["2026-04"]),
        ("2026-04", [MARCH], []),
    ],
)
def test_months_before_it_that_have_movements_of_their_own_are_left_open(month, closed, left):
    assert months_left_open(month, [CHARGE, PART_TAKEN, LATE, APRIL, MAY], closed) == left


APPROVED = approved().model_copy(update={"effective_on": date(2026, 3, 31)})
ISSUED = issued().model_copy(update={"effective_on": date(2026, 4, 2)})
TAKEN = collected().model_copy(update={"effective_on": date(2026, 5, 5)})


@pytest.mark.parametrize(
    ("settings", "month"), [({}, "2026-03"), ({"month.by": "issued_on"}, "2026-04")]
)
def test_the_setting_says_in_which_month_a_charge_falls(settings, month):
    note = folded(Chargeback, (drafted(), APPROVED, ISSUED, chosen(), TAKEN), [])

    charge, taken = movements_of([note], built_in().changed(settings))

    assert (charge.month, taken.month) == (month, "2026-05")


def test_movements_of_many_notes_come_in_the_order_of_their_days():
    first = folded(Chargeback, (drafted(), APPROVED, ISSUED, chosen(), TAKEN), [])
    second = folded(Chargeback, (drafted(), approved(), issued()), [])

    found = movements_of([first, second], built_in())

    assert [(str(each.on), each.kind) for each in found] == [
        ("2026-03-03", "charged"),
        ("2026-04-02", "charged"),
        ("2026-05-05", "collected"),
    ]
