"""How are a supplier's ledger, what waits, and the read models themselves looked at?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

from typing import TYPE_CHECKING, Annotated, Any

import typer

from recourse.adapters.cli.problems import FINDINGS
from recourse.adapters.cli.session import Month, Session, month_of, named_role

if TYPE_CHECKING:  # slow to import, and --help needs none
    from recourse.adapters.cli.output import Grid

TASK = ("waits", "about", "since", "days", "until", "rule")
ENTRY = ("position", "date", "account", "debit", "credit", "event", "clauses")


def ledger(
    ctx: typer.Context,
    supplier: Annotated[str, typer.Argument(metavar="SUPPLIER", help="供方编号 / its id")],
    month: Month = None,
) -> None:
    """供方分类账 / the ledger of a supplier.

    每笔分录都写明事件和条款；借方减贷方为余额。

    Each entry names its event and clauses; a balance is debits less credits.
    """
    from recourse.adapters.cli import queries
    from recourse.adapters.cli.output import Grid

    session: Session = ctx.obj
    chosen = month_of(month)
    found = session.known(supplier, lambda: queries.ledger(session.engine, supplier, chosen))
    balances = [{"account": name, "balance": of} for name, of in found["balances"].items()]
    grids = [Grid("entries", found["entries"], ENTRY), Grid("balances", balances)]
    session.show(found, card={}, grids=grids)


def worklist(
    ctx: typer.Context,
    role: Annotated[
        str | None, typer.Option("--role", metavar="ROLE", help="只看该角色 / of this role only")
    ] = None,
) -> None:
    """待办事项：谁、何事、何时起、何时止、依据哪一条 / what waits for whom, and by which rule.

    按角色分列，等得最久的在前；截止日期尚不能确定的、尚未提请裁定的也在其中。

    By role, what has waited longest first; with what has no certain last day, and with disputes
    that nobody referred.
    """
    from recourse.adapters.cli import queries
    from recourse.adapters.cli.output import Grid

    session: Session = ctx.obj
    tasks = queries.worklist(session.engine, session.day, role and named_role(role))
    by_role = {
        each: [task for task in tasks if task["role"] == each]
        for each in dict.fromkeys(task["role"] for task in tasks)
    }
    grids = [_grid(each, of, session.lang) for each, of in by_role.items()]
    document = {"date": session.day, "tasks": tasks}
    session.show(document, card={"date": session.day}, grids=grids or [Grid("tasks", [])])


def _grid(role: str, tasks: list[dict[str, Any]], language: str) -> "Grid":
    """What waits for a role; a column for the reasons only where one is told."""
    from recourse.adapters.cli.output import Grid
    from recourse.adapters.cli.words import pick
    from recourse.projections.referrals import reason

    told = [
        task | {"why": pick(reason(task["why"]), language)} if task["why"] else task
        for task in tasks
    ]
    more = tuple(name for name in ("of", "why") if any(task[name] for task in tasks))
    return Grid(role, told, TASK + more)


def rebuild(
    ctx: typer.Context,
    check: Annotated[bool, typer.Option("--check", help="只比较，不重建 / compare only")] = False,
) -> None:
    """由日志重建查询表 / build the read models anew from the log.

    --check 只与重建的结果逐字节比较，不一致时以 6 结束。

    --check only compares them with rebuilt ones, byte by byte, and ends with 6 when they differ.
    """
    from recourse.adapters.cli.output import Grid

    session: Session = ctx.obj
    engine = session.opened(catch_up=check)  # one that cannot catch up is what is to be mended
    if not check:
        engine.rebuild()
    models = [
        {
            "name": each.name,
            "rows": each.rows,
            "live_sha256": each.live_sha256,
            "rebuilt_sha256": each.rebuilt_sha256,
            "equal": each.equal,
        }
        for each in engine.compare()
    ]
    equal = all(each["equal"] for each in models)
    whole = {"position": engine.models.position(), "equal": equal}
    grid = Grid("read_models", models)
    session.show(whole | {"read_models": models}, card=whole, grids=[grid])
    if not equal:
        raise typer.Exit(FINDINGS)
