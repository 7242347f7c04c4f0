"""Does every day begin once and in order?"""

from datetime import date

from recourse.aggregates.day import Days
from support.examples import MONDAY, TUESDAY, act, happened
from support.scenario import given

FRIDAY = date(2026, 2, 27)


def begun(day):
    return happened(Days.Began, "engine", day, day=day)


def test_the_first_day_begins_without_those_before_it():
    given(Days).when(lambda days: days.begin(act(), MONDAY)).then(Days.Began, day=MONDAY)


def test_every_day_in_between_begins_in_order():
    (
        given(Days, begun(FRIDAY))
        .when(lambda days: days.begin(act(), MONDAY))
        .then_each(
            (Days.Began, {"day": date(2026, 2, 28)}),
            (Days.Began, {"day": date(2026, 3, 1)}),
            (Days.Began, {"day": MONDAY}),
        )
    )


def test_a_day_begins_once():
    given(Days, begun(MONDAY)).when(lambda days: days.begin(act(), MONDAY)).then_each()


def test_a_day_that_is_over_does_not_begin():
    given(Days, begun(TUESDAY)).when(lambda days: days.begin(act(), MONDAY)).then_each()
