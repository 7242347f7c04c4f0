"""Which value does a rule have on a day, and what does a clause say?"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from recourse.values.money import fen
from recourse.values.parties import Text
from recourse.values.refusal import Refused

BUILT_IN = "zzbs"


@dataclass(frozen=True, slots=True)
class Edition:
    """A setting's value from one day on, with the rule it treats and its source."""

    since: date
    value: str | int | bool
    rule: str
    source: str


@dataclass(frozen=True, slots=True)
class Setting:
    """A decision that the source leaves open, dated; `choices` are empty for a free value."""

    key: str
    title: Text
    kind: str  # "choice", "switch", "count" or "money"
    choices: tuple[str, ...]
    chosen_by: Text  # which day selects the edition
    editions: tuple[Edition, ...]

    def on(self, day: date) -> Edition:
        """The edition in force on `day`, the first day of each included.

        A day before the first edition is refused: the rules say nothing of it.
        """
        for edition in reversed(self.editions):
            if edition.since <= day:
                return edition
        raise Refused("before-the-rulebook", day=day, first=self.editions[0].since)

    def checked(self, value: object) -> str | int | bool:
        """`value`, if the setting can have it; raises ValueError with the reason otherwise."""
        match self.kind, value:
            case "choice", str() if value in self.choices:
                return value
            case "switch", bool():
                return value
            case "count", int() if value is not True and value is not False and value >= 0:
                return value
            case "money", str() if fen(value) >= 0:
                return value
        allowed = ", ".join(self.choices) or {"switch": "true, false", "count": "0, 1, 2 ..."}.get(
            self.kind, '"500.00" ...'
        )
        raise ValueError(f"{self.key} cannot be {value!r}; it can be {allowed}")


@dataclass(frozen=True)
class Rulebook:
    """The built-in book of ZZBS04-04-2008, or the same with settings changed."""

    settings: Mapping[str, Setting]
    clauses: Mapping[str, Text]
    edition: str  # names the book and the hash of its content

    @property
    def first_day(self) -> date:
        """The first day on which every setting has a value."""
        return max(setting.editions[0].since for setting in self.settings.values())

    def value(self, key: str, day: date) -> str | int | bool:
        """What the setting `key` says on `day`."""
        return self.settings[key].on(day).value

    def choice(self, key: str, day: date) -> Any:
        """One of the choices of the setting."""
        return self.value(key, day)

    def switch(self, key: str, day: date) -> bool:
        """Whether the setting is on."""
        return bool(self.value(key, day))

    def count(self, key: str, day: date) -> int:
        """A number of days."""
        return int(self.value(key, day))

    def amount(self, key: str, day: date) -> int:
        """An amount in fen."""
        return fen(self.value(key, day))

    def changed(self, values: Mapping[str, object]) -> "Rulebook":
        """The book with `values` in place of its own, from the beginning.

        Raises ValueError for an unknown key or a value the setting cannot have.
        """
        settings = dict(self.settings)
        for key, value in values.items():
            if key not in settings:
                raise ValueError(f"{key!r} is no setting; the settings are {', '.join(settings)}")
            setting = settings[key]
            edition = replace(setting.editions[0], since=date.min, value=setting.checked(value))
            settings[key] = replace(setting, editions=(edition,))
        return _book(settings, self.clauses)


@cache
def built_in() -> Rulebook:
    """The book of ZZBS04-04-2008 as recourse comes with it."""
    folder = files("recourse.rulebook").joinpath(BUILT_IN)
    settings = [
        _setting(tomllib.loads(file.read_text(encoding="utf-8")))
        for file in folder.joinpath("settings").iterdir()
        if file.name.endswith(".toml")
    ]
    clauses = tomllib.loads(folder.joinpath("clauses.toml").read_text(encoding="utf-8"))
    return _book(
        {setting.key: setting for setting in sorted(settings, key=lambda each: each.key)},
        {rule: Text(told["zh"], told["en"]) for rule, told in clauses.items()},
    )


def _setting(written: dict[str, Any]) -> Setting:
    setting = Setting(
        key=written["key"],
        title=Text(written["title_zh"], written["title_en"]),
        kind=written["kind"],
        choices=tuple(choice["value"] for choice in written.get("choices", ())),
        chosen_by=Text(written["chosen_by_zh"], written["chosen_by_en"]),
        editions=tuple(Edition(**edition) for edition in written["editions"]),
    )
    for edition in setting.editions:
        setting.checked(edition.value)
    return setting


def _book(settings: Mapping[str, Setting], clauses: Mapping[str, Text]) -> Rulebook:
    content = repr(sorted((key, setting.editions) for key, setting in settings.items()))
    digest = hashlib.sha256(content.encode()).hexdigest()
    return Rulebook(settings, clauses, edition=f"{BUILT_IN}:{digest[:12]}")
