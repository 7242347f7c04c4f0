"""Is a file a case, and what does it ask and expect, step by step?"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, time
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator

from recourse.adapters.cases.figures import KINDS
from recourse.adapters.cases.problems import Mistakes, shown
from recourse.application import Person
from recourse.commands import PUBLIC, Command
from recourse.rulebook.book import BUILT_IN, Rulebook, built_in, checked, read_book
from recourse.rulebook.mistakes import BookProblem
from recourse.rulebook.reading import BOOK, CASES, texts_of
from recourse.values.parties import SHANGHAI, business_day, instant, role

MORNING = time(9, 0)  # meant by a step that names only a day


@dataclass(frozen=True, slots=True)
class Deed:
    """A step in which somebody asks for an act."""

    number: int
    at: datetime  # UTC
    by: Person
    command: Command
    on: date | None
    refused: str | None  # the rule that the refusal must cite; None: it must succeed


@dataclass(frozen=True, slots=True)
class Expectation:
    """A step in which every figure named must be equal."""

    number: int
    at: datetime  # UTC
    kind: str
    label: str | None
    figures: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """A file that can be played."""

    name: str
    book: Rulebook
    steps: Sequence[Deed | Expectation]


def read_case(path: Path) -> Case:
    """The case in the file at `path`; raises `CaseProblem` with everything wrong in it."""
    mistakes = Mistakes(path)
    written = mistakes.validated(_File, _toml(path, mistakes), step=0)
    steps: list[Deed | Expectation] = []
    if written:
        book = _book(written, path, mistakes)
        reader = _Steps(written.people, book.first_day, mistakes)
        steps = [step for entry in enumerate(written.steps, 1) if (step := reader.read(*entry))]
    mistakes.must_be_none()
    assert written
    return Case(written.name, book, steps)


def about(path: Path, rule: str) -> bool:
    """Whether the case says that it is about `rule`, or about a part of that clause.

    The steps are not looked at. Raises `CaseProblem`.
    """
    mistakes = Mistakes(path)
    written = mistakes.validated(_Subject, _toml(path, mistakes), step=0)
    mistakes.must_be_none()
    assert written
    return any(_covers(rule, named) for named in written.rules)


def _covers(rule: str, named: str) -> bool:
    rest = named.removeprefix(rule)
    return named.startswith(rule) and not rest[:1].isdigit()


def _listed(written: object) -> object:
    return [written] if isinstance(written, str) else written


def _instant(written: object) -> datetime:
    match written:
        case datetime(tzinfo=None):
            local = written
        case date() if not isinstance(written, datetime):
            local = datetime.combine(written, MORNING)
        case _:
            raise ValueError("a day, or a local date-time without an offset")
    if local.year in (MINYEAR, MAXYEAR):
        raise ValueError("no calendar reaches that far")
    return instant(local)


At = Annotated[datetime, PlainValidator(_instant)]
Roles = Annotated[
    list[Annotated[str, AfterValidator(role)]], BeforeValidator(_listed), Field(min_length=1)
]


class _Subject(BaseModel):
    model_config = ConfigDict(strict=True)

    rules: list[str] = Field(default_factory=list)


class _File(_Subject):
    model_config = ConfigDict(strict=True, extra="forbid")

    name: Annotated[str, Field(min_length=1)]
    rulebook: str | None = None
    settings: dict[str, Any] = Field(default_factory=dict)
    steps: Annotated[list[Any], Field(min_length=1)]
    people: dict[str, Roles]


class _Act(BaseModel):
    """What every act says; the rest are the fields of its command."""

    model_config = ConfigDict(strict=True, extra="allow")

    at: At
    by: str
    do: str
    on: date | None = None
    refused: Annotated[str, Field(min_length=1)] | None = None


class _Expected(BaseModel):
    """What every expectation says; the rest are its label and figures."""

    model_config = ConfigDict(strict=True, extra="allow")

    at: At
    expect: str


class _Steps:
    """Reads one step after the other, each not before the one before."""

    def __init__(
        self, people: Mapping[str, Sequence[str]], first_day: date, mistakes: Mistakes
    ) -> None:
        self._people = people
        self._first_day = first_day
        self._mistakes = mistakes
        self._before: datetime | None = None

    def read(self, number: int, written: Any) -> Deed | Expectation | None:
        """The step, or None where anything is wrong with it, which is noted."""
        if not isinstance(written, dict):
            self._mistakes.add(number, "", "no-table", value=shown(written))
            return None
        if ("do" in written) == ("expect" in written):
            self._mistakes.add(number, "do", "act-or-expectation")
            return None
        return self._act(number, written) if "do" in written else self._expected(number, written)

    def _act(self, number: int, written: dict[str, Any]) -> Deed | None:
        act = self._mistakes.validated(_Act, written, number)
        if act is None:
            return None
        self._must_follow(number, act.at)
        if act.on:
            self._must_be_governed(number, "on", act.on)
        if act.by not in self._people:
            self._mistakes.add(number, "by", "unknown-person", value=shown(act.by))
        if act.do not in PUBLIC:
            close = ", ".join(get_close_matches(act.do, PUBLIC)) or "-"
            self._mistakes.add(number, "do", "unknown-act", value=shown(act.do), close=close)
            return None
        command = self._mistakes.validated(PUBLIC[act.do], act.model_extra, number)
        if command is None:
            return None
        person = Person(act.by, frozenset(self._people.get(act.by, ())))
        return Deed(number, act.at, person, command, act.on, act.refused)

    def _expected(self, number: int, written: dict[str, Any]) -> Expectation | None:
        expected = self._mistakes.validated(_Expected, written, number)
        if expected is None:
            return None
        self._must_follow(number, expected.at)
        kind = KINDS.get(expected.expect)
        if kind is None:
            value, known = shown(expected.expect), ", ".join(KINDS)
            self._mistakes.add(number, "expect", "unknown-expectation", value=value, known=known)
            return None
        named = self._mistakes.validated(kind, expected.model_extra, number)
        if named is None:
            return None
        figures = named.model_dump(exclude_unset=True)
        label = figures.pop(kind.LABEL) if kind.LABEL else None
        return Expectation(number, expected.at, expected.expect, label, figures)

    def _must_follow(self, number: int, at: datetime) -> None:
        self._must_be_governed(number, "at", business_day(at))
        if self._before and at < self._before:
            said = {"at": _local(at), "before": _local(self._before)}
            self._mistakes.add(number, "at", "backwards", **said)
        self._before = at

    def _must_be_governed(self, number: int, key: str, day: date) -> None:
        if day < self._first_day:
            self._mistakes.add(number, key, "before-the-book", day=day, first=self._first_day)


def _local(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"


def _toml(path: Path, mistakes: Mistakes) -> dict[str, Any]:
    written: dict[str, Any] = {}
    try:
        content = path.read_bytes()
        written = tomllib.loads(content.decode("utf-8-sig"))
    except OSError as problem:
        mistakes.add(0, "", "unreadable", reason=problem.strerror or type(problem).__name__)
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        mistakes.add(0, "", "not-utf8", line=line)
    except tomllib.TOMLDecodeError as problem:
        mistakes.add(0, "", "not-toml", reason=problem)
    mistakes.must_be_none()
    return written


def _book(written: _File, path: Path, mistakes: Mistakes) -> Rulebook:
    book = _own(path, mistakes)
    if written.rulebook is not None:
        book = _named(written.rulebook, path.parent, mistakes)
    fitting: dict[str, object] = {}
    for key, value in written.settings.items():
        where = f"settings.{key}"
        if key not in book.rules:
            known = ", ".join(book.rules)
            mistakes.add(0, where, "unknown-setting", setting=shown(key), known=known)
            continue
        try:
            fitting[key] = checked(book.rules[key], value)
        except ValueError as problem:
            mistakes.add(0, where, "wrong-value", value=shown(value), reason=problem)
    return book.changed(fitting)


def _own(path: Path, mistakes: Mistakes) -> Rulebook:
    """The book in whose folder of cases the case stands, or the built-in one."""
    folder = path.resolve().parent
    own = folder.name == CASES and folder.parent.joinpath(BOOK).is_file()
    return _at(folder.parent, mistakes) if own else built_in()


def _named(rulebook: str, folder: Path, mistakes: Mistakes) -> Rulebook:
    """The built-in book, or the one at a place beside the case."""
    if rulebook == BUILT_IN:
        return built_in()
    place = folder / rulebook
    if not place.exists():
        mistakes.add(0, "rulebook", "no-rulebook", value=shown(rulebook), built_in=BUILT_IN)
        return built_in()
    return _at(place, mistakes)


def _at(place: Path, mistakes: Mistakes) -> Rulebook:
    try:
        return read_book(texts_of(place))
    except BookProblem as problem:
        for it in problem.mistakes:
            where = f"rulebook {it.file} {it.key}"
            mistakes.add(0, where, "wrong-rulebook", zh=it.why.zh, en=it.why.en)
    return built_in()
