"""What are the figures of a claim, of the parts under a tag, and of a month's bearers?"""

import json
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, func, select

from recourse.aggregates.claim.gates import missing
from recourse.projections.base import Row
from recourse.projections.claims import ASPECTS, BEARERS, CLAIMS, PARTS
from recourse.projections.field_claims import in_field_dispute
from recourse.values.money import yuan


class _Claim:
    """A row of the board as the gates look at it."""

    def __init__(self, row: Row) -> None:
        self.states = {name: row[name] for name in ASPECTS}
        self.dispute: str = row["dispute"]
        self.valid = bool(row["valid"])
        self.quantity: int = row["quantity"]
        self.waived: list[str] = json.loads(row["waived"])


class _Part:
    def __init__(self, row: Row) -> None:
        self.listed: int = row["listed"]
        self.counted: int | None = row["counted"] if "counted" in row["facts"] else None
        self.finding: str | None = row["finding"] or None
        self.answer: str | None = row["answer"] or None


def claim(connection: Connection, name: str, required: Collection[str]) -> dict[str, Any] | None:
    """The figures of a claim by the gates `required`, or None for one nobody received."""
    row = connection.execute(select(CLAIMS).where(CLAIMS.c.claim == name)).mappings().first()
    if row is None:
        return None
    state = _Claim(dict(row))
    parts = connection.execute(select(PARTS).where(PARTS.c.claim == name)).mappings()
    borne = (
        select(BEARERS.c.bearer, func.sum(BEARERS.c.amount))
        .where(BEARERS.c.claim == name)
        .group_by(BEARERS.c.bearer)
    )
    return state.states | {
        "dispute": state.dispute,
        "claimed": yuan(row["claimed"]),
        "accepted": yuan(row["accepted"]),
        "bearers": {bearer: yuan(int(amount)) for bearer, amount in connection.execute(borne)},
        "valid": state.valid,
        "doubts": json.loads(row["doubts"]),
        "unchecked": json.loads(row["unchecked"]),
        "gates_missing": shut_gates(
            dict(row),
            [dict(part) for part in parts],
            required,
            field_dispute=in_field_dispute(connection, name),
        ),
    }


def shut_gates(
    row: Row, parts: Iterable[Row], required: Collection[str], *, field_dispute: bool
) -> list[str]:
    """The gates `required`, neither passed nor waived, of a claim and its parts on the board."""
    found = [_Part(part) for part in parts]
    return missing(_Claim(row), found, required, field_dispute=field_dispute)


def part(connection: Connection, tag: str) -> dict[str, Any] | None:
    """The figures of the parts under a tag, or None for one nobody received."""
    row = connection.execute(select(PARTS).where(PARTS.c.tag == tag)).mappings().first()
    if row is None:
        return None
    return {
        "facts": json.loads(row["facts"]),
        "missing": row["missing"],
        "finding": row["finding"] or None,
        "place": row["place"],
    }


def bearers(connection: Connection, month: str) -> dict[str, Any]:
    """Who bears how much of the claims received in a month; the parts sum to what is accepted."""
    of_month = CLAIMS.c.month == month
    borne = (
        select(BEARERS.c.bearer, func.sum(BEARERS.c.amount))
        .join(CLAIMS, CLAIMS.c.claim == BEARERS.c.claim)
        .where(of_month)
        .group_by(BEARERS.c.bearer)
    )
    accepted = connection.execute(select(func.sum(CLAIMS.c.accepted)).where(of_month)).scalar()
    return {
        "totals": {bearer: yuan(int(amount)) for bearer, amount in connection.execute(borne)},
        "accepted": yuan(int(accepted or 0)),
    }
