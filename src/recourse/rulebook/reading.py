"""Is what some files say a rulebook, and which rules does it have?"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from importlib.resources.abc import Traversable
from typing import Any

from recourse.rulebook.editions import must_cover, must_follow_each_other
from recourse.rulebook.keys import Key, keys
from recourse.rulebook.kinds import SCALARS, TABLES, Unfit, Value, one_of
from recourse.rulebook.mistakes import BookProblem, Mistake, Place
from recourse.rulebook.rule import Edition, Rule, Table
from recourse.rulebook.tables import read_rows
from recourse.values.parties import Text, identifier

BOOK, CLAUSES, RULES, CASES = "book.toml", "clauses.toml", "rules", "cases"
ABOUT = ("id", "title_zh", "title_en", "source", "since")
OF_A_RULE = ("key", "chosen_by", "editions")
OF_AN_EDITION = ("since", "until", "value", "rows", "clause", "source")


@dataclass(frozen=True, slots=True)
class Law:
    """A book apart from its rules: what it is called, since when it is, what its clauses say."""

    id: str
    title: Text
    source: str
    since: date
    clauses: Mapping[str, Text]


def texts_of(place: Traversable) -> dict[str, str]:
    """The text of a book by file: a folder with its `rules/`, or one file that is all of it.

    The book's own cases are no part of the law. Line ends are read alike on every system. Raises
    `BookProblem` for a file that is not UTF-8.
    """
    if place.is_file():
        return {place.name: _text(place, place.name)}
    texts = {each.name: _text(each, each.name) for each in _files(place)}
    rules = place.joinpath(RULES)
    if rules.is_dir():
        names = {f"{RULES}/{each.name}": each for each in _files(rules)}
        texts |= {name: _text(each, name) for name, each in names.items()}
    return texts


def _files(folder: Traversable) -> list[Traversable]:
    found = [each for each in folder.iterdir() if each.is_file() and each.name[:1] != "."]
    return sorted(found, key=lambda each: each.name)


def _text(file: Traversable, name: str) -> str:
    content = file.read_bytes()
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        found: list[Mistake] = []
        line = content.count(b"\n", 0, error.start) + 1
        Place(found, name).note("not-utf8", line=line)
        raise BookProblem(found) from None


def read_law(texts: Mapping[str, str]) -> tuple[Law, dict[str, Rule]]:
    """The book that `texts` write, by file; raises `BookProblem` with everything wrong in it."""
    found: list[Mistake] = []
    parts = _parts(texts, found)
    about = _about(parts.get(BOOK, {}), Place(found, BOOK))
    clauses = _clauses(parts.get(CLAUSES, {}), Place(found, CLAUSES))
    rules: dict[str, Rule] = {}
    for file, written in parts.items():
        if file not in {BOOK, CLAUSES}:
            _add(rules, _rule(written, clauses, Place(found, file)), Place(found, file))
    if about and not found:
        must_cover(rules, about["since"], found)
    if found or not about:
        raise BookProblem(found)
    title = Text(about["title_zh"], about["title_en"])
    law = Law(about["id"], title, about["source"], about["since"], clauses)
    return law, dict(sorted(rules.items()))


def _parts(texts: Mapping[str, str], found: list[Mistake]) -> dict[str, dict[str, Any]]:
    """What each file says; one file that is the whole book is taken apart."""
    parts = {}
    for file, text in texts.items():
        if not file.endswith(".toml"):
            Place(found, file).note("stray-file")
            continue
        try:
            parts[file] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            Place(found, file).note("not-toml", reason=error)
    if len(texts) == 1 and BOOK not in texts:
        return _taken_apart(next(iter(texts)), parts, found) if parts else {}
    for file in [file for file in parts if not _belongs(file)]:
        Place(found, file).note("stray-file")
        del parts[file]
    for file in {BOOK, CLAUSES}.difference(texts):
        Place(found, file).note("no-such-file")
    return parts


def _belongs(file: str) -> bool:
    return file in {BOOK, CLAUSES} or file.startswith(f"{RULES}/")


def _taken_apart(
    file: str, parts: Mapping[str, dict[str, Any]], found: list[Mistake]
) -> dict[str, dict[str, Any]]:
    whole, here = parts[file], Place(found, file)
    _known(whole, ("book", "clauses", "rules"), here)
    taken: dict[str, dict[str, Any]] = {}
    for name, part in (("book", BOOK), ("clauses", CLAUSES)):
        taken[part] = _table(whole.get(name), here.at(name)) or {}
    for number, rule in enumerate(_list(whole.get("rules", []), here.at("rules")), 1):
        taken[f"{file} rules[{number}]"] = _table(rule, here.at("rules").at(number)) or {}
    return taken


def _about(written: dict[str, Any], here: Place) -> dict[str, Any] | None:
    _known(written, ABOUT, here)
    told: dict[str, Any] = {name: text(written, name, here) for name in ABOUT[:-1]}
    told["since"] = day(written, "since", here)
    if told["id"]:
        told["id"] = name_of(told["id"], here.at("id"))
    return told if all(told.values()) else None


def _clauses(written: dict[str, Any], here: Place) -> dict[str, Text]:
    clauses = {}
    for name, told in written.items():
        place = here.at(name)
        name_of(name, place)
        if table := _table(told, place):
            _known(table, ("zh", "en"), place)
            words = Text(text(table, "zh", place) or "", text(table, "en", place) or "")
            clauses[name] = words
    return clauses


def _rule(written: dict[str, Any], clauses: Mapping[str, Text], here: Place) -> Rule | None:
    _known(written, OF_A_RULE, here)
    name = text(written, "key", here)
    if name is None:
        return None
    key = keys().get(name)
    if key is None:
        close = ", ".join(get_close_matches(name, keys())) or ", ".join(keys())
        here.at("key").note("unknown-rule", name, close=close)
        return None
    chosen_by = written.get("chosen_by", key.chosen_by[0])
    if chosen_by not in key.chosen_by:
        allowed = ", ".join(key.chosen_by)
        here.at("chosen_by").note("not-its-day", chosen_by, allowed=allowed)
    entries = _list(written.get("editions"), here.at("editions"))
    if not entries:
        here.at("editions").note("no-editions", rule=name)
    places = [here.at("editions").at(number) for number in range(1, len(entries) + 1)]
    read = [_edition(key, it, clauses, at) for it, at in zip(entries, places, strict=True)]
    editions = [edition for edition in read if edition]
    if len(editions) < len(entries):
        return None
    must_follow_each_other(editions, places)
    return Rule(key, chosen_by, tuple(editions)) if editions else None


def _edition(key: Key, entry: Any, clauses: Mapping[str, Text], here: Place) -> Edition | None:
    written = _table(entry, here)
    if written is None:
        return None
    _known(written, OF_AN_EDITION, here)
    since = day(written, "since", here)
    until = day(written, "until", here) if "until" in written else None
    if since and until and until < since:
        here.at("until").note("ends-before-it-begins", until, since=since)
    clause, source = text(written, "clause", here), text(written, "source", here)
    if clause and clause not in clauses:
        close = ", ".join(get_close_matches(clause, clauses)) or "-"
        here.at("clause").note("unknown-clause", clause, close=close)
    value = _value(key, written, here)
    if since is None or value is None or clause is None or source is None:
        return None
    return Edition(since, until, value, clause, source)


def _value(key: Key, written: dict[str, Any], here: Place) -> Value | Table | None:
    columns = TABLES.get(key.kind)
    wanted, other = ("rows", "value") if columns else ("value", "rows")
    if other in written:
        here.at(other).note(f"no-{other}-here", written[other], rule=key.name)
    if wanted not in written:
        here.at(wanted).note("missing")
        return None
    if columns:
        rows = _list(written["rows"], here.at("rows"))
        return read_rows(key.kind, columns, rows, here.at("rows"))
    try:
        return value_of(key, written["value"])
    except Unfit as unfit:
        here.at("value").note_unfit(unfit, written["value"])
        return None


def value_of(key: Key, written: object) -> Value:
    """`written`, read as a single value of `key`; raises `Unfit`."""
    reader = one_of(tuple(key.choices)) if key.choices else SCALARS[key.kind]
    return reader(written)


def _add(rules: dict[str, Rule], rule: Rule | None, here: Place) -> None:
    if rule is None:
        return
    if rule.key.name in rules:
        here.at("key").note("rule-twice", rule.key.name)
    rules[rule.key.name] = rule


def _known(written: Mapping[str, Any], allowed: Sequence[str], here: Place) -> None:
    for name in written:
        if name not in allowed:
            close = ", ".join(get_close_matches(name, allowed)) or ", ".join(allowed)
            here.at(name).note("unknown-key", written[name], close=close)


def _table(written: object, here: Place) -> dict[str, Any] | None:
    if isinstance(written, dict):
        return written
    here.note("not-a-table", written)
    return None


def _list(written: object, here: Place) -> list[Any]:
    if written is None:
        return []
    if isinstance(written, list):
        return written
    here.note("not-a-list", written)
    return []


def text(written: Mapping[str, Any], name: str, here: Place) -> str | None:
    """The text under `name`, which must be there."""
    found = written.get(name)
    if isinstance(found, str) and found.strip():
        return found
    here.at(name).note("not-text" if name in written else "missing", found)
    return None


def day(written: Mapping[str, Any], name: str, here: Place) -> date | None:
    """The day under `name`, which must be there."""
    found = written.get(name)
    if isinstance(found, date) and not isinstance(found, datetime):
        return found
    here.at(name).note("not-a-day" if name in written else "missing", found)
    return None


def name_of(written: str, here: Place) -> str:
    """A name without spaces."""
    try:
        return identifier(written)
    except ValueError:
        here.note("not-a-name", written)
        return written
