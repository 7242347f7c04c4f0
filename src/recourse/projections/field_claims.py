"""Where does each field claim stand, and for whom does it wait?"""

from typing import Any

from sqlalchemy import Connection, select

from recourse.aggregates.base import Fact
from recourse.aggregates.field_claim import FieldClaim
from recourse.projections.base import Projection, Rows, table

FIELD_CLAIMS = table(
    "field_claims",
    "field_claim",
    text=(
        *("unit", "part", "claim", "opinion", "party", "against", "ruling", "state"),
        *("found_on", "proposed_on", "approved_on", "disputed_on", "ruled_on"),
    ),
)
WAITS_FOR = {"proposed": "service_centre", "disputed": "group_quality"}
"""State -> who must act next; for nobody in any other state."""


def _proposed(fact: Fact, event: FieldClaim.Proposed, rows: Rows) -> None:
    rows.put(
        FIELD_CLAIMS,
        _name(fact),
        unit=event.unit,
        part=event.part,
        opinion=event.opinion,
        found_on=str(event.found_on),
        state="proposed",
        proposed_on=str(event.effective_on),
    )


def _approved(fact: Fact, event: FieldClaim.Approved, rows: Rows) -> None:
    rows.put(FIELD_CLAIMS, _name(fact), state="approved", approved_on=str(event.effective_on))


def _linked(fact: Fact, event: FieldClaim.Linked, rows: Rows) -> None:
    rows.put(FIELD_CLAIMS, _name(fact), claim=event.claim)


def _disputed(fact: Fact, event: FieldClaim.Disputed, rows: Rows) -> None:
    rows.put(
        FIELD_CLAIMS,
        _name(fact),
        party=event.party,
        against=event.against,
        state="disputed",
        disputed_on=str(event.effective_on),
    )


def _ruled(fact: Fact, event: FieldClaim.Ruled, rows: Rows) -> None:
    ruled_on = str(event.ruled_on)
    rows.put(FIELD_CLAIMS, _name(fact), ruling=event.ruling, state="ruled", ruled_on=ruled_on)


def _name(fact: Fact) -> str:
    return fact.stream.partition(":")[2]


FIELD_CLAIM_BOARD = Projection(
    name="field_claims",
    money=False,
    tables=(FIELD_CLAIMS,),
    takes={
        FieldClaim.Proposed: _proposed,
        FieldClaim.Approved: _approved,
        FieldClaim.Linked: _linked,
        FieldClaim.Disputed: _disputed,
        FieldClaim.Ruled: _ruled,
    },
)
"""One row a field claim, with the day on which each of its states began."""


def in_field_dispute(connection: Connection, claim: str) -> bool:
    """Whether a dispute about the field claim behind `claim` is open."""
    disputed = (FIELD_CLAIMS.c.claim == claim) & (FIELD_CLAIMS.c.state == "disputed")
    return (
        connection.execute(select(FIELD_CLAIMS.c.field_claim).where(disputed)).first() is not None
    )


def field_claims(connection: Connection) -> list[dict[str, Any]]:
    """Every field claim, who must act next in it (or None), and since when it is as it is."""
    query = select(FIELD_CLAIMS).order_by(FIELD_CLAIMS.c.field_claim)
    return [
        dict(row) | {"waits_for": WAITS_FOR.get(row["state"]), "since": row[f"{row['state']}_on"]}
        for row in connection.execute(query).mappings()
    ]
