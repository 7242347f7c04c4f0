"""How is a supplier's month looked at, closed and approved?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

from typing import TYPE_CHECKING, Annotated, Any

import typer

from recourse.adapters.cli.problems import Problem, Refusal
from recourse.adapters.cli.session import Session, named_month

if TYPE_CHECKING:  # slow to import, and --help needs neither
    from recourse.application import Answer, Ask
    from recourse.commands.settlements import MonthCommand

COLUMNS = (
    *("supplier", "state", "opening", "charged", "credited", "collected", "closing", "held"),
    "adjustments",
)
LINE = ("supplier", "date", "chargeback", "kind", "amount", "month", "adjusts", "event")


def settle(
    ctx: typer.Context,
    month: Annotated[str, typer.Argument(metavar="MONTH", help="月份，如 2026-03 / a month")],
    supplier: Annotated[
        str | None, typer.Option("--supplier", help="只办该供方 / of this supplier only")
    ] = None,
    close: Annotated[bool, typer.Option("--close", help="办理结账 / close the month")] = False,
    approve: Annotated[
        bool, typer.Option("--approve", help="批准结账 / approve the close")
    ] = False,
) -> None:
    """供方月度结算 / the settlement of a month with each supplier.

    已结账的月份按结账时的原样显示；未结账的按目前情况计算。期末 = 期初 + 索赔 + 贷记 - 收款。
    --close 和 --approve 一次办理所有有发生额或余额的供方，须由不同的人办理。

    Closed months are shown as they were closed, open ones as they would be now; closing = opening
    + charged + credited - collected. --close and --approve do it for every supplier with movements
    or a balance, and are done by different persons.
    """
    session: Session = ctx.obj
    chosen = named_month(month, "MONTH")
    if close and approve:
        why = ("--close 与 --approve 不能同时办理", "--close and --approve are not done at once")
        raise Problem("usage", why_zh=why[0], why_en=why[1], command="recourse settle")
    if not close and not approve:
        _show(session, _document(session, chosen, supplier), with_lines=supplier is not None)
        return
    from recourse.commands.settlements import ApproveClose, CloseMonth

    _ask_of_each(session, ApproveClose if approve else CloseMonth, chosen, supplier)


def _document(session: Session, month: str, supplier: str | None) -> dict[str, Any]:
    from recourse.adapters.cli import queries

    statements = session.known(
        supplier or month,
        lambda: queries.statements(session.engine, month, supplier, session.day),
    )
    return {"month": month, "statements": statements}


def _show(session: Session, document: dict[str, Any], *, with_lines: bool = False) -> None:
    from recourse.adapters.cli.output import Grid

    grids = [Grid("", document["statements"], COLUMNS)]
    for name in ("brought_forward", "lines") if with_lines else ():
        rows = [
            {"supplier": of["supplier"], **line}
            for of in document["statements"]
            for line in of[name]
        ]
        grids += [Grid(MOVEMENTS[name], rows, LINE)] if rows else []
    session.show(document, card={"month": document["month"]}, grids=grids)


MOVEMENTS = {"brought_forward": "brought_forward", "lines": "movements"}
"""What the two lists of movements are called as tables."""


def _ask_of_each(
    session: Session, act: "type[MonthCommand]", month: str, supplier: str | None
) -> None:
    """Ask it of every supplier for whom it is still to do, in one batch; tell what came of each.

    Where there is none, it is asked of all, so that the refusals say why.
    """
    from recourse.application import Ask

    person, found = session.person(), _document(session, month, supplier)["statements"]
    still = TO_DO[act.act_name()]
    names = [of["supplier"] for of in found if of["state"] == still]
    asks = [
        Ask(
            act(supplier=name, month=month),
            person,
            session.at,
            f"{session.command_id}/{name}",
            session.on,
        )
        for name in names or [of["supplier"] for of in found]
    ]
    answers = list(zip(asks, session.engine.perform(asks), strict=True))
    _tell(session, _document(session, month, supplier), answers)


TO_DO = {"close_month": "not_closed", "approve_close": "closed"}
"""In which state a month waits for each of the acts."""


def _tell(session: Session, document: dict[str, Any], answers: "list[tuple[Ask, Answer]]") -> None:
    from recourse.adapters.cli.answers import answered

    told = [answered(ask, answer) | {"refused": None} for ask, answer in answers]
    refusals = [answer.refusal for _, answer in answers]
    for said, refusal in zip(told, refusals, strict=True):
        said["refused"] = refusal and refusal.tell(session.lang)
    refused = [number for number, refusal in enumerate(refusals) if refusal]
    document |= {"acts": told, "done": len(told) - len(refused), "refused": len(refused)}
    if not refused or session.settings.format == "table":
        _show(session, document)
    if session.settings.format == "table":
        for number in refused:
            said = told[number]
            session.note(f"{said['about']}: {said['refused']['why']}")
    first = next((refusal for refusal in refusals if refusal), None)
    if first:
        raise Refusal(first, {"command_id": told[refused[0]]["command_id"]} | document)
