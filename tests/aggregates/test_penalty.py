"""Which penalty may be assessed for a zero-km claim, and what becomes of it?"""

from datetime import date

import pytest

from recourse.aggregates.claim import Claim
from recourse.rulebook.powers import Bounds
from support.examples import act, penalty_set, received
from support.scenario import given

BOUNDS = Bounds(50_000, 200_000, "Z-4.5.3b", date(2008, 1, 1))


def set_penalty(split, amount, *, again=False):
    return lambda claim: claim.set_penalty(
        act(), split, amount=amount, severity="serious", again=again, bounds=BOUNDS
    )


@pytest.mark.parametrize("amount", [BOUNDS.least, BOUNDS.most])
def test_both_ends_of_the_range_are_inside_it(amount):
    (
        given(Claim, received())
        .when(set_penalty({"S1": amount}, amount))
        .then(Claim.PenaltySet, split={"S1": amount}, severity="serious", again=False)
    )


@pytest.mark.parametrize("amount", [49_999, 200_001])
def test_a_penalty_outside_the_range_is_refused(amount):
    (
        given(Claim, received())
        .when(set_penalty({"S1": amount}, amount))
        .then_refused("penalty-out-of-range", BOUNDS.clause)
    )


def test_the_range_is_for_the_unit_not_for_each_supplier():
    split = {"S1": 49_999, "S2": 1}

    outcome = given(Claim, received()).when(set_penalty(split, 50_000))

    outcome.then(Claim.PenaltySet, split=split, severity="serious", again=False)


@pytest.mark.parametrize("split", [{"S1": 59_999}, {"S1": 60_001}, {"S1": 60_001, "S2": -1}])
def test_a_split_sums_to_the_amount_and_has_no_part_below_nothing(split):
    (
        given(Claim, received())
        .when(set_penalty(split, 60_000))
        .then_refused("penalty-split-differs", "ZA6")
    )


def test_that_a_reason_was_given_for_another_penalty_is_kept():
    (
        given(Claim, received())
        .when(set_penalty({"S1": 50_000}, 50_000, again=True))
        .then(Claim.PenaltySet, split={"S1": 50_000}, severity="serious", again=True)
    )


def test_a_withdrawn_penalty_names_whose_it_was():
    (
        given(Claim, received(), penalty_set(split={"S1": 1, "S2": 2}))
        .when(lambda claim: claim.withdraw_penalty(act("boss")))
        .then(Claim.PenaltyWithdrawn, suppliers=("S1", "S2"))
    )


def test_no_penalty_is_not_withdrawn():
    (
        given(Claim, received())
        .when(lambda claim: claim.withdraw_penalty(act("boss")))
        .then_refused("no-penalty")
    )


def test_an_appeal_lowers_the_penalty_of_one_supplier():
    (
        given(Claim, received(), penalty_set())
        .when(lambda it: it.lower_penalty(act(), "S1", amount=70_000, chargeback="N1"))
        .then(Claim.PenaltyLowered, supplier="S1", amount=70_000, chargeback="N1")
    )
