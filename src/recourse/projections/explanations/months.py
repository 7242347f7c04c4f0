"""What is the statement of a month, closed and kept, or open and as it would be now?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from recourse.aggregates.account import Account
from recourse.aggregates.hold import HoldRule, hold
from recourse.aggregates.settlement import Settlement
from recourse.aggregates.statement import Statement, StatementLine, movements_of, reckon
from recourse.projections.accounts import ACCOUNTS
from recourse.projections.explanations.sources import Sources
from recourse.projections.settlements import FIGURES, closed_statements
from recourse.rulebook.months import Rate, settled_in
from recourse.values.money import yuan

NOT_CLOSED = "not_closed"


@dataclass(frozen=True, slots=True)
class SupplierMonth:
    """A supplier's month: `state` is "not_closed", "closed" (it awaits approval) or "approved"."""

    supplier: str
    state: str
    statement: Statement

    @property
    def says_anything(self) -> bool:
        """Whether there is a movement or a balance, or somebody closed it."""
        statement = self.statement
        return bool(statement.settled or statement.opening) or self.state != NOT_CLOSED

    def as_dict(self) -> dict[str, Any]:
        """The statement under its public names; amounts in yuan."""
        statement = self.statement
        late = sum(line.amount for line in statement.lines if line.adjusts)
        return {
            "supplier": self.supplier,
            "month": statement.month,
            "state": self.state,
            **{name: yuan(getattr(statement, name)) for name in FIGURES},
            "adjustments": yuan(late),
            "converted": _converted(statement),
            "brought_forward": [_line(line) for line in statement.brought_forward],
            "lines": [_line(line) for line in statement.lines],
        }


def _converted(statement: Statement) -> dict[str, str] | None:
    """The closing in another currency, where it is settled in one."""
    found = statement.converted
    if found is None:
        return None
    return {"currency": found.currency, "rate": str(found.rate), "amount": yuan(found.amount)}


def _line(line: StatementLine) -> dict[str, Any]:
    return {
        "chargeback": line.chargeback,
        "event": line.event,
        "kind": line.kind,
        "amount": yuan(line.amount),
        "date": line.on,
        "month": line.month,
        "adjusts": line.adjusts,
    }


def supplier_months(
    connection: Connection, sources: Sources, month: str, supplier: str | None = None
) -> list[SupplierMonth]:
    """The month of every supplier for whom it says anything, or of the one.

    Where the book settles by the quarter, its quarter.
    Closed ones are as they were closed, open ones as the log would have them closed now. Raises
    LookupError for a supplier nobody registered.
    """
    month = settled_in(month, sources.book)
    query = select(ACCOUNTS.c.supplier).order_by(ACCOUNTS.c.supplier)
    names = [name for (name,) in connection.execute(query)]
    if supplier is not None and supplier not in names:
        raise LookupError(f"there is no supplier {supplier}")
    closed = {name: (state, of) for name, state, of in closed_statements(connection, month=month)}
    found = [
        SupplierMonth(name, *closed[name]) if name in closed else open_month(sources, name, month)
        for name in (names if supplier is None else [supplier])
    ]
    return [each for each in found if each and (each.says_anything or supplier)]


def supplier_month(sources: Sources, supplier: str, month: str) -> SupplierMonth | None:
    """A supplier's month by the log; None where it went into a later statement that is closed."""
    settlement = sources.state(Settlement, supplier)
    for statement in settlement.closed:
        if statement.month == month:
            waits = settlement.waits and month == settlement.last
            return SupplierMonth(supplier, "closed" if waits else "approved", statement)
    return open_month(sources, supplier, month)


def open_month(sources: Sources, supplier: str, month: str) -> SupplierMonth | None:
    """A supplier's month as it would be if it were closed now; None where it never can be."""
    settlement = sources.state(Settlement, supplier)
    if month <= settlement.last:
        return None
    notes = sources.notes_of_supplier(supplier)
    holding = hold(notes, HoldRule.on(sources.day, sources.book))
    moved = movements_of(notes.values(), sources.book)
    held = holding.of(sources.state(Account, supplier).payable(notes.values()))
    rate = Rate.of(supplier, month, sources.book)
    statement = reckon(month, moved, settlement.closed, held=held, rate=rate)
    return SupplierMonth(supplier, NOT_CLOSED, statement)


def adjustments_of(
    sources: Sources, supplier: str, month: str
) -> Iterator[tuple[str, StatementLine]]:
    """What later closed statements adjust in `month`: (month of the statement, movement)."""
    for statement in sources.state(Settlement, supplier).closed:
        for line in statement.lines:
            if line.adjusts == month:
                yield statement.month, line
