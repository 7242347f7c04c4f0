"""How are suppliers and their accounts looked at?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

from typing import Annotated

import typer

from recourse.adapters.cli.session import HELP_OPTIONS, Session, example

app = typer.Typer(
    name="supplier",
    help="供方及其账户 / suppliers and their accounts",
    no_args_is_help=True,
    context_settings=HELP_OPTIONS,
)


@app.command("list", epilog=example("recourse supplier list"))
def all_of_them(ctx: typer.Context) -> None:
    """列出供方及其账户 / list the suppliers with the figures of their accounts."""
    from recourse.adapters.cli import queries
    from recourse.adapters.cli.output import Grid

    session: Session = ctx.obj
    rows = queries.suppliers(session.engine, session.day)
    session.show(rows, card={}, grids=[Grid("", rows)])


@app.command("show", epilog=example("recourse supplier show S1"))
def one(
    ctx: typer.Context,
    supplier: Annotated[str, typer.Argument(metavar="SUPPLIER", help="供方编号 / its id")],
) -> None:
    """显示一个供方的账户 / show the account of a supplier."""
    from recourse.adapters.cli import queries
    from recourse.adapters.cli.output import Grid

    session: Session = ctx.obj
    figures = session.known(
        supplier, lambda: queries.supplier(session.engine, supplier, session.day)
    )
    grids = [Grid(name, figures[name]) for name in ("payables", "payments")]
    card = {name: value for name, value in figures.items() if not isinstance(value, list)}
    session.show(figures, card=card, grids=grids)
