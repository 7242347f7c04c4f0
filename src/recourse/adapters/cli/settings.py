"""With which store, person, format and language does a command run, and who are the people?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recourse.adapters.cli.known import KNOWN, Found, Known, Unreadable, find
from recourse.adapters.cli.problems import Problem
from recourse.values.parties import role

if TYPE_CHECKING:
    from recourse.adapters.kafka.access import Access

FILE = "recourse.toml"
FREE = ("people", "settings")
"""Tables whose keys are not settings of recourse itself."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What was chosen, after flag, environment, file and default."""

    found: Mapping[str, Found]
    people: Mapping[str, frozenset[str]] = field(default_factory=dict)
    chosen: Mapping[str, object] = field(default_factory=dict)  # settings of it chosen differently

    def __getitem__(self, name: str) -> Any:
        """The value of the setting of that name, such as "kafka.bootstrap"; None for none."""
        return self.found[name].value

    @property
    def store(self) -> str:
        """The URL or file of the store in use."""
        return str(self["store"])

    @property
    def user(self) -> str | None:
        """Who acts."""
        user = self["as"]
        return None if user is None else str(user)

    @property
    def format(self) -> str:
        """The form of the output: "table" or "json"."""
        return str(self["format"])

    @property
    def lang(self) -> str:
        """The language: "zh" or "en"."""
        return str(self["lang"])

    @property
    def rulebook(self) -> str:
        """The built-in one by its name, or a place."""
        return str(self["rulebook"])

    @property
    def evidence(self) -> Mapping[str, Any]:
        """Which files are taken as evidence, where that is chosen."""
        return self.table("evidence")

    @property
    def mail(self) -> Mapping[str, Any]:
        """By which server messages are sent; nothing where none are. Without the password."""
        return self.table("mail")

    @property
    def mailboxes(self) -> Mapping[str, Any]:
        """Where to."""
        return self["mailboxes"] or {}

    @property
    def kafka(self) -> "Access":
        """How Kafka is reached."""
        from recourse.adapters.kafka.access import access_of

        written = self.table("kafka")
        written.pop("sources", None)
        bootstrap = ",".join(written.pop("bootstrap", ()))
        return access_of(written | {"bootstrap": bootstrap}, self.secrets("kafka"))

    @property
    def sources(self) -> Mapping[str, str]:
        """For whom each other system asks."""
        return self["kafka.sources"] or {}

    def table(self, name: str) -> dict[str, Any]:
        """What is chosen in the table of that name, but no secret."""
        return {
            key.removeprefix(f"{name}."): value
            for key, (value, _) in self.found.items()
            if key.startswith(f"{name}.") and value is not None and KNOWN[key].kind != "secret"
        }

    def secrets(self, name: str) -> dict[str, str]:
        """The secrets of that table, by the variable in which they stand, or could."""
        return {
            KNOWN[key].variable: value
            for key, (value, _) in self.found.items()
            if key.startswith(f"{name}.") and value is not None and KNOWN[key].kind == "secret"
        }

    @property
    def has_own_rulebook(self) -> bool:
        """Whether the book is not simply the built-in one."""
        return self.rulebook != KNOWN["rulebook"].default or bool(self.chosen)


def example_file(people: Mapping[str, Sequence[str]]) -> str:
    """A commented file of settings in which `people` stand already."""
    lines = [f"{person} = {json.dumps(roles)}\n" for person, roles in people.items()]
    text = files("recourse.adapters.cli").joinpath("example.toml").read_text("utf-8")
    return text.replace("[people]\n", "[people]\n" + "".join(lines))


def read_settings(
    flags: Mapping[str, str | None], environ: Mapping[str, str], folder: Path
) -> Settings:
    """The settings in force in `folder`; raises `Problem` for a value or file that cannot be."""
    path = folder / FILE
    written = read_toml(path) if path.exists() else {}
    wrong = list(_unknown(written))
    if wrong:
        raise bad_file(path, "; ".join(wrong))
    try:
        found = {name: find(known, flags, environ, written) for name, known in KNOWN.items()}
    except Unreadable as unreadable:
        raise _bad_value(unreadable, path) from unreadable
    return Settings(
        found=found,
        people=people_of(written.get("people", {}), path),
        chosen=written.get("settings", {}),
    )


def _unknown(written: Mapping[str, Any]) -> Iterator[str]:
    """What the file says that is no setting, and what could be meant."""
    top, tables = _names()
    for key, value in written.items():
        if key not in {*top, *tables, *FREE}:
            yield f"{key}: {_one_of((*top, *tables, *FREE))}"
        elif (key in tables or key in FREE) and not isinstance(value, dict):
            yield f"[{key}]"
        elif key in tables:
            yield from (
                f"{key}.{each}: {_one_of(tables[key])}" for each in value if each not in tables[key]
            )


def _names() -> tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]:
    """The settings outside of any table, and those of each table."""
    top = tuple(name for name in KNOWN if "." not in name)
    tables: dict[str, tuple[str, ...]] = {}
    for name in KNOWN:
        table, _, key = name.partition(".")
        if key:
            tables[table] = (*tables.get(table, ()), key)
    return top, tables


def _bad_value(unreadable: Unreadable, path: Path) -> Problem:
    if not unreadable.place:
        return bad_file(path, unreadable.why)
    why = f"{unreadable.place}: {unreadable.why}"
    return Problem("usage", why_zh=why, why_en=why, command="recourse settings")


def store_in_use(flags: Mapping[str, str | None], environ: Mapping[str, str]) -> str:
    """The store that a problem is told of, also where the settings cannot be read."""
    return str(_chosen(KNOWN["store"], flags, environ))


def manner(flags: Mapping[str, str | None], environ: Mapping[str, str]) -> tuple[str, str]:
    """Format and language to tell a problem in, also where the settings cannot be read."""
    try:
        settings = read_settings(flags, environ, Path.cwd())
    except (Problem, OSError):
        form, language = (_chosen(KNOWN[name], flags, environ) for name in ("format", "lang"))
        return str(form), str(language)
    return settings.format, settings.lang


def _chosen(known: Known, flags: Mapping[str, str | None], environ: Mapping[str, str]) -> Any:
    """What flag or environment say, where they say something that can be."""
    try:
        return find(known, flags, environ, {}).value
    except Unreadable:
        return known.default


def people_of(written: Mapping[str, object], path: Path) -> dict[str, frozenset[str]]:
    """Person -> roles, each given as one role or a list; raises `Problem`."""
    people = {}
    for person, given in written.items():
        roles = [given] if isinstance(given, str) else given
        if not isinstance(roles, list) or not all(isinstance(each, str) for each in roles):
            raise bad_file(path, f'people.{person}: "role" | ["role", "role"]')
        try:
            people[person] = frozenset(role(each) for each in roles)
        except ValueError as error:
            raise bad_file(path, f"people.{person}: {error}") from error
    return people


def read_toml(path: Path) -> dict[str, Any]:
    """What a TOML file says, with or without a byte order mark; `Problem` for one that is none."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        why = (
            "文件不是 UTF-8 编码；用记事本打开后另存为，编码选 UTF-8。",
            "The file is not written in UTF-8; open it in an editor and save it as UTF-8.",
        )
        raise bad_file(path, *why) from error
    except tomllib.TOMLDecodeError as error:
        raise bad_file(path, f"不是 TOML 文件：{error}", f"It is no TOML file: {error}") from error


def bad_file(path: Path, why: str, why_en: str = "") -> Problem:
    """The problem that a file of settings or steps says something that it cannot."""
    return Problem("malformed-file", path=path.name, why_zh=why, why_en=why_en or why)


def _one_of(allowed: tuple[str, ...]) -> str:
    return " | ".join(allowed)
