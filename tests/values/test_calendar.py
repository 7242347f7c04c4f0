"""What holds of every deadline, and of those that a table names."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recourse.rulebook.calendar import published_calendar
from recourse.values.calendar import Calendar, Deadline, deadline

ONE_DAY = timedelta(days=1)
ALL_KNOWN = date(2026, 11, 22)

published_starts = st.dates(date(2018, 1, 1), date(2026, 10, 1))
starts_in_the_last_year = st.dates(date(2026, 1, 1), date(2026, 12, 31))
periods = st.integers(0, 40)
counted_periods = st.integers(1, 40)
kinds = st.sampled_from(["natural", "working"])
readings = st.sampled_from(["official", "statutory"])


def ends(
    started_on: date,
    days: int = 5,
    *,
    kind: str = "natural",
    rest_day: str = "later",
    known_on: date = ALL_KNOWN,
    calendar: Calendar | None = None,
) -> Deadline:
    return deadline(
        started_on,
        days,
        kind=kind,
        rest_day=rest_day,
        calendar=calendar or published_calendar(),
        known_on=known_on,
    )


def rests(day: date, reading: str = "official", known_on: date = ALL_KNOWN) -> bool | None:
    return published_calendar().is_rest_day(day, reading=reading, known_on=known_on)


def days_after(start: date, last: date) -> list[date]:
    return [start + ONE_DAY * n for n in range(1, (last - start).days + 1)]


@pytest.mark.parametrize(
    ("started_on", "official", "statutory", "later"),
    [
        (date(2026, 9, 26), date(2026, 10, 8), date(2026, 10, 5), date(2026, 10, 8)),
        (date(2026, 4, 23), date(2026, 4, 28), date(2026, 4, 28), date(2026, 4, 28)),
        (date(2026, 5, 4), date(2026, 5, 9), date(2026, 5, 11), date(2026, 5, 11)),
        (date(2025, 9, 26), date(2025, 10, 9), date(2025, 10, 7), date(2025, 10, 9)),
        (date(2018, 12, 26), date(2019, 1, 2), date(2018, 12, 31), date(2019, 1, 2)),
        (date(2022, 12, 28), date(2023, 1, 3), date(2023, 1, 2), date(2023, 1, 3)),
    ],
)
def test_five_natural_days_move_off_the_rest_days_of_each_reading(
    started_on, official, statutory, later
):
    found = ends(started_on)

    assert (found.official, found.statutory, found.last_day) == (official, statutory, later)


@pytest.mark.parametrize(
    ("started_on", "official", "statutory"),
    [
        (date(2025, 9, 26), date(2025, 10, 10), date(2025, 10, 9)),
        (date(2026, 9, 26), date(2026, 10, 9), date(2026, 10, 6)),
        (date(2026, 2, 13), date(2026, 2, 27), date(2026, 2, 26)),
    ],
)
def test_five_working_days_skip_the_rest_days_of_each_reading(started_on, official, statutory):
    found = ends(started_on, kind="working")

    assert (found.official, found.statutory) == (official, statutory)


@pytest.mark.parametrize(
    ("rest_day", "last_day"),
    [
        ("official", date(2026, 5, 9)),
        ("statutory", date(2026, 5, 11)),
        ("later", date(2026, 5, 11)),
    ],
)
def test_the_setting_chooses_among_the_readings(rest_day, last_day):
    found = ends(date(2026, 5, 4), rest_day=rest_day)

    assert found.last_day == last_day


def test_a_deadline_keeps_the_facts_that_made_it():
    found = ends(date(2026, 5, 4), known_on=date(2026, 5, 6))

    assert found == Deadline(
        started_on=date(2026, 5, 4),
        days=5,
        kind="natural",
        rest_day="later",
        known_on=date(2026, 5, 6),
        calendar="CN-2026r1",
        official=date(2026, 5, 9),
        statutory=date(2026, 5, 11),
        last_day=date(2026, 5, 11),
    )


@pytest.mark.parametrize(
    ("rest_day", "last_day"),
    [("official", None), ("later", None), ("statutory", date(2027, 1, 4))],
)
def test_a_year_not_yet_arranged_leaves_only_the_statutory_reading(rest_day, last_day):
    found = ends(date(2026, 12, 28), rest_day=rest_day)

    assert found.last_day == last_day


def test_a_year_without_statutory_days_on_file_is_undetermined_by_either_reading():
    found = ends(date(2035, 12, 28), rest_day="statutory")

    assert (found.official, found.statutory, found.last_day) == (None, None, None)


def test_the_last_working_day_of_the_last_published_year_is_determined():
    found = ends(date(2026, 12, 26), rest_day="official")

    assert found.last_day == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("known_on", "official"),
    [(date(2025, 11, 3), None), (date(2025, 11, 4), date(2026, 1, 4))],
)
def test_an_arrangement_counts_from_the_day_it_is_published(known_on, official):
    found = ends(date(2025, 12, 28), known_on=known_on)

    assert found.official == official


@pytest.mark.parametrize(
    ("day", "known_on", "rested"),
    [
        (date(2019, 5, 3), date(2019, 3, 21), False),
        (date(2019, 5, 3), date(2019, 3, 22), True),
        (date(2019, 5, 5), date(2019, 3, 21), True),
        (date(2019, 5, 5), date(2019, 3, 22), False),
        (date(2020, 2, 1), date(2020, 1, 26), False),
        (date(2020, 2, 1), date(2020, 1, 27), True),
        (date(2020, 1, 31), date(2020, 1, 26), False),
        (date(2020, 1, 31), date(2020, 1, 27), True),
    ],
)
def test_an_amendment_counts_from_the_day_it_is_published(day, known_on, rested):
    assert rests(day, known_on=known_on) is rested


@pytest.mark.parametrize(
    ("day", "known_on", "rested"),
    [
        (date(2018, 12, 31), date(2018, 12, 5), False),
        (date(2018, 12, 31), date(2018, 12, 6), True),
        (date(2018, 12, 29), date(2018, 12, 5), True),
        (date(2018, 12, 29), date(2018, 12, 6), False),
    ],
)
def test_the_notice_of_a_year_also_speaks_of_the_december_before(day, known_on, rested):
    assert rests(day, known_on=known_on) is rested


def test_a_period_of_fewer_than_no_days_is_refused():
    with pytest.raises(ValueError, match="-1 days"):
        ends(date(2026, 5, 4), -1)


@given(published_starts, periods, kinds, readings)
def test_a_last_day_is_never_a_rest_day_by_its_own_reading(started_on, days, kind, reading):
    found = ends(started_on, days, kind=kind, rest_day=reading)

    assert rests(found.last_day, reading) is False


@given(published_starts, periods, readings)
def test_a_natural_last_day_moves_over_rest_days_only(started_on, days, reading):
    counted = started_on + ONE_DAY * days

    found = ends(started_on, days, rest_day=reading)

    assert found.last_day >= counted
    assert all(rests(day - ONE_DAY, reading) for day in days_after(counted, found.last_day))


@given(published_starts, counted_periods, readings)
def test_as_many_working_days_follow_the_start_as_the_period_has(started_on, days, reading):
    found = ends(started_on, days, kind="working", rest_day=reading)

    after = days_after(started_on, found.last_day)
    assert sum(not rests(day, reading) for day in after) == days


@given(published_starts, counted_periods, kinds)
def test_whether_the_starting_day_is_a_rest_day_makes_no_difference(started_on, days, kind):
    calendar = published_calendar()
    resting = replace(
        calendar,
        arrangements=tuple(
            replace(
                known, rest=known.rest | {started_on}, worked=known.worked.difference([started_on])
            )
            for known in calendar.arrangements
        ),
        statutory_years=tuple(
            replace(known, days=known.days | {started_on}) for known in calendar.statutory_years
        ),
    )

    assert ends(started_on, days, kind=kind, calendar=resting) == ends(started_on, days, kind=kind)


@given(published_starts, periods, readings)
def test_working_days_never_end_before_natural_days(started_on, days, reading):
    working = ends(started_on, days, kind="working", rest_day=reading)
    natural = ends(started_on, days, kind="natural", rest_day=reading)

    assert working.last_day >= natural.last_day


@given(published_starts, periods, kinds)
def test_the_later_day_is_one_of_the_two_and_before_neither(started_on, days, kind):
    found = ends(started_on, days, kind=kind)

    assert found.last_day in (found.official, found.statutory)
    assert found.last_day >= found.official and found.last_day >= found.statutory


@given(starts_in_the_last_year, periods, kinds)
def test_the_later_day_is_undetermined_exactly_when_either_is(started_on, days, kind):
    found = ends(started_on, days, kind=kind)

    assert (found.last_day is None) is (None in (found.official, found.statutory))


@given(starts_in_the_last_year, periods)
def test_a_natural_day_is_undetermined_exactly_when_no_working_day_is_left(started_on, days):
    counted = started_on + ONE_DAY * days
    left = days_after(counted - ONE_DAY, date(2026, 12, 31))

    found = ends(started_on, days, rest_day="official")

    assert (found.last_day is None) is all(rests(day) for day in left)


@given(starts_in_the_last_year, counted_periods)
def test_a_working_day_is_undetermined_exactly_when_too_few_are_left(started_on, days):
    left = days_after(started_on, date(2026, 12, 31))

    found = ends(started_on, days, kind="working", rest_day="official")

    assert (found.last_day is None) is (sum(not rests(day) for day in left) < days)


@given(published_starts, periods, kinds, st.dates(date(2017, 11, 30), ALL_KNOWN))
def test_what_is_published_later_changes_no_deadline(started_on, days, kind, known_on):
    calendar = published_calendar()
    then = takewhile(
        lambda known: known.published_on <= known_on,
        sorted(calendar.arrangements, key=lambda known: known.published_on),
    )
    calendar_then = replace(calendar, arrangements=tuple(then))

    found = ends(started_on, days, kind=kind, known_on=known_on)

    assert found == ends(started_on, days, kind=kind, known_on=known_on, calendar=calendar_then)
