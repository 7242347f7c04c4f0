"""May a day be told of, and may an act be effective on it?"""

import pytest

from recourse.aggregates.order import must_follow, must_have_come
from recourse.values.refusal import Refused
from support.examples import MONDAY, TUESDAY, WEDNESDAY, act


def refusal(ask):
    try:
        ask()
    except Refused as refused:
        return refused.code
    return None


@pytest.mark.parametrize(
    ("day", "code"), [(MONDAY, None), (TUESDAY, None), (WEDNESDAY, "day-not-yet-come")]
)
def test_what_is_told_of_has_come_by_the_effective_day(day, code):
    asked = act(day=WEDNESDAY, on=TUESDAY)

    assert refusal(lambda: must_have_come(day, asked)) == code


@pytest.mark.parametrize(
    ("since", "code"), [(MONDAY, None), (TUESDAY, None), (WEDNESDAY, "before-its-cause")]
)
def test_an_act_is_effective_on_the_day_of_what_it_follows_from_or_later(since, code):
    asked = act(day=WEDNESDAY, on=TUESDAY)

    assert refusal(lambda: must_follow(asked, since)) == code
