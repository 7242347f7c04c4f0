"""How do data reach stdout, and everything else stderr?"""

import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TextIO

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from recourse.adapters.cli import headings
from recourse.adapters.cli.words import pick, say
from recourse.values.parties import Text

UNBOUNDED = 10_000  # columns: a pipe has no right margin at which figures might be cut
FIGURES = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under headings; `name` is its title, "" for none."""

    name: str
    rows: Sequence[Mapping[str, Any]]
    columns: tuple[str, ...] = ()


def as_json(document: object) -> str:
    """One document: amounts as they are, dates ISO, Chinese as written."""
    return json.dumps(document, ensure_ascii=False, indent=2, default=_iso)


def write(text: str) -> None:
    """Write a line to stdout; a reader that has gone away had enough."""
    try:
        print(text, flush=True)  # noqa: T201 - this is where data leave
    except BrokenPipeError:
        _quiet(sys.stdout)


def note(text: str) -> None:
    """Tell the person something beside the data, on stderr."""
    try:
        print(text, file=sys.stderr, flush=True)  # noqa: T201
    except BrokenPipeError:
        _quiet(sys.stderr)


def write_grid(grid: Grid, language: str) -> None:
    """A table on stdout, as wide as the terminal, or as its content where there is none."""
    if grid.name:
        write(headings.title(grid.name, language))
    if not grid.rows:
        write(say("nothing", language))
        return
    columns = grid.columns or tuple(grid.rows[0])
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        name = escape(headings.heading(column, language))
        figures = all(FIGURES.fullmatch(str(row.get(column))) for row in grid.rows)
        table.add_column(name, justify="right" if figures else "left", overflow="fold")
    for row in grid.rows:
        table.add_row(*(escape(shown(row.get(column), language)) for column in columns))
    _print(table)


def write_card(values: Mapping[str, Any], language: str) -> None:
    """The figures of one thing, a line each."""
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, value in values.items():
        row = (headings.heading(name, language), shown(value, language))
        table.add_row(*map(escape, row))
    _print(table)


def shown(value: object, language: str) -> str:
    """`value` as a person reads it."""
    if value is None or value in ("", [], {}, ()):
        return "-"
    if isinstance(value, bool):
        return pick(Text("是", "yes") if value else Text("否", "no"), language)
    if isinstance(value, Mapping):
        entries = value.items()
        return ", ".join(f"{headings.key(k, language)} {shown(v, language)}" for k, v in entries)
    if isinstance(value, list | tuple):
        return ", ".join(shown(each, language) for each in value)
    return headings.state(value, language) if isinstance(value, str) else str(value)


def on_terminal() -> Console | None:
    """The terminal that shows progress, or None where stderr is none."""
    console = Console(stderr=True)
    return console if console.is_terminal else None


def _print(table: Table) -> None:
    width = None if sys.stdout.isatty() else UNBOUNDED
    colours: Literal["auto"] | None = None if os.environ.get("NO_COLOR") else "auto"
    console = Console(width=width, file=sys.stdout, highlight=False, color_system=colours)
    with console.capture() as captured:
        console.print(table)
    write("\n".join(line.rstrip() for line in captured.get().splitlines()))


def _iso(value: object) -> str:
    if isinstance(value, date):  # a date-time too
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in a JSON document")


def _quiet(stream: TextIO) -> None:
    """Let what is still buffered go nowhere instead of failing again when the program ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
