"""Which value does a rule have on a day?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from recourse.rulebook.keys import Key
from recourse.rulebook.kinds import Value
from recourse.values.refusal import Refused

Days = date | Mapping[str, date]
"""A day, or several by their names of which the rule chooses one ("repaired", "received", ...)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: when it fits, and what it says then."""

    when: Mapping[str, str]
    says: Mapping[str, Value]

    def fits(self, about: Mapping[str, str | None]) -> bool:
        """Whether everything that selects it is so."""
        return all(about.get(selector) == wanted for selector, wanted in self.when.items())


Table = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """A rule's value from one day on, with the clause it carries out and its source."""

    since: date
    until: date | None  # the last day; None: for good, or until the next edition
    value: Value | Table
    clause: str
    source: str

    @property
    def rows(self) -> Table:
        """The rows of a table; none of a single value."""
        found = self.value if isinstance(self.value, tuple) else ()
        return tuple(row for row in found if isinstance(row, Row))

    def row(self, about: Mapping[str, str | None]) -> Row:
        """The first row that fits; one always does, or the book would not have loaded."""
        return next(row for row in self.rows if row.fits(about))


@dataclass(frozen=True, slots=True)
class Rule:
    """What a book says under one key, dated; `chosen_by` is the day that selects the edition."""

    key: Key
    chosen_by: str
    editions: Sequence[Edition]

    def day(self, days: Days) -> date:
        """The one of `days` that selects the edition."""
        return days if isinstance(days, date) else days[self.chosen_by]

    def found(self, days: Days) -> Edition | None:
        """The edition in force, the first and last day of each included; None before the first."""
        day = self.day(days)
        for edition in reversed(self.editions):
            if edition.since <= day:
                return None if edition.until and edition.until < day else edition
        return None

    def on(self, days: Days) -> Edition:
        """The edition in force. A day before the first one is refused: the rules are silent."""
        found = self.found(days)
        if found is None:
            raise Refused("before-the-rulebook", day=self.day(days), first=self.editions[0].since)
        return found
