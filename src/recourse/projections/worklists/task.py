"""What is a thing that waits, and where is it looked for?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Self

from sqlalchemy import Connection, Table, select

from recourse.projections.notes import Note, notes
from recourse.rulebook.book import Rulebook


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for a person with the role `role`.

    `until` is the last day where a rule sets one, `since` None where no single day began it.
    What is called by a number only says with `of` and `why` what it is about, and its reason.
    """

    role: str
    waits: str
    about: str
    rule: str
    since: date | None
    until: date | None = None
    of: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """What is looked at: the read models, the rules, the day for which it is asked."""

    connection: Connection
    book: Rulebook
    day: date
    notes: Sequence[Note]  # every note ever drafted
    _tables: dict[Table, list[dict[str, Any]]] = field(default_factory=dict)  # read so far

    @classmethod
    def of(cls, connection: Connection, book: Rulebook, day: date) -> Self:
        """What is looked at on `day`."""
        return cls(connection, book, day, notes(connection))

    def rows(self, where: Table) -> list[dict[str, Any]]:
        """Every row of a table, in the order of its key."""
        if where not in self._tables:
            query = select(where).order_by(*where.primary_key)
            found = self.connection.execute(query).mappings()
            self._tables[where] = [dict(row) for row in found]
        return self._tables[where]


def day_of(written: str) -> date:
    """The day that a read model keeps as text."""
    return date.fromisoformat(written)


def after(month: str) -> date:
    """The first day after a month."""
    return (date.fromisoformat(f"{month}-28") + timedelta(days=4)).replace(day=1)
