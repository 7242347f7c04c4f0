"""When was a note received, what may the supplier answer, and when is it too late?"""

from datetime import date

import pytest

from recourse.aggregates.chargeback import Chargeback
from support.examples import (
    NEXT_MONDAY,
    NEXT_TUESDAY,
    TUESDAY,
    WEDNESDAY,
    act,
    appealed,
    approved,
    arbitrated,
    arbitration_requested,
    confirmed,
    deemed,
    drafted,
    happened,
    issued,
    lapsed,
    late_appeal,
    period,
    receipt,
    rechecked,
)
from support.scenario import folded, given

ISSUED = (drafted(), approved(), issued())
RECEIVED = (*ISSUED, receipt())
LATE = (*RECEIVED, lapsed(), late_appeal())
ADMITTED = (*LATE, happened(Chargeback.LateAppealAdmitted, "boss", NEXT_TUESDAY))
RECHECKED = (*RECEIVED, appealed(), rechecked())
AT_ARBITRATION = (*RECHECKED, arbitration_requested())
FINAL = [(*RECEIVED, confirmed()), (*RECEIVED, deemed()), (*AT_ARBITRATION, arbitrated())]
ALL_LINES = ("C1/labour", "C1/material", "C1/penalty")


def record(received_on, deadline, day):
    return lambda note: note.record_receipt(
        act("buyer", day), received_on, proof="mail", deadline=deadline
    )


def appeal(*lines, day=WEDNESDAY):
    return lambda note: note.appeal(act("seller", day), lines)


@pytest.mark.parametrize("received_on", [TUESDAY, WEDNESDAY])
def test_a_receipt_is_of_a_day_from_the_issue_to_today(received_on):
    fields = {"received_on": received_on, "proof": "mail", "deadline": period()}

    outcome = given(Chargeback, *ISSUED).when(record(received_on, period(), WEDNESDAY))

    outcome.then(Chargeback.ReceiptRecorded, **fields)


def test_a_receipt_may_be_of_today_whatever_day_it_is_effective_on():
    outcome = given(Chargeback, *ISSUED).when(
        lambda note: note.record_receipt(
            act("buyer", WEDNESDAY, on=TUESDAY), WEDNESDAY, proof="mail", deadline=period()
        )
    )

    assert [type(event) for event in outcome.events] == [Chargeback.ReceiptRecorded]


@pytest.mark.parametrize("received_on", [date(2026, 3, 2), date(2026, 3, 5)])
def test_a_receipt_before_the_issue_or_in_the_future_is_refused(received_on):
    (
        given(Chargeback, *ISSUED)
        .when(record(received_on, period(), WEDNESDAY))
        .then_refused("receipt-outside-bounds", "ZA2")
    )


def test_a_receipt_is_recorded_once():
    (
        given(Chargeback, *RECEIVED)
        .when(lambda note: note.must_be_receivable())
        .then_refused("receipt-already-recorded", "Z-4.6.1a", "ZA2")
    )


@pytest.mark.parametrize("history", [(drafted(),), (drafted(), approved())])
def test_a_note_is_received_after_its_issue_only(history):
    (
        given(Chargeback, *history)
        .when(lambda note: note.must_be_receivable())
        .then_refused("note-not-issued", "Z-4.6.1a", "ZA2")
    )


def test_a_receipt_recorded_after_its_last_day_leaves_the_note_lapsed_and_not_deemed():
    outcome = given(Chargeback, *ISSUED).when(record(WEDNESDAY, period(), NEXT_TUESDAY))

    outcome.then_each(
        (
            Chargeback.ReceiptRecorded,
            {"received_on": WEDNESDAY, "proof": "mail", "deadline": period()},
        ),
        (Chargeback.AppealLapsed, {}),
    )


def test_a_note_confirmed_before_its_receipt_is_recorded_stays_confirmed():
    outcome = given(Chargeback, *ISSUED, confirmed()).when(
        record(WEDNESDAY, period(), NEXT_TUESDAY)
    )

    assert [type(event) for event in outcome.events] == [Chargeback.ReceiptRecorded]


@pytest.mark.parametrize("kind", [Chargeback.AppealLapsed, Chargeback.DeemedAccepted])
def test_silence_ends_on_the_day_after_the_last_day(kind):
    deem = kind is Chargeback.DeemedAccepted

    outcome = given(Chargeback, *RECEIVED).when(
        lambda note: note.lapse(act("engine", NEXT_TUESDAY), by=NEXT_TUESDAY, deem=deem)
    )

    outcome.then(kind)


@pytest.mark.parametrize(
    ("history", "day"),
    [
        (RECEIVED, NEXT_MONDAY),
        (ISSUED, NEXT_TUESDAY),
        ((*ISSUED, receipt(deadline=period(last_day=None))), NEXT_TUESDAY),
        ((*RECEIVED, appealed()), NEXT_TUESDAY),
        ((*RECEIVED, confirmed()), NEXT_TUESDAY),
        (LATE, NEXT_TUESDAY),
    ],
    ids=["last day", "no receipt", "undetermined", "appealed", "confirmed", "lapsed"],
)
def test_nothing_lapses_on_the_last_day_without_a_last_day_or_after_an_answer(history, day):
    (
        given(Chargeback, *history)
        .when(lambda it: it.lapse(act("engine", day), by=day, deem=True))
        .then_each()
    )


def test_the_day_after_the_last_one_finds_the_note_under_its_key():
    note = folded(Chargeback, RECEIVED, [])

    assert RECEIVED[-1].takes(note) == ("last_day 2026-03-09 chargeback:N1",)


def test_a_note_whose_last_day_is_undetermined_waits_for_an_arrangement():
    note = folded(Chargeback, (*ISSUED, receipt(deadline=period(last_day=None))), [])

    assert note.deadline_keys == ("undetermined chargeback:N1",)


@pytest.mark.parametrize(
    "history", [ISSUED, RECEIVED, (*RECEIVED, appealed()), LATE, RECHECKED, AT_ARBITRATION]
)
def test_the_supplier_may_confirm_from_the_issue_until_the_end(history):
    given(Chargeback, *history).when(lambda it: it.confirm(act("seller", NEXT_TUESDAY))).then(
        Chargeback.Confirmed
    )


@pytest.mark.parametrize("history", FINAL)
def test_a_settled_note_is_not_confirmed(history):
    (
        given(Chargeback, *history)
        .when(lambda note: note.confirm(act("seller", NEXT_TUESDAY)))
        .then_refused("note-already-settled")
    )


def test_a_note_that_was_not_issued_is_not_confirmed():
    (
        given(Chargeback, drafted(), approved())
        .when(lambda note: note.confirm(act("seller", NEXT_TUESDAY)))
        .then_refused("note-not-issued")
    )


def test_a_confirmation_ends_the_arbitration():
    note = folded(Chargeback, (*AT_ARBITRATION, confirmed()), [])

    assert not note.at_arbitration


@pytest.mark.parametrize("day", [WEDNESDAY, NEXT_MONDAY])
def test_an_appeal_until_the_last_day_is_in_time(day):
    (
        given(Chargeback, *RECEIVED)
        .when(appeal("C1/material", day=day))
        .then(Chargeback.Appealed, lines=("C1/material",), late=False)
    )


def test_an_appeal_after_the_last_day_is_kept_and_the_answer_stays_lapsed():
    outcome = given(Chargeback, *RECEIVED, lapsed()).when(appeal("C1/material", day=NEXT_TUESDAY))

    outcome.then(Chargeback.Appealed, lines=("C1/material",), late=True)
    assert folded(Chargeback, LATE, []).answer == "lapsed"


def test_an_appeal_recorded_late_but_made_in_time_is_in_time():
    outcome = given(Chargeback, *RECEIVED, lapsed()).when(
        lambda note: note.appeal(act("seller", NEXT_TUESDAY, on=NEXT_MONDAY), ["C1/material"])
    )

    outcome.then(Chargeback.Appealed, lines=("C1/material",), late=False)


def test_an_appeal_against_a_claim_is_against_all_of_its_lines():
    (
        given(Chargeback, *RECEIVED)
        .when(appeal("C1"))
        .then(Chargeback.Appealed, lines=ALL_LINES, late=False)
    )


@pytest.mark.parametrize("lines", [("C2",), ("C1/travel",), ("C1/labour", "C2"), ()])
def test_an_appeal_against_no_line_or_a_strange_one_is_refused(lines):
    given(Chargeback, *RECEIVED).when(appeal(*lines)).then_refused("no-such-line")


def test_a_note_is_not_appealed_before_its_issue():
    given(Chargeback, drafted(), approved()).when(appeal("C1")).then_refused("note-not-issued")


def test_a_note_is_not_appealed_before_its_receipt():
    given(Chargeback, *ISSUED).when(appeal("C1")).then_refused("no-receipt-yet")


@pytest.mark.parametrize(
    "history", [(*RECEIVED, appealed()), RECHECKED, AT_ARBITRATION, LATE, ADMITTED, *FINAL]
)
def test_there_is_one_appeal_at_a_time_and_none_after_the_end(history):
    given(Chargeback, *history).when(appeal("C1/labour")).then_refused("no-appeal-now")


def test_a_late_appeal_is_admitted():
    (
        given(Chargeback, *LATE)
        .when(lambda note: note.admit_late_appeal(act("boss", NEXT_TUESDAY)))
        .then(Chargeback.LateAppealAdmitted)
    )


def test_an_admitted_appeal_is_still_a_late_one():
    note = folded(Chargeback, ADMITTED, [])

    assert (note.answer, note.late_appeal) == ("appealed", True)


@pytest.mark.parametrize(
    "history", [RECEIVED, (*RECEIVED, lapsed()), (*RECEIVED, appealed()), ADMITTED]
)
def test_only_a_late_appeal_that_waits_is_admitted(history):
    (
        given(Chargeback, *history)
        .when(lambda note: note.admit_late_appeal(act("boss", NEXT_TUESDAY)))
        .then_refused("no-late-appeal")
    )
