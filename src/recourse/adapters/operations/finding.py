"""What does a check find, and what is said of it?"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found: `code` is its wording in `checks.toml`, `facts` the actual values."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


def found(code: str, **facts: object) -> Outcome:
    """The outcome of that code."""
    return Outcome(code, facts)


def plainly(error: Exception) -> str:
    """The kind of an error, and its first line."""
    return f"{type(error).__name__}: {error}".partition("\n")[0]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the check of that name found."""

    name: str
    outcome: Outcome

    @property
    def ok(self) -> bool:
        """Whether nothing has to be done."""
        return "remedy_en" not in self._words

    def tell(self, language: str) -> dict[str, Any]:
        """Name, whether it is well, what was seen, and what to do, in "zh" or "en"."""
        words = {part: self._words.get(f"{part}_{language}", "") for part in ("detail", "remedy")}
        told = {part: said.format(**self.outcome.facts) for part, said in words.items()}
        return {"name": self.name, "ok": self.ok, **told}

    @property
    def _words(self) -> Mapping[str, str]:
        own, common = wording()[self.name], wording()["any"]
        return own[self.outcome.code] if self.outcome.code in own else common[self.outcome.code]


@cache
def wording() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Check -> outcome -> words; whatever has a remedy is a finding."""
    text = files(__package__).joinpath("checks.toml").read_text("utf-8")
    return tomllib.loads(text)
