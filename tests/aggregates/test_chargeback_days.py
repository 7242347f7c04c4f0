"""Does what is asked of a note come on the day of what it follows from, or later?"""

import pytest

from recourse.aggregates.chargeback import Chargeback
from support.examples import (
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    act,
    approved,
    confirmed,
    drafted,
    issued,
    receipt,
)
from support.scenario import given

APPROVED = (drafted(), approved(TUESDAY))
ISSUED = (drafted(), approved(), issued())
EARLY = act("anybody", WEDNESDAY, on=MONDAY)


@pytest.mark.parametrize(
    ("history", "asked"),
    [
        (APPROVED, lambda note: note.issue(EARLY, "2026-000001")),
        (APPROVED, lambda note: note.choose_collection(EARLY, "invoice")),
        (APPROVED, lambda note: note.void(EARLY)),
        (ISSUED, lambda note: note.record_delivery(EARLY, "mail")),
        (ISSUED, lambda note: note.confirm(EARLY)),
        (ISSUED, lambda note: note.collect(EARLY, 1, waits=False, payable=0)),
        (ISSUED, lambda note: note.void(EARLY)),
        ((*ISSUED, receipt()), lambda note: note.appeal(EARLY, ["C1/material"])),
        ((*ISSUED, confirmed()), lambda note: note.agree_to_void(EARLY)),
    ],
)
def test_nothing_of_a_note_comes_before_what_it_follows_from(history, asked):
    given(Chargeback, *history).when(asked).then_refused("before-its-cause")


def test_nothing_of_a_note_comes_before_its_draft():
    note = given(Chargeback, drafted("engineer", TUESDAY))

    note.when(lambda it: it.send_back(EARLY)).then_refused("before-its-cause")
