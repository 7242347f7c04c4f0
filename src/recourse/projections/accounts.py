"""What was recorded, paid and refunded per supplier, and who are the suppliers?"""

from recourse.aggregates.account import Account
from recourse.aggregates.base import Fact
from recourse.aggregates.supplier import Supplier
from recourse.projections.base import Projection, Rows, table

ACCOUNTS = table(
    "supplier_accounts",
    "supplier",
    text=("name", "disposal"),
    number=("recorded", "paid", "refunded"),
)


def _registered(fact: Fact, event: Supplier.Registered, rows: Rows) -> None:
    rows.put(ACCOUNTS, _name(fact), name=event.name, disposal=event.disposal)


def _payable(fact: Fact, event: Account.PayableRecorded, rows: Rows) -> None:
    rows.put(ACCOUNTS, _name(fact))["recorded"] += event.amount


def _paid(fact: Fact, event: Account.Paid, rows: Rows) -> None:
    rows.put(ACCOUNTS, _name(fact))["paid"] += event.amount


def _refunded(fact: Fact, event: Account.Refunded, rows: Rows) -> None:
    rows.put(ACCOUNTS, _name(fact))["refunded"] += event.amount


def _name(fact: Fact) -> str:
    return fact.stream.partition(":")[2]


ACCOUNT_BOARD = Projection(
    name="supplier_accounts",
    tables=(ACCOUNTS,),
    takes={
        Supplier.Registered: _registered,
        Account.PayableRecorded: _payable,
        Account.Paid: _paid,
        Account.Refunded: _refunded,
    },
)
"""One row a supplier."""
