"""Is the site well, as far as a command can see?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

import os
from collections import UserString
from typing import TYPE_CHECKING, Any

import typer

from recourse.adapters.cli.evidence import files_of
from recourse.adapters.cli.known import KNOWN, unknown_variables
from recourse.adapters.cli.problems import FINDINGS, Problem
from recourse.adapters.cli.session import Session
from recourse.adapters.cli.settings import manner, store_in_use
from recourse.values.parties import Text

if TYPE_CHECKING:
    from recourse.adapters.operations.site import Site
    from recourse.adapters.storage.files import EvidenceFiles


def doctor(ctx: typer.Context) -> None:
    """检查站点是否正常 / check whether the site is well.

    逐项检查版本、设置、时钟、存储、角色、进度、节假日、证据文件和磁盘；每个问题都写明怎样处理。
    不写入任何内容，存储打不开时也能运行。有问题时以 6 结束。

    Versions, settings, clocks, store, roles, lag, holidays, files and disk are checked; each
    finding says what to do. Nothing is written, and it runs also where the store cannot be opened.
    Ends with 6 when anything is found.
    """
    from recourse.adapters.operations.doctor import examine

    session: Session = ctx.obj
    findings = examine(site_of(session))
    form, language = manner(session.flags, os.environ)
    checks = [each.tell(language) for each in findings]
    _show({"checks": checks, "ok": all(each.ok for each in findings)}, form, language)
    if not all(each.ok for each in findings):
        raise typer.Exit(FINDINGS)


def site_of(session: Session) -> "Site":
    """The site of this command, also where its settings cannot be read."""
    from recourse.adapters.operations.site import Site

    unreadable = None
    values: dict[str, Any] = {name: known.default for name, known in KNOWN.items()}
    try:
        values = {name: found.value for name, found in session.settings.found.items()}
    except Problem as problem:
        unreadable = Text(problem.tell("zh")["why"], problem.tell("en")["why"])
    return Site(
        url=str(values["store"]) if unreadable is None else _store(session),
        at=session.at,
        environ=os.environ,
        settings=values,
        evidence=_evidence(session),
        unreadable=unreadable,
        mistyped=unknown_variables(os.environ),
    )


def _store(session: Session) -> str:
    return store_in_use(session.flags, os.environ)


def _evidence(session: Session) -> "EvidenceFiles | None":
    from recourse.adapters.storage.addresses import UnknownStore

    try:
        return files_of(session)
    except (Problem, UnknownStore):
        return None


def _show(document: dict[str, Any], form: str, language: str) -> None:
    from recourse.adapters.cli import output

    if form == "json":
        output.write(output.as_json(document))
        return
    rows = [each | {"name": UserString(each["name"])} for each in document["checks"]]
    output.write_grid(output.Grid("", rows), language)
