"""How does a book look on a terminal, rule by rule?"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from recourse.adapters.cli.output import write
from recourse.adapters.cli.words import pick, say
from recourse.rulebook.wording import period_said
from recourse.values.parties import Text

CHOSEN_BY = Text("按{day}选定版本", "edition chosen by {day}")
BASIS = Text("依据 {clause}：{says}", "by {clause}: {says}")
SOURCE = Text("出处 {source}", "source: {source}")


def written(told: Mapping[str, Any], language: str) -> None:
    """Write what `book_told` says, a paragraph a rule."""
    for rule in told["rules"]:
        write("")
        for line in _rule(rule, language):
            write(line)
    for key in told["not_set"]:
        write(f"\n{key['key']}  {key['title']}\n  {say('not-set', language)}")


def _rule(rule: Mapping[str, Any], language: str) -> Iterator[str]:
    yield f"{rule['key']}  {rule['title']}"
    yield f"  {pick(CHOSEN_BY, language).format(day=rule['chosen_by_says'])}"
    for edition in rule["editions"]:
        period = pick(period_said(edition["since"] or date.min, edition["until"]), language)
        says = edition["says"]
        yield f"  {period}  {says[0]}" if len(says) == 1 else f"  {period}"
        if len(says) > 1:
            yield from (f"    {row}" for row in says)
        clause = {"clause": edition["clause"], "says": edition["clause_says"]}
        yield f"    {pick(BASIS, language).format(**clause)}"
        yield f"    {pick(SOURCE, language).format(source=edition['source'])}"
