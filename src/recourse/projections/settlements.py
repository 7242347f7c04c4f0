"""Which months are closed with which supplier, and what do their statements say?"""

import json
from collections.abc import Iterator

from sqlalchemy import Connection, select

from recourse.aggregates.base import Fact
from recourse.aggregates.settlement import Settlement
from recourse.aggregates.statement import Converted, Statement, StatementFigures, StatementLine
from recourse.projections.base import Projection, Row, Rows, table

FIGURES = tuple(name for name in StatementFigures.model_fields if name != "month")
STATEMENTS = table(
    "settlements",
    "supplier",
    "month",
    text=("state", "closed_by", "closed_on", "approved_by", "approved_on", "events", "converted"),
    number=FIGURES,
)
STATEMENT_LINES = table(
    "settlement_lines",
    "supplier",
    "event",
    text=("settled_in", "chargeback", "kind", "on", "month", "adjusts"),
    number=("place", "brought_forward", "amount"),
)


def _closed(fact: Fact, event: Settlement.Closed, rows: Rows) -> None:
    supplier, statement = _name(fact), event.statement
    rows.put(
        STATEMENTS,
        supplier,
        statement.month,
        state="closed",
        closed_by=event.actor,
        closed_on=str(event.effective_on),
        events=json.dumps([line.event for line in statement.settled], ensure_ascii=False),
        converted=statement.converted.model_dump_json() if statement.converted else "",
        **{name: getattr(statement, name) for name in FIGURES},
    )
    forward = len(statement.brought_forward)
    for place, line in enumerate(statement.settled):
        rows.put(
            STATEMENT_LINES,
            supplier,
            line.event,
            settled_in=statement.month,
            chargeback=line.chargeback,
            kind=line.kind,
            on=str(line.on),
            month=line.month,
            adjusts=line.adjusts or "",
            place=place,
            brought_forward=int(place < forward),
            amount=line.amount,
        )


def _approved(fact: Fact, event: Settlement.Approved, rows: Rows) -> None:
    rows.put(
        STATEMENTS,
        _name(fact),
        event.month,
        state="approved",
        approved_by=event.actor,
        approved_on=str(event.effective_on),
    )


def _returned(fact: Fact, event: Settlement.Returned, rows: Rows) -> None:
    supplier = _name(fact)
    for settled in json.loads(rows.put(STATEMENTS, supplier, event.month)["events"]):
        rows.drop(STATEMENT_LINES, supplier, settled)
    rows.drop(STATEMENTS, supplier, event.month)


def _name(fact: Fact) -> str:
    return fact.stream.partition(":")[2]


SETTLEMENT_BOARD = Projection(
    name="settlements",
    money=True,
    tables=(STATEMENTS, STATEMENT_LINES),
    takes={
        Settlement.Closed: _closed,
        Settlement.Approved: _approved,
        Settlement.Returned: _returned,
    },
)
"""One row a month that is closed with a supplier, and one a movement that it settles."""


def closed_statements(
    connection: Connection, *, supplier: str | None = None, month: str | None = None
) -> Iterator[tuple[str, str, Statement]]:
    """The closed statements, or those of a supplier or a month: (supplier, state, statement)."""
    query = select(STATEMENTS).order_by(STATEMENTS.c.supplier, STATEMENTS.c.month)
    if supplier is not None:
        query = query.where(STATEMENTS.c.supplier == supplier)
    if month is not None:
        query = query.where(STATEMENTS.c.month == month)
    for row in connection.execute(query).mappings().all():
        yield row["supplier"], row["state"], _statement(connection, dict(row))


def _statement(connection: Connection, row: Row) -> Statement:
    query = (
        select(STATEMENT_LINES)
        .where(
            STATEMENT_LINES.c.supplier == row["supplier"],
            STATEMENT_LINES.c.settled_in == row["month"],
        )
        .order_by(STATEMENT_LINES.c.place)
    )
    lines = [dict(line) for line in connection.execute(query).mappings()]
    return Statement(
        month=row["month"],
        **{name: row[name] for name in FIGURES},
        converted=Converted.model_validate_json(row["converted"]) if row["converted"] else None,
        brought_forward=tuple(_line(line) for line in lines if line["brought_forward"]),
        lines=tuple(_line(line) for line in lines if not line["brought_forward"]),
    )


def _line(row: Row) -> StatementLine:
    kept = {name: row[name] for name in StatementLine.model_fields}
    return StatementLine.model_validate(kept | {"adjusts": row["adjusts"] or None})
