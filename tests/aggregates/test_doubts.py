"""Which claim looks wrong on arrival, and what could not be looked at?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recourse.aggregates.claim import Claim
from recourse.aggregates.claim.doubts import Agreed, Arrival, examine
from support.examples import DETAILS, happened
from support.scenario import folded

DAY = date(2026, 3, 1)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
RIGHT, WRONG, UNCHECKED = "right", "wrong", "unchecked"
NOTHING = Agreed()

GOOD = {
    "part": "P1",
    "stage": "after_sale",
    "repaired_on": DAY,
    "costs": {"labour": 100, "material": 200},
    "built_on": date(2025, 10, 1),
    "sold_on": date(2025, 11, 1),
    "mileage_km": 12_000,
}
STANDARD = {"labour": 100, "material": 200}


def arrival(**other):
    return Arrival(**GOOD | other)


def earlier(**other):
    """A claim of the same unit that was received before."""
    fields = DETAILS | {"part": "P1", "repaired_on": DAY, "mileage_km": 12_000} | other
    return folded(Claim, (happened(Claim.Received, **fields),), [])


def verdict(check, arrived, others=(), agreed=NOTHING):
    doubts, unchecked = examine(arrived, others, agreed)
    return WRONG if check in doubts else UNCHECKED if check in unchecked else RIGHT


def test_a_claim_that_agrees_with_everything_known_raises_no_doubt():
    agreed = Agreed(STANDARD, months=24, mileage_km=100_000)
    other = earlier(repaired_on=BEFORE, mileage_km=11_000)

    assert examine(arrival(), [other], agreed) == ((), ())


def test_every_doubt_of_one_claim_is_named():
    arrived = arrival(sold_on=AFTER, built_on=AFTER, mileage_km=9_000)
    others = [earlier(), earlier(repaired_on=BEFORE)]

    doubts, unchecked = examine(arrived, others, Agreed({"labour": 99}, mileage_km=8_999))

    assert set(doubts) == {
        *("duplicate", "repaired_before_built", "repaired_before_sold", "mileage_backwards"),
        *("cost_above_standard", "outside_terms"),
    }
    assert unchecked == ()


def test_what_there_are_no_data_for_is_unchecked_and_no_doubt():
    bare = Arrival("P1", "after_sale", DAY, {"labour": 100})

    assert examine(bare, [], NOTHING) == (
        (),
        (
            *("repaired_before_built", "repaired_before_sold", "mileage_backwards"),
            *("cost_above_standard", "outside_terms"),
        ),
    )


@pytest.mark.parametrize("stage", ["zero_km", "pre_sale"])
def test_what_was_never_sold_is_not_held_against_its_sale_or_its_terms(stage):
    arrived = arrival(stage=stage, sold_on=AFTER, mileage_km=1)

    doubts, unchecked = examine(arrived, [], Agreed(STANDARD, months=0, mileage_km=0))

    assert (doubts, unchecked) == ((), ())


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({}, WRONG),
        ({"part": "P2"}, RIGHT),
        ({"repaired_on": BEFORE}, RIGHT),
        ({"repaired_on": AFTER}, RIGHT),
    ],
    ids=["same part and day", "another part", "the day before", "the day after"],
)
def test_the_same_part_repaired_on_the_same_day_is_a_duplicate(other, found):
    assert verdict("duplicate", arrival(), [earlier(**other)]) == found


@pytest.mark.parametrize("check", ["built", "sold"])
@pytest.mark.parametrize(
    ("day", "found"), [(BEFORE, RIGHT), (DAY, RIGHT), (AFTER, WRONG), (None, UNCHECKED)]
)
def test_nothing_is_repaired_before_it_was_built_or_sold(check, day, found):
    arrived = arrival(**{f"{check}_on": day})

    assert verdict(f"repaired_before_{check}", arrived) == found


@pytest.mark.parametrize(
    ("own", "others", "found"),
    [
        (12_000, [], RIGHT),
        (12_000, [(BEFORE, 11_999)], RIGHT),
        (12_000, [(BEFORE, 12_000)], RIGHT),
        (12_000, [(BEFORE, 12_001)], WRONG),
        (12_000, [(AFTER, 12_001)], RIGHT),
        (12_000, [(AFTER, 12_000)], RIGHT),
        (12_000, [(AFTER, 11_999)], WRONG),
        (12_000, [(DAY, 1)], RIGHT),
        (12_000, [(DAY, 99_999)], RIGHT),
        (12_000, [(DAY, None)], RIGHT),
        (12_000, [(BEFORE, None)], UNCHECKED),
        (12_000, [(BEFORE, None), (AFTER, 12_001)], UNCHECKED),
        (12_000, [(BEFORE, None), (AFTER, 11_999)], WRONG),
        (None, [(BEFORE, 99_999)], UNCHECKED),
        (None, [], UNCHECKED),
        (0, [(BEFORE, 1)], WRONG),
        (0, [(AFTER, 0)], RIGHT),
    ],
)
def test_the_mileage_never_runs_backwards_in_either_direction_of_time(own, others, found):
    known = [earlier(repaired_on=day, mileage_km=km) for day, km in others]

    assert verdict("mileage_backwards", arrival(mileage_km=own), known) == found


@pytest.mark.parametrize(
    ("costs", "standard", "found"),
    [
        ({"labour": 100}, {"labour": 100}, RIGHT),
        ({"labour": 101}, {"labour": 100}, WRONG),
        ({"labour": 99, "material": 1}, {"labour": 100}, UNCHECKED),
        ({"labour": 101, "material": 1}, {"labour": 100}, WRONG),
        ({"labour": 100}, {"labour": 100, "material": 1}, RIGHT),
        ({"labour": 1}, {"labour": 0}, WRONG),
        ({"labour": 1}, {}, UNCHECKED),
    ],
    ids=[
        "at the standard",
        "a fen above",
        "a component without a standard",
        "a fen above, beside one without a standard",
        "less than is agreed about",
        "a standard of nothing",
        "no standard",
    ],
)
def test_a_cost_is_held_against_the_standard_of_its_component(costs, standard, found):
    assert verdict("cost_above_standard", arrival(costs=costs), agreed=Agreed(standard)) == found


@pytest.mark.parametrize(
    ("sold_on", "months", "last"),
    [
        (date(2026, 1, 15), 3, date(2026, 4, 15)),
        (date(2025, 11, 15), 3, date(2026, 2, 15)),
        (date(2025, 12, 15), 12, date(2026, 12, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
    ],
)
def test_the_terms_end_with_the_same_day_of_the_last_month(sold_on, months, last):
    terms = Agreed(months=months)

    def found(day):
        return verdict("outside_terms", arrival(sold_on=sold_on, repaired_on=day), agreed=terms)

    assert (found(last), found(last + timedelta(days=1))) == (RIGHT, WRONG)


def test_terms_beyond_the_calendar_do_not_end():
    arrived = arrival(sold_on=date(9999, 1, 1), repaired_on=date(9999, 12, 31))

    assert verdict("outside_terms", arrived, agreed=Agreed(months=600)) == RIGHT


@pytest.mark.parametrize(
    ("known", "terms", "found"),
    [
        ({}, {"mileage_km": 12_000}, RIGHT),
        ({}, {"mileage_km": 11_999}, WRONG),
        ({}, {}, UNCHECKED),
        ({"sold_on": None}, {"months": 1}, UNCHECKED),
        ({"mileage_km": None}, {"mileage_km": 1}, UNCHECKED),
        ({"mileage_km": None}, {"months": 24, "mileage_km": 1}, UNCHECKED),
        ({"mileage_km": None}, {"months": 3, "mileage_km": 1}, WRONG),
        ({"sold_on": None}, {"months": 3, "mileage_km": 11_999}, WRONG),
        ({}, {"months": 3, "mileage_km": 100_000}, WRONG),
        ({}, {"months": 24, "mileage_km": 11_999}, WRONG),
        ({}, {"months": 24, "mileage_km": 12_000}, RIGHT),
    ],
    ids=[
        "the last kilometre",
        "a kilometre beyond",
        "no terms",
        "no day of sale",
        "no mileage",
        "in time, mileage unknown",
        "too late, mileage unknown",
        "too far, day of sale unknown",
        "too late, though not too far",
        "too far, though not too late",
        "neither",
    ],
)
def test_terms_are_of_time_and_distance(known, terms, found):
    assert verdict("outside_terms", arrival(**known), agreed=Agreed(**terms)) == found


# Laws

days = st.dates(date(2025, 1, 1), date(2026, 12, 31))
kilometres = st.none() | st.integers(0, 5)
amounts = st.dictionaries(st.sampled_from(("labour", "material", "travel")), st.integers(0, 3))
arrivals = st.builds(
    Arrival,
    part=st.sampled_from(("P1", "P2")),
    stage=st.sampled_from(("zero_km", "pre_sale", "after_sale")),
    repaired_on=days,
    costs=amounts,
    built_on=st.none() | days,
    sold_on=st.none() | days,
    mileage_km=kilometres,
)
others = st.lists(
    st.builds(earlier, part=st.sampled_from(("P1", "P2")), repaired_on=days, mileage_km=kilometres),
    max_size=3,
)
agreements = st.builds(
    Agreed, amounts, months=st.none() | st.integers(0, 30), mileage_km=kilometres
)


@given(arrivals, others, agreements)
def test_no_check_is_both_a_doubt_and_left_unchecked(arrived, known, agreed):
    doubts, unchecked = examine(arrived, known, agreed)

    found = [*doubts, *unchecked]
    assert len(set(found)) == len(found)


@given(days, st.integers(0, 5), days, st.integers(0, 5))
def test_whichever_of_two_repairs_comes_in_first_the_other_has_the_doubt(day, km, other, other_km):
    def doubtful(first, second):
        (first_day, first_km), (second_day, second_km) = first, second
        known = [earlier(repaired_on=first_day, mileage_km=first_km)]
        arrived = arrival(repaired_on=second_day, mileage_km=second_km)
        return verdict("mileage_backwards", arrived, known)

    assert doubtful((day, km), (other, other_km)) == doubtful((other, other_km), (day, km))


@given(arrivals, others, agreements)
def test_to_know_less_makes_no_doubt(arrived, known, agreed):
    less = Arrival(arrived.part, arrived.stage, arrived.repaired_on, arrived.costs)

    assert set(examine(less, known, agreed)[0]) <= set(examine(arrived, known, agreed)[0])
