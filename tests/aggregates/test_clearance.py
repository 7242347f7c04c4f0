"""Which facts of a clearance notice are recorded, and which are refused?"""

from datetime import date

import pytest

from recourse.aggregates.clearance import Clearance
from support.examples import (
    MONDAY,
    NEXT_MONDAY,
    NEXT_TUESDAY,
    TUESDAY,
    WEDNESDAY,
    act,
    notice_corrected,
    notice_lapsed,
    notice_receipt,
    notice_reopened,
    notified,
    period,
)
from support.scenario import folded, given

RECEIVED = (notified(), notice_receipt())
LAPSED = (*RECEIVED, notice_lapsed())


def test_a_notice_names_its_supplier_and_its_parts():
    (
        given(Clearance)
        .when(lambda it: it.notify(act("buyer"), supplier="S1", tags=["T1", "T2"]))
        .then(Clearance.Notified, supplier="S1", tags=("T1", "T2"))
    )


def test_a_notice_is_given_once():
    (
        given(Clearance, notified())
        .when(lambda it: it.notify(act("buyer"), supplier="S1", tags=["T3"]))
        .then_refused("notice-already-known")
    )


def test_a_notice_without_a_part_is_not_given():
    (
        given(Clearance)
        .when(lambda it: it.notify(act("buyer"), supplier="S1", tags=[]))
        .then_refused("no-parts-named")
    )


@pytest.mark.parametrize(
    ("tags", "code"),
    [(["T1", "T9"], "part-not-on-notice"), ([], "no-parts-named")],
)
def test_only_parts_of_the_notice_are_cleared_and_one_at_least(tags, code):
    given(Clearance, notified()).when(lambda it: it.must_name(tags)).then_refused(code)


@pytest.mark.parametrize("received_on", [MONDAY, TUESDAY, WEDNESDAY])
def test_a_receipt_is_of_a_day_from_the_notice_to_today(received_on):
    (
        given(Clearance, notified())
        .when(
            lambda it: it.record_receipt(
                act("buyer", WEDNESDAY), received_on, proof="mail", deadline=period()
            )
        )
        .then(Clearance.ReceiptRecorded, received_on=received_on, proof="mail", deadline=period())
    )


@pytest.mark.parametrize("received_on", [date(2026, 3, 1), NEXT_MONDAY])
def test_no_receipt_is_before_the_notice_or_after_today(received_on):
    (
        given(Clearance, notified())
        .when(
            lambda it: it.record_receipt(
                act("buyer", WEDNESDAY), received_on, proof="mail", deadline=period()
            )
        )
        .then_refused("notice-receipt-outside-bounds", "ZA2")
    )


def test_a_receipt_is_recorded_once():
    (
        given(Clearance, *RECEIVED)
        .when(lambda it: it.must_be_receivable())
        .then_refused("notice-receipt-already-recorded")
    )


def test_a_receipt_takes_the_key_of_its_last_day():
    journal = []
    it = folded(Clearance, (notified(),), journal)

    it.record_receipt(act("buyer", WEDNESDAY), WEDNESDAY, proof="mail", deadline=period())

    assert journal[0].takes == ("last_day 2026-03-09 clearance:L1",)


@pytest.mark.parametrize(
    ("history", "actor", "refusal"),
    [
        ((notified(),), "buyer2", ("no-notice-receipt-yet",)),
        (RECEIVED, "buyer", ("own-notice-receipt-corrected", "ZA33")),
        ((*RECEIVED, notice_corrected()), "buyer2", ("own-notice-receipt-corrected", "ZA33")),
    ],
)
def test_a_receipt_is_corrected_by_another_than_who_recorded_the_day_in_force(
    history, actor, refusal
):
    (
        given(Clearance, *history)
        .when(lambda it: it.must_be_correctable(act(actor)))
        .then_refused(*refusal)
    )


def test_who_recorded_first_may_correct_the_correction():
    given(Clearance, *RECEIVED, notice_corrected()).when(
        lambda it: it.must_be_correctable(act("buyer"))
    ).then_each()


def test_a_corrected_receipt_stays_within_the_bounds():
    (
        given(Clearance, *RECEIVED)
        .when(
            lambda it: it.correct_receipt(act("buyer2", WEDNESDAY), NEXT_MONDAY, deadline=period())
        )
        .then_refused("notice-receipt-outside-bounds", "ZA2")
    )


def test_the_days_are_over_on_the_day_after_the_last_one():
    (
        given(Clearance, *RECEIVED)
        .when(lambda it: it.judge(act("engine"), by=NEXT_TUESDAY, left=["T2"]))
        .then(Clearance.Lapsed, left=("T2",))
    )


@pytest.mark.parametrize(
    ("history", "by", "left"),
    [
        (RECEIVED, NEXT_MONDAY, ["T1"]),
        (RECEIVED, NEXT_TUESDAY, []),
        ((notified(),), NEXT_TUESDAY, ["T1"]),
        ((notified(), notice_receipt(deadline=period(last_day=None))), NEXT_TUESDAY, ["T1"]),
        (LAPSED, NEXT_TUESDAY, ["T1"]),
    ],
    ids=["the last day", "all is cleared", "not received", "undetermined", "lapsed before"],
)
def test_nothing_lapses(history, by, left):
    given(Clearance, *history).when(
        lambda it: it.judge(act("engine"), by=by, left=left)
    ).then_each()


def test_the_days_run_again_when_by_the_corrected_receipt_they_are_not_over():
    later = notice_corrected(deadline=period(last_day=NEXT_TUESDAY))
    (
        given(Clearance, *LAPSED, later)
        .when(lambda it: it.judge(act("buyer2"), by=NEXT_TUESDAY, left=["T1"]))
        .then(Clearance.Reopened)
    )


def test_what_was_reopened_lapses_again():
    (
        given(Clearance, *LAPSED, notice_reopened())
        .when(lambda it: it.judge(act("engine"), by=NEXT_TUESDAY, left=["T1"]))
        .then(Clearance.Lapsed, left=("T1",))
    )
