"""For which suppliers may a chargeback be drafted?"""

import json
from collections.abc import Iterator

from recourse.projections.chargebacks import CHARGEABLE, DISPOSALS
from recourse.projections.claim_figures import shut_gates
from recourse.projections.claims import CLAIMS, PARTS
from recourse.projections.worklists.evidence import in_field_dispute
from recourse.projections.worklists.task import Moment, Task


def draft_tasks(now: Moment) -> Iterator[Task]:
    """Suppliers who bear what passed its gates, or was disposed of, and is on no live note."""
    charged = {
        (note.row["supplier"], name)
        for note in now.notes
        if note.row["stage"] != "void"
        for name in (*json.loads(note.row["claims"]), *json.loads(note.row["parts"]))
    }
    ready = _ready(now)
    waiting = {
        row["supplier"]
        for row in now.rows(CHARGEABLE)
        if row["loss"] and row["claim"] in ready and (row["supplier"], row["claim"]) not in charged
    } | {
        row["supplier"]
        for row in now.rows(DISPOSALS)
        if row["chargeable"] and (row["supplier"], row["tag"]) not in charged
    }
    for supplier in sorted(waiting):
        yield Task("quality_engineer", "draft_note", supplier, "Z-4.5.2a", None)


def _ready(now: Moment) -> set[str]:
    """The claims that pass every gate."""
    disputed = in_field_dispute(now)
    required = now.book.value("gates.required", now.day)
    parts: dict[str, list[dict[str, object]]] = {}
    for part in now.rows(PARTS):
        parts.setdefault(part["claim"], []).append(part)
    return {
        row["claim"]
        for row in now.rows(CLAIMS)
        if not row["closed"]
        and not shut_gates(
            row, parts.get(row["claim"], []), required, field_dispute=row["claim"] in disputed
        )
    }
