"""What may be recorded, paid and refunded on a supplier's account?"""

from datetime import date
from types import SimpleNamespace

import pytest

from recourse.aggregates.account import Account
from support.examples import act, happened, paid, payable, refunded
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
    given(Account, payable()).when(pay(20_001)).then_refused("payment-held", "Z-4.6.3b")


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


def correct_payable(amount, by="colleague", document="AP-1"):
    return lambda it: it.correct_payable(act(by), document, amount)


def correct_payment(amount, by="colleague", payment=1, *, payable=30_000, held=10_000):
    def asked(it):
        it.must_have_paid(act(by), payment)
        it.correct_payment(act(by), payment, amount, payable=payable, held=held, by=["N1"])

    return asked


TWICE_PAID = (payable(), paid(), paid(amount=5_000))
PAYABLE_CORRECTED = happened(
    Account.PayableCorrected,
    "colleague",
    document="AP-1",
    amount=1_000,
    was=50_000,
    corrects="account:S1@1",
)
PAYMENT_CORRECTED = happened(
    Account.PaymentCorrected,
    "colleague",
    payment=2,
    amount=0,
    was=5_000,
    corrects="account:S1@3",
)


@pytest.mark.parametrize("amount", [0, 49_999, 50_001])
def test_a_payable_is_corrected_by_another_person_even_below_what_was_paid(amount):
    (
        given(Account, *TWICE_PAID)
        .when(correct_payable(amount))
        .then(
            Account.PayableCorrected,
            document="AP-1",
            amount=amount,
            was=50_000,
            corrects="account:S1@1",
        )
    )


def test_a_document_that_is_not_on_record_is_not_corrected():
    given(Account, payable()).when(correct_payable(1, document="AP-2")).then_refused(
        "no-such-payable"
    )


def test_who_recorded_a_payable_does_not_correct_it_whatever_the_amount():
    given(Account, payable()).when(correct_payable(-1, by="cashier")).then_refused(
        "own-record-corrected", "ZA33"
    )


def test_who_corrected_a_payable_last_does_not_correct_it_again():
    history = (payable(), PAYABLE_CORRECTED)

    given(Account, *history).when(correct_payable(2)).then_refused("own-record-corrected", "ZA33")


def test_who_recorded_a_payable_may_correct_the_correction_of_another():
    (
        given(Account, payable(), PAYABLE_CORRECTED)
        .when(correct_payable(50_000, by="cashier"))
        .then(
            Account.PayableCorrected,
            document="AP-1",
            amount=50_000,
            was=1_000,
            corrects="account:S1@2",
        )
    )


@pytest.mark.parametrize(
    ("amount", "code"), [(-1, "amount-below-nothing"), (50_000, "nothing-to-correct")]
)
def test_a_payable_is_not_corrected_to_less_than_nothing_or_to_what_it_is(amount, code):
    given(Account, payable()).when(correct_payable(amount)).then_refused(code)


@pytest.mark.parametrize("amount", [0, 4_999, 5_001, 25_000])
def test_a_payment_is_corrected_up_to_what_is_free(amount):
    (
        given(Account, *TWICE_PAID)
        .when(correct_payment(amount, payment=2))
        .then(
            Account.PaymentCorrected, payment=2, amount=amount, was=5_000, corrects="account:S1@3"
        )
    )


@pytest.mark.parametrize("payment", [-1, 0, 3])
def test_payments_are_numbered_from_one(payment):
    given(Account, *TWICE_PAID).when(correct_payment(1, payment=payment)).then_refused(
        "no-such-payment"
    )


def test_who_recorded_a_payment_does_not_correct_it_whatever_the_amount():
    given(Account, *TWICE_PAID).when(correct_payment(-1, by="cashier")).then_refused(
        "own-record-corrected", "ZA33"
    )


def test_who_corrected_a_payment_last_does_not_correct_it_again():
    history = (*TWICE_PAID, PAYMENT_CORRECTED)

    given(Account, *history).when(correct_payment(1, payment=2)).then_refused(
        "own-record-corrected", "ZA33"
    )


@pytest.mark.parametrize(
    ("amount", "refused"),
    [
        (-1, ("amount-below-nothing",)),
        (5_000, ("nothing-to-correct",)),
        (25_001, ("payment-held", "Z-4.6.3b")),
        (35_000, ("payment-held", "Z-4.6.3b")),
        (35_001, ("more-than-payable", "Z-4.6.3a")),
    ],
)
def test_what_a_payment_is_corrected_to_is_payable_and_not_held(amount, refused):
    given(Account, *TWICE_PAID).when(correct_payment(amount, payment=2)).then_refused(*refused)


def test_a_payment_is_lowered_even_while_everything_is_held():
    (
        given(Account, *TWICE_PAID)
        .when(correct_payment(1, payment=2, payable=-10_000, held=0))
        .then(Account.PaymentCorrected, payment=2, amount=1, was=5_000, corrects="account:S1@3")
    )


def test_payable_is_reckoned_with_the_corrected_amounts():
    account = folded(Account, (*TWICE_PAID, PAYABLE_CORRECTED, PAYMENT_CORRECTED), [])

    assert (account.recorded, account.paid, account.payable([])) == (1_000, 20_000, -19_000)


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
