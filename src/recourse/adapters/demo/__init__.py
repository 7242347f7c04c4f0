"""How does a month at an invented plant look, with everything that can happen in it?"""

from dataclasses import dataclass
from datetime import date

from recourse.adapters.demo.branches import Branch, found_in
from recourse.adapters.demo.branches_claims import CLAIM_BRANCHES
from recourse.adapters.demo.branches_corrections import CORRECTION_BRANCHES
from recourse.adapters.demo.branches_disputes import (
    ARRIVAL_BRANCHES,
    BREAKDOWN_BRANCHES,
    DISPUTE_BRANCHES,
)
from recourse.adapters.demo.branches_evidence import EVIDENCE_BRANCHES
from recourse.adapters.demo.branches_months import MONTH_BRANCHES
from recourse.adapters.demo.branches_notes import NOTE_BRANCHES
from recourse.adapters.demo.branches_parts import NOTICE_BRANCHES, PART_BRANCHES
from recourse.adapters.demo.branches_paths import PATH_BRANCHES
from recourse.adapters.demo.month import write_month
from recourse.adapters.demo.parts import PEOPLE
from recourse.aggregates.base import Fact
from recourse.application import Recourse

__all__ = ["BRANCHES", "PEOPLE", "Branch", "Filled", "fill"]

BRANCHES: tuple[Branch, ...] = (
    *ARRIVAL_BRANCHES,
    *CLAIM_BRANCHES,
    *DISPUTE_BRANCHES,
    *PART_BRANCHES,
    *NOTICE_BRANCHES,
    *NOTE_BRANCHES,
    *BREAKDOWN_BRANCHES,
    *PATH_BRANCHES,
    *CORRECTION_BRANCHES,
    *EVIDENCE_BRANCHES,
    *MONTH_BRANCHES,
)
"""Everything that the demo shows at least twice."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What the demo month left in an engine."""

    claims: int
    parts: int
    notes: int
    events: int
    last_day: date
    supplier: str  # whose month is worth a look
    line: str  # of a note of this supplier, worth an explanation
    dispute: str  # a claim that the group ruled on
    part: str  # an old part that was disposed of, and its cost appealed against
    branches: dict[Branch, list[Fact]]  # what can happen -> where it did
    refused: dict[str, list[str]]  # code of a refusal -> the references of what was refused
    papers: dict[str, bytes]  # the files that the log names as evidence, by hash
    borne_out: str  # a note with all its papers


def fill(engine: Recourse, seed: int = 2026) -> Filled:
    """Play the demo month into `engine`, which has an empty log; one batch a day.

    The same seed gives the same log to the byte. Raises `ToldOtherwise` where the engine answers
    differently from the stories.
    """
    plant = write_month(seed)
    last_day = plant.diary.play(engine)
    note, claim, supplier = plant.lowered[0]
    return Filled(
        claims=plant.claims,
        parts=plant.tags,
        notes=plant.notes + sum(plant.drafts.values()),
        events=engine.store.recorder.max_notification_id() or 0,
        last_day=last_day,
        supplier=supplier,
        line=f"{note}/{claim}/penalty",
        dispute=plant.ruled[0],
        part=plant.disposed[0],
        branches=found_in(engine, BRANCHES),
        refused=plant.diary.refused,
        papers=plant.papers.contents,
        borne_out=plant.borne_out[0],
    )
