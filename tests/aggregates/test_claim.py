"""What may happen to a claim until its cost is divided, and what is refused?"""

import pytest

from recourse.aggregates.claim import Claim
from support.examples import (
    COSTS,
    DETAILS,
    MONDAY,
    S1,
    TUESDAY,
    act,
    attributed,
    cost_confirmed,
    cost_lowered,
    divided,
    happened,
    information_confirmed,
    received,
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


def test_a_repair_after_the_effective_day_is_in_the_future_even_if_it_is_past_by_now():
    details = DETAILS | {"repaired_on": TUESDAY}

    outcome = given(Claim).when(lambda it: it.receive(act(day=TUESDAY, on=MONDAY), **details))

    outcome.then_refused("repair-in-the-future")


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
        .then_refused("accepted-exceeds-claimed", "Z-4.4.2")
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


def test_an_older_version_that_comes_late_replaces_nothing():
    (
        given(Claim, received(line_version=4))
        .when(lambda claim: claim.amend(act(), {"labour": 1}, 3))
        .then_refused("older-version")
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
