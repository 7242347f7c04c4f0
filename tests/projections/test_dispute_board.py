"""What does the board of claims show of a dispute with the centre?"""

import json

import pytest

from recourse.aggregates.claim import Claim
from recourse.projections.claims import CLAIMS
from support.examples import (
    S1,
    TUESDAY,
    WEDNESDAY,
    attributed,
    cost_confirmed,
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
from support.reading import figures, of, rows, taken_in

CONFIRMED = (received(), information_confirmed(), cost_confirmed(), attributed(), divided())
RETURNED = (*CONFIRMED, objected("engineer", TUESDAY))
REFERRED = (*RETURNED, verified(), unresolved(), referred())
STATES = ("information", "cost", "responsibility")
DISPUTE = ("dispute", "dispute_since")


def claim(*events):
    return taken_in(*of("claim:C1", *events))


@pytest.mark.parametrize(
    ("aspect", "states"),
    [
        ("information", ("objected", "confirmed", "confirmed")),
        ("cost", ("confirmed", "objected", "confirmed")),
        ("finding", ("confirmed", "confirmed", "objected")),
    ],
)
def test_an_objection_shows_in_its_aspect_and_the_amount_stays(aspect, states):
    models = claim(*CONFIRMED, objected(aspect=aspect))

    assert rows(models, CLAIMS, *STATES, "accepted") == [(*states, 30_001)]


@pytest.mark.parametrize(
    ("events", "shown"),
    [
        ((), ("none", "")),
        ((objected("engineer", TUESDAY),), ("returned", "2026-03-03")),
        ((objected(), verified(TUESDAY)), ("verified", "2026-03-03")),
        (
            (objected(), happened(Claim.Corrected, "centre", TUESDAY, costs={})),
            ("verified", "2026-03-03"),
        ),
        ((objected(), verified(), unresolved("engineer", TUESDAY)), ("unresolved", "2026-03-03")),
        ((objected(), verified(), unresolved(), referred()), ("referred", "2026-03-03")),
        (
            (objected(), verified(), unresolved(), referred(), group_ruled()),
            ("ruled", "2026-03-04"),
        ),
        (
            (
                *(objected(), verified()),
                happened(Claim.ConsultationAccepted, "engineer", WEDNESDAY),
            ),
            ("none", "2026-03-04"),
        ),
        ((objected(), happened(Claim.Withdrawn, "centre", WEDNESDAY)), ("none", "2026-03-04")),
    ],
    ids=[
        *("undisputed", "returned", "verified", "corrected", "unresolved"),
        *("referred", "ruled", "agreed", "withdrawn"),
    ],
)
def test_each_step_of_a_dispute_shows_since_when(events, shown):
    assert rows(claim(*CONFIRMED, *events), CLAIMS, *DISPUTE) == [shown]


@pytest.mark.parametrize(("aspect", "cost"), [("information", "open"), ("cost", "objected")])
def test_corrected_costs_show_and_nothing_is_accepted_meanwhile(aspect, cost):
    corrected = happened(Claim.Corrected, costs={"labour": 5})

    models = claim(*CONFIRMED, objected(aspect=aspect), corrected)

    assert rows(models, CLAIMS, "claimed", "accepted", "cost") == [(5, 0, cost)]


@pytest.mark.parametrize("aspect", ["information", "cost", "finding"])
def test_an_agreement_opens_the_aspect_again(aspect):
    agreed = happened(Claim.ConsultationAccepted)

    models = claim(*CONFIRMED, objected(aspect=aspect), verified(), agreed)

    (states,) = rows(models, CLAIMS, *STATES)
    assert sorted(states) == ["confirmed", "confirmed", "open"]


@pytest.mark.parametrize(
    "end",
    [(happened(Claim.Withdrawn),), (verified(), happened(Claim.ConsultationRefused))],
    ids=["withdrawn", "refused"],
)
def test_a_closed_claim_shows_that_nothing_is_accepted_and_its_other_states(end):
    models = claim(*RETURNED, *end)

    assert rows(models, CLAIMS, "closed", "accepted", "claimed", *STATES) == [
        (1, 0, 30_001, "objected", "confirmed", "confirmed")
    ]


def test_a_claim_that_is_not_closed_shows_so():
    assert rows(claim(*REFERRED, group_ruled()), CLAIMS, "closed") == [0]


@pytest.mark.parametrize(("aspect", "found"), [("information", "confirmed"), ("finding", "open")])
def test_a_ruling_shows_what_is_accepted_for_good(aspect, found):
    events = (*CONFIRMED, objected(aspect=aspect), verified(), unresolved(), referred())

    models = claim(*events, group_ruled())

    assert rows(models, CLAIMS, *STATES, "accepted") == [("confirmed", "confirmed", found, 24_001)]


def test_a_corrected_ruling_shows_in_place_of_the_wrong_one():
    right = happened(
        Claim.GroupRulingCorrected,
        "boss",
        WEDNESDAY,
        ruling="refused",
        accepted={},
        reference="G-17",
        ruled_on=WEDNESDAY,
    )

    models = claim(*REFERRED, group_ruled(), right)

    assert rows(models, CLAIMS, "accepted", "dispute", "cost") == [(0, "ruled", "confirmed")]


@pytest.mark.parametrize(
    ("events", "gates"),
    [
        (RETURNED, ["information", "upstream_dispute"]),
        (REFERRED, ["information", "upstream_dispute"]),
        ((*REFERRED, group_ruled()), []),
        ((*RETURNED, verified(), happened(Claim.ConsultationAccepted)), ["information"]),
    ],
    ids=["returned", "referred", "ruled", "agreed"],
)
def test_an_open_dispute_is_a_gate_that_is_missing(events, gates):
    nothing_replaced = received(quantity=0)

    shown = figures(claim(nothing_replaced, *events[1:]), "claim", "C1")

    assert shown["gates_missing"] == gates


def test_doubts_and_what_was_left_unchecked_show():
    arrived = received(doubts=("duplicate", "outside_terms"), unchecked=("mileage_backwards",))

    models = claim(arrived)

    ((doubts, unchecked),) = rows(models, CLAIMS, "doubts", "unchecked")
    assert json.loads(doubts) == ["duplicate", "outside_terms"]
    assert json.loads(unchecked) == ["mileage_backwards"]
    shown = figures(models, "claim", "C1")
    assert (shown["doubts"], shown["unchecked"]) == (
        ["duplicate", "outside_terms"],
        ["mileage_backwards"],
    )


def test_who_bears_it_is_shown_as_it_was_divided_after_the_ruling():
    after = divided(bearing={"labour": {S1: 4_000}, "material": {"service": 20_001}})

    shown = figures(claim(*REFERRED, group_ruled(), after), "claim", "C1")

    assert shown["bearers"] == {S1: "40.00", "service": "200.01"}
