"""Is it known which days are holidays, and are there keys to sign with?"""

from datetime import date

from eventsourcing.persistence import Notification

from recourse.adapters.operations.finding import Outcome, found
from recourse.adapters.operations.site import Site
from recourse.aggregates.arrangements import COUNTRY, Arrangements
from recourse.contracts import decode
from recourse.rulebook.calendar import published_calendar
from recourse.values.calendar import Calendar
from recourse.values.parties import business_day

PUBLISHED_BY = 11  # the month in which the next year's arrangement is published


def holidays(site: Site) -> Outcome:
    """Whether the arrangement of this year is there, and from November on that of the next."""
    today = business_day(site.at)
    years = [today.year] + ([today.year + 1] if today.month >= PUBLISHED_BY else [])
    calendar = _calendar(site)
    missing = [str(year) for year in years if not _arranged(calendar, year, today)]
    if missing:
        return found("missing", years=", ".join(missing))
    return found("ok", years=", ".join(map(str, years)))


def keys(_site: Site) -> Outcome:
    """Nothing is signed by this version, and nobody should believe it is."""
    return found("none")


def _arranged(calendar: Calendar, year: int, today: date) -> bool:
    return calendar.in_force(year, known_on=today) is not None


def _calendar(site: Site) -> Calendar:
    """The packaged calendar with what was published in the log, where that can be read."""
    if site.opened is None:
        return published_calendar()
    known = Arrangements(COUNTRY, [])
    query = "SELECT seq, stream, version, topic, state FROM events WHERE stream = '{}' ORDER BY seq"
    for seq, stream, version, topic, state in site.look.rows(query.format(known.stream)):
        stored = Notification(
            id=seq, originator_id=stream, originator_version=version, topic=topic, state=state
        )
        known.take(decode(stored))
    return published_calendar().with_more(tuple(each.arrangement for each in known.published))
