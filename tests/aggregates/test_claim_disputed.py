"""What becomes of a claim that goes back to the centre, step by step, until the group rules?"""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from recourse.aggregates.claim import Claim
from support.examples import (
    COSTS,
    MONDAY,
    S1,
    TUESDAY,
    WEDNESDAY,
    act,
    attributed,
    cost_confirmed,
    cost_lowered,
    divided,
    group_ruled,
    happened,
    information_confirmed,
    objected,
    received,
    referred,
    unresolved,
    verified,
)
from support.scenario import folded, given

BORNE = (received(), information_confirmed(), cost_confirmed(), attributed(), divided())
RETURNED = (*BORNE, objected())
VERIFIED = (*RETURNED, verified())
UNRESOLVED = (*VERIFIED, unresolved())
REFERRED = (*UNRESOLVED, referred())
RULED = (
    *REFERRED,
    group_ruled(),
    divided(bearing={"labour": {S1: 4_000}, "material": {S1: 20_001}}),
)
WITHDRAWN = (*RETURNED, happened(Claim.Withdrawn, "centre"), divided(bearing={}))
REFUSED = (*VERIFIED, happened(Claim.ConsultationRefused), divided(bearing={}))
STAGES = {
    "returned": RETURNED,
    "verified": VERIFIED,
    "unresolved": UNRESOLVED,
    "referred": REFERRED,
}
CLOSED = {"withdrawn": WITHDRAWN, "refused": REFUSED}
GONE = {"bearing": {}, "released": ("S1",)}
ASPECTS = [("information", "information"), ("cost", "cost"), ("finding", "responsibility")]
LATER = WEDNESDAY + timedelta(days=1)


def each(histories):
    return pytest.mark.parametrize("history", histories.values(), ids=histories)


def said(ruling="stands", accepted=None, ruled_on=WEDNESDAY):
    return {"ruling": ruling, "accepted": accepted, "reference": "G-17", "ruled_on": ruled_on}


def rules(day=WEDNESDAY, actor="colleague", **how):
    return lambda claim: claim.record_ruling(act(actor, day), **said(**how))


# Objecting


@pytest.mark.parametrize(("aspect", "state"), ASPECTS)
def test_an_objection_opens_its_aspect_only(aspect, state):
    claim = folded(Claim, (*BORNE, objected(aspect=aspect)), [])

    others = dict.fromkeys(claim.states, "confirmed") | {state: "objected"}
    assert (claim.states, claim.dispute) == (others, "returned")


def test_an_objection_leaves_what_was_accepted_and_who_bears_it():
    claim = folded(Claim, RETURNED, [])

    assert (claim.accepted, claim.shares, claim.bearing["labour"]) == (
        COSTS,
        [(S1, Decimal(1))],
        {S1: 10_000},
    )


def test_an_objection_names_the_doubts_it_comes_from():
    (
        given(Claim, received(doubts=("duplicate",)))
        .when(lambda claim: claim.object(act("engine"), "information", ("duplicate",)))
        .then(Claim.Objected, aspect="information", doubts=("duplicate",))
    )


@each(STAGES | {"ruled": RULED})
def test_a_claim_with_a_dispute_open_or_ruled_is_not_objected_to(history):
    (
        given(Claim, *history)
        .when(lambda claim: claim.object(act(), "cost"))
        .then_refused("already-disputed")
    )


@each(CLOSED)
def test_a_closed_claim_is_not_objected_to(history):
    (
        given(Claim, *history)
        .when(lambda claim: claim.object(act(), "cost"))
        .then_refused("claim-closed")
    )


def test_after_an_agreement_a_claim_may_be_objected_to_again():
    agreed = (*VERIFIED, happened(Claim.ConsultationAccepted))

    outcome = given(Claim, *agreed).when(lambda claim: claim.object(act(), "cost"))

    outcome.then(Claim.Objected, aspect="cost", doubts=())


# Confirming, attributing, amending meanwhile

CHANGES = {
    "information": lambda claim: claim.confirm_information(act()),
    "cost": lambda claim: claim.confirm_cost(act(), {}),
    "responsibility": lambda claim: claim.attribute(act(), [(S1, Decimal(1))], ""),
    "amendment": lambda claim: claim.amend(act(), {"labour": 1}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@each(STAGES)
def test_nothing_is_confirmed_attributed_or_amended_under_a_dispute(history, change):
    given(Claim, *history).when(change).then_refused("claim-disputed", "Z-4.4.2")


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@each(CLOSED)
def test_nothing_is_confirmed_attributed_or_amended_once_closed(history, change):
    given(Claim, *history).when(change).then_refused("claim-closed", "Z-4.4.2")


@pytest.mark.parametrize("change", ["information", "cost", "amendment"])
def test_what_the_group_ruled_is_not_confirmed_or_amended(change):
    (given(Claim, *RULED).when(CHANGES[change]).then_refused("group-has-ruled", "Z-4.4.3d"))


def test_a_dispute_is_told_before_the_note_that_stands_in_the_way():
    (
        given(Claim, *RETURNED)
        .when(lambda claim: claim.attribute(act(), [(S1, Decimal(2))], "N1"))
        .then_refused("claim-disputed", "Z-4.4.2")
    )


def test_responsibility_for_what_the_group_ruled_is_still_to_be_found():
    outcome = given(Claim, *RULED).when(
        lambda claim: claim.attribute(act(), [("service", Decimal(1))], "")
    )

    assert outcome.events[-1].bearing == {
        "labour": {"service": 4_000},
        "material": {"service": 20_001},
    }


# Verifying again


def test_a_line_that_stands_changes_nothing_but_the_dispute():
    (
        given(Claim, *RETURNED)
        .when(lambda claim: claim.verify_again(act("centre"), "stands", None))
        .then(Claim.Verified)
    )


@pytest.mark.parametrize(
    ("aspect", "cost"), [("information", "open"), ("cost", "objected"), ("finding", "open")]
)
def test_corrected_costs_replace_the_claimed_ones_and_nothing_is_accepted(aspect, cost):
    outcome = given(Claim, *BORNE, objected(aspect=aspect)).when(
        lambda claim: claim.verify_again(act("centre"), "corrected", {"labour": 7_000})
    )

    outcome.then_each((Claim.Corrected, {"costs": {"labour": 7_000}}), (Claim.Divided, GONE))
    claim = folded(Claim, (*BORNE, objected(aspect=aspect), *outcome.events), [])
    assert (claim.claimed, claim.states["cost"]) == ({"labour": 7_000}, cost)


def test_a_withdrawn_line_is_borne_by_nobody():
    (
        given(Claim, *RETURNED)
        .when(lambda claim: claim.verify_again(act("centre"), "withdrawn", None))
        .then_each((Claim.Withdrawn, {}), (Claim.Divided, GONE))
    )


@each(CLOSED)
def test_a_closed_claim_has_no_dispute_and_keeps_its_other_states(history):
    claim = folded(Claim, history, [])

    assert (claim.dispute, claim.closed, claim.accepted) == ("none", True, {})
    assert claim.states == {
        "information": "objected",
        "cost": "confirmed",
        "responsibility": "confirmed",
    }


@pytest.mark.parametrize(
    ("result", "costs"), [("stands", {"labour": 1}), ("withdrawn", {}), ("corrected", None)]
)
def test_costs_belong_to_a_correction_and_only_to_it(result, costs):
    (
        given(Claim, *RETURNED)
        .when(lambda claim: claim.verify_again(act("centre"), result, costs))
        .then_refused("costs-only-when-corrected")
    )


def test_costs_are_not_corrected_to_less_than_nothing():
    (
        given(Claim, *RETURNED)
        .when(lambda claim: claim.verify_again(act("centre"), "corrected", {"labour": -1}))
        .then_refused("amount-below-nothing")
    )


# Consulting


@pytest.mark.parametrize(("aspect", "state"), ASPECTS)
def test_an_agreement_ends_the_dispute_and_opens_the_aspect(aspect, state):
    history = (*BORNE, objected(aspect=aspect), verified())

    outcome = given(Claim, *history).when(lambda claim: claim.consult(act(), "accepted"))

    outcome.then(Claim.ConsultationAccepted)
    claim = folded(Claim, (*history, *outcome.events), [])
    assert (claim.dispute, claim.states[state], claim.accepted) == ("none", "open", COSTS)


def test_a_consultation_that_refuses_the_line_closes_it():
    (
        given(Claim, *VERIFIED)
        .when(lambda claim: claim.consult(act(), "refused"))
        .then_each((Claim.ConsultationRefused, {}), (Claim.Divided, GONE))
    )


def test_a_consultation_without_agreement_leaves_the_cost_as_it_is():
    (
        given(Claim, *VERIFIED)
        .when(lambda claim: claim.consult(act(), "unresolved"))
        .then(Claim.ConsultationFailed)
    )


def test_the_unresolved_item_is_referred():
    (given(Claim, *UNRESOLVED).when(lambda claim: claim.refer(act("centre"))).then(Claim.Referred))


# One step after the other

STEPS = {
    "returned": lambda claim: claim.verify_again(act("centre"), "corrected", None),
    "verified": lambda claim: claim.consult(act(), "accepted"),
    "unresolved": lambda claim: claim.refer(act("centre")),
    "referred": rules(actor="engineer", accepted={"travel": 1}, ruled_on=LATER),
    "ruled": lambda claim: claim.correct_ruling(act("boss"), **said(ruled_on=LATER)),
}
HISTORIES = STAGES | CLOSED | {"ruled": RULED, "none": BORNE}


@pytest.mark.parametrize(
    ("step", "stage"),
    [(step, stage) for step in STEPS for stage in HISTORIES if step != stage],
)
def test_no_step_is_left_out_or_taken_twice(step, stage):
    given(Claim, *HISTORIES[stage]).when(STEPS[step]).then_refused("dispute-not-there")


# The group's ruling


@pytest.mark.parametrize(
    ("how", "accepted"),
    [
        ({"ruling": "stands"}, COSTS),
        (
            {"ruling": "reduced", "accepted": {"labour": 4_000}},
            {"labour": 4_000, "material": 20_001},
        ),
        ({"ruling": "reduced", "accepted": {}}, COSTS),
        ({"ruling": "refused"}, {}),
    ],
    ids=["stands in full", "one component reduced", "no component named", "refused"],
)
def test_a_ruling_says_what_is_accepted_for_good(how, accepted):
    outcome = given(Claim, *REFERRED).when(rules(**how))

    assert outcome.events[0].accepted == accepted
    claim = folded(Claim, (*REFERRED, *outcome.events), [])
    assert (claim.dispute, claim.accepted) == ("ruled", accepted)
    assert claim.states["information"] == claim.states["cost"] == "confirmed"


def test_a_ruling_divides_afresh_by_the_shares_in_force():
    (
        given(Claim, *REFERRED)
        .when(rules(ruling="refused"))
        .then_each(
            (Claim.GroupRuled, said("refused", {})),
            (Claim.Divided, GONE),
        )
    )


def test_a_ruling_never_brings_back_what_an_appeal_lowered():
    lowered = {"labour": {S1: 10_000}, "material": {S1: 5_000, "service": 15_001}}
    history = (*BORNE, cost_lowered(), divided(bearing=lowered), *REFERRED[len(BORNE) :])

    outcome = given(Claim, *history).when(rules(ruling="reduced", accepted={"material": 6_000}))

    assert outcome.events[-1].bearing["material"] == {S1: 5_000, "service": 1_000}


def test_a_ruling_on_a_claim_corrected_on_the_way_is_about_the_corrected_costs():
    corrected = (*RETURNED, happened(Claim.Corrected, "centre", costs={"labour": 7_000}))
    history = (*corrected, divided(bearing={}), unresolved(), referred())

    outcome = given(Claim, *history).when(rules())

    assert outcome.events[0].accepted == {"labour": 7_000}


@pytest.mark.parametrize(
    ("aspect", "responsibility"),
    [("information", "confirmed"), ("cost", "confirmed"), ("finding", "open")],
)
def test_after_a_ruling_an_objected_finding_is_to_be_found_anew(aspect, responsibility):
    history = (*BORNE, objected(aspect=aspect), verified(), unresolved(), referred())

    claim = folded(Claim, (*history, group_ruled()), [])

    assert claim.states["responsibility"] == responsibility


def test_who_objected_does_not_record_the_ruling():
    (given(Claim, *REFERRED).when(rules(actor="engineer")).then_refused("objector-records", "ZA33"))


def test_who_objected_an_earlier_time_may_record_the_ruling():
    history = (*VERIFIED, happened(Claim.ConsultationAccepted))
    again = (*history, objected("colleague"), verified(), unresolved(), referred())

    outcome = given(Claim, *again).when(rules(actor="engineer"))

    assert outcome.said is None


def test_a_person_is_told_before_the_day_and_the_amounts():
    (
        given(Claim, *REFERRED)
        .when(rules(actor="engineer", ruling="reduced", accepted=None, ruled_on=LATER))
        .then_refused("objector-records", "ZA33")
    )


@pytest.mark.parametrize("ruled_on", [TUESDAY, WEDNESDAY])
def test_a_ruling_is_of_a_day_from_the_referral_to_today(ruled_on):
    outcome = given(Claim, *REFERRED).when(rules(ruled_on=ruled_on))

    assert outcome.events[0].ruled_on == ruled_on


@pytest.mark.parametrize("ruled_on", [MONDAY, LATER, date(9999, 12, 31)])
def test_a_ruling_is_not_of_another_day(ruled_on):
    (given(Claim, *REFERRED).when(rules(ruled_on=ruled_on)).then_refused("ruling-outside-bounds"))


@pytest.mark.parametrize(
    ("ruling", "accepted"),
    [("stands", {"labour": 1}), ("refused", {}), ("reduced", None)],
)
def test_amounts_belong_to_a_reduction_and_only_to_it(ruling, accepted):
    (
        given(Claim, *REFERRED)
        .when(rules(ruling=ruling, accepted=accepted))
        .then_refused("amounts-only-when-reduced")
    )


@pytest.mark.parametrize("accepted", [{"labour": 10_001}, {"travel": 1}])
def test_a_ruling_accepts_no_more_than_was_claimed(accepted):
    (
        given(Claim, *REFERRED)
        .when(rules(ruling="reduced", accepted=accepted))
        .then_refused("accepted-exceeds-claimed", "Z-4.4.2", "Z-4.4.3d")
    )


def test_a_ruling_accepts_nothing_below_nothing():
    (
        given(Claim, *REFERRED)
        .when(rules(ruling="reduced", accepted={"labour": -1}))
        .then_refused("amount-below-nothing")
    )


# Its correction


def test_a_ruling_entered_wrongly_is_corrected_and_divided_afresh():
    (
        given(Claim, *RULED)
        .when(lambda claim: claim.correct_ruling(act("boss", WEDNESDAY), **said()))
        .then_each(
            (Claim.GroupRulingCorrected, said(accepted=COSTS)),
            (Claim.Divided, {"bearing": {"labour": {S1: 10_000}, "material": {S1: 20_001}}}),
        )
    )


def test_the_correction_of_a_ruling_keeps_a_responsibility_found_since():
    history = (*BORNE, objected(aspect="finding"), verified(), unresolved(), referred())
    corrected = happened(
        Claim.GroupRulingCorrected, "boss", WEDNESDAY, **said("refused", accepted={})
    )

    claim = folded(Claim, (*history, group_ruled(), attributed(), corrected), [])

    assert claim.states["responsibility"] == "confirmed"


@pytest.mark.parametrize("ruled_on", [MONDAY, LATER])
def test_a_correction_is_bound_to_the_same_days(ruled_on):
    (
        given(Claim, *RULED)
        .when(lambda claim: claim.correct_ruling(act("boss", WEDNESDAY), **said(ruled_on=ruled_on)))
        .then_refused("ruling-outside-bounds")
    )
