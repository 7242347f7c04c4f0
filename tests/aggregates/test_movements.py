"""What moved a supplier's debt on a note?"""

from datetime import date

import pytest

from recourse.aggregates.chargeback import Chargeback
from support.examples import (
    TOTAL,
    TUESDAY,
    WEDNESDAY,
    appealed,
    approved,
    arbitrated,
    arbitration_requested,
    chosen,
    collected,
    credited,
    drafted,
    issued,
    outcome,
    receipt,
    rechecked,
    returned,
    void_agreed,
    voided,
)
from support.scenario import folded

ISSUED = (drafted(), approved(), issued())
APPEALED = (*ISSUED, receipt(), appealed())
COLLECTED = (*ISSUED, chosen(), collected())
UPHELD = rechecked(outcomes=(outcome("C1/material", "upheld", 20_001),))


def movements(*history):
    note = folded(Chargeback, history, [])
    return [(each.kind, each.amount) for each in note.movements]


def test_a_charge_moves_when_the_note_is_issued_and_not_before():
    assert movements(drafted(), approved()) == []
    assert movements(*ISSUED) == [("charged", TOTAL)]


def test_a_movement_names_its_event_its_note_and_its_effective_day():
    (charge,) = folded(Chargeback, ISSUED, []).movements

    assert (charge.event, charge.chargeback, charge.on) == ("chargeback:N1@3", "N1", TUESDAY)


def test_a_recheck_moves_by_how_much_less_is_owed():
    assert movements(*APPEALED, rechecked())[1:] == [("lowered", 5_000 - 20_001)]


def test_an_arbitration_moves_from_what_the_recheck_had_left():
    history = (*APPEALED, rechecked(), arbitration_requested(), arbitrated())

    assert movements(*history)[2:] == [("lowered", -5_000)]


def test_an_outcome_that_lowers_nothing_moves_nothing():
    assert movements(*APPEALED, UPHELD)[1:] == []


def test_a_collection_lowers_what_is_owed_and_a_credit_raises_it():
    history = (*COLLECTED, receipt(), appealed(), rechecked(), credited())

    assert movements(*history)[1:] == [
        ("collected", -TOTAL),
        ("lowered", -15_001),
        ("credited", 15_001),
    ]


def test_voiding_an_issued_note_takes_back_what_stood():
    assert movements(*APPEALED, rechecked(), voided())[2:] == [("voided", -(TOTAL - 15_001))]


@pytest.mark.parametrize("end", [returned(), voided()])
def test_a_note_that_was_never_issued_ends_without_a_movement(end):
    assert movements(drafted(), approved(), end) == []


@pytest.mark.parametrize(
    "history",
    [
        ISSUED,
        COLLECTED,
        (*COLLECTED, void_agreed(), voided(), credited(amount=TOTAL)),
        (*COLLECTED, receipt(), appealed(), rechecked(), credited()),
        (*APPEALED, rechecked(), arbitration_requested(), arbitrated()),
    ],
)
def test_all_movements_of_a_note_sum_to_what_is_open_on_it(history):
    note = folded(Chargeback, history, [])

    assert sum(each.amount for each in note.movements) == note.open_amount


def test_a_movement_counts_from_its_effective_day_not_from_its_recording():
    early = issued().model_copy(update={"effective_on": date(2026, 2, 27)})

    (charge,) = folded(Chargeback, (drafted(), approved(), early), []).movements

    assert charge.on == date(2026, 2, 27) < WEDNESDAY
