"""How is a file of repairs taken in from the command line?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from recourse.adapters.cli.problems import Problem
from recourse.adapters.cli.session import Session
from recourse.adapters.cli.words import pick, say

if TYPE_CHECKING:
    from recourse.adapters.intake.run import Progress, Result

KEYS = ("file_sha256", "rows", "claims", "amended", "known", "rejected", "rejects_file")


def take_in(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV 或 XLSX 文件 / a CSV or XLSX file")],
    profile: Annotated[
        str, typer.Option("--profile", help="导入方案的名称或路径 / name or path of a profile")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="试运行，不记录 / record nothing")
    ] = False,
    register_master: Annotated[
        bool,
        typer.Option(
            "--register-master", help="先登记方案中的供方和零件 / register its parts first"
        ),
    ] = False,
) -> None:
    """导入维修记录文件 / take in a file of repairs.

    每一行要么成为索赔、更正索赔、已经有了，要么连同原因写入当前文件夹中的未导入清单。

    Every row becomes a claim, amends one, is known already, or is listed with the reason in the
    working folder.
    """
    session: Session = ctx.obj
    if not file.exists():
        raise FileNotFoundError(2, "No such file", str(file))
    if register_master:
        _register(session, profile, dry_run=dry_run)
    result = _run(session, file, profile, dry_run=dry_run)
    document = {key: value for key, value in asdict(result).items() if key in KEYS}
    document["rejects_file"] = result.rejects_file and str(result.rejects_file)
    session.show(document, card=document)
    _tell(session, result, dry_run=dry_run)


def _register(session: Session, profile: str, *, dry_run: bool) -> None:
    if dry_run:
        why = (
            "--register-master 会记录，不能与 --dry-run 同用",
            "--register-master records; --dry-run does not",
        )
        raise Problem("usage", why_zh=why[0], why_en=why[1], command="recourse intake")
    from recourse.adapters.intake.admission import register_master
    from recourse.adapters.intake.loading import load_profile

    _, master = load_profile(profile)
    names = register_master(session.engine, master, by=session.person(), at=session.at)
    session.note(say("registered", session.lang, count=len(names)))


def _run(session: Session, file: Path, profile: str, *, dry_run: bool) -> "Result":
    from recourse.adapters.cli.output import on_terminal
    from recourse.adapters.intake.run import intake

    asked: dict[str, Any] = {"by": session.person(), "at": session.at, "dry_run": dry_run}
    asked["rejects_path"] = Path(f"{file.name}.rejects.csv")  # the file's own folder is not ours
    terminal = on_terminal()
    if terminal is None:
        return intake(session.engine, file, profile, **asked)
    from rich.progress import Progress as Bar

    with Bar(console=terminal, transient=True) as bar:
        task = bar.add_task(say("reading", session.lang), total=None)
        progress: Progress = lambda done, rows: bar.update(task, completed=done, total=rows)  # noqa: E731 - one line is all it is
        return intake(session.engine, file, profile, **asked, progress=progress)


def _tell(session: Session, result: "Result", *, dry_run: bool) -> None:
    for warning in result.warnings:
        session.note(pick(warning, session.lang))
    for found in result.examples if result.rejects_file is None else ():
        reason = (found.reason_zh, found.remedy_zh), (found.reason_en, found.remedy_en)
        said = reason[0] if session.lang == "zh" else reason[1]
        session.note(f"{found.row} {found.column}: {' '.join(said)}")
    if result.rejects_file:
        path = result.rejects_file
        session.note(say("rejects", session.lang, count=result.rejected, path=path))
    if dry_run:
        session.note(say("dry-run", session.lang))
