"""What was agreed for a part, and which of several entries is in force on a day?"""

from datetime import date, timedelta
from functools import partial

import pytest

from recourse.aggregates.claim.doubts import Agreed
from recourse.aggregates.part import Part
from support.examples import act, happened, part
from support.scenario import folded, given

MARCH, MAY = date(2026, 3, 1), date(2026, 5, 1)
LAST_OF_APRIL = MAY - timedelta(days=1)
BEFORE = MARCH - timedelta(days=1)

standard = partial(happened, Part.StandardAgreed, "boss")
terms = partial(happened, Part.TermsAgreed, "boss")
CHEAP, DEAR = {"labour": 100}, {"labour": 200, "material": 300}


def known(*events):
    return folded(Part, (part(), *events), [])


def test_a_standard_is_agreed():
    (
        given(Part, part())
        .when(lambda it: it.agree_standard(act("boss"), MARCH, CHEAP))
        .then(Part.StandardAgreed, since=MARCH, costs=CHEAP)
    )


def test_no_standard_is_below_nothing():
    (
        given(Part, part())
        .when(lambda it: it.agree_standard(act("boss"), MARCH, {"labour": -1}))
        .then_refused("amount-below-nothing")
    )


def test_terms_are_agreed():
    (
        given(Part, part())
        .when(lambda it: it.agree_terms(act("boss"), MARCH, 24, None))
        .then(Part.TermsAgreed, since=MARCH, months=24, mileage_km=None)
    )


def test_without_an_agreement_nothing_is_applied():
    assert known().agreed(MAY, MARCH) == (Agreed(), {})


@pytest.mark.parametrize(
    ("repaired_on", "costs", "applied"),
    [
        (BEFORE, {}, {}),
        (MARCH, CHEAP, {"standard": "part:P1@2"}),
        (LAST_OF_APRIL, CHEAP, {"standard": "part:P1@2"}),
        (MAY, DEAR, {"standard": "part:P1@3"}),
    ],
    ids=["before the first", "its first day", "before the next", "the next"],
)
def test_the_standard_is_that_of_the_day_of_repair(repaired_on, costs, applied):
    agreed = known(standard(since=MARCH, costs=CHEAP), standard(since=MAY, costs=DEAR))

    assert agreed.agreed(repaired_on, sold_on=BEFORE) == (Agreed(costs), applied)


@pytest.mark.parametrize(
    ("sold_on", "months"), [(BEFORE, None), (MARCH, 12), (LAST_OF_APRIL, 12), (MAY, 24)]
)
def test_the_terms_are_those_of_the_day_of_sale(sold_on, months):
    agreed = known(terms(since=MARCH, months=12), terms(since=MAY, months=24))

    found, _ = agreed.agreed(MAY, sold_on)

    assert found.months == months


def test_without_a_day_of_sale_no_terms_are_applied():
    agreed = known(terms(since=MARCH, months=12, mileage_km=1), standard(since=MARCH, costs=CHEAP))

    assert agreed.agreed(MAY, None) == (Agreed(CHEAP), {"standard": "part:P1@3"})


def test_an_entry_recorded_later_that_begins_earlier_is_not_in_force():
    agreed = known(standard(since=MAY, costs=DEAR), standard(since=MARCH, costs=CHEAP))

    assert agreed.agreed(MAY, None)[0].standard == DEAR


def test_of_two_entries_of_one_day_the_one_recorded_last_is_in_force():
    agreed = known(
        terms(since=MARCH, months=12, mileage_km=50_000),
        terms(since=MARCH, months=24),
    )

    found, applied = agreed.agreed(MAY, MARCH)

    assert (found, applied) == (Agreed(months=24), {"terms": "part:P1@3"})


def test_a_newer_standard_replaces_the_whole_of_the_older_one():
    agreed = known(standard(since=MARCH, costs=DEAR), standard(since=MAY, costs=CHEAP))

    assert agreed.agreed(MAY, None)[0].standard == CHEAP
