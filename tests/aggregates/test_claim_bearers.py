"""Who bears the cost of a claim after it is attributed, and after an appeal lowered it?"""

from decimal import Decimal

import pytest

from recourse.aggregates.claim import Claim
from support.examples import (
    ALL_ON_S1,
    S1,
    S2,
    act,
    attributed,
    cost_confirmed,
    cost_lowered,
    divided,
    information_confirmed,
    received,
    shares,
)
from support.scenario import given

NOBODY = {"labour": {"undetermined": 10_000}, "material": {"undetermined": 20_001}}
BORNE = (received(), information_confirmed(), cost_confirmed(), attributed(), divided())
LOWERED = {"labour": {S1: 10_000}, "material": {S1: 5_000, "service": 15_001}}


def test_attribution_divides_what_is_accepted_by_the_shares():
    (
        given(Claim, received(), cost_confirmed(), divided(bearing=NOBODY))
        .when(lambda it: it.attribute(act(), [(S1, Decimal("0.5")), (S2, Decimal("0.5"))], ""))
        .then_each(
            (Claim.Attributed, {"shares": shares(S1="0.5", S2="0.5")}),
            (
                Claim.Divided,
                {
                    "bearing": {
                        "labour": {S1: 5_000, S2: 5_000},
                        "material": {S1: 10_001, S2: 10_000},
                    }
                },
            ),
        )
    )


def test_attribution_before_the_cost_is_confirmed_divides_nothing():
    (
        given(Claim, received())
        .when(lambda claim: claim.attribute(act(), [(S1, Decimal(1))], ""))
        .then(Claim.Attributed, shares=shares(S1="1"))
    )


def test_a_supplier_without_a_share_any_more_is_released():
    outcome = given(Claim, *BORNE).when(lambda it: it.attribute(act(), [(S2, Decimal(1))], ""))

    assert outcome.events[-1].released == ("S1",)


def test_a_claim_on_a_live_note_is_not_attributed():
    (
        given(Claim, *BORNE)
        .when(lambda claim: claim.attribute(act(), [(S2, Decimal(1))], "N1"))
        .then_refused("claim-on-a-live-note", "Z-4.4.2")
    )


@pytest.mark.parametrize("nothing", ["0", "-0.5"])
def test_a_share_of_nothing_or_less_is_refused(nothing):
    parts = [(S1, 1 - Decimal(nothing)), (S2, Decimal(nothing))]

    outcome = given(Claim, received()).when(lambda claim: claim.attribute(act(), parts, ""))

    outcome.then_refused("share-not-above-nothing", "Z-4.4.2", "ZA24")


@pytest.mark.parametrize("share", ["0.9999", "1.0001"])
def test_shares_that_do_not_sum_to_one_are_refused(share):
    (
        given(Claim, received())
        .when(lambda claim: claim.attribute(act(), [(S1, Decimal(share))], ""))
        .then_refused("shares-not-one", "ZA24")
    )


def test_no_shares_at_all_do_not_sum_to_one():
    outcome = given(Claim, received()).when(lambda claim: claim.attribute(act(), [], ""))

    outcome.then_refused("shares-not-one", "ZA24")


def test_a_lowered_cost_moves_to_its_new_bearer_in_the_same_step():
    fields = {"at_most": 5_000, "chargeback": "N1"}

    outcome = given(Claim, *BORNE).when(
        lambda claim: claim.lower(act(), "S1", "material", to="service", **fields)
    )

    outcome.then_each(
        (
            Claim.CostLowered,
            {"supplier": "S1", "component": "material", "sent_to": "service", **fields},
        ),
        (Claim.Divided, {"bearing": LOWERED}),
    )


def test_a_lowered_cost_never_comes_back_when_it_is_confirmed_anew():
    (
        given(Claim, *BORNE, cost_lowered(), divided(bearing=LOWERED))
        .when(lambda claim: claim.confirm_cost(act(), {"material": 12_000}))
        .then_each(
            (Claim.CostConfirmed, {"accepted": {"labour": 10_000, "material": 12_000}}),
            (
                Claim.Divided,
                {"bearing": {"labour": {S1: 10_000}, "material": {S1: 5_000, "service": 7_000}}},
            ),
        )
    )


def test_a_lowered_cost_never_comes_back_by_another_attribution():
    outcome = given(Claim, *BORNE, cost_lowered(), divided(bearing=LOWERED)).when(
        lambda claim: claim.attribute(act(), [(S1, Decimal("0.5")), (S2, Decimal("0.5"))], "")
    )

    assert outcome.events[-1].bearing["material"] == {S1: 5_000, S2: 10_000, "service": 5_001}


@pytest.mark.parametrize("released", [S1, S2])
def test_cost_does_not_move_to_a_supplier_whose_own_part_was_lowered(released):
    (
        given(Claim, *BORNE, cost_lowered(supplier="S2"))
        .when(lambda it: it.lower(act(), "S1", "material", at_most=0, to=released, chargeback="N1"))
        .then_refused("moved-to-a-released-supplier", "Z-4.6.1c")
    )


def test_a_supplier_concerned_has_a_share_or_bears_some_of_the_cost():
    claim = Claim("C1", [])
    claim.shares = [(S2, Decimal(1)), ("service", Decimal(0))]
    claim.bearing = ALL_ON_S1

    assert claim.suppliers_concerned == ("S2", "S1")


def test_a_charge_that_was_mark_up_alone_is_gone_once_it_is_withdrawn():
    claim = Claim("C1", [])
    claim.accepted = {"labour": 100}
    claim.bearing = {"labour": {S1: 100}, "handling": {S1: 8, "markup": -8}}

    claim.lower(act(), "S1", "handling", at_most=0, to="service", chargeback="N1")

    assert claim.bearing == {"labour": {S1: 100}}
