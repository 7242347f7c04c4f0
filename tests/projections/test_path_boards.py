"""What do the boards of field claims, legal cases and zero-km jobs show after each event?"""

import pytest

from recourse.projections.field_claims import FIELD_CLAIMS, field_claims
from recourse.projections.legal_cases import legal_cases
from recourse.projections.zero_km_jobs import ZERO_KM_JOBS, zero_km_jobs
from support.examples import (
    attributed,
    case_closed,
    case_opened,
    cost_confirmed,
    department_joined,
    disputed,
    divided,
    field_claim_linked,
    handling_approved,
    information_confirmed,
    job_cancelled,
    job_finished,
    job_opened,
    more_linked,
    proposed,
    received,
    ruled,
    spares,
    spares_issued,
    spares_requested,
)
from support.reading import figures, of, rows, taken_in

APPROVED = (proposed(), handling_approved())
DISPUTED = (*APPROVED, disputed())
REQUESTED = (job_opened(), spares_requested())
SUPPLIED = (*REQUESTED, spares_issued(spares=spares(P1=2, P2=1)))


def listed(look, stream, *events):
    """The one row of a listing, after these events."""
    with taken_in(*of(stream, *events)).reading() as connection:
        (row,) = look(connection)
    return row


# Field claims


@pytest.mark.parametrize(
    ("events", "shown"),
    [
        (APPROVED[:1], ("proposed", "service_centre", "2026-03-02")),
        (APPROVED, ("approved", None, "2026-03-03")),
        (DISPUTED, ("disputed", "group_quality", "2026-03-04")),
        ((*DISPUTED, ruled()), ("ruled", None, "2026-03-09")),
    ],
    ids=["proposed", "approved", "disputed", "ruled"],
)
def test_a_field_claim_shows_for_whom_it_waits_and_since_when(events, shown):
    row = listed(field_claims, "field_claim:FC1", *events)

    assert (row["state"], row["waits_for"], row["since"]) == shown


def test_a_ruled_field_claim_still_shows_who_was_at_odds_and_the_day_of_each_state():
    models = taken_in(*of("field_claim:FC1", *DISPUTED, field_claim_linked(), ruled()))

    shown = ("claim", "opinion", "party", "against", "ruling")
    assert rows(models, FIELD_CLAIMS, *shown) == [
        ("C1", "claim_justified", "company", "centre", "claim_refused")
    ]
    days = ("found_on", "proposed_on", "approved_on", "disputed_on", "ruled_on")
    assert rows(models, FIELD_CLAIMS, *days) == [
        ("2026-03-02", "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-09")
    ]


CLAIM = (received(quantity=0), information_confirmed(), cost_confirmed(), attributed(), divided())


@pytest.mark.parametrize(
    ("events", "missing"),
    [
        ((*APPROVED, field_claim_linked()), []),
        (DISPUTED, []),
        ((*DISPUTED, field_claim_linked()), ["upstream_dispute"]),
        ((*APPROVED, field_claim_linked(), disputed()), ["upstream_dispute"]),
        ((*DISPUTED, field_claim_linked(claim="C2")), []),
        ((*DISPUTED, field_claim_linked(), ruled()), []),
    ],
    ids=["no dispute", "no claim", "linked later", "linked before", "another claim", "ruled"],
)
def test_a_claim_misses_the_gate_while_its_field_claim_is_in_dispute(events, missing):
    models = taken_in(*of("claim:C1", *CLAIM), *of("field_claim:FC1", *events))

    shown = figures(models, "claim", "C1")

    assert (shown["gates_missing"], shown["dispute"]) == (missing, "none")


# Legal cases


def test_a_case_shows_what_it_is_about_and_who_leads():
    case = listed(legal_cases, "legal_case:LC1", case_opened())

    assert case == {
        "legal_case": "LC1",
        "supplier": "S1",
        "triggers": ["injury"],
        "joining": ["综合管理部", "财务部"],
        "claims": ["C1"],
        "notes": ["N1"],
        "state": "pursued",
        "outcome": "",
        "reference": "",
        "opened_on": "2026-03-03",
        "closed_on": "",
        "waits_for": "quality_manager",
        "since": "2026-03-03",
    }


def test_who_joins_and_what_is_linked_later_comes_on_top():
    more = (department_joined(), more_linked(notes=("N2",)))

    case = listed(legal_cases, "legal_case:LC1", case_opened(), *more)

    assert case["joining"] == ["综合管理部", "财务部", "法务"]
    assert (case["claims"], case["notes"]) == (["C1", "C2"], ["N1", "N2"])


def test_a_case_that_ended_waits_for_nobody():
    case = listed(legal_cases, "legal_case:LC1", case_opened(), case_closed())

    shown = ("state", "outcome", "reference", "closed_on", "waits_for", "since")
    assert [case[name] for name in shown] == [
        *("ended", "settled", "HJ-1", "2026-03-09", None, "2026-03-09")
    ]


# Zero-km jobs


@pytest.mark.parametrize(
    ("events", "shown"),
    [
        (REQUESTED[:1], ("opened", "quality_engineer", "2026-03-02")),
        (REQUESTED, ("requested", "manufacturing", "2026-03-02")),
        ((*REQUESTED, spares_issued()), ("requested", "manufacturing", "2026-03-02")),
        (SUPPLIED, ("supplied", "quality_engineer", "2026-03-03")),
        ((*SUPPLIED, spares_requested()), ("requested", "manufacturing", "2026-03-02")),
        ((*SUPPLIED, job_finished()), ("finished", None, "2026-03-04")),
        ((*REQUESTED, job_cancelled()), ("cancelled", None, "2026-03-04")),
    ],
    ids=["opened", "requested", "in part", "supplied", "again", "finished", "cancelled"],
)
def test_a_job_shows_for_whom_it_waits_and_since_when(events, shown):
    row = listed(zero_km_jobs, "zero_km_job:J1", *events)

    assert (row["state"], row["waits_for"], row["since"]) == shown


def test_pieces_are_counted_over_all_parts():
    again = spares_requested(spares=spares(P3=4))
    models = taken_in(*of("zero_km_job:J1", *REQUESTED, spares_issued(), again))

    assert rows(models, ZERO_KM_JOBS, "requested", "issued") == [(7, 1)]


def test_a_finished_job_shows_its_cost_and_the_number_of_its_claim():
    job = listed(zero_km_jobs, "zero_km_job:J1", *REQUESTED, job_finished(claim="C7"))

    shown = ("outcome", "quantity", "cost", "claim", "served_on")
    assert [job[name] for name in shown] == ["replaced", 1, "300.01", "C7", "2026-03-03"]


def test_a_job_that_cost_nothing_has_no_claim():
    nothing = job_finished(outcome="not_found", quantity=0, costs={"labour": 0})

    job = listed(zero_km_jobs, "zero_km_job:J1", job_opened(), nothing)

    assert (job["cost"], job["claim"]) == ("0.00", "")


def test_where_the_fault_showed_is_shown_if_it_was_said():
    said = job_opened(plant="A", fault="F01")

    of_both = [listed(zero_km_jobs, "zero_km_job:J1", event) for event in (said, job_opened())]

    assert [(job["plant"], job["fault"]) for job in of_both] == [("A", "F01"), ("", "")]
