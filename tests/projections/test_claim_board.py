"""What do the boards of claims and returned parts show after each event?"""

import pytest

from recourse.aggregates.claim import Claim
from recourse.projections.claims import BEARERS, BEARING, CLAIMS, PARTS
from support.examples import (
    S1,
    S2,
    WEDNESDAY,
    answered,
    attributed,
    confirmed_online,
    cost_confirmed,
    counted,
    disposal_lowered,
    disposed,
    divided,
    happened,
    information_confirmed,
    inspected,
    part_cleared,
    part_lapsed,
    part_notified,
    part_received,
    part_reopened,
    received,
)
from support.reading import figures, of, rows, taken_in

CONFIRMED = (received(), information_confirmed(), cost_confirmed(), attributed(), divided())
STATES = ("information", "cost", "responsibility")


def claim(*events):
    return taken_in(*of("claim:C1", *events))


def part(*events):
    return taken_in(*of("returned_part:T1", part_received(), *events))


def test_a_received_claim_is_open_and_nothing_of_it_is_accepted():
    models = claim(received())

    shown = ("claim", *STATES, "dispute", "valid", "claimed", "accepted", "month")
    assert rows(models, CLAIMS, *shown) == [
        ("C1", "open", "open", "open", "none", 1, 30_001, 0, "2026-03")
    ]


def test_the_month_of_a_claim_is_that_of_its_effective_day():
    late = received().model_copy(update={"effective_on": WEDNESDAY.replace(month=2)})

    assert rows(claim(late), CLAIMS, "received_on", "month") == [("2026-02-04", "2026-02")]


@pytest.mark.parametrize(
    ("event", "states"),
    [
        (information_confirmed(), ("confirmed", "open", "open")),
        (cost_confirmed(), ("open", "confirmed", "open")),
        (attributed(), ("open", "open", "confirmed")),
    ],
)
def test_each_confirmation_shows(event, states):
    assert rows(claim(received(), event), CLAIMS, *STATES) == [states]


def test_an_amended_claim_is_accepted_for_nothing_until_its_cost_is_confirmed_anew():
    models = claim(*CONFIRMED, happened(Claim.Amended, costs={"labour": 5}))

    assert rows(models, CLAIMS, "claimed", "accepted", "cost") == [(5, 0, "open")]


def test_every_bearer_has_a_row_for_each_component():
    models = claim(*CONFIRMED)

    assert rows(models, BEARERS, "component", "bearer", "amount") == [
        ("labour", S1, 10_000),
        ("material", S1, 20_001),
    ]


def test_who_bears_nothing_any_more_has_no_row():
    models = claim(*CONFIRMED, divided(bearing={"labour": {S1: 4_000, S2: 6_000}}))

    assert rows(models, BEARERS, "component", "bearer", "amount") == [
        ("labour", S1, 4_000),
        ("labour", S2, 6_000),
    ]


def test_a_claim_that_nobody_bears_has_no_bearers():
    models = claim(*CONFIRMED, divided(bearing={}))

    assert (rows(models, BEARERS, "bearer"), rows(models, BEARING, "bearing")) == ([], ["{}"])


def test_the_figures_of_a_claim_are_those_of_the_cases():
    assert figures(claim(*CONFIRMED), "claim", "C1") == {
        "information": "confirmed",
        "cost": "confirmed",
        "responsibility": "confirmed",
        "dispute": "none",
        "claimed": "300.01",
        "accepted": "300.01",
        "bearers": {S1: "300.01"},
        "valid": True,
        "doubts": [],
        "unchecked": [],
        "gates_missing": ["counted", "inspected", "supplier_answer"],
    }


def test_a_waived_gate_is_not_missing():
    waived = (happened(Claim.GateWaived, gate=gate) for gate in ("counted", "inspected"))

    shown = figures(claim(*CONFIRMED, *waived), "claim", "C1")

    assert shown["gates_missing"] == ["supplier_answer"]


@pytest.mark.parametrize(
    ("events", "valid"),
    [
        ((happened(Claim.NotReturned),), False),
        ((happened(Claim.NotReturned), happened(Claim.NotReturnedWithdrawn)), True),
    ],
)
def test_an_invalid_service_shows_until_it_is_withdrawn(events, valid):
    shown = figures(claim(received(), *events), "claim", "C1")

    assert (shown["valid"], "returned" not in shown["gates_missing"]) == (valid, valid)


def test_the_gates_of_a_claim_look_at_its_own_parts_only():
    other = of("returned_part:T2", part_received(claim="C2"), inspected(finding="misuse"))
    own = of("returned_part:T1", part_received(), counted(), inspected(), answered())

    models = taken_in(*of("claim:C1", *CONFIRMED), *own, *other)

    assert figures(models, "claim", "C1")["gates_missing"] == []


@pytest.mark.parametrize(
    ("events", "shown"),
    [
        ((), (["received"], 0, None)),
        ((counted(counted=2),), (["received", "counted"], 0, None)),
        ((counted(counted=0),), (["received", "counted"], 2, None)),
        ((counted(counted=3),), (["received", "counted"], -1, None)),
        ((counted(counted=1), counted(counted=2)), (["received", "counted"], 0, None)),
        ((inspected(finding="misuse"),), (["received", "inspected"], 0, "misuse")),
        ((answered(answer="refused"),), (["received", "confirmed"], 0, None)),
        ((counted(), confirmed_online()), (["received", "counted", "online"], 0, None)),
    ],
)
def test_a_part_shows_its_facts_what_is_missing_and_the_finding(events, shown):
    facts, missing, finding = shown

    assert figures(part(*events), "part", "T1") == {
        "facts": facts,
        "missing": missing,
        "finding": finding,
        "place": "store",
    }


@pytest.mark.parametrize(
    ("events", "place"),
    [
        ((part_notified(),), "notified"),
        ((part_notified(), part_cleared()), "cleared"),
        ((part_notified(), part_lapsed()), "overdue"),
        ((part_notified(), part_lapsed(), part_reopened()), "notified"),
        ((part_notified(), part_lapsed(), disposed()), "disposed"),
        ((disposed(notice=None), disposal_lowered()), "disposed"),
    ],
)
def test_a_part_shows_where_it_is(events, place):
    assert figures(part(*events), "part", "T1")["place"] == place


def test_both_numbers_of_a_count_are_kept():
    models = part(counted(counted=1))

    assert rows(models, PARTS, "listed", "counted", "missing") == [(2, 1, 1)]


def test_the_bearers_of_a_month_sum_to_what_was_accepted():
    of_march = of("claim:C1", *CONFIRMED)
    april = received().model_copy(update={"effective_on": WEDNESDAY.replace(month=4)})
    of_april = of(
        "claim:C2",
        april,
        cost_confirmed(accepted={"labour": 7}),
        divided(bearing={"labour": {"service": 7}}),
    )

    models = taken_in(*of_march, *of_april)

    assert figures(models, "bearers", "2026-03") == {"totals": {S1: "300.01"}, "accepted": "300.01"}
    assert figures(models, "bearers", "2026-04") == {
        "totals": {"service": "0.07"},
        "accepted": "0.07",
    }


def test_in_a_month_without_claims_nobody_bears_anything():
    assert figures(claim(), "bearers", "2026-03") == {"totals": {}, "accepted": "0.00"}


@pytest.mark.parametrize("kind", ["claim", "part", "notice", "chargeback"])
def test_what_nobody_recorded_has_no_figures(kind):
    with pytest.raises(LookupError, match=f"there is no {kind} X9"):
        figures(claim(received()), kind, "X9")
