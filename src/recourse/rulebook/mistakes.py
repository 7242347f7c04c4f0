"""What is wrong with a rulebook: where, why, and what is to be done about it?"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import cache
from importlib.resources import files

from recourse.rulebook.kinds import Unfit
from recourse.values.parties import Text

LONGEST = 60  # signs of a value that are shown


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: the file, the key in it such as "editions[1].since", and the value there."""

    file: str
    key: str
    value: str
    code: str
    facts: Mapping[str, str]

    @property
    def why(self) -> Text:
        """What is wrong."""
        return self._said("why")

    @property
    def remedy(self) -> Text:
        """What to do about it."""
        return self._said("remedy")

    def _said(self, part: str) -> Text:
        told = catalogue()[self.code]
        facts = {**self.facts, "file": self.file, "key": self.key, "value": self.value}
        return Text(*(told[f"{language}_{part}"].format_map(facts) for language in ("zh", "en")))


class BookProblem(Exception):
    """A rulebook that cannot be used; `mistakes` names everything that is wrong with it."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("; ".join(f"{it.file}: {it.key}: {it.why.en}" for it in mistakes))
        self.mistakes = mistakes


class Place:
    """A place in a file, and the list in which the mistakes found there are noted."""

    def __init__(self, found: list[Mistake], file: str, key: str = "") -> None:
        self.found = found
        self.file = file
        self.key = key

    def at(self, name: str | int) -> "Place":
        """The place of `name` in here, or of one of several, counted from 1."""
        if isinstance(name, int):
            return Place(self.found, self.file, f"{self.key}[{name}]")
        return Place(self.found, self.file, f"{self.key}.{name}" if self.key else name)

    def note(self, code: str, value: object = None, **facts: object) -> None:
        """Note a mistake here."""
        said = {name: _plain(fact) for name, fact in facts.items()}
        self.found.append(Mistake(self.file, self.key, _shown(value), code, said))

    def note_unfit(self, unfit: Unfit, value: object) -> None:
        """Note that `value` is one that this place cannot have."""
        self.note(unfit.code, value, **unfit.facts)


def _shown(value: object) -> str:
    """`value` as it stands in the file, text between quotes, cut where it is long."""
    return "" if value is None else _cut(_written(value))


def _plain(fact: object) -> str:
    return fact if isinstance(fact, str) else _cut(_written(fact))


def _written(value: object) -> str:
    if isinstance(value, date | time | Decimal | float):
        return str(value)
    try:
        return json.dumps(value, ensure_ascii=False, default=str)
    except (ValueError, RecursionError):  # a number with thousands of digits, or lists in lists
        return f"({type(value).__name__})"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """What is said of every kind of mistake, by its code."""
    text = files(__package__).joinpath("mistakes.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
