"""How does a rule say no, in words that a person can act on?"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from recourse.values.parties import Text
from recourse.values.words import word


@dataclass(frozen=True, slots=True)
class Wording:
    """What the catalogue says of one code, in one language."""

    title: str
    why: str
    remedy: str


@cache
def catalogue() -> Mapping[str, Mapping[str, Wording]]:
    """Every refusal by its published code and language ("zh", "en")."""
    text = files("recourse.values").joinpath("refusals.toml").read_text(encoding="utf-8")
    return {
        code: {language: Wording(**wording) for language, wording in languages.items()}
        for code, languages in tomllib.loads(text).items()
    }


class Refused(Exception):
    """A rule's no: an answer, not a malfunction. Nothing is recorded of what was asked.

    `code` is published and stable; `rules` are the clauses that decided (empty: the first one of
    what was asked); `facts` are the actual values the words are made of.
    """

    def __init__(self, code: str, *rules: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.rules = rules
        self.facts = {name: str(value) for name, value in facts.items()}
        self.asked = Text("", "")

    def tell(self, language: str) -> dict[str, object]:
        """Title, what cannot be done, why with the actual values, the remedy, and the rules."""
        wording = catalogue()[self.code][language]
        facts = {name: _said(value, name, language) for name, value in self.facts.items()}
        return {
            "code": self.code,
            "title": wording.title,
            "what": self.asked.zh if language == "zh" else self.asked.en,
            "why": wording.why.format_map(facts),
            "remedy": wording.remedy.format_map(facts),
            "rules": list(self.rules),
        }

    def __str__(self) -> str:
        told = self.tell("en")
        return f"{told['what']} {told['why']} {told['remedy']} [{', '.join(self.rules)}]"


def _said(fact: str, name: str, language: str) -> str:
    """`fact`, or each of several, as people say it."""
    said = [word(each, of=name) for each in fact.split(", ")]
    return (
        "、".join(each.zh for each in said)
        if language == "zh"
        else ", ".join(each.en for each in said)
    )
