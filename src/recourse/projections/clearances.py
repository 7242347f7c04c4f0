"""Where does each clearance notice stand?"""

import json
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from recourse.aggregates.base import Fact
from recourse.aggregates.clearance import Clearance
from recourse.aggregates.returned_part import ReturnedPart
from recourse.projections.base import Projection, Rows, table

NOTICES = table(
    "clearance_notices",
    "notice",
    text=(
        "supplier",
        "tags",
        "notified_on",
        "received_on",
        "last_day",
        "official",
        "statutory",
        "calendar",
    ),
    number=("parts", "cleared"),
)


def _notified(fact: Fact, event: Clearance.Notified, rows: Rows) -> None:
    rows.put(
        NOTICES,
        fact.stream.partition(":")[2],
        supplier=event.supplier,
        tags=json.dumps(event.tags, ensure_ascii=False),
        notified_on=str(event.effective_on),
        parts=len(event.tags),
    )


def _receipt(
    fact: Fact, event: Clearance.ReceiptRecorded | Clearance.ReceiptCorrected, rows: Rows
) -> None:
    rows.put(NOTICES, fact.stream.partition(":")[2], received_on=str(event.received_on))
    _last_day(fact, event, rows)


def _last_day(
    fact: Fact,
    event: Clearance.ReceiptRecorded | Clearance.ReceiptCorrected | Clearance.LastDayDetermined,
    rows: Rows,
) -> None:
    deadline = event.deadline
    rows.put(
        NOTICES,
        fact.stream.partition(":")[2],
        last_day=str(deadline.last_day or ""),
        official=str(deadline.official or ""),
        statutory=str(deadline.statutory or ""),
        calendar=deadline.calendar,
    )


def _cleared(_: Fact, event: ReturnedPart.Cleared, rows: Rows) -> None:
    rows.put(NOTICES, event.notice)["cleared"] += 1


CLEARANCE_BOARD = Projection(
    name="clearance_notices",
    money=False,
    tables=(NOTICES,),
    takes={
        Clearance.Notified: _notified,
        Clearance.ReceiptRecorded: _receipt,
        Clearance.ReceiptCorrected: _receipt,
        Clearance.LastDayDetermined: _last_day,
        ReturnedPart.Cleared: _cleared,
    },
)
"""One row a notice; where its parts are is on the board of parts."""


def notice(connection: Connection, name: str, day: date) -> dict[str, Any] | None:
    """The figures of a notice on `day`, or None for one nobody gave."""
    query = select(NOTICES).where(NOTICES.c.notice == name)
    row = connection.execute(query).mappings().first()
    return figures(row, day) if row else None


def figures(row: RowMapping, day: date) -> dict[str, Any]:
    """The last day to clear, absent before the receipt, and how far the clearing is on `day`."""
    last_day = date.fromisoformat(row["last_day"]) if row["last_day"] else None
    return {"last_day": last_day, "state": _state(row, last_day, day)}


def _state(row: RowMapping, last_day: date | None, day: date) -> str:
    if row["cleared"] == row["parts"]:
        return "cleared"
    if not row["received_on"]:
        return "awaiting_receipt"
    if last_day and last_day < day:
        return "overdue"
    return "partial" if row["cleared"] else "running"
