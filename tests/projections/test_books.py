"""What stands in the books of one supplier, of all time or of a month?"""

import pytest

from recourse.projections.books import balances, entries
from support.examples import (
    MONDAY,
    approved,
    collected,
    cost_confirmed,
    divided,
    drafted,
    issued,
    payable,
    receipt,
    received,
)
from support.reading import of, taken_in

CLAIM = of("claim:C1", received(), cost_confirmed(), divided())
ISSUED = (drafted(), approved(), issued())
RECEIVED = (*ISSUED, receipt())
PENDING = "receivable:S1:pending"


def note(*events):
    return (*CLAIM, *of("chargeback:N1", *events))


def test_a_balance_is_debits_less_credits():
    with taken_in(*note(*RECEIVED, collected(amount=1))).reading() as connection:
        now = balances(connection)

    assert now == {
        "bank": 1,
        "cost:supplier:S1": 0,
        "penalty:S1": -100_000,
        PENDING: 130_000,
        "upstream": -30_001,
    }


def test_the_books_of_a_supplier_are_its_own_accounts_only():
    models = taken_in(
        *note(*ISSUED),
        *of("account:S1", payable()),
        *of("account:S11", payable()),
        *of("account:XS1", payable()),
    )

    with models.reading() as connection:
        books = entries(connection, "S1")

    assert (
        {entry["account"] for entry in books["entries"]}
        == set(books["balances"])
        == {
            "cost:supplier:S1",
            "penalty:S1",
            PENDING,
            "payable:S1",
            "purchases:S1",
        }
    )


@pytest.mark.parametrize("wild", ["S_", "%", "S%"])
def test_a_supplier_with_a_strange_name_does_not_see_the_books_of_others(wild):
    with taken_in(*note(*ISSUED)).reading() as connection:
        assert entries(connection, wild) == {"entries": [], "balances": {}}


def test_the_books_of_a_month_have_its_entries_and_the_balances_of_now():
    april = payable(document="AP-2").model_copy(update={"effective_on": MONDAY.replace(month=4)})
    models = taken_in(*of("account:S1", payable(), april))

    with models.reading() as connection:
        books = entries(connection, "S1", "2026-04")

    assert [(it["account"], it["debit"], it["credit"]) for it in books["entries"]] == [
        ("purchases:S1", "500.00", "0.00"),
        ("payable:S1", "0.00", "500.00"),
    ]
    assert books["balances"] == {"payable:S1": "-1000.00", "purchases:S1": "1000.00"}
