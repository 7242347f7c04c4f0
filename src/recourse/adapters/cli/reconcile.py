"""Does everything that is kept agree with the events?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

from typing import TYPE_CHECKING, Any

import typer

from recourse.adapters.cli.problems import FINDINGS
from recourse.adapters.cli.session import Session

if TYPE_CHECKING:
    from recourse.application.reconciling import Check


def reconcile(ctx: typer.Context) -> None:
    """用事件核对查询表、答复和各后续处理 / check read models, answers and followers by the events.

    重新计算每个查询表并逐行比较；核对每条答复所说的事件、每个事件应有的答复、次序和位置。
    查询表保持原样，其间可以照常办理；有发现时以 6 结束。修复查询表：`recourse rebuild`。

    Every read model is counted again and compared row by row; so are the events that answers name,
    the answers that events need, the order and the positions. The read models stay as they are, and
    others may go on working. Ends with 6 when anything is found; `recourse rebuild` mends the read
    models.
    """
    from recourse.application.reconciling import reconcile as checked

    session: Session = ctx.obj
    engine = session.opened(under_the_law=False, catch_up=False)
    checks = checked(engine)
    ok = all(each.ok for each in checks)
    _show(session, checks, ok=ok)
    if not ok:
        raise typer.Exit(FINDINGS)


def _show(session: Session, checks: "list[Check]", *, ok: bool) -> None:
    from recourse.adapters.cli.output import Grid

    document = {"checks": [_told(each) for each in checks], "ok": ok}
    rows = [
        {
            "check": each.name,
            "ok": each.ok,
            "findings": len(each.findings),
            "detail": {name: of for name, of in each.detail.items() if not isinstance(of, dict)},
        }
        for each in checks
    ]
    found = [Grid(each.name, _rows(each)) for each in checks if each.findings]
    session.show(document, card={"ok": ok}, grids=[Grid("", rows), *found])


def _told(check: "Check") -> dict[str, Any]:
    findings = list(check.findings)
    return {"name": check.name, "ok": check.ok, "detail": check.detail, "findings": findings}


def _rows(check: "Check") -> list[dict[str, Any]]:
    """Findings under one heading each: those of one check need not have the same values."""
    names = dict.fromkeys(name for each in check.findings for name in each)
    return [{name: each.get(name) for name in names} for each in check.findings]
