"""What waits for whom, since when, until when, and by which rule?"""

from collections.abc import Callable, Iterator
from datetime import date

from sqlalchemy import Connection

from recourse.projections.worklists.claims import claim_tasks, path_tasks
from recourse.projections.worklists.drafts import draft_tasks
from recourse.projections.worklists.months import breakdown_tasks, month_tasks, referral_tasks
from recourse.projections.worklists.notes import note_tasks
from recourse.projections.worklists.parts import answer_tasks, clearance_tasks, part_tasks
from recourse.projections.worklists.task import Moment, Task
from recourse.rulebook.book import Rulebook

__all__ = ["Task", "worklist"]

LOOKS: tuple[Callable[[Moment], Iterator[Task]], ...] = (
    claim_tasks,
    path_tasks,
    part_tasks,
    answer_tasks,
    clearance_tasks,
    draft_tasks,
    note_tasks,
    referral_tasks,
    breakdown_tasks,
    month_tasks,
)
"""Where things that wait are looked for."""


def worklist(connection: Connection, book: Rulebook, day: date) -> list[Task]:
    """Everything that waits on `day`, by role, what has waited longest first.

    As things stand in the read models: what began only after `day` is not listed.
    """
    now = Moment.of(connection, book, day)
    found = [task for look in LOOKS for task in look(now) if not task.since or task.since <= day]
    return sorted(found, key=lambda task: (task.role, task.since or day, task.waits, task.about))
