"""What may happen to a claim until its cost is divided, and what is refused?"""

from decimal import Decimal

import pytest

from recourse.aggregates.claim import Claim
from support.examples import (
    ALL_ON_S1,
    COSTS,
    DETAILS,
    MONDAY,
    S1,
    S2,
    TUESDAY,
    act,
    attributed,
    cost_confirmed,
    cost_lowered,
    divided,
    happened,
    information_confirmed,
    received,
    shares,
)
from support.scenario import given

NOBODY = {"labour": {"undetermined": 10_000}, "material": {"undetermined": 20_001}}
BORNE = (received(), information_confirmed(), cost_confirmed(), attributed(), divided())
LOWERED = {"labour": {S1: 10_000}, "material": {S1: 5_000, "service": 15_001}}


def test_a_claim_is_received_as_it_was_charged():
    given(Claim).when(lambda claim: claim.receive(act(), **DETAILS)).then(Claim.Received, **DETAILS)


def test_a_claim_is_received_once():
    (
        given(Claim, received())
        .when(lambda claim: claim.receive(act(), **DETAILS))
        .then_refused("claim-already-received")
    )


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"costs": {"labour": -1}}, "amount-below-nothing"),
        ({"quantity": -1}, "quantity-below-nothing"),
        ({"repaired_on": TUESDAY}, "repair-in-the-future"),
    ],
)
def test_a_claim_that_cannot_be_is_not_received(wrong, code):
    given(Claim).when(lambda claim: claim.receive(act(), **DETAILS | wrong)).then_refused(code)


def test_a_repair_may_be_of_the_effective_day_itself():
    details = DETAILS | {"repaired_on": MONDAY}

    outcome = given(Claim).when(lambda it: it.receive(act(day=TUESDAY, on=MONDAY), **details))

    outcome.then(Claim.Received, **details)


def test_an_event_says_who_did_it_when_and_under_which_rules():
    outcome = given(Claim, received()).when(
        lambda claim: claim.assign(act("boss", TUESDAY, on=MONDAY), "engineer")
    )

    (event,) = outcome.events
    asked = act("boss", TUESDAY)
    assert (event.actor, event.effective_on, event.recorded_at, event.command_id) == (
        "boss",
        MONDAY,
        asked.recorded_at,
        asked.command_id,
    )
    assert (event.edition, event.clauses, event.caused_by) == (asked.edition, asked.clauses, None)


def test_a_claim_is_assigned_to_a_named_person():
    (
        given(Claim, received())
        .when(lambda claim: claim.assign(act("boss"), "colleague"))
        .then(Claim.Assigned, to="colleague")
    )


def test_information_is_confirmed():
    (
        given(Claim, received())
        .when(lambda claim: claim.confirm_information(act()))
        .then(Claim.InformationConfirmed)
    )


def test_accepted_cost_that_nobody_is_attributed_is_borne_by_undetermined():
    (
        given(Claim, received())
        .when(lambda claim: claim.confirm_cost(act(), {}))
        .then_each(
            (Claim.CostConfirmed, {"accepted": COSTS}),
            (Claim.Divided, {"bearing": NOBODY, "released": ()}),
        )
    )


def test_a_component_not_named_is_accepted_as_claimed():
    (
        given(Claim, received())
        .when(lambda claim: claim.confirm_cost(act(), {"labour": 9_999}))
        .then_each(
            (Claim.CostConfirmed, {"accepted": {"labour": 9_999, "material": 20_001}}),
            (
                Claim.Divided,
                {
                    "bearing": {
                        "labour": {"undetermined": 9_999},
                        "material": {"undetermined": 20_001},
                    }
                },
            ),
        )
    )


@pytest.mark.parametrize("accepted", [{"labour": 10_001}, {"travel": 1}])
def test_no_component_is_accepted_for_more_than_claimed(accepted):
    (
        given(Claim, received())
        .when(lambda claim: claim.confirm_cost(act(), accepted))
        .then_refused("accepted-exceeds-claimed")
    )


def test_nothing_below_nothing_is_accepted():
    (
        given(Claim, received())
        .when(lambda claim: claim.confirm_cost(act(), {"labour": -1}))
        .then_refused("amount-below-nothing")
    )


def test_a_newer_version_opens_the_cost_and_releases_who_bore_it():
    (
        given(Claim, *BORNE)
        .when(lambda claim: claim.amend(act(), {"labour": 1}, 2))
        .then_each(
            (Claim.Amended, {"costs": {"labour": 1}, "line_version": 2}),
            (Claim.Divided, {"bearing": {}, "released": ("S1",)}),
        )
    )


def test_a_version_without_a_number_keeps_the_number_before():
    (
        given(Claim, received(line_version=4))
        .when(lambda claim: claim.amend(act(), {"labour": 1}))
        .then(Claim.Amended, costs={"labour": 1}, line_version=4)
    )


def test_a_claim_is_not_amended_after_an_appeal_lowered_its_cost():
    (
        given(Claim, *BORNE, cost_lowered(), divided(bearing=LOWERED))
        .when(lambda claim: claim.amend(act(), {"labour": 1}))
        .then_refused("appeal-lowered-the-cost", "Z-4.6.1c")
    )


def test_a_claim_is_not_amended_to_less_than_nothing():
    (
        given(Claim, received())
        .when(lambda claim: claim.amend(act(), {"labour": -1}))
        .then_refused("amount-below-nothing")
    )


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
        .then_refused("claim-on-a-live-note")
    )


@pytest.mark.parametrize("nothing", ["0", "-0.5"])
def test_a_share_of_nothing_or_less_is_refused(nothing):
    parts = [(S1, 1 - Decimal(nothing)), (S2, Decimal(nothing))]

    outcome = given(Claim, received()).when(lambda claim: claim.attribute(act(), parts, ""))

    outcome.then_refused("share-not-above-nothing")


@pytest.mark.parametrize("share", ["0.9999", "1.0001"])
def test_shares_that_do_not_sum_to_one_are_refused(share):
    (
        given(Claim, received())
        .when(lambda claim: claim.attribute(act(), [(S1, Decimal(share))], ""))
        .then_refused("shares-not-one", "ZA24")
    )


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


def test_a_missing_gate_is_waived():
    (
        given(Claim, received())
        .when(lambda claim: claim.waive(act("boss"), "counted", missing=["counted"]))
        .then(Claim.GateWaived, gate="counted")
    )


def test_a_gate_that_is_not_missing_is_not_waived():
    (
        given(Claim, received())
        .when(lambda claim: claim.waive(act("boss"), "counted", missing=["finding"]))
        .then_refused("gate-not-missing")
    )


def test_a_waiver_stays_when_the_cost_is_amended():
    claim = given(Claim, received(), happened(Claim.GateWaived, gate="counted"))

    outcome = claim.when(lambda it: it.amend(act(), {"labour": 1}))

    outcome.then(Claim.Amended, costs={"labour": 1}, line_version=None)


def test_a_part_is_found_not_returned():
    (
        given(Claim, received())
        .when(lambda claim: claim.mark_not_returned(act()))
        .then(Claim.NotReturned)
    )


def test_a_part_is_found_not_returned_once():
    (
        given(Claim, received(), happened(Claim.NotReturned))
        .when(lambda claim: claim.mark_not_returned(act()))
        .then_refused("already-not-returned")
    )


def test_the_finding_of_no_return_is_reversible():
    (
        given(Claim, received(), happened(Claim.NotReturned))
        .when(lambda claim: claim.withdraw_not_returned(act()))
        .then(Claim.NotReturnedWithdrawn)
    )


def test_a_finding_that_was_never_made_is_not_withdrawn():
    (
        given(Claim, received())
        .when(lambda claim: claim.withdraw_not_returned(act()))
        .then_refused("not-marked-not-returned")
    )
