"""How far has each message to a supplier come, and did its arrival start a clock?"""

from typing import Any

from sqlalchemy import Connection, select

from recourse.aggregates.base import Fact
from recourse.aggregates.message import Message
from recourse.projections.base import Projection, Rows, table
from recourse.projections.chargebacks import NOTES
from recourse.projections.clearances import NOTICES

MESSAGES = table(
    "messages",
    "message",
    text=(
        "supplier",
        "channel",
        "mailbox",
        "state",
        "queued_at",
        "handed_at",
        "again_at",
        "arrived_on",
        "proof",
        "status",
        "sha256",
    ),
    number=("sendings", "attempts", "reply", "report"),
)
AFRESH = dict.fromkeys(("handed_at", "again_at", "status", "sha256"), "")


def _queued(fact: Fact, event: Message.Queued, rows: Rows) -> None:
    row = rows.put(
        MESSAGES,
        _name(fact),
        **AFRESH,
        supplier=event.supplier,
        channel=event.channel,
        mailbox=event.mailbox,
        state="queued",
        queued_at=event.recorded_at.isoformat(),
    )
    row["sendings"] += 1


def _handed_over(fact: Fact, event: Message.HandedOver, rows: Rows) -> None:
    rows.put(
        MESSAGES,
        _name(fact),
        state="handed_over",
        handed_at=event.recorded_at.isoformat(),
        again_at="",
        status="",
        sha256=event.sha256,
        attempts=event.attempt,
        reply=event.reply,
        report=int(event.report),
    )


def _deferred(fact: Fact, event: Message.Deferred, rows: Rows) -> None:
    again_at, status = event.again_at.isoformat(), event.status
    told = {"again_at": again_at, "status": status, "attempts": event.attempt}
    rows.put(MESSAGES, _name(fact), state="deferred", **told)


def _given_up(fact: Fact, event: Message.GivenUp, rows: Rows) -> None:
    told = {"again_at": "", "status": event.status, "attempts": event.attempt}
    rows.put(MESSAGES, _name(fact), state="given_up", **told)


def _arrived(fact: Fact, event: Message.Arrived, rows: Rows) -> None:
    told = {"arrived_on": str(event.effective_on), "proof": event.proof, "status": event.status}
    rows.put(MESSAGES, _name(fact), state="arrived", again_at="", **told)


def _bounced(fact: Fact, event: Message.Bounced, rows: Rows) -> None:
    row = rows.put(MESSAGES, _name(fact))
    if event.sending == row["sendings"] and row["state"] != "arrived":
        row |= {"state": "bounced", "again_at": "", "status": event.status}


def _name(fact: Fact) -> str:
    return fact.stream.partition(":")[2]


MESSAGE_BOARD = Projection(
    name="messages",
    money=False,
    tables=(MESSAGES,),
    takes={
        Message.Queued: _queued,
        Message.HandedOver: _handed_over,
        Message.Deferred: _deferred,
        Message.GivenUp: _given_up,
        Message.Arrived: _arrived,
        Message.Bounced: _bounced,
    },
)
"""One row a message: its latest sending, and its arrival whichever sending that was."""

SHOWN = (
    *("supplier", "channel", "mailbox", "state", "sendings", "attempts", "queued_at"),
    *("handed_at", "reply", "again_at", "status", "arrived_on", "proof", "sha256"),
)
CLOCKED = {"chargeback": NOTES, "clearance": NOTICES}  # a statement starts no clock


def messages(connection: Connection, name: str | None = None) -> list[dict[str, Any]]:
    """Every message, or that of one name, and the clock of what it is about.

    Without `received_on` no clock has started, whatever became of the message.
    """
    query = select(MESSAGES).order_by(MESSAGES.c.queued_at, MESSAGES.c.message)
    if name is not None:
        query = query.where(MESSAGES.c.message == name)
    rows = connection.execute(query).mappings().all()
    return [
        {"id": row["message"]}
        | {key: row[key] or None for key in SHOWN}
        | {"report": bool(row["report"])}
        | _clock(connection, row["message"])
        for row in rows
    ]


def _clock(connection: Connection, name: str) -> dict[str, Any]:
    kind, _, about = name.partition(":")
    clock = {"received_on": None, "last_day": None}
    board = CLOCKED.get(kind)
    if board is None:
        return clock
    key = next(iter(board.primary_key))
    query = select(board.c.received_on, board.c.last_day).where(key == about)
    row = connection.execute(query).mappings().first()
    return clock | {key: value or None for key, value in (row or {}).items()}
