"""How is a note collected, credited and made void?"""

import pytest

from recourse.aggregates.chargeback import Chargeback
from support.examples import (
    NEXT_TUESDAY,
    TOTAL,
    act,
    appealed,
    approved,
    chosen,
    collected,
    confirmed,
    credited,
    deemed,
    drafted,
    issued,
    lapsed,
    receipt,
    rechecked,
    void_agreed,
)
from support.scenario import folded, given

APPROVED = (drafted(), approved())
ISSUED = (*APPROVED, issued(), chosen())
RECEIVED = (*ISSUED, receipt())
DEDUCTED = (*APPROVED, issued(), chosen(way="deduction"))
COLLECTED = (*RECEIVED, collected())
LOWERED = (*COLLECTED, appealed(), rechecked())


def collect(amount, *, waits=False, payable=0):
    return lambda note: note.collect(
        act("cashier", NEXT_TUESDAY), amount, waits=waits, payable=payable
    )


@pytest.mark.parametrize("history", [APPROVED, (*APPROVED, issued())])
@pytest.mark.parametrize("way", ["invoice", "deduction"])
def test_the_way_is_chosen_from_the_approval_on(history, way):
    (
        given(Chargeback, *history)
        .when(lambda note: note.choose_collection(act("cashier", NEXT_TUESDAY), way))
        .then(Chargeback.CollectionChosen, way=way)
    )


def test_no_way_is_chosen_for_a_draft():
    (
        given(Chargeback, drafted())
        .when(lambda note: note.choose_collection(act("cashier", NEXT_TUESDAY), "invoice"))
        .then_refused("note-not-approved")
    )


def test_the_way_is_chosen_once():
    (
        given(Chargeback, *ISSUED)
        .when(lambda note: note.choose_collection(act("cashier", NEXT_TUESDAY), "deduction"))
        .then_refused("collection-already-chosen")
    )


def test_a_note_that_was_not_issued_is_not_collected():
    (
        given(Chargeback, *APPROVED, chosen())
        .when(lambda note: note.must_be_collectable())
        .then_refused("note-not-issued", "ZA16", "ZA17")
    )


def test_nothing_is_collected_before_a_way_is_chosen():
    (
        given(Chargeback, *APPROVED, issued())
        .when(lambda note: note.must_be_collectable())
        .then_refused("no-collection-chosen", "ZA16")
    )


def test_everything_that_is_open_is_collected():
    (
        given(Chargeback, *ISSUED)
        .when(collect(TOTAL))
        .then(Chargeback.Collected, amount=TOTAL, way="invoice")
    )


@pytest.mark.parametrize("amount", [TOTAL + 1, 0, -1])
def test_nothing_and_more_than_is_open_are_not_collected(amount):
    given(Chargeback, *ISSUED).when(collect(amount)).then_refused("more-than-open", "ZA17")


def test_after_a_first_collection_only_the_rest_is_open():
    (
        given(Chargeback, *ISSUED, collected(amount=1))
        .when(collect(TOTAL))
        .then_refused("more-than-open", "ZA17")
    )


@pytest.mark.parametrize("history", [ISSUED, RECEIVED, (*RECEIVED, appealed())])
def test_collection_waits_for_an_answer_where_the_setting_says_so(history):
    (
        given(Chargeback, *history)
        .when(collect(1, waits=True))
        .then_refused("collection-waits", "ZA17")
    )


@pytest.mark.parametrize(
    "answered", [(lapsed(),), (deemed(),), (confirmed(),), (appealed(), rechecked())]
)
def test_collection_waits_no_longer_after_an_answer(answered):
    (
        given(Chargeback, *RECEIVED, *answered)
        .when(collect(1, waits=True))
        .then(Chargeback.Collected, amount=1, way="invoice")
    )


def test_a_deduction_takes_at_most_what_is_payable():
    (
        given(Chargeback, *DEDUCTED)
        .when(collect(500, payable=500))
        .then(Chargeback.Collected, amount=500, way="deduction")
    )


def test_a_deduction_of_more_than_is_payable_is_refused():
    (
        given(Chargeback, *DEDUCTED)
        .when(collect(501, payable=500))
        .then_refused("deduction-exceeds-payable", "Z-4.5.2d")
    )


@pytest.mark.parametrize(("history", "deducted"), [(DEDUCTED, TOTAL), (ISSUED, 0)])
def test_only_a_deduction_takes_from_the_payables(history, deducted):
    way = folded(Chargeback, history, []).way

    assert folded(Chargeback, (*history, collected(way=way)), []).deducted == deducted


def test_what_was_collected_beyond_what_stands_is_credited():
    (
        given(Chargeback, *LOWERED)
        .when(lambda note: note.credit_excess(act("colleague", NEXT_TUESDAY)))
        .then(Chargeback.Credited, amount=15_001)
    )


@pytest.mark.parametrize("history", [COLLECTED, (*LOWERED, credited())])
def test_nothing_is_credited_twice_or_without_excess(history):
    given(Chargeback, *history).when(
        lambda note: note.credit_excess(act("boss", NEXT_TUESDAY))
    ).then_each()


def test_what_is_open_is_what_stands_less_collected_plus_credited():
    history = (*RECEIVED, collected(amount=120_000), appealed(), rechecked())

    assert folded(Chargeback, history, []).open_amount == TOTAL - 15_001 - 120_000
    assert folded(Chargeback, (*history, credited(amount=5_000)), []).open_amount == 0


@pytest.mark.parametrize("history", [(drafted(),), APPROVED, RECEIVED, (*RECEIVED, lapsed())])
def test_a_note_without_money_and_final_answer_is_void_without_agreement(history):
    given(Chargeback, *history).when(lambda it: it.void(act("boss", NEXT_TUESDAY))).then(
        Chargeback.Voided
    )


@pytest.mark.parametrize(
    "history", [(*RECEIVED, confirmed()), (*RECEIVED, deemed()), (*ISSUED, collected(amount=1))]
)
def test_with_money_or_a_final_answer_finance_agrees_first(history):
    (
        given(Chargeback, *history)
        .when(lambda note: note.void(act("boss", NEXT_TUESDAY)))
        .then_refused("void-not-agreed", "ZA33")
    )


def test_who_agreed_does_not_make_it_void():
    (
        given(Chargeback, *COLLECTED, void_agreed())
        .when(lambda note: note.void(act("checker", NEXT_TUESDAY)))
        .then_refused("own-agreement", "ZA33")
    )


def test_a_void_note_gives_back_everything_collected():
    (
        given(Chargeback, *COLLECTED, void_agreed())
        .when(lambda note: note.void(act("boss", NEXT_TUESDAY)))
        .then_each((Chargeback.Voided, {}), (Chargeback.Credited, {"amount": TOTAL}))
    )


def test_a_void_note_gives_back_only_what_was_not_given_back_before():
    outcome = given(Chargeback, *LOWERED, credited(), void_agreed()).when(
        lambda note: note.void(act("boss", NEXT_TUESDAY))
    )

    assert outcome.events[1].amount == TOTAL - 15_001


def test_finance_agrees_to_the_voiding():
    (
        given(Chargeback, *COLLECTED)
        .when(lambda note: note.agree_to_void(act("checker", NEXT_TUESDAY)))
        .then(Chargeback.VoidAgreed)
    )


@pytest.mark.parametrize("history", [(drafted(),), RECEIVED, (*RECEIVED, appealed())])
def test_nobody_agrees_before_it_is_needed(history):
    (
        given(Chargeback, *history)
        .when(lambda note: note.agree_to_void(act("checker", NEXT_TUESDAY)))
        .then_refused("no-agreement-needed")
    )


def test_finance_agrees_once():
    (
        given(Chargeback, *COLLECTED, void_agreed())
        .when(lambda note: note.agree_to_void(act("checker", NEXT_TUESDAY)))
        .then_refused("void-already-agreed")
    )


def test_an_agreement_ends_when_more_is_collected():
    (
        given(Chargeback, *RECEIVED, confirmed(), void_agreed(), collected(amount=1))
        .when(lambda note: note.void(act("boss", NEXT_TUESDAY)))
        .then_refused("void-not-agreed", "ZA33")
    )


def test_an_agreement_given_before_the_final_answer_is_none_to_what_it_left():
    (
        given(Chargeback, *COLLECTED, void_agreed(), confirmed())
        .when(lambda note: note.void(act("boss", NEXT_TUESDAY)))
        .then_refused("void-not-agreed", "ZA33")
    )


def test_finance_agrees_anew_after_the_final_answer():
    (
        given(Chargeback, *COLLECTED, void_agreed(), confirmed())
        .when(lambda note: note.agree_to_void(act("checker", NEXT_TUESDAY)))
        .then(Chargeback.VoidAgreed)
    )


def test_an_agreement_outlives_an_answer_that_is_not_final():
    outcome = given(Chargeback, *COLLECTED, void_agreed(), lapsed()).when(
        lambda note: note.void(act("boss", NEXT_TUESDAY))
    )

    assert [type(event) for event in outcome.events] == [Chargeback.Voided, Chargeback.Credited]
