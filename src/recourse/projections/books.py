"""What stands in a supplier's books, and do the books agree with everything else?"""

from datetime import date
from typing import Any

from sqlalchemy import Connection, func, or_, select

from recourse.aggregates.statement import StatementFigures
from recourse.projections.accounts import ACCOUNTS
from recourse.projections.chargebacks import DISPOSALS
from recourse.projections.claims import BEARERS, CLAIMS
from recourse.projections.ledger import (
    BALANCES,
    CONFIRMED,
    DISPOSAL,
    ENTRIES,
    PENDING,
    UPSTREAM,
    disposal,
    receivable,
)
from recourse.projections.notes import account, notes
from recourse.projections.settlements import closed_statements
from recourse.rulebook.book import Rulebook
from recourse.values.money import fen, yuan


def entries(connection: Connection, supplier: str, month: str | None = None) -> dict[str, Any]:
    """The entries on a supplier's accounts, of all time or of one month, and their balances now."""
    own = or_(
        ENTRIES.c.account.endswith(f":{supplier}", autoescape=True),
        ENTRIES.c.account.contains(f":{supplier}:", autoescape=True),
    )
    query = select(ENTRIES).where(own).order_by(ENTRIES.c.position, ENTRIES.c.line)
    if month is not None:
        query = query.where(ENTRIES.c.date.startswith(f"{month}-"))
    rows = connection.execute(query).mappings().all()
    return {
        "entries": [
            dict(row)
            | {
                "debit": yuan(row["debit"]),
                "credit": yuan(row["credit"]),
                "clauses": row["clauses"].split(),
            }
            for row in rows
        ],
        "balances": {
            name: yuan(amount)
            for name, amount in balances(connection).items()
            if name.endswith(f":{supplier}") or f":{supplier}:" in name
        },
    }


def balances(connection: Connection) -> dict[str, int]:
    """Debits less credits of every account, in fen."""
    rows = connection.execute(select(BALANCES).order_by(BALANCES.c.account)).mappings()
    return {row["account"]: row["debit"] - row["credit"] for row in rows}


def disagreements(connection: Connection, day: date, book: Rulebook) -> list[str]:
    """Everything in which the ledger contradicts itself or another read model; empty is right."""
    found = [f"position {position} does not balance" for position in _unbalanced(connection)]
    now = balances(connection)
    if sum(now.values()):
        found.append(f"debits and credits differ by {yuan(sum(now.values()))}")
    found += _against_bearers(connection, now)
    found += _against_disposals(connection, now)
    for (supplier,) in connection.execute(select(ACCOUNTS.c.supplier)):
        found += _against_account(supplier, now, account(connection, supplier, day, book))
        found += _against_statements(connection, supplier)
    return found


def _unbalanced(connection: Connection) -> list[int]:
    query = (
        select(ENTRIES.c.position)
        .group_by(ENTRIES.c.position)
        .having(func.sum(ENTRIES.c.debit) != func.sum(ENTRIES.c.credit))
    )
    return [row[0] for row in connection.execute(query)]


def _against_bearers(connection: Connection, now: dict[str, int]) -> list[str]:
    """Every accepted fen has exactly one bearer, and what is charged is cost no longer."""
    accepted = connection.execute(select(func.sum(CLAIMS.c.accepted))).scalar() or 0
    by_bearer = select(BEARERS.c.bearer, func.sum(BEARERS.c.amount)).group_by(BEARERS.c.bearer)
    borne = {bearer: int(amount) for bearer, amount in connection.execute(by_bearer)}
    charged: dict[str, int] = {}
    for note in notes(connection):
        if note.is_issued:
            name = f"supplier:{note.row['supplier']}"
            charged[name] = charged.get(name, 0) + note.standing["loss"]
    found = []
    if not -now.get(UPSTREAM, 0) == accepted == sum(borne.values()):
        found.append(
            f"accepted {yuan(accepted)}, owed upstream {yuan(-now.get(UPSTREAM, 0))}, "
            f"borne {yuan(sum(borne.values()))}"
        )
    for bearer in dict.fromkeys([*borne, *charged]):
        kept = now.get(f"cost:{bearer}", 0) + charged.get(bearer, 0)
        if kept != borne.get(bearer, 0):
            found.append(f"{bearer} bears {yuan(borne.get(bearer, 0))}, the books say {yuan(kept)}")
    return found


def _against_disposals(connection: Connection, now: dict[str, int]) -> list[str]:
    """What disposal cost was charged to its supplier or is still to be recovered, to the fen."""
    of_supplier = select(DISPOSALS.c.supplier, func.sum(DISPOSALS.c.cost))
    rows = connection.execute(of_supplier.group_by(DISPOSALS.c.supplier))
    costs = {supplier: int(cost) for supplier, cost in rows}
    charged: dict[str, int] = {}
    for note in notes(connection):
        if note.is_issued:
            supplier = note.row["supplier"]
            charged[supplier] = charged.get(supplier, 0) + note.standing["disposal"]
    spent, booked = sum(costs.values()), -now.get(DISPOSAL, 0)
    found = []
    if spent != booked:
        found.append(f"disposal cost {yuan(spent)}, the books say {yuan(booked)}")
    for supplier in dict.fromkeys([*costs, *charged]):
        cost, kept = costs.get(supplier, 0), now.get(disposal(supplier), 0)
        if kept + charged.get(supplier, 0) != cost:
            found.append(
                f"{supplier} disposal cost {yuan(cost)}: charged "
                f"{yuan(charged.get(supplier, 0))}, in the books {yuan(kept)}"
            )
    return found


def _against_account(supplier: str, now: dict[str, int], figures: dict[str, Any]) -> list[str]:
    states = ("pending", "confirmed")
    owed = sum(now.get(f"receivable:{supplier}:{state}", 0) for state in states)
    said = {
        "open": owed,
        "payable": -now.get(f"payable:{supplier}", 0),
        "refundable": -now.get(f"credit:{supplier}", 0),
    }
    return [
        f"{supplier} {name}: {figures[name]} on the account, {yuan(amount)} in the books"
        for name, amount in said.items()
        if fen(figures[name]) != amount
    ]


def _against_statements(connection: Connection, supplier: str) -> list[str]:
    """Closed months leave no gap between them, and hold what the books hold, event by event."""
    posted, closing, found = _posted(connection, supplier), 0, []
    for _, _, month in closed_statements(connection, supplier=supplier):
        name = f"{supplier} {month.month}"
        if month.opening != closing + sum(line.amount for line in month.brought_forward):
            found.append(f"{name} opens with {yuan(month.opening)} after {yuan(closing)}")
        closing = month.closing
        comes_to = month.opening + sum(line.amount for line in month.lines)
        figures = _by_figures(month)
        if not closing == comes_to == figures:
            sums = f"its lines {yuan(comes_to)}, its figures {yuan(figures)}"
            found.append(f"{name} closes with {yuan(closing)}, {sums}")
        found += [
            f"{name} {line.event}: {yuan(line.amount)} settled, {yuan(amount)} in the books"
            for line in month.settled
            for amount in [posted.get(line.event, 0)]
            if amount != line.amount
        ]
    return found


def _by_figures(month: StatementFigures) -> int:
    return month.opening + month.charged + month.credited - month.collected


def _posted(connection: Connection, supplier: str) -> dict[str, int]:
    """What each event added to what the supplier owes, by the ledger."""
    accounts = [receivable(supplier, state) for state in (PENDING, CONFIRMED)]
    query = (
        select(ENTRIES.c.event, func.sum(ENTRIES.c.debit - ENTRIES.c.credit))
        .where(ENTRIES.c.account.in_(accounts))
        .group_by(ENTRIES.c.event)
    )
    return {event.partition(" ")[0]: int(amount) for event, amount in connection.execute(query)}
