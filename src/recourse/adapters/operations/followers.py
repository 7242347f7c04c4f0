"""How far has everything come that follows the log, and does anybody still work?"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from recourse.adapters.operations.finding import Outcome, found
from recourse.adapters.operations.looking import Look
from recourse.adapters.operations.site import Site
from recourse.projections import READ_MODELS

LAST = "SELECT coalesce(max(seq), 0) FROM events"
FOLLOWERS = "SELECT follower, max(position) FROM positions GROUP BY follower ORDER BY follower"
POSITIONS = "SELECT read_model, position FROM read_model_positions"
QUARANTINED = "SELECT read_model, event FROM quarantined ORDER BY position, read_model"
WORKERS = "SELECT task, who, state, at FROM workers ORDER BY task, who"
PARKED = (
    "SELECT count(*) FROM parked AS p WHERE NOT EXISTS (SELECT 1 FROM parked_fates AS f"
    " WHERE f.topic = p.topic AND f.partition = p.partition AND f.place = p.place"
    " AND f.became <> 'refused')"
)
STOPPED, BROKEN = "stopped", "broken"
SHOWN = 5  # of many


def lags(look: Look) -> dict[str, int]:
    """Follower or read model -> how many events of the log it has not dealt with."""
    last = int(look.one(LAST))
    reached = dict.fromkeys((each.name for each in READ_MODELS), 0)
    if look.has("read_model_positions"):
        reached |= {name: int(at) for name, at in look.rows(POSITIONS) if name in reached}
    reached |= {f"follower {name}": int(at) for name, at in look.rows(FOLLOWERS)}
    return {name: max(0, last - at) for name, at in reached.items()}


def lag(site: Site) -> Outcome:
    """Whether everything follows closely enough."""
    most = int(site.settings["operations.most_lag"])
    behind = {name: count for name, count in lags(site.look).items() if count > most}
    told = ", ".join(f"{name} {count}" for name, count in behind.items())
    return found("lagging" if behind else "ok", told=told, most=most)


def quarantined(site: Site) -> Outcome:
    """Whether some read model does without an event."""
    rows = quarantined_rows(site.look)
    return found("some" if rows else "ok", count=len(rows), told=_some(rows))


def quarantined_rows(look: Look) -> list[tuple[Any, ...]]:
    """(read model, event) of each event that a read model does without."""
    return look.rows(QUARANTINED) if look.has("quarantined") else []


def parked(site: Site) -> Outcome:
    """Whether a message from outside waits for a person."""
    count = parked_count(site.look)
    return found("some" if count else "ok", count=count)


def parked_count(look: Look) -> int:
    """How many messages were parked and not dealt with since."""
    return int(look.one(PARKED)) if look.has("parked") else 0


class Beat(NamedTuple):
    """The last word of whoever has that task."""

    task: str
    who: str
    state: str
    at: datetime


def beats(look: Look) -> list[Beat]:
    """The newest word on each task: who took it over counts, and not who had it before."""
    rows = look.rows(WORKERS) if look.has("workers") else []
    every = [Beat(task, who, state, datetime.fromisoformat(at)) for task, who, state, at in rows]
    newest = {each.task: each for each in sorted(every, key=lambda beat: beat.at)}
    return sorted(newest.values())


def workers(site: Site) -> Outcome:
    """Whether every task that was begun is still done by somebody."""
    known = beats(site.look)
    broken = [each[:2] for each in known if each.state == BROKEN]
    if broken:
        return found("broken", told=_some(broken))
    oldest = site.at - timedelta(seconds=int(site.settings["operations.beat_seconds"]))
    silent = [each[:2] for each in known if each.state != STOPPED and each.at < oldest]
    if silent:
        return found("silent", told=_some(silent), seconds=site.settings["operations.beat_seconds"])
    return found("ok", count=len(known)) if known else found("none")


def _some(rows: Sequence[tuple[Any, ...]]) -> str:
    told = ", ".join(" ".join(map(str, row)) for row in rows[:SHOWN])
    return f"{told}, ..." if len(rows) > SHOWN else told
