"""How is the breakdown of a month's cost looked at?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

from typing import Annotated

import typer

from recourse.adapters.cli.session import Session, named_month

COLUMNS = ("bearer", "sent", "bears", "signed_on", "appeals")


def breakdown(
    ctx: typer.Context,
    month: Annotated[str, typer.Argument(metavar="MONTH", help="接收月份 / month of arrival")],
) -> None:
    """一个月的费用分解：各承担方的金额、签收和异议 / a month's cost by bearer."""
    from recourse.adapters.cli import queries
    from recourse.adapters.cli.output import Grid

    session: Session = ctx.obj
    written = named_month(month, "MONTH")
    figures = session.known(written, lambda: queries.breakdown(session.engine, written))
    card = {name: value for name, value in figures.items() if name != "bearers"}
    session.show(figures, card=card, grids=[Grid("", figures["bearers"], COLUMNS)])
