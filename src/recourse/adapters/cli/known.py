"""Which settings are there, how is each written, and where was its value found?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

import math
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from recourse.values.parties import Text

PREFIX = "RECOURSE_"
OTHER_VARIABLES = {f"{PREFIX}DEBUG", f"{PREFIX}DEEP"}
"""Variables that are no settings: one shows where a program failed, one is of the tests."""
HIDDEN = "***"


class Unreadable(Exception):
    """The value that stands in `place` cannot be what `why` says it must be."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(place, why)
        self.place = place
        self.why = why


class Found(NamedTuple):
    """A value, and where it stands: "--lang", "RECOURSE_LANG", "recourse.toml" or ""."""

    value: Any
    place: str


@dataclass(frozen=True)
class Known:
    """A setting: its name, kind, default and what it is."""

    name: str
    kind: str
    says: Text
    default: Any = None
    choices: tuple[str, ...] = ()

    @cached_property
    def variable(self) -> str:
        """Its name in the environment."""
        return PREFIX + self.name.replace(".", "_").upper()

    @property
    def option(self) -> str:
        """Its name on the command line, where it has one."""
        return f"--{self.name}"

    @property
    def written(self) -> str:
        """How a value of it is written in `recourse.toml`."""
        return " | ".join(self.choices) or FORMS.get(self.kind, '"..."')

    def read(self, written: object, place: str) -> Any:
        """The value that is `written`, in the file or as text; raises `Unreadable`."""
        value = READERS.get(self.kind, _text)(written)
        if value is None or (self.choices and value not in self.choices):
            told = "" if self.kind in {"secret", "url"} else f" = {written!r}"
            raise Unreadable(place, f"{self.name}{told}: {self.written}")
        return value

    def told(self, value: Any) -> Any:
        """The value as it may be told: without a secret."""
        from recourse.adapters.storage.addresses import shown

        if value is None:
            return None
        if self.kind == "secret":
            return HIDDEN
        if self.kind in {"table", "names"}:
            return len(value)
        return shown(value) if self.kind == "url" else value


def _text(written: object) -> str | None:
    return written if isinstance(written, str) else None


def _number(written: object) -> int | None:
    if isinstance(written, str) and written.strip().isascii() and written.strip().isdigit():
        written = int(written)
    return written if type(written) is int and written > 0 else None


def _seconds(written: object) -> float | None:
    try:
        value = float(written) if isinstance(written, str | int | float) else 0.0
    except ValueError:
        return None
    return value if 0 < value < math.inf and not isinstance(written, bool) else None


def _list(written: object) -> list[str] | None:
    if isinstance(written, str):
        written = [each.strip() for each in written.split(",") if each.strip()]
    if not isinstance(written, list) or not written:
        return None
    return written if all(isinstance(each, str) for each in written) else None


def _numbers(written: object) -> list[int] | None:
    if isinstance(written, str):
        written = written.split(",")
    if not isinstance(written, list) or not written:
        return None
    numbers = [number for each in written if (number := _number(each)) is not None]
    return numbers if len(numbers) == len(written) else None


def _table(written: object) -> dict[str, Any] | None:
    return written if isinstance(written, dict) else None


def _names(written: object) -> dict[str, Any] | None:
    table = _table(written)
    return (
        table
        if table is not None and all(isinstance(each, str) for each in table.values())
        else None
    )


READERS: Mapping[str, Callable[[object], Any]] = {
    "number": _number,
    "numbers": _numbers,
    "seconds": _seconds,
    "list": _list,
    "table": _table,
    "names": _names,
}
FORMS = {
    "number": "1, 2, ...",
    "numbers": "[1, 2, ...]",
    "seconds": "0.5, 1, 30, ...",
    "list": '["...", "..."]',
    "table": "[...]",
    "names": '"..." = "..."',
}
"""How each kind is written, and read; every other one is a text."""


def _known() -> Iterator[Known]:
    text = files("recourse.adapters.cli").joinpath("known.toml").read_text("utf-8")
    for name, told in tomllib.loads(text).items():
        says = Text(told["zh"], told["en"])
        choices = tuple(told.get("choices", ()))
        yield Known(name, told["kind"], says, told.get("default"), choices)


KNOWN: Mapping[str, Known] = {each.name: each for each in _known()}


def find(
    known: Known,
    flags: Mapping[str, str | None],
    environ: Mapping[str, str],
    written: Mapping[str, Any],
) -> Found:
    """The flag, else the variable, else what the file says that the variable ..._FILE names.

    Failing these, what `written` says, else the default; an empty one counts as none. Raises
    `Unreadable`.
    """
    table, _, key = known.name.rpartition(".")
    in_file = (written.get(table, {}) if table else written).get(key)
    secret = f"{known.variable}_FILE"
    candidates = (
        (known.option, flags.get(known.name)),
        (known.variable, environ.get(known.variable)),
        (secret, _content(environ.get(secret), secret)),
    )
    for place, value in candidates:
        if value:
            return Found(known.read(value, place), place)
    if in_file not in (None, ""):
        if known.kind == "secret":
            raise Unreadable("", f"{known.name}: {known.variable} | {secret}")
        return Found(known.read(in_file, ""), "recourse.toml")
    return Found(known.default, "")


def _content(path: str | None, variable: str) -> str | None:
    if not path:
        return None
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        told = getattr(error, "strerror", None) or "UTF-8"
        raise Unreadable(variable, f"{path}: {told}") from error


def unknown_variables(environ: Mapping[str, str]) -> list[str]:
    """Variables that begin like a setting of recourse and are none: mistyped, most likely."""
    named = {each.variable for each in KNOWN.values()}
    every = named | {f"{name}_FILE" for name in named} | OTHER_VARIABLES
    return sorted(name for name in environ if name.startswith(PREFIX) and name not in every)
