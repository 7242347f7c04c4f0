"""What does the board of chargebacks show after each event?"""

from datetime import date

import pytest

from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.claim import Claim
from recourse.projections.chargebacks import CHARGEABLE, LINES, NOTES
from recourse.projections.notes import lines, notes
from recourse.rulebook.book import built_in
from support.examples import (
    NEXT_MONDAY,
    NEXT_TUESDAY,
    S1,
    S2,
    WEDNESDAY,
    appealed,
    approved,
    arbitrated,
    arbitration_requested,
    chosen,
    collected,
    confirmed,
    cost_confirmed,
    credited,
    deemed,
    disposal_lowered,
    disposed,
    divided,
    drafted,
    happened,
    issued,
    lapsed,
    late_appeal,
    line,
    outcome,
    part_notified,
    part_received,
    penalty_set,
    period,
    receipt,
    received,
    rechecked,
    returned,
    voided,
)
from support.reading import figures, of, rows, taken_in

CLAIM = of("claim:C1", received(), cost_confirmed(), divided(), penalty_set())
APPROVED = (drafted(), approved())
RECEIVED = (*APPROVED, issued(), receipt())
APPEALED = (*RECEIVED, appealed())
NOTHING = tuple(outcome(f"C1/{name}", "withdrawn", 0) for name in ("labour", "material", "penalty"))


def note(*events):
    return taken_in(*CLAIM, *of("chargeback:N1", *events))


def shown(*events):
    return figures(note(*events), "chargeback", "N1")


def test_the_figures_of_a_note_are_those_of_the_cases():
    assert shown(*RECEIVED, collected(amount=100_001)) == {
        "stage": "received",
        "answer": "none",
        "loss": "300.01",
        "penalty": "1000.00",
        "disposal": "0.00",
        "total": "1300.01",
        "collected": "1000.01",
        "credited": "0.00",
        "open": "300.00",
        "last_day": NEXT_MONDAY,
        "late_appeal": False,
    }


@pytest.mark.parametrize(
    ("events", "stage"),
    [
        ((drafted(),), "drafted"),
        (APPROVED, "approved"),
        ((*APPROVED, issued()), "issued"),
        (RECEIVED, "received"),
        ((drafted(), returned()), "void"),
        ((*RECEIVED, voided()), "void"),
    ],
)
def test_each_stage_shows(events, stage):
    assert shown(*events)["stage"] == stage


REOPENED = happened(Chargeback.AppealReopened, "buyer2", NEXT_TUESDAY)
REJUDGED = happened(Chargeback.AppealRejudged, "buyer2", NEXT_TUESDAY)
ADMITTED = happened(Chargeback.LateAppealAdmitted, "boss", NEXT_TUESDAY)


@pytest.mark.parametrize(
    ("events", "answer", "late"),
    [
        ((), "none", False),
        ((lapsed(),), "lapsed", False),
        ((deemed(),), "deemed", False),
        ((lapsed(), REOPENED), "none", False),
        ((appealed(),), "appealed", False),
        ((lapsed(), late_appeal()), "lapsed", True),
        ((lapsed(), late_appeal(), ADMITTED), "appealed", True),
        ((lapsed(), late_appeal(), REJUDGED), "appealed", False),
        ((confirmed(),), "confirmed", False),
        ((appealed(), rechecked()), "rechecked", False),
        ((appealed(), rechecked(outcomes=NOTHING)), "decided", False),
        ((appealed(), rechecked(), arbitration_requested()), "appealed", False),
        ((appealed(), rechecked(), arbitration_requested(), arbitrated()), "decided", False),
    ],
)
def test_each_answer_shows(events, answer, late):
    figures = shown(*RECEIVED, *events)

    assert (figures["answer"], figures["late_appeal"]) == (answer, late)


def test_a_draft_shows_what_approval_would_fix_now():
    draft = of("chargeback:N1", drafted())
    more = of("claim:C1", divided(bearing={"labour": {S1: 10_000, S2: 7}, "travel": {S1: 5}}))

    models = taken_in(*CLAIM, *draft, *more)

    shown = figures(models, "chargeback", "N1")
    assert (shown["loss"], shown["penalty"], shown["total"]) == ("100.05", "1000.00", "1100.05")


@pytest.mark.parametrize(
    "event",
    [
        happened(Claim.PenaltyWithdrawn, suppliers=("S1",)),
        happened(Claim.PenaltyLowered, supplier="S1", amount=0, chargeback="N0"),
    ],
)
def test_a_penalty_that_ended_is_not_on_a_draft(event):
    models = taken_in(*CLAIM, *of("claim:C1", event), *of("chargeback:N1", drafted()))

    assert figures(models, "chargeback", "N1")["penalty"] == "0.00"


def test_a_draft_charges_no_penalty_of_a_supplier_that_bears_nothing():
    models = taken_in(
        *CLAIM,
        *of("claim:C1", divided(bearing={"labour": {S2: 1}}, released=("S1",))),
        *of("chargeback:N1", drafted()),
    )

    assert figures(models, "chargeback", "N1")["total"] == "0.00"


def test_who_was_released_can_be_charged_nothing():
    models = taken_in(
        *CLAIM, *of("claim:C1", divided(bearing={"labour": {S2: 1}}, released=("S1",)))
    )

    assert rows(models, CHARGEABLE, "supplier", "loss") == [("S1", 0), ("S2", 1)]


def test_an_approved_note_does_not_follow_its_claim():
    models = taken_in(*CLAIM, *of("chargeback:N1", *APPROVED), *of("claim:C1", divided(bearing={})))

    assert figures(models, "chargeback", "N1")["loss"] == "300.01"


def test_a_lowered_line_lowers_its_kind_and_keeps_what_was_approved():
    models = note(*APPEALED, rechecked(outcomes=(outcome("C1/penalty", "reduced", 60_000),)))

    assert rows(models, NOTES, "loss", "penalty") == [(30_001, 60_000)]
    assert rows(models, LINES, "line", "approved", "amount") == [
        ("C1/labour", 10_000, 10_000),
        ("C1/material", 20_001, 20_001),
        ("C1/penalty", 100_000, 60_000),
    ]


def test_arbitration_lowers_what_the_recheck_left():
    decided = shown(*APPEALED, rechecked(), arbitration_requested(), arbitrated())

    assert (decided["loss"], decided["total"]) == ("100.00", "1100.00")


def test_a_void_note_stands_at_nothing_and_owes_what_was_taken():
    void = shown(*RECEIVED, collected(), voided())

    assert (void["total"], void["open"]) == ("0.00", "-1300.01")


def test_what_is_credited_is_no_longer_open_below_nothing():
    void = shown(*RECEIVED, collected(), voided(), credited(amount=130_001))

    assert (void["credited"], void["open"]) == ("1300.01", "0.00")


def test_the_lines_of_a_void_note_are_at_nothing():
    models = note(*RECEIVED, voided())

    with models.reading() as connection:
        (found,) = notes(connection, name="N1")
        shown = lines(connection, found)

    assert shown == {"C1/labour": "0.00", "C1/material": "0.00", "C1/penalty": "0.00"}


def test_both_readings_of_the_last_day_are_kept():
    models = note(*APPROVED, issued(), receipt(deadline=period(last_day=None)))

    kept = ("last_day", "official", "statutory", "calendar", "undetermined")
    assert rows(models, NOTES, *kept) == [("", "", "", "2026", 1)]


def test_a_corrected_receipt_replaces_the_last_day():
    corrected = happened(
        Chargeback.ReceiptCorrected,
        "buyer2",
        WEDNESDAY,
        received_on=WEDNESDAY,
        deadline=period(last_day=NEXT_TUESDAY),
    )

    assert shown(*RECEIVED, corrected)["last_day"] == NEXT_TUESDAY


def test_number_way_and_what_it_replaces_are_kept():
    models = note(drafted(replaces="N0"), approved(), issued(), chosen())

    assert rows(models, NOTES, "number", "way", "replaces") == [("2026-000001", "invoice", "N0")]


DISPOSED = of("returned_part:T1", part_received(), part_notified(), disposed())


@pytest.mark.parametrize(
    ("parts", "more", "disposal"),
    [
        (("T1",), (), "35.50"),
        ((), (), "0.00"),
        (("T1",), of("returned_part:T1", disposal_lowered()), "10.00"),
        (
            ("T1", "T2"),
            of("returned_part:T2", part_received(), disposed(cost=50, notice=None)),
            "36.00",
        ),
    ],
    ids=["named", "not named", "lowered since", "two parts"],
)
def test_a_draft_shows_what_approval_would_charge_for_disposal_now(parts, more, disposal):
    models = taken_in(*DISPOSED, *more, *of("chargeback:N1", drafted(claims=(), parts=parts)))

    shown = figures(models, "chargeback", "N1")
    assert (shown["disposal"], shown["total"]) == (disposal, disposal)


def test_a_lowered_disposal_stands_on_its_line_and_in_its_figure():
    it = line("disposal", 3_550, "disposal", "T1")
    lowered = rechecked(outcomes=(outcome("T1/disposal", "reduced", 1_000),))
    note = (drafted(parts=("T1",)), approved(lines=(it,)), issued(), receipt(), appealed(), lowered)

    models = taken_in(*DISPOSED, *of("chargeback:N1", *note))

    assert figures(models, "chargeback", "N1")["disposal"] == "10.00"
    assert rows(models, LINES, "line", "claim", "kind", "approved", "amount") == [
        ("T1/disposal", "T1", "disposal", 3_550, 1_000)
    ]


FEBRUARY, APRIL = date(2026, 2, 27), date(2026, 4, 1)
CROSSING = (
    drafted(month="2026-01"),
    approved().model_copy(update={"effective_on": FEBRUARY}),
    issued().model_copy(update={"effective_on": APRIL}),
)


@pytest.mark.parametrize(
    ("events", "by", "month"),
    [
        (CROSSING[:1], "approved_on", "2026-01"),
        (CROSSING[:2], "approved_on", "2026-02"),
        (CROSSING[:2], "issued_on", "2026-02"),
        (CROSSING, "approved_on", "2026-02"),
        (CROSSING, "issued_on", "2026-04"),
    ],
)
def test_the_settlement_month_is_that_of_the_setting(events, by, month):
    with note(*events).reading() as connection:
        (found,) = notes(connection, name="N1")

    assert found.month(built_in().changed({"month.by": by})) == month


def test_notes_are_found_by_their_supplier():
    models = taken_in(*of("chargeback:N2", drafted(supplier="S2")), *of("chargeback:N1", drafted()))

    with models.reading() as connection:
        found = [note.id for note in notes(connection, supplier="S2")]

    assert found == ["N2"]
