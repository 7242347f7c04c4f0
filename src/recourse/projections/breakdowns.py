"""Which month's breakdown was sent, who signed for it, and which objections wait?"""

from typing import Any

from sqlalchemy import Connection, select

from recourse.aggregates.base import Fact
from recourse.aggregates.breakdown import Breakdown
from recourse.projections.base import Projection, Rows, table
from recourse.projections.claim_figures import bearers
from recourse.projections.claims import CLAIMS
from recourse.values.money import yuan

BREAKDOWNS = table("breakdowns", "month", "bearer", text=("sent_on", "signed_on"), number=("sent",))
APPEALS = table("breakdown_appeals", "month", "bearer", "claim", text=("appealed_on", "outcome"))


def _sent(fact: Fact, event: Breakdown.Sent, rows: Rows) -> None:
    told: dict[str, int] = {}
    for parts in event.borne.values():
        for bearer, amount in parts.items():
            told[bearer] = told.get(bearer, 0) + amount
    for bearer, amount in told.items():
        day = str(event.effective_on)
        rows.put(BREAKDOWNS, _month(fact), bearer, sent_on=day, sent=amount)


def _signed(fact: Fact, event: Breakdown.Signed, rows: Rows) -> None:
    rows.put(BREAKDOWNS, _month(fact), event.bearer, signed_on=str(event.effective_on))


def _appealed(fact: Fact, event: Breakdown.Appealed, rows: Rows) -> None:
    for claim in event.claims:
        day = str(event.effective_on)
        rows.put(APPEALS, _month(fact), event.bearer, claim, appealed_on=day, outcome="")


def _decided(fact: Fact, event: Breakdown.AppealDecided, rows: Rows) -> None:
    rows.put(APPEALS, _month(fact), event.bearer, event.claim, outcome=event.outcome)


def _month(fact: Fact) -> str:
    return fact.stream.partition(":")[2]


BREAKDOWN_BOARD = Projection(
    name="breakdowns",
    money=True,
    tables=(BREAKDOWNS, APPEALS),
    takes={
        Breakdown.Sent: _sent,
        Breakdown.Signed: _signed,
        Breakdown.Appealed: _appealed,
        Breakdown.AppealDecided: _decided,
    },
)
"""One row a month and bearer, one a claim objected to."""


def breakdown(connection: Connection, month: str) -> dict[str, Any] | None:
    """What each bearer was told of a month and bears now, or None if nothing was received in it."""
    if connection.execute(select(CLAIMS).where(CLAIMS.c.month == month)).first() is None:
        return None
    query = select(BREAKDOWNS).where(BREAKDOWNS.c.month == month)
    told = {row["bearer"]: row for row in connection.execute(query).mappings()}
    query = select(APPEALS).where(APPEALS.c.month == month).order_by(APPEALS.c.claim)
    appeals = connection.execute(query).mappings().all()
    now = bearers(connection, month)
    rows = [
        {
            "bearer": bearer,
            "sent": yuan(told[bearer]["sent"] if bearer in told else 0),
            "bears": now["totals"].get(bearer, yuan(0)),
            "signed_on": told[bearer]["signed_on"] or None if bearer in told else None,
            "appeals": {
                row["claim"]: row["outcome"] or "waits"
                for row in appeals
                if row["bearer"] == bearer
            },
        }
        for bearer in sorted({*told, *now["totals"]})
    ]
    sent_on = max((row["sent_on"] for row in told.values()), default="")
    return {
        "month": month,
        "sent_on": sent_on or None,
        "accepted": now["accepted"],
        "bearers": rows,
    }
