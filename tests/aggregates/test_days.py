"""Does every day begin once and in order?"""

from datetime import date

import pytest

from recourse.aggregates.day import Days
from support.examples import MONDAY, act, happened
from support.scenario import given

SUNDAY = date(2026, 3, 1)


def begun(day):
    return happened(Days.Began, "engine", day, day=day)


def test_the_first_day_begins_without_those_before_it():
    given(Days).when(lambda days: days.begin(act(), MONDAY)).then(Days.Began, day=MONDAY)


def test_the_next_day_begins():
    (
        given(Days, begun(SUNDAY))
        .when(lambda days: days.begin(act(), MONDAY))
        .then(Days.Began, day=MONDAY)
    )


@pytest.mark.parametrize("day", [SUNDAY, MONDAY, date(2026, 3, 4)])
def test_a_day_out_of_order_is_a_defect(day):
    with pytest.raises(AssertionError, match="out of order"):
        given(Days, begun(MONDAY)).when(lambda days: days.begin(act(), day))
