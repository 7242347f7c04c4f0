"""How are chargebacks looked at?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

from typing import Annotated

import typer

from recourse.adapters.cli.session import HELP_OPTIONS, Month, Session, example, month_of

app = typer.Typer(
    name="chargeback",
    help="质量损失索赔单 / chargebacks",
    no_args_is_help=True,
    context_settings=HELP_OPTIONS,
)
COLUMNS = (
    *("id", "supplier", "month", "stage", "answer"),
    *("total", "collected", "open", "last_day", "late_appeal"),
)


@app.command("list", epilog=example("recourse chargeback list --month 2026-03 --supplier S1"))
def all_of_them(
    ctx: typer.Context,
    month: Month = None,
    supplier: Annotated[
        str | None, typer.Option("--supplier", help="供方编号 / of this supplier")
    ] = None,
) -> None:
    """列出索赔单，可按结算月份和供方 / list them, of a settlement month or a supplier."""
    from recourse.adapters.cli import queries
    from recourse.adapters.cli.output import Grid

    session: Session = ctx.obj
    rows = queries.chargebacks(session.engine, month=month_of(month), supplier=supplier)
    session.show(rows, card={}, grids=[Grid("", rows, COLUMNS)])


@app.command("show", epilog=example("recourse chargeback show N1"))
def one(
    ctx: typer.Context,
    chargeback: Annotated[str, typer.Argument(metavar="CHARGEBACK", help="编号 / its id")],
) -> None:
    """显示一张索赔单和它的行 / show a chargeback and its lines."""
    from recourse.adapters.cli import queries
    from recourse.adapters.cli.output import Grid

    session: Session = ctx.obj
    note = session.known(chargeback, lambda: queries.chargeback(session.engine, chargeback))
    rows = [{"line": name, "amount": amount} for name, amount in note["lines"].items()]
    card = {key: value for key, value in note.items() if key != "lines"}
    session.show(note, card=card, grids=[Grid("lines", rows)])
