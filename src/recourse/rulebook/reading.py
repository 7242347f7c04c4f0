"""Is what some files say a rulebook, and which rules does it have?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

from recourse.rulebook import fields
from recourse.rulebook.editions import must_cover, must_follow_each_other
from recourse.rulebook.keys import Key, keys
from recourse.rulebook.kinds import SCALARS, TABLES, Unfit, Value, one_of
from recourse.rulebook.mistakes import BookProblem, Mistake, Place
from recourse.rulebook.rule import Edition, Rule, Table
from recourse.rulebook.tables import read_rows
from recourse.values.parties import Text

BOOK, CLAUSES, RULES, CASES = "book.toml", "clauses.toml", "rules", "cases"
ABOUT = ("id", "title_zh", "title_en", "source", "since")
OF_A_RULE = ("key", "chosen_by", "editions")
OF_AN_EDITION = ("since", "until", "value", "rows", "clause", "source")
SHOWN = 5  # names of what lies in a folder that is no book


@dataclass(frozen=True, slots=True)
class Law:
    """A book apart from its rules: what it is called, since when it is, what its clauses say."""

    id: str
    title: Text
    source: str
    since: date
    clauses: Mapping[str, Text]


Part = tuple[dict[str, Any], Place]
"""What a part of the book says, and where that stands."""


class _Parts(NamedTuple):
    book: Part | None
    clauses: Part | None
    rules: list[Part]


def texts_of(place: Traversable) -> dict[str, str]:
    """The text of a book by file: a folder with its `rules/`, or one file that is all of it.

    The book's own cases are no part of the law. Line ends are read alike on every system. Raises
    `BookProblem` for a file that is not UTF-8, a folder that holds no book, and a folder in it
    that does not belong there.
    """
    if place.is_file():
        return {place.name: _text(place, place.name)}
    found: list[Mistake] = []
    _must_hold_a_book(place, Place(found, place.name))
    texts = {each.name: _text(each, each.name) for each in _files(place, "", found)}
    rules = place.joinpath(RULES)
    if rules.is_dir():
        names = {f"{RULES}/{each.name}": each for each in _files(rules, f"{RULES}/", found)}
        texts |= {name: _text(each, name) for name, each in names.items()}
    if found:
        raise BookProblem(found)
    return texts


def _must_hold_a_book(folder: Traversable, here: Place) -> None:
    names = sorted(each.name for each in folder.iterdir())
    if not {BOOK, CLAUSES, RULES}.intersection(names):
        here.note("not-a-book", holds=", ".join(names[:SHOWN]) or "-")
        raise BookProblem(here.found)


def _files(folder: Traversable, prefix: str, found: list[Mistake]) -> list[Traversable]:
    entries = sorted(folder.iterdir(), key=lambda each: each.name)
    seen = [each for each in entries if each.name[:1] != "."]
    for each in seen:
        if not each.is_file() and (prefix or each.name not in {RULES, CASES}):
            Place(found, f"{prefix}{each.name}/").note("stray-file")
    return [each for each in seen if each.is_file()]


def _text(file: Traversable, name: str) -> str:
    content = file.read_bytes()
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        here = Place([], name)
        here.note("not-utf8", line=content.count(b"\n", 0, error.start) + 1)
        raise BookProblem(here.found) from None


def read_law(texts: Mapping[str, str]) -> tuple[Law, dict[str, Rule]]:
    """The book that `texts` write, by file; raises `BookProblem` with everything wrong in it."""
    found: list[Mistake] = []
    parts = _parts(texts, found)
    about = _about(*parts.book) if parts.book else None
    clauses = _clauses(*parts.clauses) if parts.clauses else None
    rules: dict[str, Rule] = {}
    places: dict[str, Place] = {}
    for written, here in parts.rules:
        if rule := _rule(written, clauses, here):
            if rule.key.name in rules:
                here.at("key").note("rule-twice", rule.key.name)
            rules[rule.key.name], places[rule.key.name] = rule, here
    if about and not found:
        must_cover(rules, places, about["since"], found)
    if found or not about:
        raise BookProblem(found)
    title = Text(about["title_zh"], about["title_en"])
    law = Law(about["id"], title, about["source"], about["since"], clauses or {})
    return law, dict(sorted(rules.items()))


def _parts(texts: Mapping[str, str], found: list[Mistake]) -> _Parts:
    """What each file says; one file that is the whole book is taken apart."""
    parts: dict[str, Part] = {}
    alone = len(texts) == 1
    for file, written in texts.items():
        here = Place(found, file)
        if not ((alone and _is_plain(file)) or (_belongs(file) and file.endswith(".toml"))):
            here.note("stray-file")
        elif (said := fields.toml(written, here)) is not None:
            parts[file] = said, here
    if alone and not parts:
        return _Parts(None, None, [])
    if alone and _is_whole(*parts.items()):
        return _taken_apart(*parts.popitem()[1])
    for file in (BOOK, CLAUSES):
        if file not in texts:
            Place(found, file).note("no-such-file")
    book, clauses = parts.pop(BOOK, None), parts.pop(CLAUSES, None)
    return _Parts(book, clauses, list(parts.values()))


def _is_whole(alone: tuple[str, Part]) -> bool:
    """Whether a file that stands alone is all of a book, and not what is left of a folder."""
    file, part = alone
    return not _belongs(file) or not {"book", "rules"}.isdisjoint(part[0])


def _belongs(file: str) -> bool:
    folder, _, name = file.rpartition("/")
    return file in {BOOK, CLAUSES} or (folder == RULES and _is_plain(name))


def _is_plain(name: str) -> bool:
    """Whether a file of that name stays in its folder when it is taken out of the log again."""
    return name.isprintable() and name[:1] != "." and not set(name).intersection("/\\:")


def _taken_apart(whole: dict[str, Any], here: Place) -> _Parts:
    fields.must_be_known(whole, ("book", "clauses", "rules"), here)
    book, clauses = (_part(whole.get(name), here.at(name)) for name in ("book", "clauses"))
    listed = fields.listed(whole.get("rules", []), here.at("rules")) or []
    rules = [_part(each, here.at("rules").at(number)) for number, each in enumerate(listed, 1)]
    return _Parts(book, clauses, [rule for rule in rules if rule])


def _part(written: object, here: Place) -> Part | None:
    said = fields.table(written, here)
    return None if said is None else (said, here)


def _about(written: dict[str, Any], here: Place) -> dict[str, Any] | None:
    fields.must_be_known(written, ABOUT, here)
    told: dict[str, Any] = {name: fields.text(written, name, here) for name in ABOUT[:-1]}
    told["since"] = fields.day(written, "since", here)
    if told["id"]:
        fields.must_be_a_name(told["id"], here.at("id"))
    return told if all(told.values()) else None


def _clauses(written: dict[str, Any], here: Place) -> dict[str, Text]:
    clauses = {}
    for name, told in written.items():
        place = here.at(name)
        fields.must_be_a_name(name, place)
        table = fields.table(told, place)
        if table is not None:
            fields.must_be_known(table, ("zh", "en"), place)
            said = [fields.text(table, language, place) or "" for language in ("zh", "en")]
            clauses[name] = Text(*said)
    return clauses


Clauses = Mapping[str, Text] | None
"""What the clauses say; None where they cannot be read, so that no citation can be checked."""


def _rule(written: dict[str, Any], clauses: Clauses, here: Place) -> Rule | None:
    fields.must_be_known(written, OF_A_RULE, here)
    name = fields.text(written, "key", here)
    if name is None:
        return None
    key = keys().get(name)
    if key is None:
        close = fields.close_to(name, tuple(keys()))
        here.at("key").note("unknown-rule", name, close=close)
        return None
    chosen_by = written.get("chosen_by", key.chosen_by[0])
    if chosen_by not in key.chosen_by:
        allowed = ", ".join(key.chosen_by)
        here.at("chosen_by").note("not-its-day", chosen_by, allowed=allowed)
    editions = _editions(key, written, clauses, here.at("editions"))
    return Rule(key, chosen_by, tuple(editions)) if editions else None


def _editions(
    key: Key, written: dict[str, Any], clauses: Clauses, here: Place
) -> list[Edition] | None:
    """The editions in order, or None where one of them cannot be read."""
    entries = fields.listed(written.get("editions", []), here)
    if entries is None:
        return None
    if not entries:
        here.note("no-editions", rule=key.name)
    places = [here.at(number) for number in range(1, len(entries) + 1)]
    read = [_edition(key, it, clauses, at) for it, at in zip(entries, places, strict=True)]
    editions = [edition for edition in read if edition]
    if len(editions) < len(entries):
        return None
    must_follow_each_other(editions, places)
    return editions


def _edition(key: Key, entry: Any, clauses: Clauses, here: Place) -> Edition | None:
    written = fields.table(entry, here)
    if written is None:
        return None
    fields.must_be_known(written, OF_AN_EDITION, here)
    since = fields.day(written, "since", here)
    until = fields.day(written, "until", here) if "until" in written else None
    if since and until and until < since:
        here.at("until").note("ends-before-it-begins", until, since=since)
    clause, source = (fields.text(written, name, here) for name in ("clause", "source"))
    if clause and clauses is not None and clause not in clauses:
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
        return None
    if wanted not in written:
        here.at(wanted).note("missing")
        return None
    if columns:
        rows = fields.listed(written["rows"], here.at("rows"))
        return None if rows is None else read_rows(key.kind, columns, rows, here.at("rows"))
    try:
        return value_of(key, written["value"])
    except Unfit as unfit:
        here.at("value").note_unfit(unfit, written["value"])
        return None


def value_of(key: Key, written: object) -> Value:
    """`written`, read as a single value of `key`; raises `Unfit`."""
    reader = one_of(tuple(key.choices)) if key.choices else SCALARS[key.kind]
    return reader(written)
