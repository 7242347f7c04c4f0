"""Which legal cases are there, since when, with whom, and how did they end?"""

import json
from typing import Any

from sqlalchemy import Connection, select

from recourse.aggregates.base import Fact
from recourse.aggregates.legal_case import LegalCase
from recourse.projections.base import Projection, Rows, table

LISTS = ("triggers", "joining", "claims", "notes")
LEGAL_CASES = table(
    "legal_cases",
    "legal_case",
    text=("supplier", *LISTS, "state", "outcome", "reference", "opened_on", "closed_on"),
)


def _opened(fact: Fact, event: LegalCase.Opened, rows: Rows) -> None:
    listed = {name: _list(getattr(event, name)) for name in LISTS}
    opened_on = str(event.effective_on)
    rows.put(
        LEGAL_CASES,
        _name(fact),
        supplier=event.supplier,
        state="pursued",
        opened_on=opened_on,
        **listed,
    )


def _joined(fact: Fact, event: LegalCase.Joined, rows: Rows) -> None:
    row = rows.put(LEGAL_CASES, _name(fact))
    row["joining"] = _list([*json.loads(row["joining"]), event.department])


def _linked(fact: Fact, event: LegalCase.Linked, rows: Rows) -> None:
    row = rows.put(LEGAL_CASES, _name(fact))
    row["claims"] = _list([*json.loads(row["claims"]), *event.claims])
    row["notes"] = _list([*json.loads(row["notes"]), *event.notes])


def _closed(fact: Fact, event: LegalCase.Closed, rows: Rows) -> None:
    rows.put(
        LEGAL_CASES,
        _name(fact),
        state="ended",
        outcome=event.outcome,
        reference=event.reference,
        closed_on=str(event.closed_on),
    )


def _list(names: Any) -> str:
    return json.dumps(list(names), ensure_ascii=False)


def _name(fact: Fact) -> str:
    return fact.stream.partition(":")[2]


LEGAL_CASE_BOARD = Projection(
    name="legal_cases",
    money=False,
    tables=(LEGAL_CASES,),
    takes={
        LegalCase.Opened: _opened,
        LegalCase.Joined: _joined,
        LegalCase.Linked: _linked,
        LegalCase.Closed: _closed,
    },
)
"""One row a case, with the days on which it was opened and closed."""


def legal_cases(connection: Connection) -> list[dict[str, Any]]:
    """Every case, who leads an open one (else None), and since when it is as it is."""
    query = select(LEGAL_CASES).order_by(LEGAL_CASES.c.legal_case)
    return [
        dict(row)
        | {name: json.loads(row[name]) for name in LISTS}
        | {"waits_for": "quality_manager" if row["state"] == "pursued" else None}
        | {"since": row["closed_on"] or row["opened_on"]}
        for row in connection.execute(query).mappings()
    ]
