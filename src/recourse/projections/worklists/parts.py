"""What waits about old parts: counting, inspection, the maker's answer, clearance, disposal?"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from recourse.aggregates.part import made_by
from recourse.projections.claims import CLAIMS, PARTS
from recourse.projections.clearances import NOTICES
from recourse.projections.part_sources import PART_SOURCES, sources_of
from recourse.projections.worklists.task import Moment, Task, day_of

FACTS = (
    ("counted", "count_part", "Z-4.2.2a"),
    ("inspected", "inspect_part", "Z-3.1.5"),
    ("online", "confirm_online", "Z-4.2.3"),
)


def part_tasks(now: Moment) -> Iterator[Task]:
    """The facts that are missing about the parts that came in (Z-4.2)."""
    claims = {row["claim"]: row for row in now.rows(CLAIMS)}
    sources = sources_of(now.rows(PART_SOURCES))
    for row in now.rows(PARTS):
        facts, since = json.loads(row["facts"]), day_of(row["received_on"])
        for fact, waits, rule in FACTS:
            if fact not in facts and (fact != "online" or "counted" in facts):
                yield Task("quality_engineer", waits, row["tag"], rule, since)
        if "confirmed" not in facts:
            claim = claims[row["claim"]]
            day = date.fromisoformat(claim["built_on"] or claim["repaired_on"])
            maker = made_by(sources.get(claim["part"], ()), claim["unit"], day)
            who = f"supplier:{maker}" if maker else "purchasing"
            waits = "answer_part" if maker else "name_the_maker"
            yield Task(who, waits, row["tag"], "Z-4.2.2b" if maker else "Z-3.2.1", since)


def clearance_tasks(now: Moment) -> Iterator[Task]:
    """Notices on their way, parts to clear until their last day, parts left behind (Z-4.3.2)."""
    parts = {row["tag"]: row for row in now.rows(PARTS)}
    for row in now.rows(NOTICES):
        left = [parts[tag] for tag in json.loads(row["tags"]) if parts[tag]["place"] in LEFT]
        if left and not row["received_on"]:
            since = day_of(row["notified_on"])
            yield Task("purchasing", "record_notice_receipt", row["notice"], "ZA2", since)
        elif left:
            yield from _running(row, left)


LEFT = ("notified", "overdue")


def _running(notice: dict[str, Any], left: list[dict[str, Any]]) -> Iterator[Task]:
    since, name = day_of(notice["received_on"]), notice["notice"]
    last_day = day_of(notice["last_day"]) if notice["last_day"] else None
    if any(part["place"] == "notified" for part in left):
        waits = "clear_parts" if last_day else "clear_undetermined"
        rule = "Z-4.3.2a" if last_day else "ZA1"
        yield Task(f"supplier:{notice['supplier']}", waits, name, rule, since, last_day)
    for part in left:
        if part["place"] == "overdue" and last_day:
            since = last_day + timedelta(days=1)
            yield Task("purchasing", "dispose_of_part", part["tag"], "Z-4.3.2b", since)
