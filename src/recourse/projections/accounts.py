"""What was recorded, paid and refunded per supplier, and who are the suppliers?"""

from recourse.aggregates.account import Account
from recourse.aggregates.base import Fact
from recourse.aggregates.supplier import Supplier
from recourse.projections.base import Projection, Rows, table

ACCOUNTS = table(
    "supplier_accounts",
    "supplier",
    text=("name", "disposal"),
    number=("recorded", "paid", "refunded", "payments"),
)
PAYABLES = table("supplier_payables", "supplier", "document", text=("due_on",), number=("amount",))
PAYMENTS = table(
    "supplier_payments", "supplier", "payment", text=("paid_on",), number=("number", "amount")
)


def _registered(fact: Fact, event: Supplier.Registered, rows: Rows) -> None:
    rows.put(ACCOUNTS, _name(fact), name=event.name, disposal=event.disposal)


def _payable(fact: Fact, event: Account.PayableRecorded, rows: Rows) -> None:
    supplier, due_on = _name(fact), str(event.due_on)
    rows.put(ACCOUNTS, supplier)["recorded"] += event.amount
    rows.put(PAYABLES, supplier, event.document, due_on=due_on, amount=event.amount)


def _payable_corrected(fact: Fact, event: Account.PayableCorrected, rows: Rows) -> None:
    rows.put(ACCOUNTS, _name(fact))["recorded"] += event.amount - event.was
    rows.put(PAYABLES, _name(fact), event.document, amount=event.amount)


def _paid(fact: Fact, event: Account.Paid, rows: Rows) -> None:
    supplier, paid_on = _name(fact), str(event.effective_on)
    row = rows.put(ACCOUNTS, supplier)
    row["paid"] += event.amount
    row["payments"] += 1
    number = row["payments"]
    key = _key(number)
    rows.put(PAYMENTS, supplier, key, number=number, paid_on=paid_on, amount=event.amount)


def _payment_corrected(fact: Fact, event: Account.PaymentCorrected, rows: Rows) -> None:
    rows.put(ACCOUNTS, _name(fact))["paid"] += event.amount - event.was
    rows.put(PAYMENTS, _name(fact), _key(event.payment), amount=event.amount)


def _refunded(fact: Fact, event: Account.Refunded, rows: Rows) -> None:
    rows.put(ACCOUNTS, _name(fact))["refunded"] += event.amount


def _key(payment: int) -> str:
    """The number of a payment so that it sorts as a number does."""
    return f"{payment:09d}"


def _name(fact: Fact) -> str:
    return fact.stream.partition(":")[2]


ACCOUNT_BOARD = Projection(
    name="supplier_accounts",
    money=True,
    tables=(ACCOUNTS, PAYABLES, PAYMENTS),
    takes={
        Supplier.Registered: _registered,
        Account.PayableRecorded: _payable,
        Account.PayableCorrected: _payable_corrected,
        Account.Paid: _paid,
        Account.PaymentCorrected: _payment_corrected,
        Account.Refunded: _refunded,
    },
)
"""One row a supplier, one a payable, one a payment, as corrected."""
