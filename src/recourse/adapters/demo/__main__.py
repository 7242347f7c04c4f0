"""How is the demo month made in a folder and shown, as `make demo` does?"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Sequence
from io import BytesIO, TextIOWrapper
from pathlib import Path

from recourse.adapters.demo import PEOPLE, Filled, fill, report
from recourse.adapters.storage.files import EvidenceFiles
from recourse.adapters.storage.opening import close_engine, open_engine
from recourse.application import Recourse
from recourse.rulebook.book import built_in

LOG_ID = "demo-2026"
USAGE = 2
FINDINGS = 6


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the demo month in the folder named and print what is worth seeing; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # Chinese, whatever the locale says
            stream.reconfigure(encoding="utf-8")
    parser = argparse.ArgumentParser(
        prog="python -m recourse.adapters.demo",
        description="在文件夹中制作演示月份 / make the demo month in a folder",
    )
    parser.add_argument("folder", type=Path, help="新建存储的文件夹 / where the store begins")
    folder: Path = parser.parse_args(arguments).folder
    store = folder / "recourse.db"
    if store.exists():
        sys.stderr.write(
            f"{store} 已存在，演示不会改动它；请删除或另选文件夹。\n"
            f"{store} is there already and stays as it is; remove it or name another folder.\n"
        )
        return USAGE
    folder.mkdir(parents=True, exist_ok=True)
    engine = open_engine(str(store), built_in(), new_log_id=lambda: LOG_ID)
    try:
        return _make_and_show(engine, folder)
    finally:
        close_engine(engine)


def _make_and_show(engine: Recourse, folder: Path) -> int:
    filled = fill(engine)
    files = EvidenceFiles.beside(folder / "recourse.db")
    for content in filled.papers.values():
        files.keep(BytesIO(content))
    _write(folder / "recourse.toml", _settings())
    _write(folder / "branches.txt", report.where(filled))
    sound, checked = report.checks(engine, filled)
    _print(_shown(engine, filled))
    _print(checked)
    _print(report.next_steps(str(folder / "recourse.db"), str(folder), filled))
    return 0 if sound else FINDINGS


def _shown(engine: Recourse, filled: Filled) -> Iterable[str]:
    yield from report.summary(filled)
    yield from report.month_of(engine, filled)
    yield from report.settled(engine, filled)
    yield from report.explained(engine, filled)
    yield from report.disputed(engine, filled)
    yield from report.left_behind(engine, filled)


def _settings() -> Iterable[str]:
    """The settings of the folder: who acts, with which roles."""
    yield "# 演示中的人员及其角色，均为虚构 / the people of the demo, all invented"
    yield "[people]"
    for person, roles in PEOPLE.items():
        yield f"{person} = {json.dumps(roles, ensure_ascii=False)}"


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _print(lines: Iterable[str]) -> None:
    try:
        for line in lines:
            sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    except BrokenPipeError:  # a reader that has gone away had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    raise SystemExit(main())
