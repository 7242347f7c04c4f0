"""Is what waits for a person raised and closed once?"""

from recourse.aggregates.referral import Referral
from support.examples import act, happened
from support.scenario import given

ASKED = {"about": "N1", "code": "charges-more-than-borne", "asked": "review_note"}
RAISED = happened(Referral.Raised, "engine", **ASKED)
CLOSED = happened(Referral.Closed, "engine")


def test_what_a_policy_cannot_settle_is_put_before_a_person():
    given(Referral).when(lambda it: it.raise_(act(), **ASKED)).then(Referral.Raised, **ASKED)


def test_what_already_waits_is_not_raised_again():
    given(Referral, RAISED).when(lambda it: it.raise_(act(), **ASKED)).then_each()


def test_what_was_settled_can_be_raised_again():
    (
        given(Referral, RAISED, CLOSED)
        .when(lambda it: it.raise_(act(), **ASKED))
        .then(Referral.Raised, **ASKED)
    )


def test_an_open_referral_is_closed():
    given(Referral, RAISED).when(lambda it: it.close(act())).then(Referral.Closed)


def test_what_does_not_wait_is_not_closed():
    given(Referral).when(lambda it: it.close(act())).then_each()


def test_a_referral_that_is_closed_already_is_not_to_be_closed():
    given(Referral, RAISED, CLOSED).when(lambda it: it.must_be_open()).then_refused(
        "referral-already-closed"
    )
