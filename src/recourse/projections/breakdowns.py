"""Which month's breakdown was sent, who signed for it, and which objections wait?"""

from recourse.aggregates.base import Fact
from recourse.aggregates.breakdown import Breakdown
from recourse.projections.base import Projection, Rows, table

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
    tables=(BREAKDOWNS, APPEALS),
    takes={
        Breakdown.Sent: _sent,
        Breakdown.Signed: _signed,
        Breakdown.Appealed: _appealed,
        Breakdown.AppealDecided: _decided,
    },
)
"""One row a month and bearer, one a claim objected to."""
