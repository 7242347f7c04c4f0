"""What does the rulebook in force say, and what does a clause say?"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from recourse.rulebook.kinds import Unfit, said
from recourse.rulebook.reading import Law, read_law, texts_of, value_of
from recourse.rulebook.rule import Days, Edition, Rule, Table
from recourse.values.parties import Text

BUILT_IN = "zzbs"


@dataclass(frozen=True)
class Rulebook:
    """A book of rules as it was written, or the same with settings changed for a trial."""

    law: Law
    rules: Mapping[str, Rule]
    texts: Mapping[str, str]  # the whole text, by file
    changes: Mapping[str, object] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The name of the book, the same for all its editions."""
        return self.law.id

    @property
    def clauses(self) -> Mapping[str, Text]:
        """What each clause says."""
        return self.law.clauses

    @cached_property
    def sha256(self) -> str:
        """The hash of its whole content: two books with the same hash say the same."""
        content = [sorted(self.texts.items()), sorted(self.changes.items())]
        return _sha256(content)

    @cached_property
    def edition(self) -> str:
        """What a decision remembers: the book, and the beginning of its hash."""
        return f"{self.id}:{self.sha256[:12]}"

    @property
    def first_day(self) -> date:
        """The first day on which every required key has a value."""
        return self.law.since

    def clause_sha256(self, clause: str, day: date) -> str:
        """The hash of what a clause says, and of every value under it on `day`."""
        told = self.clauses.get(clause)
        editions = [(rule, rule.found(day)) for rule in self.rules.values()]
        values = [
            [rule.key.name, rule.chosen_by, written(edition)]
            for rule, edition in editions
            if edition and edition.clause == clause
        ]
        return _sha256([list(told or ()), values])

    def found(self, key: str, days: Days) -> Edition | None:
        """What the book says under `key`, or None where it says nothing of that day."""
        rule = self.rules.get(key)
        return rule.found(days) if rule else None

    def value(self, key: str, days: Days) -> Any:
        """What a required key says; a day before the book is refused."""
        return self.rules[key].on(days).value

    def clause(self, key: str, days: Days) -> str:
        """The clause under which it answers a required key."""
        return self.rules[key].on(days).clause

    def choice(self, key: str, days: Days) -> Any:
        """One of the choices of the key."""
        return self.value(key, days)

    def switch(self, key: str, days: Days) -> bool:
        """Whether it is on."""
        return bool(self.value(key, days))

    def count(self, key: str, days: Days) -> int:
        """A whole number."""
        return int(self.value(key, days))

    def amount(self, key: str, days: Days) -> int:
        """An amount in fen."""
        return int(self.value(key, days))

    def table(self, key: str, days: Days) -> Table:
        """The rows of a required table."""
        return self.rules[key].on(days).rows

    def changed(self, values: Mapping[str, object]) -> "Rulebook":
        """The book with `values` in place of its own, from the beginning.

        Raises ValueError for an unknown key or a value it cannot have; tables are not changed.
        """
        rules = dict(self.rules)
        for key, value in values.items():
            if key not in rules or rules[key].editions[0].rows:
                known = ", ".join(name for name, it in rules.items() if not it.editions[0].rows)
                raise ValueError(f"{key!r} is no setting; the settings are {known}")
            rule = rules[key]
            edition = replace(
                rule.editions[0], since=date.min, until=None, value=checked(rule, value)
            )
            rules[key] = replace(rule, editions=(edition,))
        return replace(self, rules=rules, changes={**self.changes, **values})


def checked(rule: Rule, value: object) -> Any:
    """`value`, read as one of the rule; raises ValueError with what it can be otherwise."""
    try:
        return value_of(rule.key, value)
    except Unfit:
        kinds = {
            "switch": "true, false",
            "days": "0, 1, 2 ...",
            "money": '"500.00" ...',
            "gates": '["information", ...]',
        }
        allowed = ", ".join(rule.key.choices) or kinds[rule.key.kind]
        raise ValueError(f"{rule.key.name} cannot be {value!r}; it can be {allowed}") from None


def written(edition: Edition) -> object:
    """The value of an edition as text, or its rows."""
    if not edition.rows:
        return str(edition.value)
    return [
        [dict(row.when), {column: said(column, value) for column, value in row.says.items()}]
        for row in edition.rows
    ]


def read_book(texts: Mapping[str, str]) -> Rulebook:
    """The book whose files say `texts`; raises `BookProblem` with every mistake in them."""
    law, rules = read_law(texts)
    return Rulebook(law, rules, texts)


@cache
def built_in() -> Rulebook:
    """The book of ZZBS04-04-2008 as recourse comes with it."""
    return read_book(texts_of(files(__package__).joinpath(BUILT_IN)))


def _sha256(content: object) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()
