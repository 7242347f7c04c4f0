"""What becomes of the cost of the Company's own visit to a plant?"""

from datetime import timedelta

import pytest

from support.engine import fresh
from support.story import PATHS_BEGIN, REPORT, do, paths, play

VISIT = ("open_zero_km_job", "finish_zero_km_job")


@pytest.fixture
def site():
    return play(fresh(), until="receive_claim")


def visited(site, **finished):
    """J1 is opened and finished, with other fields than in the story."""
    return paths(site, only=VISIT, finish_zero_km_job=finished)


def claims(site):
    return [fact.stream for fact in facts(site) if fact.event.TOPIC == "claim.received"]


def facts(site):
    return [fact for batch in site.engine.batches() for fact in batch]


def test_the_cost_of_a_finished_job_is_received_as_a_zero_km_claim(site):
    visited(site)

    (received,) = [fact.event for fact in site.engine.stream("claim:J1")]
    assert (received.stage, received.unit, received.part) == ("zero_km", "U2", "P1")
    assert (received.repaired_on, received.quantity) == (PATHS_BEGIN, 2)
    assert received.costs == {"labour": 12_000, "travel": 1}
    assert received.source == {"zero_km_job": "J1"}


def test_the_claim_is_caused_by_the_visit_and_has_its_day(site):
    visited(site)

    received, finished = (site.engine.stream(name)[-1] for name in ("claim:J1", "zero_km_job:J1"))
    assert (received.event.actor, received.event.caused_by) == ("engine", finished.id)
    assert received.event.effective_on == finished.event.effective_on


def test_where_the_fault_showed_goes_into_the_claim(site):
    where = {"plant": "A", "fault": "F01"}
    do(site, PATHS_BEGIN, "engineer", "open_zero_km_job", job="J1", **REPORT, **where)

    paths(site, only=("finish_zero_km_job",))

    received = site.engine.stream("claim:J1")[0].event
    assert {"plant": received.plant, "fault": received.fault} == where


def test_the_claim_has_the_number_that_was_given_for_it(site):
    visited(site, claim="C2")

    assert claims(site) == ["claim:C1", "claim:C2"]


def test_a_visit_without_cost_is_no_claim_and_waits_for_nobody(site):
    visited(site, costs={"labour": "0.00"})

    assert claims(site) == ["claim:C1"]
    assert site.figures("referrals", None, PATHS_BEGIN)["open"] == 0


def test_a_number_that_is_taken_leaves_the_claim_as_it_is_and_the_job_to_a_person(site):
    before = site.figures("claim", "C1", PATHS_BEGIN)

    visited(site, claim="C1")

    assert site.figures("claim", "C1", PATHS_BEGIN) == before
    assert site.figures("referrals", None, PATHS_BEGIN) == {"open": 1, "about": ["J1"]}


def test_days_and_runs_later_the_cost_is_received_once(site):
    visited(site)

    site.begin(PATHS_BEGIN + timedelta(days=3))

    assert claims(site) == ["claim:C1", "claim:J1"]
