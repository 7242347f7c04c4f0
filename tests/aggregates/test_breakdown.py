"""Who may still sign for, object to and decide about a month's breakdown?"""

import pytest

from recourse.aggregates.breakdown import Breakdown
from support.examples import (
    GEAR,
    S1,
    act,
    breakdown_appealed,
    breakdown_decided,
    breakdown_sent,
    breakdown_signed,
)
from support.scenario import given

BORNE = {"C1": {S1: 20_001, GEAR: 10_000}}


def decide(bearer=GEAR, claim="C1", outcome="kept"):
    return lambda breakdown: breakdown.decide(act("boss"), bearer, claim, outcome)


def appeal(**claims):
    named = {GEAR: claims.get("gear", ()), S1: claims.get("supplier", ())}
    return lambda breakdown: breakdown.appeal(act(), {who: of for who, of in named.items() if of})


def test_every_bearer_is_told_its_part():
    given(Breakdown).when(lambda it: it.send(act(), BORNE)).then(Breakdown.Sent, borne=BORNE)


def test_a_month_is_sent_once():
    (
        given(Breakdown, breakdown_sent())
        .when(lambda breakdown: breakdown.send(act(), {}))
        .then_refused("breakdown-already-sent")
    )


def test_a_month_without_cost_is_not_sent():
    given(Breakdown).when(lambda it: it.send(act(), {})).then_refused("nothing-to-break-down")


def test_a_bearer_signs():
    (
        given(Breakdown, breakdown_sent())
        .when(lambda breakdown: breakdown.sign(act("gear"), [GEAR]))
        .then(Breakdown.Signed, bearer=GEAR)
    )


def test_who_answers_for_several_bearers_signs_for_each():
    (
        given(Breakdown, breakdown_sent())
        .when(lambda breakdown: breakdown.sign(act(), [GEAR, S1]))
        .then_each((Breakdown.Signed, {"bearer": GEAR}), (Breakdown.Signed, {"bearer": S1}))
    )


def test_who_answers_for_several_bearers_signs_for_those_who_have_not():
    (
        given(Breakdown, breakdown_sent(), breakdown_signed())
        .when(lambda breakdown: breakdown.sign(act(), [GEAR, S1]))
        .then(Breakdown.Signed, bearer=S1)
    )


def test_nobody_signs_twice():
    (
        given(Breakdown, breakdown_sent(), breakdown_signed())
        .when(lambda breakdown: breakdown.sign(act("gear"), [GEAR]))
        .then_refused("breakdown-already-signed")
    )


def test_who_signed_may_appeal_for_signing_is_no_consent():
    (
        given(Breakdown, breakdown_sent(), breakdown_signed())
        .when(appeal(gear=["C1", "C2"]))
        .then(Breakdown.Appealed, bearer=GEAR, claims=("C1", "C2"))
    )


def test_who_appealed_may_still_sign():
    (
        given(Breakdown, breakdown_sent(), breakdown_appealed())
        .when(lambda breakdown: breakdown.sign(act("gear"), [GEAR]))
        .then(Breakdown.Signed, bearer=GEAR)
    )


@pytest.mark.parametrize("claims", [["C1"], ["C2", "C1"]])
def test_what_waits_for_a_decision_is_not_appealed_again(claims):
    (
        given(Breakdown, breakdown_sent(), breakdown_appealed())
        .when(appeal(gear=claims))
        .then_refused("breakdown-appeal-waits")
    )


def test_another_bearer_may_appeal_about_the_same_claim():
    (
        given(Breakdown, breakdown_sent(), breakdown_appealed())
        .when(appeal(supplier=["C1"]))
        .then(Breakdown.Appealed, bearer=S1, claims=("C1",))
    )


def test_who_answers_for_several_bearers_appeals_for_each_that_has_not():
    (
        given(Breakdown, breakdown_sent(), breakdown_appealed())
        .when(appeal(gear=["C1", "C2"], supplier=["C1"]))
        .then_each(
            (Breakdown.Appealed, {"bearer": GEAR, "claims": ("C2",)}),
            (Breakdown.Appealed, {"bearer": S1, "claims": ("C1",)}),
        )
    )


@pytest.mark.parametrize("outcome", ["kept", "changed"])
def test_an_appeal_is_decided(outcome):
    (
        given(Breakdown, breakdown_sent(), breakdown_appealed())
        .when(decide(outcome=outcome))
        .then(Breakdown.AppealDecided, bearer=GEAR, claim="C1", outcome=outcome)
    )


@pytest.mark.parametrize("other", [{"bearer": S1}, {"claim": "C2"}])
def test_only_an_appeal_is_decided(other):
    (
        given(Breakdown, breakdown_sent(), breakdown_appealed())
        .when(decide(**other))
        .then_refused("no-breakdown-appeal")
    )


def test_an_appeal_is_decided_once():
    (
        given(Breakdown, breakdown_sent(), breakdown_appealed(), breakdown_decided())
        .when(decide(outcome="changed"))
        .then_refused("no-breakdown-appeal")
    )


def test_what_was_decided_may_be_appealed_again():
    (
        given(Breakdown, breakdown_sent(), breakdown_appealed(), breakdown_decided())
        .when(appeal(gear=["C1"]))
        .then(Breakdown.Appealed, bearer=GEAR, claims=("C1",))
    )
