"""Which days off are known, how does a new year's arrangement come in, and what would it change?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from recourse.adapters.cli.do import ask
from recourse.adapters.cli.problems import FINDINGS, Problem
from recourse.adapters.cli.session import HELP_OPTIONS, Session, example
from recourse.adapters.cli.settings import bad_file, read_toml

if TYPE_CHECKING:
    from recourse.application import Recourse
    from recourse.projections.recounting import Recount
    from recourse.values.calendar import Arrangement, Calendar

app = typer.Typer(
    name="calendar",
    help="放假安排 / holidays",
    no_args_is_help=True,
    context_settings=HELP_OPTIONS,
)
KEYS = ("year", "published_on", "source", "rest", "worked")


@app.command("show", epilog=example("recourse calendar show 2026"))
def show(
    ctx: typer.Context,
    year: Annotated[
        int | None, typer.Argument(metavar="YEAR", help="年份，默认全部 / a year; default all")
    ] = None,
) -> None:
    """已知的放假安排及其出处 / the arrangements that are known, with their sources."""
    from recourse.adapters.cli.output import Grid

    session: Session = ctx.obj
    calendar = session.engine.calendar
    packaged = session.engine.packaged_calendar.arrangements
    rows = [
        _arrangement(each, imported=each not in packaged)
        for each in calendar.arrangements
        if year in {None, each.year}
    ]
    if year and not rows:
        raise Problem("not-on-record", name=str(year), store=session.settings.store)
    card = {"calendar": calendar.edition}
    session.show(card | {"arrangements": rows}, card=card, grids=[Grid("", rows, COLUMNS)])


COLUMNS = ("year", "published_on", "imported", "rest", "worked", "source")


def _arrangement(found: "Arrangement", *, imported: bool) -> dict[str, Any]:
    return {
        "year": found.year,
        "published_on": found.published_on,
        "imported": imported,
        "source": found.source,
        "rest": sorted(found.rest),
        "worked": sorted(found.worked),
    }


@app.command("import", epilog=example("recourse calendar import 2027.toml --dry-run"))
def take_in(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="TOML 文件 / a TOML file")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只看后果，不记录 / only tell what would follow")
    ] = False,
) -> None:
    """导入一年的放假安排 / take in the arrangement of a year.

    文件写明 year、published_on、source、rest、worked。此前无法确定的最后一天随即确定；
    已确定的不改变，会有不同的用 calendar check 列出。

    The file says year, published_on, source, rest and worked. Last days that waited for it are
    computed; recorded ones stay, and calendar check lists those that would be others.
    """
    from pydantic import ValidationError

    from recourse.commands.calendars import ImportArrangement

    session: Session = ctx.obj
    written = read_toml(file)
    unknown = [key for key in written if key not in KEYS]
    if unknown:
        raise bad_file(file, f"{', '.join(unknown)}: {' | '.join(KEYS)}")
    try:
        command = ImportArrangement.model_validate(written)
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, it['loc']))}: {it['msg']}" for it in error.errors())
        raise bad_file(file, told) from error
    if not dry_run:
        ask(session, command)
        return
    engine = session.engine
    arrangement = _of(command)
    calendar = engine.calendar.with_more((arrangement,))
    _tell(session, engine, calendar, {"year": arrangement.year, "recorded": False})


def _of(command: Any) -> "Arrangement":
    from recourse.values.calendar import Arrangement

    return Arrangement(
        year=command.year,
        published_on=command.published_on,
        source=command.source,
        rest=frozenset(command.rest),
        worked=frozenset(command.worked),
    )


@app.command("check", epilog=example("recourse calendar check"))
def check(ctx: typer.Context) -> None:
    """无法确定或按现有安排会不同的最后一天 / last days undetermined, or that would be others now.

    列出的不会自动改变；有发现时以 6 结束。

    Nothing that is listed changes by itself; ends with 6 when there is anything.
    """
    from recourse.projections.recounting import years_missing

    session: Session = ctx.obj
    engine = session.engine
    missing = list(years_missing(engine.calendar, session.day))
    if _tell(session, engine, engine.calendar, {"years_missing": missing}) or missing:
        raise typer.Exit(FINDINGS)


SHOWN = ("about", "supplier", "period", "recorded", "now", "runs", "calendar")


def _tell(
    session: Session, engine: "Recourse", calendar: "Calendar", card: dict[str, Any]
) -> "list[Recount]":
    """Show which last days would be others by `calendar`."""
    from recourse.adapters.cli.output import Grid
    from recourse.projections.explanations.sources import Sources
    from recourse.projections.recounting import recounted

    store = engine.store
    sources = Sources(engine.stream, store.held, store.answer, engine.book, session.day)
    with engine.models.reading() as connection:
        found = recounted(connection, sources, calendar)
    rows = [asdict(each) for each in found]
    card = {"calendar": calendar.edition} | card
    session.show(card | {"last_days": rows}, card=card, grids=[Grid("", rows, SHOWN)])
    return found
