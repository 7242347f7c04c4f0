"""Does the tutorial say what really happens, command by command?

`python -m support.tutorial`, with `tests` on the path, writes the outputs into the page anew.
"""

import contextlib
import io
import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from pathlib import Path

from recourse.adapters.cli.main import main

PAGE = Path(__file__).parents[2] / "docs" / "tutorial.md"
BLOCK = re.compile(r"^```(\w+) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROMPT = "$ "
HEAD = re.compile(r" \| head -n (\d+)$")  # as a shell has it, where the whole would be long

HASH = re.compile(r"\b[0-9a-f]{64}\b")  # rests on the log's own random name


def played(page: str, folder: Path) -> str:
    """The page with every output as it is, all played in `folder`, which is empty.

    A block "console DAY" has commands after "$", asked at nine in the morning of that day; of what
    they print, "| head -n N" keeps the first lines. A block "toml NAME" is a file.
    """
    before = Path.cwd()
    os.chdir(folder)
    try:
        return BLOCK.sub(_Blocks(), page)
    finally:
        os.chdir(before)


class _Blocks:
    """Plays one block after the other; no two commands have one id."""

    def __init__(self) -> None:
        self._asked = 0

    def __call__(self, found: re.Match[str]) -> str:
        kind, name, text = found.groups()
        if kind == "toml":
            Path(name).write_text(text, encoding="utf-8")
            return found.group()
        return f"```{kind} {name}\n{''.join(self._lines(text, name))}```"

    def _lines(self, text: str, day: str) -> Iterator[str]:
        for line in text.splitlines():
            if line.startswith(PROMPT):
                self._asked += 1
                at = ("--recorded-at", f"{day}T09:00", "--command-id", f"step-{self._asked}")
                yield f"{line}\n"
                yield from _told(line.removeprefix(PROMPT), at)


def _told(command: str, at: tuple[str, ...]) -> Iterator[str]:
    """The lines that `command` prints at that moment, or the first of them."""
    head = HEAD.search(command)
    words = shlex.split(HEAD.sub("", command))[1:]
    lines = HASH.sub("…", _typed([*at, *words])).splitlines()
    yield from (f"{each.rstrip()}\n" for each in lines[: int(head[1]) if head else None])


def _typed(words: list[str]) -> str:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        main(words)
    return out.getvalue() + err.getvalue()


if __name__ == "__main__":
    os.environ |= {"COLUMNS": "100", "NO_COLOR": "1"}
    with tempfile.TemporaryDirectory() as empty:
        PAGE.write_text(played(PAGE.read_text(encoding="utf-8"), Path(empty)), encoding="utf-8")
