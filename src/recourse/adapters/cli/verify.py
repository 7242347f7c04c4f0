"""Is the log as it was written, and are the files that it names?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from recourse.adapters.cli.evidence import files_of
from recourse.adapters.cli.problems import FINDINGS, Problem
from recourse.adapters.cli.session import Session
from recourse.adapters.cli.words import pick
from recourse.values.parties import Text

if TYPE_CHECKING:
    from recourse.application.verifying import Finding, Verified

HEX = 64
WHY = {
    "position": Text(
        "日志中缺少事件（位置 {detail}）", "an event of the log is missing ({detail})"
    ),
    "version": Text(
        "其历史中缺少或重复事件（版本 {detail}）",
        "an event of its history is missing or stands twice (version {detail})",
    ),
    "unknown-topic": Text("不认识的事件 {detail}", "the kind of event {detail} is not known"),
    "unreadable": Text("事件内容读不出来（{detail}）", "the event cannot be read ({detail})"),
    "cut-off": Text("日志现只有 {detail} 个事件", "the log has but {detail} events now"),
    "root": Text("根与以前记下的不同", "the root is not the one noted before"),
    "missing": Text("缺少证据文件 {detail}", "the file {detail} is missing"),
    "altered": Text("证据文件 {detail} 已改变", "the file {detail} was altered"),
}


def verify(
    ctx: typer.Context,
    files: Annotated[
        bool, typer.Option("--files", help="也检查证据文件 / the files of evidence too")
    ] = False,
    root: Annotated[
        str | None, typer.Option("--root", metavar="HEX", help="以前记下的根 / a root noted before")
    ] = None,
    events: Annotated[
        int | None,
        typer.Option("--events", metavar="N", min=0, help="该根所含的事件数 / how many it is over"),
    ] = None,
) -> None:
    """检查整个日志 / check the whole log.

    逐个读出事件，核对次序，算出全部事件的根。单凭读出只能发现读不出、缺少或重复的事件；
    被改成另一个样子而仍读得出的，或末尾被截去的，要与以前记下的根比较才能发现：--root 加 --events。
    请把 root 和 events 记在存储之外。有发现时以 6 结束。

    Every event is read, its order checked, and the root over all is computed. Reading alone finds
    what cannot be read, is missing or stands twice; an event altered into another that reads well,
    or events cut off at the end, are found by comparing with a root noted before: --root, with
    --events. Note root and events outside the store. Ends with 6 when anything is found.
    """
    from recourse.adapters.storage.opening import must_exist, open_log
    from recourse.application.verifying import verify as read

    session: Session = ctx.obj
    _must_be_a_root(root, events)
    must_exist(session.settings.store)
    with open_log(session.settings.store, new_log_id=lambda: str(uuid4())) as log:
        found = read(log, log.log_id, events)
    found.findings += _compared(found, root, events)
    spare = _files(session, found) if files else None
    _show(session, found, spare)
    if found.findings:
        raise typer.Exit(FINDINGS)


def _compared(found: "Verified", root: str | None, events: int | None) -> "Iterator[Finding]":
    from recourse.application.verifying import Finding

    if events is not None and found.events < events:
        yield Finding("cut-off", found.events + 1, detail=str(found.events))
    elif root is not None and found.root is not None and root.lower() != found.root:
        yield Finding("root")


def _files(session: Session, found: "Verified") -> list[str]:
    """The files that no event names; those missing or altered join what was found."""
    from recourse.application.verifying import Finding

    kept = files_of(session)
    states = {sha256: kept.state_of(sha256) for sha256 in {it.sha256 for _, it in found.named}}
    found.findings += [
        Finding(states[it.sha256], fact.position, fact.id, it.sha256)
        for fact, it in found.named
        if states[it.sha256] != "stored"
    ]
    return [sha256 for sha256 in kept.names() if sha256 not in states]


def _show(session: Session, found: "Verified", spare: list[str] | None) -> None:
    from recourse.adapters.cli.output import Grid

    card: dict[str, Any] = {
        "events": found.events,
        "ok": not found.findings,
        "first_bad_position": found.first_bad_position,
        "root": found.root,
    }
    if spare is not None:
        card |= {"files": len({it.sha256 for _, it in found.named}), "not_named": spare}
    rows = [asdict(each) | {"why": _why(each, session.lang)} for each in found.findings]
    grids = [Grid("", rows, ("position", "event", "why"))] if rows else []
    session.show(card | {"findings": rows}, card=card, grids=grids)


def _why(finding: "Finding", language: str) -> str:
    return pick(WHY[finding.code], language).format(detail=finding.detail)


def _must_be_a_root(root: str | None, events: int | None) -> None:
    if root is not None and (len(root) != HEX or set(root.lower()) - set("0123456789abcdef")):
        why = (
            f"--root 写的是 {root}，应为 64 位十六进制数",
            f"--root is {root}: write 64 hex digits",
        )
    elif events is not None and root is None:
        why = ("--events 要与 --root 一起写", "write --events together with --root")
    else:
        return
    raise Problem("usage", why_zh=why[0], why_en=why[1], command="recourse verify")
