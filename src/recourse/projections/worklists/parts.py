"""What waits about old parts: counting, inspection, the maker's answer, clearance, disposal?"""

import json
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

from recourse.aggregates.part import made_by
from recourse.aggregates.returned_part import LEFT
from recourse.projections.claims import CLAIMS, PARTS
from recourse.projections.clearances import NOTICES
from recourse.projections.part_sources import PART_SOURCES, sources_of
from recourse.projections.worklists.evidence import held
from recourse.projections.worklists.task import Moment, Task, day_of

FACTS = (
    ("counted", "count_part", "Z-4.2.2a"),
    ("inspected", "inspect_part", "Z-3.1.5"),
)
GONE = ("cleared", "disposed")


def part_tasks(now: Moment) -> Iterator[Task]:
    """What Quality has to find out about the parts that came in (Z-4.2).

    Nothing waits for the parts of a claim that is closed, nor beyond the count where nothing was
    replaced; what is waived is not waited for. What is gone can no longer be looked at: then only
    a waiver helps (ZA41).
    """
    for part, claim, lacking in _incomplete(now):
        since = day_of(part["received_on"])
        if "online" in lacking:
            yield Task("quality_engineer", "confirm_online", part["tag"], "Z-4.2.3", since)
        if part["place"] in GONE and lacking != ["online"]:
            tag = part["tag"]
            yield Task("quality_manager", "waive_gates", claim["claim"], "ZA41", since, of=tag)
        for fact, waits, rule in FACTS:
            if fact in lacking and part["place"] not in GONE:
                yield Task("quality_engineer", waits, part["tag"], rule, since)


def answer_tasks(now: Moment) -> Iterator[Task]:
    """Whom each part in the store is shown to, and parts whose maker nobody has named."""
    sources = sources_of(now.rows(PART_SOURCES))
    unknown: dict[str, date] = {}
    for part, claim, lacking in _incomplete(now):
        if "confirmed" not in lacking or part["place"] in GONE:
            continue
        since, day = day_of(part["received_on"]), day_of(claim["built_on"] or claim["repaired_on"])
        maker = made_by(sources.get(claim["part"], ()), claim["unit"], day)
        if maker:
            yield Task(f"supplier:{maker}", "answer_part", part["tag"], "Z-4.2.2b", since)
        else:
            unknown[claim["part"]] = min(since, unknown.get(claim["part"], since))
    for name, since in unknown.items():
        yield Task("purchasing", "name_the_maker", name, "Z-3.2.1", since)


def _incomplete(now: Moment) -> Iterator[tuple[dict[str, Any], dict[str, Any], list[str]]]:
    """Every part of an open claim with its claim and the facts that are to be established."""
    claims = {row["claim"]: row for row in now.rows(CLAIMS)}
    for part in now.rows(PARTS):
        claim = claims[part["claim"]]
        lacking = list(_lacking(part, claim))
        if lacking and not claim["closed"]:
            yield part, claim, lacking


WAIVED_BY = {"counted": "counted", "inspected": "inspected", "confirmed": "supplier_answer"}


def _lacking(part: dict[str, Any], claim: dict[str, Any]) -> Iterator[str]:
    """The facts that are to be established and are not on record."""
    facts, waived = json.loads(part["facts"]), json.loads(claim["waived"])
    needed = ("counted", "inspected", "confirmed") if claim["quantity"] else ("counted",)
    for fact in needed:
        if fact not in facts and WAIVED_BY[fact] not in waived:
            yield fact
    if "counted" in facts and "online" not in facts:
        yield "online"


def clearance_tasks(now: Moment) -> Iterator[Task]:
    """Notices on their way, parts to clear until their last day, parts left behind (Z-4.3.2)."""
    parts = {row["tag"]: row for row in now.rows(PARTS)}
    evidence = held(now)
    for row in now.rows(NOTICES):
        left = [parts[tag] for tag in json.loads(row["tags"]) if parts[tag]["place"] in LEFT]
        if left and not row["received_on"]:
            since = day_of(row["notified_on"])
            yield Task("purchasing", "record_notice_receipt", row["notice"], "ZA2", since)
        elif left:
            yield from _running(row, left, evidence)


def _running(
    notice: dict[str, Any], left: list[dict[str, Any]], evidence: Collection[str]
) -> Iterator[Task]:
    """What is evidence may be cleared, but not disposed of (ZA19)."""
    since, name = day_of(notice["received_on"]), notice["notice"]
    last_day = day_of(notice["last_day"]) if notice["last_day"] else None
    if any(part["place"] == "notified" for part in left):
        waits = "clear_parts" if last_day else "clear_undetermined"
        rule = "Z-4.3.2a" if last_day else "ZA1"
        yield Task(f"supplier:{notice['supplier']}", waits, name, rule, since, last_day)
    for part in left:
        if part["place"] == "overdue" and last_day and part["claim"] not in evidence:
            since = last_day + timedelta(days=1)
            yield Task("purchasing", "dispose_of_part", part["tag"], "Z-4.3.2b", since)
