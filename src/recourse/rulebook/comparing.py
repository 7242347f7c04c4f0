"""What differs between two editions of a book, and from which day on?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from recourse.rulebook.book import Rulebook
from recourse.rulebook.rule import Edition, Rule
from recourse.values.parties import Text

ONE_DAY = timedelta(days=1)
Said = Edition | Text | str | date | None
"""What one of the books says: an edition, words, a name or a day; None where it is silent."""

DECIDES = frozenset({"value", "clause", "chosen_by", "wording"})
"""What a decision rests on: the value, the clause it carries out, its words, the day that selects.

Where a rule is printed and what the book is called are no part of it.
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two books say differently, on every day from `since` to `until`."""

    about: str  # a key, a clause, or "book"
    what: str  # "value", "clause", "source", "chosen_by", "wording", "id", "title", "since"
    since: date
    until: date | None  # the last day; None: for good
    before: Said
    after: Said

    @property
    def decides(self) -> bool:
        """Whether decisions of these days rest on it; a clause that is only added tells none."""
        added = self.what == "wording" and self.before is None
        return self.what in DECIDES and not added


def differences(old: Rulebook, new: Rulebook) -> list[Difference]:
    """Everything that differs, the book itself first, then keys, then clauses.

    Values are compared day by day: an edition that is only cut in two is no difference.
    """
    found = [*_of_the_book(old, new)]
    for key in sorted({*old.rules, *new.rules}):
        found += _of_a_key(key, old.rules.get(key), new.rules.get(key))
    return [*found, *_of_clauses(old, new)]


def first_change(old: Rulebook, new: Rulebook) -> date | None:
    """The first day of which `new` decides otherwise than `old`; None where it never does.

    The words of a clause and the day that selects a rule's edition have no date of their own, so a
    change of either counts from the beginning: it tells old decisions otherwise. What is to be
    said otherwise from a day on is written as a new clause that an edition since that day cites.
    """
    return min((it.since for it in differences(old, new) if it.decides), default=None)


def _of_the_book(old: Rulebook, new: Rulebook) -> Iterator[Difference]:
    since = min(old.first_day, new.first_day)
    for what in ("id", "title", "source", "since"):
        before, after = (getattr(book.law, what) for book in (old, new))
        if before != after:
            yield Difference("book", what, since, None, before, after)


def _of_a_key(key: str, old: Rule | None, new: Rule | None) -> Iterator[Difference]:
    told = list(_told(old, new))
    if old and new and old.chosen_by != new.chosen_by:
        yield Difference(key, "chosen_by", told[0].since, None, old.chosen_by, new.chosen_by)
    for what in ("value", "clause", "source"):
        for (before, after), same in groupby(told, key=lambda day: day.of(what)):
            days = list(same)
            if before != after:
                first, last = days[0], days[-1]
                said = (first.old, first.new) if what == "value" else (before, after)
                yield Difference(key, what, first.since, last.until, *said)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days on which no edition of either book begins or ends, and what both say then."""

    since: date
    until: date | None
    old: Edition | None
    new: Edition | None

    def of(self, what: str) -> tuple[Any, Any]:
        """What both say; of a citation nothing where one of them is silent."""
        if what != "value" and not (self.old and self.new):
            return None, None
        old, new = (getattr(edition, what, None) for edition in (self.old, self.new))
        return old, new


def _told(old: Rule | None, new: Rule | None) -> Iterator[_Stretch]:
    """What both rules say from one beginning or end of any edition to the next, in order."""
    rules = [rule for rule in (old, new) if rule]
    editions = [edition for rule in rules for edition in rule.editions]
    starts = {edition.since for edition in editions}
    starts |= {it.until + ONE_DAY for it in editions if it.until and it.until < date.max}
    days = sorted(starts)
    for day, following in zip(days, [*days[1:], None], strict=True):
        until = following - ONE_DAY if following else None
        said = [rule.found(day) if rule else None for rule in (old, new)]
        yield _Stretch(day, until, *said)


def _of_clauses(old: Rulebook, new: Rulebook) -> Iterator[Difference]:
    since = min(old.first_day, new.first_day)
    for clause in sorted({*old.clauses, *new.clauses}):
        before, after = old.clauses.get(clause), new.clauses.get(clause)
        if before != after:
            yield Difference(clause, "wording", since, None, before, after)
