"""How are clearance notices looked at?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

from typing import Annotated

import typer

from recourse.adapters.cli.session import HELP_OPTIONS, Session, example

app = typer.Typer(
    name="notice",
    help="旧件清理通知 / clearance notices",
    no_args_is_help=True,
    context_settings=HELP_OPTIONS,
)


@app.command("list", epilog=example("recourse notice list"))
def all_of_them(ctx: typer.Context) -> None:
    """列出清理通知 / list the notices."""
    from recourse.adapters.cli import queries
    from recourse.adapters.cli.output import Grid

    session: Session = ctx.obj
    rows = queries.notices(session.engine, session.day)
    session.show(rows, card={}, grids=[Grid("", rows)])


@app.command("show", epilog=example("recourse notice show L1"))
def one(
    ctx: typer.Context,
    notice: Annotated[str, typer.Argument(metavar="NOTICE", help="编号 / its id")],
) -> None:
    """显示一份清理通知和它的旧件 / show a notice and where its parts are."""
    from recourse.adapters.cli import queries
    from recourse.adapters.cli.output import Grid

    session: Session = ctx.obj
    shown = session.known(notice, lambda: queries.notice(session.engine, notice, session.day))
    rows = [{"tag": tag, "place": place} for tag, place in shown["places"].items()]
    card = {key: value for key, value in shown.items() if key != "places"}
    session.show(shown, card=card, grids=[Grid("places", rows)])
