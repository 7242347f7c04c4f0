"""A supplier that named a mailbox, and what the engine is told of a message to it."""

from datetime import date, datetime
from typing import Any

from recourse.application import Ask, Person
from recourse.commands.base import Command
from recourse.commands.messages import RecordArrival, RecordBounce, RecordFailure, RecordHandover
from recourse.values.parties import ENGINE
from support.engine import Site, fresh, nine
from support.story import FIRST, do, play

BOX = "S1/quality"
MESSAGE, NOTICE = "chargeback:N1", "clearance:L1"
BYTES, REPORT = "aa" * 32, "bb" * 32


def agreed(site: Site | None = None, day: date = FIRST, **fields: Any) -> Site:
    """S1 named its mailbox for notices; the story has come to the approval."""
    site = site or play(fresh(), "approve_chargeback")
    do(site, day, "buyer", "agree_mailbox", **{"supplier": "S1", "mailbox": BOX} | fields)
    return site


def told(
    site: Site, command: Command, day: date, on: date | None = None, at: datetime | None = None
) -> tuple[str, ...]:
    """The engine is told at nine on `day`, or at another time; the names of what it recorded."""
    number = site.position()
    ask = Ask(command, Person(ENGINE, frozenset({ENGINE})), at or nine(day), f"mail {number}", on)
    (answer,) = site.engine.perform([ask])
    assert answer.refusal is None
    return answer.events


def hand_over(site: Site, day: date, message: str = MESSAGE, attempt: int = 1) -> None:
    """A server took it."""
    said = {"attempt": attempt, "reply": 250, "sha256": BYTES, "report": True}
    told(site, RecordHandover(message=message, **said), day)


def arrive(site: Site, day: date, message: str = MESSAGE, on: date | None = None) -> None:
    """A report of its delivery came in on `day`, of a delivery on another if one is given."""
    said = {"sending": 1, "proof": "dsn", "status": "2.0.0", "sha256": REPORT}
    told(site, RecordArrival(message=message, **said), day, on)


def bounce(site: Site, day: date, message: str = MESSAGE) -> None:
    """It was refused for good."""
    told(site, RecordBounce(message=message, sending=1, status="5.1.1"), day)


def fail(site: Site, day: date, again_at: datetime | None, attempt: int = 1) -> None:
    """No server took it."""
    said = {"attempt": attempt, "status": "unreachable", "again_at": again_at}
    told(site, RecordFailure(message=MESSAGE, **said), day)


def topics(site: Site, stream: str) -> list[str]:
    """What happened to one thing."""
    return [fact.event.TOPIC.partition(".")[2] for fact in site.engine.stream(stream)]
