"""What follows when a wrong day of receipt is corrected?"""

from datetime import date

import pytest

from recourse.aggregates.chargeback import Chargeback
from support.examples import (
    NEXT_MONDAY,
    NEXT_TUESDAY,
    WEDNESDAY,
    act,
    appealed,
    approved,
    confirmed,
    deemed,
    drafted,
    happened,
    issued,
    lapsed,
    late_appeal,
    period,
    receipt,
    void_agreed,
)
from support.scenario import folded, given

ISSUED = (drafted(), approved(), issued())
RECEIVED = (*ISSUED, receipt())
LATE = (*RECEIVED, lapsed(), late_appeal())
THURSDAY = date(2026, 3, 12)
EARLIER, LATER = period(last_day=NEXT_MONDAY), period(last_day=NEXT_TUESDAY)
OPEN = period(last_day=THURSDAY)


def correct(deadline, day=THURSDAY, received_on=WEDNESDAY):
    return lambda note: note.correct_receipt(act("buyer2", day), received_on, deadline=deadline)


def answers(outcome):
    """What was recorded after the correction itself."""
    assert outcome.events[0].deadline and type(outcome.events[0]) is Chargeback.ReceiptCorrected
    return [type(event) for event in outcome.events[1:]]


def test_a_corrected_receipt_has_its_own_last_day():
    (
        given(Chargeback, *RECEIVED)
        .when(correct(LATER, day=WEDNESDAY))
        .then(Chargeback.ReceiptCorrected, received_on=WEDNESDAY, deadline=LATER)
    )


@pytest.mark.parametrize("received_on", [date(2026, 3, 2), date(2026, 3, 13)])
def test_a_correction_has_the_bounds_of_the_receipt(received_on):
    (
        given(Chargeback, *RECEIVED)
        .when(correct(LATER, received_on=received_on))
        .then_refused("receipt-outside-bounds", "ZA2")
    )


def test_what_was_never_recorded_is_not_corrected():
    (
        given(Chargeback, *ISSUED)
        .when(lambda note: note.must_be_correctable(act("buyer2")))
        .then_refused("no-receipt-yet")
    )


def test_nobody_corrects_the_day_that_they_recorded():
    (
        given(Chargeback, *RECEIVED)
        .when(lambda note: note.must_be_correctable(act("buyer")))
        .then_refused("own-receipt-corrected", "ZA33")
    )


AGAIN = happened(
    Chargeback.ReceiptCorrected, "buyer2", WEDNESDAY, received_on=WEDNESDAY, deadline=LATER
)


def test_nobody_corrects_their_own_correction():
    (
        given(Chargeback, *RECEIVED, AGAIN)
        .when(lambda note: note.must_be_correctable(act("buyer2")))
        .then_refused("own-receipt-corrected", "ZA33")
    )


def test_who_recorded_the_receipt_may_correct_the_correction_of_another():
    (
        given(Chargeback, *RECEIVED, AGAIN)
        .when(lambda note: note.must_be_correctable(act("buyer")))
        .then_each()
    )


@pytest.mark.parametrize("ended", [lapsed(), deemed()])
def test_a_window_that_is_open_after_all_is_open_for_an_answer(ended):
    outcome = given(Chargeback, *RECEIVED, ended).when(correct(OPEN))

    assert answers(outcome) == [Chargeback.AppealReopened]


@pytest.mark.parametrize("ended", [lapsed(), deemed()])
def test_a_window_that_becomes_undetermined_is_open(ended):
    outcome = given(Chargeback, *RECEIVED, ended).when(correct(period(last_day=None)))

    assert answers(outcome) == [Chargeback.AppealReopened]


def test_nobody_is_deemed_to_accept_by_our_own_mistake():
    outcome = given(Chargeback, *RECEIVED, deemed()).when(correct(LATER))

    assert answers(outcome) == [Chargeback.AppealLapsed]


def test_a_lapsed_note_stays_lapsed_when_the_window_is_over():
    outcome = given(Chargeback, *RECEIVED, lapsed()).when(correct(LATER))

    assert answers(outcome) == []


def test_an_unanswered_note_lapses_when_by_the_correction_its_last_day_is_past():
    outcome = given(Chargeback, *ISSUED, receipt(deadline=OPEN)).when(correct(EARLIER))

    assert answers(outcome) == [Chargeback.AppealLapsed]


def test_a_late_appeal_that_was_in_time_after_all_counts_and_is_no_longer_late():
    outcome = given(Chargeback, *LATE).when(correct(LATER))

    note = folded(Chargeback, (*LATE, *outcome.events), [])
    assert answers(outcome) == [Chargeback.AppealRejudged]
    assert (note.answer, note.late_appeal) == ("appealed", False)


def test_a_late_appeal_that_stays_late_goes_on_waiting():
    outcome = given(Chargeback, *LATE).when(correct(EARLIER))

    assert answers(outcome) == []
    assert folded(Chargeback, (*LATE, *outcome.events), []).late_appeal_waits


@pytest.mark.parametrize(
    "answered",
    [
        (appealed(),),
        (confirmed(),),
        (lapsed(), late_appeal(), happened(Chargeback.LateAppealAdmitted, "boss", NEXT_TUESDAY)),
    ],
    ids=["appealed", "confirmed", "admitted"],
)
def test_any_other_answer_stays(answered):
    before = folded(Chargeback, (*RECEIVED, *answered), [])

    outcome = given(Chargeback, *RECEIVED, *answered).when(correct(LATER))

    after = folded(Chargeback, (*RECEIVED, *answered, *outcome.events), [])
    assert answers(outcome) == []
    assert (after.answer, after.late_appeal) == (before.answer, before.late_appeal)


def test_an_agreement_to_void_is_not_one_to_what_the_correction_leaves():
    history = (*RECEIVED, deemed(), void_agreed())

    outcome = given(Chargeback, *history).when(correct(LATER))

    assert folded(Chargeback, (*history, *outcome.events), []).void_agreed_by == ""
