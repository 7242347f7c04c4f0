"""What becomes of an event that a read model cannot take in?"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, select
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from recourse.aggregates.base import Fact
from recourse.projections.base import METADATA, Projection, text_column, whole

QUARANTINED = Table(
    "quarantined",
    METADATA,
    Column("read_model", text_column(), primary_key=True),
    Column("position", whole(), primary_key=True),
    Column("event", text_column(), nullable=False),
    Column("topic", text_column(), nullable=False),
    Column("why", text_column(), nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""One row for each event that a read model of no money does without."""


class ProjectionBroke(Exception):
    """A read model of money stops before this event, and nobody reads figures without it."""

    def __init__(self, read_model: str, fact: Fact, error: Exception) -> None:
        super().__init__(f"{read_model} breaks at {fact.id} {fact.event.TOPIC}: {error!r}")
        self.read_model = read_model
        self.fact = fact
        self.error = error


def must_be_of_an_event(error: Exception) -> None:
    """Raise what is the trouble of the database or the machine, and no fault of an event."""
    of_its_values = isinstance(error, IntegrityError | DataError)
    if isinstance(error, MemoryError | OSError) or (
        isinstance(error, DBAPIError) and not of_its_values
    ):
        raise error


def take_in_carefully(
    projection: Projection, facts: Sequence[Fact], connection: Connection
) -> ProjectionBroke | None:
    """Take `facts` in, and where one of them breaks, one by one; the break that stops it, if any.

    What a broken event had changed is undone, inside the caller's transaction.
    """
    try:
        with connection.begin_nested():
            projection.take_in(facts, connection)
    except Exception as error:  # noqa: BLE001 - an event can break in any way
        must_be_of_an_event(error)
        return _one_by_one(projection, facts, connection)
    return None


def _one_by_one(
    projection: Projection, facts: Sequence[Fact], connection: Connection
) -> ProjectionBroke | None:
    for fact in facts:
        try:
            with connection.begin_nested():
                projection.take_in([fact], connection)
        except Exception as error:  # noqa: BLE001
            must_be_of_an_event(error)
            if projection.money:
                return ProjectionBroke(projection.name, fact, error)
            _quarantine(projection, fact, error, connection)
    return None


def _quarantine(
    projection: Projection, fact: Fact, error: Exception, connection: Connection
) -> None:
    told = f"{type(error).__name__}: {error}".partition("\n")[0]
    row = {"read_model": projection.name, "position": fact.position, "event": fact.id}
    row |= {"topic": fact.event.TOPIC, "why": told}
    connection.execute(QUARANTINED.insert(), row)
    projection.pass_by(fact, connection)


def release(projection: Projection, connection: Connection) -> None:
    """Forget which events `projection` did without, for it begins anew."""
    connection.execute(QUARANTINED.delete().where(QUARANTINED.c.read_model == projection.name))


def quarantined(connection: Connection) -> list[dict[str, Any]]:
    """Each event that some read model does without, in the order of the log, and why."""
    order = QUARANTINED.c.position, QUARANTINED.c.read_model
    rows = connection.execute(select(QUARANTINED).order_by(*order)).mappings()
    return [dict(row) for row in rows]
