"""Do the clocks agree, and is it known what time it is in Shanghai?"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from eventsourcing.persistence import Notification

from recourse.adapters.operations.finding import Outcome, found
from recourse.adapters.operations.looking import Look
from recourse.adapters.operations.site import Site
from recourse.contracts import decode

ZONE = "Asia/Shanghai"
AHEAD_OF_UTC = timedelta(hours=8)
APART = 5  # seconds between two clocks that count as agreeing
LAST = "SELECT seq, stream, version, topic, state FROM events ORDER BY seq DESC LIMIT 1"


def zone(site: Site) -> Outcome:
    """Whether the days of Shanghai can be reckoned on this machine."""
    try:
        offset = site.at.astimezone(ZoneInfo(ZONE)).utcoffset()
    except ZoneInfoNotFoundError:
        return found("missing")
    return found("ok") if offset == AHEAD_OF_UTC else found("wrong", offset=offset)


def clock(site: Site) -> Outcome:
    """The clock of this machine beside the log and, if another machine has it, the database."""
    last = last_recorded_at(site.look)
    if last is not None and (behind := (last - site.at).total_seconds()) > APART:
        return found("behind", seconds=round(behind), last=last.isoformat(timespec="seconds"))
    if site.look.kind == "postgresql":
        apart = (site.look.one("SELECT now()") - site.at).total_seconds()
        if abs(apart) > APART:
            return found("apart", seconds=round(apart))
    return found("ok", at=site.at.isoformat(timespec="seconds"))


def last_recorded_at(look: Look) -> datetime | None:
    """When the last event was recorded; None for an empty log."""
    for seq, stream, version, topic, state in look.rows(LAST):
        return decode(
            Notification(
                id=seq, originator_id=stream, originator_version=version, topic=topic, state=state
            )
        ).event.recorded_at
    return None
