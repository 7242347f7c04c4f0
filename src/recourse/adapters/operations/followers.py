"""How far has everything come that follows the log, and does anybody still work?"""

from datetime import datetime, timedelta
from typing import Any

from recourse.adapters.operations.finding import Outcome, found
from recourse.adapters.operations.looking import Look
from recourse.adapters.operations.site import Site
from recourse.projections import READ_MODELS

LAST = "SELECT coalesce(max(seq), 0) FROM events"
FOLLOWERS = "SELECT follower, max(position) FROM positions GROUP BY follower ORDER BY follower"
POSITIONS = "SELECT read_model, position FROM read_model_positions"
QUARANTINED = "SELECT read_model, event FROM quarantined ORDER BY position, read_model"
WORKERS = "SELECT task, who, state, at FROM workers ORDER BY task, who"
WORKING = ("running", "trouble")
BROKEN = "broken"
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


def beats(look: Look) -> list[tuple[str, str, str, datetime]]:
    """(task, worker, state, last heard of) of every worker that told of itself."""
    rows = look.rows(WORKERS) if look.has("workers") else []
    return [(task, who, state, datetime.fromisoformat(at)) for task, who, state, at in rows]


def workers(site: Site) -> Outcome:
    """Whether every worker that began still works."""
    known = beats(site.look)
    broken = [(task, who) for task, who, state, _ in known if state == BROKEN]
    if broken:
        return found("broken", told=_some(broken))
    oldest = site.at - timedelta(seconds=int(site.settings["operations.beat_seconds"]))
    silent = [(task, who) for task, who, state, at in known if state in WORKING and at < oldest]
    if silent:
        return found("silent", told=_some(silent), seconds=site.settings["operations.beat_seconds"])
    return found("ok", count=len(known)) if known else found("none")


def _some(rows: list[tuple[Any, ...]]) -> str:
    told = ", ".join(" ".join(map(str, row)) for row in rows[:SHOWN])
    return f"{told}, ..." if len(rows) > SHOWN else told
