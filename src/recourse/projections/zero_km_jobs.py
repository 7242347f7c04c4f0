"""Where does each zero-km job stand, for whom does it wait, and what did it cost?"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from recourse.aggregates.base import Fact
from recourse.aggregates.zero_km_job import Spares, ZeroKmJob
from recourse.projections.base import Projection, Rows, table
from recourse.values.money import total, yuan

ZERO_KM_JOBS = table(
    "zero_km_jobs",
    "job",
    text=(
        *("unit", "part", "fault", "plant", "outcome", "claim", "state", "reported_on"),
        *("opened_on", "requested_on", "supplied_on", "finished_on", "cancelled_on", "served_on"),
    ),
    number=("requested", "issued", "quantity", "cost"),
)
WAITS_FOR = {
    "opened": "quality_engineer",
    "requested": "manufacturing",
    "supplied": "quality_engineer",
}
"""State -> who must act next; for nobody once it is over."""


def _opened(fact: Fact, event: ZeroKmJob.Opened, rows: Rows) -> None:
    rows.put(
        ZERO_KM_JOBS,
        _name(fact),
        unit=event.unit,
        part=event.part,
        fault=event.fault or "",
        plant=event.plant or "",
        state="opened",
        reported_on=str(event.reported_on),
        opened_on=str(event.effective_on),
    )


def _requested(fact: Fact, event: ZeroKmJob.SparesRequested, rows: Rows) -> None:
    row = rows.put(ZERO_KM_JOBS, _name(fact), state="requested")
    row["requested"] += _pieces(event.spares)
    row["requested_on"] = str(event.effective_on)


def _issued(fact: Fact, event: ZeroKmJob.SparesIssued, rows: Rows) -> None:
    row = rows.put(ZERO_KM_JOBS, _name(fact))
    row["issued"] += _pieces(event.spares)
    if row["issued"] == row["requested"]:
        row |= {"state": "supplied", "supplied_on": str(event.effective_on)}


def _finished(fact: Fact, event: ZeroKmJob.Finished, rows: Rows) -> None:
    cost = total(event.costs)
    rows.put(
        ZERO_KM_JOBS,
        _name(fact),
        state="finished",
        outcome=event.outcome,
        quantity=event.quantity,
        cost=cost,
        claim=event.claim if cost else "",
        served_on=str(event.served_on),
        finished_on=str(event.effective_on),
    )


def _cancelled(fact: Fact, event: ZeroKmJob.Cancelled, rows: Rows) -> None:
    rows.put(ZERO_KM_JOBS, _name(fact), state="cancelled", cancelled_on=str(event.effective_on))


def _pieces(spares: Sequence[Spares]) -> int:
    return sum(each.quantity for each in spares)


def _name(fact: Fact) -> str:
    return fact.stream.partition(":")[2]


ZERO_KM_JOB_BOARD = Projection(
    name="zero_km_jobs",
    money=False,
    tables=(ZERO_KM_JOBS,),
    takes={
        ZeroKmJob.Opened: _opened,
        ZeroKmJob.SparesRequested: _requested,
        ZeroKmJob.SparesIssued: _issued,
        ZeroKmJob.Finished: _finished,
        ZeroKmJob.Cancelled: _cancelled,
    },
)
"""One row a job, with the day on which each of its states began."""


def zero_km_jobs(connection: Connection) -> list[dict[str, Any]]:
    """Every job, who must act next in it (or None), and since when it is as it is."""
    query = select(ZERO_KM_JOBS).order_by(ZERO_KM_JOBS.c.job)
    return [
        dict(row)
        | {"cost": yuan(row["cost"])}
        | {"waits_for": WAITS_FOR.get(row["state"]), "since": row[f"{row['state']}_on"]}
        for row in connection.execute(query).mappings()
    ]
