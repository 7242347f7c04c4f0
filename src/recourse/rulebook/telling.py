"""What does a book say, rule by rule, for somebody who reads it and for another program?"""

from datetime import date
from typing import Any

from recourse.rulebook.book import Rulebook
from recourse.rulebook.comparing import ONE_DAY, Difference
from recourse.rulebook.keys import DAYS, Key, keys
from recourse.rulebook.kinds import said
from recourse.rulebook.rule import Edition, Row, Rule
from recourse.rulebook.wording import difference_said, side_said, value_said
from recourse.values.money import yuan
from recourse.values.parties import Text


def book_told(
    book: Rulebook, language: str, *, key: str | None = None, on: date | None = None
) -> dict[str, Any]:
    """Each rule with its editions, and the keys that the book leaves open.

    Only `key` where one is given; only the editions of `on` where a day is.
    """
    wanted = [key] if key else list(keys())
    told = [_rule(book.rules[name], book, language, on) for name in wanted if name in book.rules]
    governing = [rule for rule in told if rule["editions"]]
    answered = {rule["key"] for rule in governing}
    open_keys = [keys()[name] for name in wanted if name not in answered]
    return {
        "rules": governing,
        "not_set": [{"key": it.name, "title": _in(it.title, language)} for it in open_keys],
    }


def _rule(rule: Rule, book: Rulebook, language: str, on: date | None) -> dict[str, Any]:
    found = rule.editions if on is None else [it for it in [rule.found(on)] if it]
    return {
        "key": rule.key.name,
        "title": _in(rule.key.title, language),
        "chosen_by": rule.chosen_by,
        "chosen_by_says": _in(DAYS[rule.chosen_by], language),
        "editions": [_edition(rule, it, book, language) for it in found],
    }


def _edition(rule: Rule, edition: Edition, book: Rulebook, language: str) -> dict[str, Any]:
    rows = edition.rows
    return {
        "since": None if edition.since == date.min else edition.since,
        "until": last_day(rule, edition),
        "value": None if rows else _plain(rule.key, edition.value),
        "rows": [{**row.when, **_said(row)} for row in rows],
        "says": [_in(each, language) for each in value_said(rule.key, edition)],
        "clause": edition.clause,
        "clause_says": _in(book.clauses[edition.clause], language),
        "source": edition.source,
    }


def _plain(key: Key, value: object) -> object:
    """A single value as it is written in the book."""
    if key.kind == "money" and isinstance(value, int):
        return yuan(value)
    return list(value) if isinstance(value, tuple) else value


def _said(row: Row) -> dict[str, str]:
    return {column: said(column, value) for column, value in row.says.items()}


def last_day(rule: Rule, edition: Edition) -> date | None:
    """The last day of an edition, as written or before the next one; None: for good."""
    later = [each.since for each in rule.editions if each.since > edition.since]
    return edition.until or (min(later) - ONE_DAY if later else None)


def difference_told(found: Difference, language: str) -> dict[str, Any]:
    """A difference as a sentence, with the days on which it is one."""
    return {
        "about": found.about,
        "what": found.what,
        "since": found.since,
        "until": found.until,
        "before": _in(side_said(found, found.before), language),
        "after": _in(side_said(found, found.after), language),
        "says": _in(difference_said(found), language),
    }


def _in(text: Text, language: str) -> str:
    return text.zh if language == "zh" else text.en
