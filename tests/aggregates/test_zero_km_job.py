"""What is recorded of the Company's own visit to a plant, and what is refused?"""

import pytest

from recourse.aggregates.zero_km_job import ZeroKmJob
from support.examples import (
    MONDAY,
    REPORT,
    SERVED,
    TUESDAY,
    WEDNESDAY,
    act,
    job_cancelled,
    job_finished,
    job_opened,
    spares,
    spares_issued,
    spares_requested,
)
from support.scenario import folded, given

OPEN = (job_opened(),)
REQUESTED = (*OPEN, spares_requested())


# The report


def test_a_job_begins_with_a_report():
    (
        given(ZeroKmJob)
        .when(lambda job: job.open(act(), **REPORT, plant="A", fault="F01"))
        .then(ZeroKmJob.Opened, **REPORT, plant="A", fault="F01")
    )


def test_a_job_is_opened_once():
    (
        given(ZeroKmJob, *OPEN)
        .when(lambda job: job.open(act(), **REPORT))
        .then_refused("job-already-opened")
    )


def test_no_fault_is_reported_on_a_day_that_has_not_come():
    (
        given(ZeroKmJob)
        .when(lambda job: job.open(act(), **REPORT | {"reported_on": TUESDAY}))
        .then_refused("day-not-yet-come")
    )


# Spares


def test_spares_are_requested_again_on_top():
    (
        given(ZeroKmJob, *REQUESTED)
        .when(lambda job: job.request_spares(act(), {"P1": 3}))
        .then(ZeroKmJob.SparesRequested, spares=spares(P1=3))
    )


@pytest.mark.parametrize("name", ["request_spares", "issue_spares"])
@pytest.mark.parametrize("quantity", [0, -1])
def test_there_is_at_least_one_piece(name, quantity):
    (
        given(ZeroKmJob, *REQUESTED)
        .when(lambda job: getattr(job, name)(act(day=TUESDAY), {"P2": 1, "P1": quantity}))
        .then_refused("spares-not-above-nothing")
    )


@pytest.mark.parametrize(
    ("history", "wanted"),
    [
        (REQUESTED, {"P1": 2, "P2": 1}),
        ((*REQUESTED, spares_issued()), {"P1": 1}),
        ((*REQUESTED, spares_issued(), spares_requested()), {"P1": 3}),
    ],
)
def test_what_was_requested_is_issued_once_or_in_parts(history, wanted):
    (
        given(ZeroKmJob, *history)
        .when(lambda job: job.issue_spares(act("shop", TUESDAY), wanted))
        .then(ZeroKmJob.SparesIssued, spares=spares(**wanted))
    )


@pytest.mark.parametrize(
    ("history", "wanted"),
    [
        (OPEN, {"P1": 1}),
        (REQUESTED, {"P1": 3}),
        (REQUESTED, {"P1": 1, "P3": 1}),
        ((*REQUESTED, spares_issued()), {"P1": 2}),
    ],
)
def test_no_more_is_issued_than_was_requested_of_that_part(history, wanted):
    (
        given(ZeroKmJob, *history)
        .when(lambda job: job.issue_spares(act("shop", TUESDAY), wanted))
        .then_refused("spares-not-requested")
    )


@pytest.mark.parametrize(
    ("history", "state"),
    [
        (OPEN, "opened"),
        (REQUESTED, "requested"),
        ((*REQUESTED, spares_issued()), "requested"),
        ((*REQUESTED, spares_issued(spares=spares(P2=1, P1=2))), "supplied"),
        ((*REQUESTED, job_finished()), "finished"),
        ((*REQUESTED, job_cancelled()), "cancelled"),
    ],
)
def test_its_state_says_what_it_waits_for(history, state):
    assert folded(ZeroKmJob, history, []).state == state


# The visit


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"served_on": MONDAY},
        {"served_on": WEDNESDAY},
        {"outcome": "repaired", "quantity": 0},
        {"outcome": "not_found", "quantity": 0, "costs": {}},
        {"costs": {"travel": 0}},
    ],
)
def test_a_visit_is_recorded_with_outcome_parts_and_cost(other):
    served = SERVED | other
    (
        given(ZeroKmJob, *OPEN)
        .when(lambda job: job.finish(act(day=WEDNESDAY), **served))
        .then(ZeroKmJob.Finished, **served)
    )


def test_a_job_is_finished_although_spares_are_outstanding():
    (
        given(ZeroKmJob, *REQUESTED)
        .when(lambda job: job.finish(act(day=WEDNESDAY), **SERVED))
        .then(ZeroKmJob.Finished, **SERVED)
    )


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"served_on": MONDAY.replace(day=1)}, "served-outside-bounds"),
        ({"served_on": WEDNESDAY.replace(day=5)}, "served-outside-bounds"),
        ({"quantity": 0}, "replaced-parts-differ"),
        ({"quantity": -1, "outcome": "repaired"}, "replaced-parts-differ"),
        ({"quantity": 1, "outcome": "not_found"}, "replaced-parts-differ"),
        ({"costs": {"labour": 5, "travel": -1}}, "amount-below-nothing"),
    ],
)
def test_a_visit_that_cannot_have_been_is_refused(other, code):
    (
        given(ZeroKmJob, *OPEN)
        .when(lambda job: job.finish(act(day=WEDNESDAY), **SERVED | other))
        .then_refused(code)
    )


def test_a_visit_lies_on_or_before_the_effective_day():
    (
        given(ZeroKmJob, *OPEN)
        .when(lambda job: job.finish(act(day=WEDNESDAY, on=MONDAY), **SERVED))
        .then_refused("served-outside-bounds")
    )


# The end


def test_a_job_is_cancelled_before_the_visit():
    (
        given(ZeroKmJob, *REQUESTED)
        .when(lambda job: job.cancel(act(day=TUESDAY)))
        .then(ZeroKmJob.Cancelled)
    )


ASKED = {
    "request": lambda job: job.request_spares(act(day=WEDNESDAY), {"P1": 1}),
    "issue": lambda job: job.issue_spares(act("shop", WEDNESDAY), {"P1": 1}),
    "finish": lambda job: job.finish(act(day=WEDNESDAY), **SERVED),
    "cancel": lambda job: job.cancel(act(day=WEDNESDAY)),
}


@pytest.mark.parametrize("last", [job_finished(), job_cancelled()], ids=["finished", "cancelled"])
@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_nothing_follows_the_end_of_a_job(last, asked):
    given(ZeroKmJob, *REQUESTED, last).when(asked).then_refused("job-already-over")


@pytest.mark.parametrize("name", ["request", "issue", "cancel"])
def test_nothing_of_a_job_is_effective_before_it_was_opened(name):
    opened_later = job_opened().model_copy(update={"effective_on": WEDNESDAY.replace(day=5)})
    (
        given(ZeroKmJob, opened_later, spares_requested())
        .when(ASKED[name])
        .then_refused("before-its-cause")
    )
