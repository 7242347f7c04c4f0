"""How are field claims, legal cases and zero-km jobs looked at?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

import typer

from recourse.adapters.cli.session import HELP_OPTIONS, Session, example

field_claims = typer.Typer(
    name="field-claim",
    help="现场索赔 / field claims",
    no_args_is_help=True,
    context_settings=HELP_OPTIONS,
)
legal_cases = typer.Typer(
    name="legal-case",
    help="法律案件 / legal cases",
    no_args_is_help=True,
    context_settings=HELP_OPTIONS,
)
jobs = typer.Typer(
    name="job",
    help="零公里现场服务 / zero-km jobs",
    no_args_is_help=True,
    context_settings=HELP_OPTIONS,
)
FIELD_CLAIMS = (
    *("id", "unit", "part", "claim", "opinion", "party", "against", "ruling"),
    *("state", "waits_for", "since"),
)
LEGAL_CASES = (
    *("id", "supplier", "triggers", "joining", "claims", "notes"),
    *("state", "outcome", "waits_for", "since"),
)
JOBS = ("id", "unit", "part", "state", "waits_for", "since", "outcome", "cost", "claim")


@field_claims.callback()
@legal_cases.callback()
@jobs.callback()
def _noun() -> None:
    """Keep `list` a word of its own while it is the only one."""


@field_claims.command("list", epilog=example("recourse field-claim list"))
def all_field_claims(ctx: typer.Context) -> None:
    """列出现场索赔，等谁办、自何时 / list them: for whom each waits, since when."""
    from recourse.adapters.cli import queries
    from recourse.adapters.cli.output import Grid

    session: Session = ctx.obj
    rows = queries.field_claims(session.engine)
    session.show(rows, card={}, grids=[Grid("", rows, FIELD_CLAIMS)])


@legal_cases.command("list", epilog=example("recourse legal-case list"))
def all_legal_cases(ctx: typer.Context) -> None:
    """列出法律案件 / list them: who takes part, what each concerns, how it ended."""
    from recourse.adapters.cli import queries
    from recourse.adapters.cli.output import Grid

    session: Session = ctx.obj
    rows = queries.legal_cases(session.engine)
    session.show(rows, card={}, grids=[Grid("", rows, LEGAL_CASES)])


@jobs.command("list", epilog=example("recourse job list"))
def all_jobs(ctx: typer.Context) -> None:
    """列出零公里现场服务，等谁办、自何时 / list them: for whom each waits, since when."""
    from recourse.adapters.cli import queries
    from recourse.adapters.cli.output import Grid

    session: Session = ctx.obj
    rows = queries.jobs(session.engine)
    session.show(rows, card={}, grids=[Grid("", rows, JOBS)])
