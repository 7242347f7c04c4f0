"""Which last days would be others by what is known of the calendar today?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from sqlalchemy import Connection, select

from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.clearance import Clearance
from recourse.aggregates.clocked import Clocked
from recourse.projections.chargebacks import NOTES
from recourse.projections.clearances import NOTICES
from recourse.projections.explanations.sources import Sources
from recourse.values.calendar import Calendar, DayKind, RestDay, deadline

A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Recount:
    """A last day as recorded, and as it would be now; None where it cannot be computed.

    It `runs` while the recorded one is not past, or there is none.
    """

    about: str
    supplier: str
    period: str  # "appeal" or "clearance"
    recorded: date | None
    now: date | None
    calendar: str  # by which the recorded one was computed
    runs: bool


def recounted(connection: Connection, sources: Sources, calendar: Calendar) -> list[Recount]:
    """Every last day that cannot be computed, or would be another one now; notes first."""
    notes = select(NOTES.c.chargeback).where(NOTES.c.received_on != "", NOTES.c.stage != "void")
    notices = select(NOTICES.c.notice).where(NOTICES.c.received_on != "")
    found = []
    for (name,) in connection.execute(notes.order_by(NOTES.c.chargeback)):
        note = sources.state(Chargeback, name)
        found.append(_recount(note, note.supplier, "appeal", sources.day, calendar))
    for (name,) in connection.execute(notices.order_by(NOTICES.c.notice)):
        notice = sources.state(Clearance, name)
        found.append(_recount(notice, notice.supplier, "clearance", sources.day, calendar))
    return [each for each in found if each.now != each.recorded or each.recorded is None]


def _recount(thing: Clocked, supplier: str, period: str, day: date, calendar: Calendar) -> Recount:
    kept = thing.deadline
    assert kept
    kind, rest_day = kept.kind, kept.rest_day
    assert kind in get_args(DayKind)
    assert rest_day in get_args(RestDay)
    now = deadline(
        kept.started_on,
        kept.days,
        kind=kind,  # type: ignore[arg-type]  # recorded as one of them
        rest_day=rest_day,  # type: ignore[arg-type]
        calendar=calendar,
        known_on=day,
    )
    runs = kept.last_day is None or kept.last_day >= day
    return Recount(thing.id, supplier, period, kept.last_day, now.last_day, kept.calendar, runs)


def years_missing(calendar: Calendar, day: date) -> Iterator[int]:
    """The years of the next twelve months whose arrangement is not published."""
    for year in range(day.year, (day + A_YEAR).year + 1):
        if calendar.in_force(year, known_on=day) is None:
            yield year
