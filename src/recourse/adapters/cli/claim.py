"""How are claims looked at?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

from typing import Annotated

import typer

from recourse.adapters.cli.session import HELP_OPTIONS, Month, Session, example, month_of

app = typer.Typer(
    name="claim", help="三包索赔 / claims", no_args_is_help=True, context_settings=HELP_OPTIONS
)
Claim = Annotated[str, typer.Argument(metavar="CLAIM", help="索赔编号 / its id")]
COLUMNS = (
    *("id", "unit", "part", "stage", "month"),
    *("information", "cost", "responsibility", "dispute", "doubts"),
    *("claimed", "accepted"),
)
HISTORY = (
    "position",
    "recorded_at",
    "effective_on",
    "actor",
    "event",
    "clauses",
    "before",
    "after",
)


@app.command("list", epilog=example("recourse claim list --month 2026-03"))
def all_of_them(ctx: typer.Context, month: Month = None) -> None:
    """列出索赔，可按接收月份 / list the claims, of a month of arrival."""
    from recourse.adapters.cli import queries
    from recourse.adapters.cli.output import Grid

    session: Session = ctx.obj
    rows = queries.claims(session.engine, month_of(month))
    session.show(rows, card={}, grids=[Grid("", rows, COLUMNS)])


@app.command("show", epilog=example("recourse claim show C1"))
def one(ctx: typer.Context, claim: Claim) -> None:
    """显示一项索赔 / show a claim."""
    from recourse.adapters.cli import queries

    session: Session = ctx.obj
    figures = session.known(claim, lambda: queries.claim(session.engine, claim, session.day))
    session.show(figures, card=figures)


@app.command("history", epilog=example("recourse claim history C1"))
def history(ctx: typer.Context, claim: Claim) -> None:
    """一项索赔的全部经过 / everything that happened to a claim."""
    from recourse.adapters.cli.output import Grid
    from recourse.projections.histories import claim_history

    session: Session = ctx.obj
    engine = session.engine
    held = engine.store.held
    rows = session.known(claim, lambda: claim_history(engine.stream, held, engine.book, claim))
    session.show(rows, card={}, grids=[Grid("", rows, HISTORY)])
