"""How are cases played from the command line?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from recourse.adapters.cli.problems import FINDINGS, USAGE, Problem
from recourse.adapters.cli.session import Session
from recourse.adapters.cli.words import pick, say

if TYPE_CHECKING:
    from recourse.adapters.cases import CaseProblem, Report
    from recourse.application import Recourse
    from recourse.rulebook.book import Rulebook

MEMORY, SQLITE = "memory", "sqlite"


def play_cases(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="案例文件 / case files")],
    on: Annotated[
        str,
        typer.Option(
            "--on", metavar="memory|sqlite|postgresql://…", help="在哪种存储上 / on which store"
        ),
    ] = MEMORY,
    rule: Annotated[
        str | None, typer.Option("--rule", help="只运行涉及该条款的 / only those about this rule")
    ] = None,
) -> None:
    """运行案例，列出每处不符 / play cases and list every difference.

    每个文件在一个新的存储上运行；有不符时以 6 结束，有文件不是案例时以 2 结束。

    Each file is played on a fresh store; ends with 6 when anything differs, with 2 when a file is
    no case.
    """
    play_all(ctx.obj, files, on, rule)


def play_all(session: Session, files: list[Path], on: str, rule: str | None) -> None:
    """Play the cases and tell what came of them; ends the command where anything is amiss."""
    told = list(_played(session, files, on, rule))
    if session.settings.format == "table":
        _tell(session, told)
    session.show(told, card={})
    if any(each["name"] is None for each in told):
        raise typer.Exit(USAGE)
    if any(each["differences"] for each in told):
        raise typer.Exit(FINDINGS)


def _played(
    session: Session, files: list[Path], on: str, rule: str | None
) -> Iterator[dict[str, Any]]:
    """What came of each file; one that is no case does not keep the others from being played."""
    from recourse.adapters.cases import CaseProblem, about

    for path in files:
        if not path.is_file():
            raise FileNotFoundError(2, "No such file", str(path))
        try:
            if rule is None or about(path, rule):
                yield _report(path, on).as_dict(session.lang)
        except CaseProblem as problem:
            if len(files) == 1:
                raise
            yield _no_case(path, problem, session.lang)


def _no_case(path: Path, problem: "CaseProblem", language: str) -> dict[str, Any]:
    """What is wrong with the file, in the place of differences; it has no name."""
    wrong = [
        {
            "step": each.step,
            "what": each.key,
            "expected": pick(each.remedy, language),
            "actual": pick(each.why, language),
        }
        for each in problem.mistakes
    ]
    return {"file": str(path), "name": None, "steps": 0, "differences": wrong}


def _report(path: Path, on: str) -> "Report":
    from recourse.adapters.cases import play

    with _fresh(on) as url, ExitStack() as left:
        return play(path, engine_for=lambda book: _engine(url, book, left))


def _engine(url: str, book: "Rulebook", left: ExitStack) -> "Recourse":
    from recourse.adapters.storage.opening import close_engine, open_engine

    engine = open_engine(url, book, new_log_id=lambda: str(uuid4()))
    left.callback(close_engine, engine)
    return engine


@contextmanager
def _fresh(on: str) -> Iterator[str]:
    """The URL of a store that nobody has used and that is gone afterwards."""
    if on == SQLITE:
        with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            yield str(Path(folder) / "case.db")
    elif on == MEMORY:
        yield f"{MEMORY}:"
    elif on.startswith("postgresql://"):
        with _fresh_schema(on) as url:
            yield url
    else:
        why = f"--on {on}: {MEMORY} | {SQLITE} | postgresql://..."
        raise Problem("usage", why_zh=why, why_en=why, command="recourse case")


@contextmanager
def _fresh_schema(on: str) -> Iterator[str]:
    """The URL of a schema of its own in the database `on`, which is dropped afterwards."""
    from recourse.adapters.storage.opening import prepare, throw_away

    database, _, query = on.partition("?")
    kept = "".join(f"&{each}" for each in query.split("&") if each and "schema=" not in each)
    url = f"{database}?schema=case_{uuid4().hex}{kept}"
    prepare(url)
    try:
        yield url
    finally:
        throw_away(url)


def _tell(session: Session, told: list[dict[str, Any]]) -> None:
    from recourse.adapters.cli.output import write

    for each in told:
        file = each["file"]
        if each["name"] is None:
            for wrong in each["differences"]:
                session.note(say("mistake", session.lang, file=file, **wrong))
        elif not each["differences"]:
            write(say("equal", session.lang, name=each["name"], steps=each["steps"]))
        else:
            for found in each["differences"]:
                values = {key: _as_written(found[key]) for key in ("expected", "actual")}
                write(say("step", session.lang, file=file, **found | values))


def _as_written(value: object) -> str:
    """`value` in the words of the case file, which are not those of a table."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
