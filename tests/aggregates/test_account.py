"""What may be recorded, paid and refunded on a supplier's account?"""

from datetime import date
from types import SimpleNamespace

import pytest

from recourse.aggregates.account import Account
from support.examples import act, paid, payable, refunded
from support.scenario import folded, given

DUE = date(2026, 3, 31)


def record(document, amount):
    return lambda it: it.record_payable(act(), document=document, amount=amount, due_on=DUE)


def pay(amount, *, payable=30_000, held=10_000):
    return lambda it: it.pay(act(), amount, payable=payable, held=held, by=["N1"])


def test_a_payable_is_recorded():
    (
        given(Account, payable())
        .when(record("AP-2", 1))
        .then(Account.PayableRecorded, document="AP-2", amount=1, due_on=DUE)
    )


def test_a_document_is_recorded_once():
    given(Account, payable()).when(record("AP-1", 1)).then_refused("payable-already-recorded")


@pytest.mark.parametrize("amount", [0, -1])
def test_a_payable_of_nothing_or_less_is_refused(amount):
    given(Account).when(record("AP-2", amount)).then_refused("amount-not-above-nothing")


def test_everything_that_is_not_held_is_paid():
    given(Account, payable()).when(pay(20_000)).then(Account.Paid, amount=20_000)


def test_what_is_held_is_not_paid():
    given(Account, payable()).when(pay(20_001)).then_refused("payment-held")


def test_more_than_is_payable_is_refused_before_what_is_held():
    given(Account, payable()).when(pay(30_001)).then_refused("more-than-payable", "Z-4.6.3a")


@pytest.mark.parametrize("amount", [0, -1])
def test_nothing_or_less_is_not_paid(amount):
    given(Account, payable()).when(pay(amount)).then_refused("amount-not-above-nothing")


def test_what_was_credited_is_refunded_in_full():
    (
        given(Account)
        .when(lambda account: account.refund(act(), 100, refundable=100))
        .then(Account.Refunded, amount=100)
    )


@pytest.mark.parametrize("amount", [101, 0, -1])
def test_nothing_and_more_than_was_credited_are_not_refunded(amount):
    (
        given(Account)
        .when(lambda account: account.refund(act(), amount, refundable=100))
        .then_refused("more-than-refundable")
    )


NOTES = [
    SimpleNamespace(deducted=1_000, credited=300),
    SimpleNamespace(deducted=0, credited=4_700),
]


def test_payable_is_what_was_neither_paid_nor_deducted():
    account = folded(Account, (payable(), payable(document="AP-2", amount=5_000), paid()), [])

    assert account.payable(NOTES) == 50_000 + 5_000 - 20_000 - 1_000


def test_refundable_is_what_was_credited_and_not_yet_refunded():
    account = folded(Account, (refunded(amount=1_500),), [])

    assert account.refundable(NOTES) == 300 + 4_700 - 1_500


def test_a_credit_or_a_refund_does_not_change_what_is_payable():
    notes = [SimpleNamespace(deducted=0, credited=99)]

    assert folded(Account, (payable(), refunded()), []).payable(notes) == 50_000
