"""What stands on a supplier's account, and what is held?"""

from datetime import date

import pytest

from recourse.aggregates.account import Account
from recourse.aggregates.referral import Referral
from recourse.projections.accounts import ACCOUNTS, PAYABLES, PAYMENTS
from recourse.rulebook.book import built_in
from support.examples import (
    appealed,
    approved,
    chosen,
    collected,
    confirmed,
    credited,
    drafted,
    happened,
    issued,
    lapsed,
    paid,
    payable,
    receipt,
    received,
    rechecked,
    refunded,
    supplier,
    voided,
)
from support.reading import figures, of, rows, taken_in

BEFORE, SINCE = date(2025, 5, 31), date(2025, 6, 1)
OWED = [*of("supplier:S1", supplier()), *of("account:S1", payable(amount=200_000))]
RECEIVED = (drafted(), approved(), issued(), receipt())


def account(*events, day=SINCE, settings=None):
    models = taken_in(*OWED, *of("chargeback:N1", *events))
    return models.figures("account", "S1", day, built_in().changed(settings or {}))


def test_the_figures_of_an_account_are_those_of_the_cases():
    history = (
        *RECEIVED,
        chosen(way="deduction"),
        collected(way="deduction"),
        appealed(),
        rechecked(),
    )

    assert account(*history, credited()) == {
        "charged": "1150.00",
        "open": "0.00",
        "confirmed": "0.00",
        "collected": "1300.01",
        "credited": "150.01",
        "refundable": "150.01",
        "payable": "699.99",
        "held": "0.00",
        "held_for": {},
    }


def test_what_is_recorded_and_not_paid_is_payable():
    models = taken_in(*OWED, *of("account:S1", payable(document="AP-2"), paid(), refunded()))

    assert rows(models, ACCOUNTS, "name", "disposal", "recorded", "paid", "refunded") == [
        ("甲供方", "takes_back", 250_000, 20_000, 5_000)
    ]


@pytest.mark.parametrize("known", [(), of("account:S1", payable()), of("supplier:S2", supplier())])
def test_a_supplier_that_nobody_registered_has_no_account(known):
    with pytest.raises(LookupError, match="there is no account S1"):
        figures(taken_in(*of("claim:C1", received()), *known), "account", "S1")


def test_payables_and_payments_are_listed_as_corrected():
    corrected = happened(
        Account.PayableCorrected, document="AP-1", amount=7, was=200_000, corrects="account:S1@1"
    )
    taken_back = happened(
        Account.PaymentCorrected, payment=2, amount=0, was=1, corrects="account:S1@4"
    )
    models = taken_in(
        *OWED,
        *of("account:S1", payable(document="AP-2"), paid(), paid(amount=1), corrected, taken_back),
    )

    assert rows(models, PAYABLES, "document", "due_on", "amount") == [
        ("AP-1", "2026-03-31", 7),
        ("AP-2", "2026-03-31", 50_000),
    ]
    assert rows(models, PAYMENTS, "number", "paid_on", "amount") == [
        (1, "2026-03-02", 20_000),
        (2, "2026-03-02", 0),
    ]
    assert rows(models, ACCOUNTS, "recorded", "paid") == [(50_007, 20_000)]


def test_the_tenth_payment_comes_after_the_ninth():
    payments = [paid(amount=number) for number in range(1, 12)]
    models = taken_in(*OWED, *of("account:S1", *payments))

    assert rows(models, PAYMENTS, "number") == list(range(1, 12))


def test_what_was_refunded_is_not_refundable():
    models = taken_in(
        *OWED,
        *of("chargeback:N1", *RECEIVED, collected(), voided(), credited(amount=130_001)),
        *of("account:S1", refunded(amount=100_000)),
    )

    shown = figures(models, "account", "S1")
    assert (shown["credited"], shown["refundable"], shown["payable"]) == (
        "1300.01",
        "300.01",
        "2000.00",
    )


def test_a_void_note_is_charged_no_longer_but_what_was_taken_and_given_back_stays():
    shown = account(*RECEIVED, collected(), voided(), credited(amount=130_001))

    assert (shown["charged"], shown["open"], shown["collected"], shown["credited"]) == (
        "0.00",
        "0.00",
        "1300.01",
        "1300.01",
    )


def test_only_a_settled_note_is_confirmed():
    assert account(*RECEIVED, confirmed())["confirmed"] == "1300.01"


@pytest.mark.parametrize("events", [(drafted(),), (drafted(), approved())])
def test_a_note_that_was_not_issued_charges_and_holds_nothing(events):
    shown = account(*events)

    assert (shown["charged"], shown["open"], shown["held"]) == ("0.00", "0.00", "0.00")


@pytest.mark.parametrize(("day", "held"), [(BEFORE, "2000.00"), (SINCE, "1300.01")])
def test_the_day_decides_how_much_is_held(day, held):
    assert account(*RECEIVED, day=day)["held"] == held


@pytest.mark.parametrize(
    ("answer", "held_for"),
    [
        ((), {"N1": "unanswered"}),
        ((lapsed(),), {"N1": "lapsed"}),
        ((appealed(),), {"N1": "under_appeal"}),
        ((appealed(), rechecked()), {"N1": "under_appeal"}),
        ((confirmed(),), {}),
    ],
)
def test_a_holding_note_is_named_with_its_reason(answer, held_for):
    assert account(*RECEIVED, *answer)["held_for"] == held_for


def test_an_appealed_note_does_not_hold_where_the_setting_says_so():
    shown = account(*RECEIVED, appealed(), settings={"hold.appealed": False})

    assert (shown["held"], shown["held_for"]) == ("0.00", {})


def test_a_referral_is_open_until_it_is_closed():
    asked = {"code": "charges-more-than-borne", "asked": "review_note"}
    one = of("referral:N1", happened(Referral.Raised, "engine", about="N1", **asked))
    other = of("referral:N2", happened(Referral.Raised, "engine", about="N2", **asked))
    closed = of("referral:N1", happened(Referral.Closed, "engine"))

    assert figures(taken_in(*one, *other), "referrals") == {"open": 2, "about": ["N1", "N2"]}
    assert figures(taken_in(*one, *other, *closed), "referrals") == {"open": 1, "about": ["N2"]}
