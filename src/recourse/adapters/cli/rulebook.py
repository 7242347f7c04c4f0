"""How is a rulebook checked, read, compared and tried out?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from recourse.adapters.cli.bookshelf import UnusableBook, book_at, place_of
from recourse.adapters.cli.case import MEMORY, play_all
from recourse.adapters.cli.problems import USAGE, Problem
from recourse.adapters.cli.session import HELP_OPTIONS, Session, day_of, example
from recourse.adapters.cli.words import pick, say

if TYPE_CHECKING:
    from recourse.rulebook.book import Rulebook

app = typer.Typer(
    name="rulebook",
    help="规则手册 / rulebooks",
    no_args_is_help=True,
    context_settings=HELP_OPTIONS,
)
Place = Annotated[
    str | None,
    typer.Argument(
        metavar="PLACE",
        help="文件夹、文件或内置的 zzbs，默认所用的手册 / a folder, a file or the built-in zzbs; "
        "default the book in use",
        show_default=False,
    ),
]


@app.command("check", epilog=example("recourse rulebook check plant/"))
def check(ctx: typer.Context, place: Place = None) -> None:
    """检查手册，列出全部错误 / list everything that is wrong with a book.

    有错误时以 2 结束 / ends with 2 when anything is wrong.
    """
    from recourse.adapters.cli.output import Grid

    session: Session = ctx.obj
    name = place or session.settings.rulebook
    try:
        book = book_at(name)
    except UnusableBook as unusable:
        mistakes = unusable.told(session.lang)
        session.note(say("mistakes", session.lang, count=len(mistakes)))
        document = {"place": name, "ok": False, "mistakes": mistakes}
        session.show(document, card={}, grids=[Grid("", mistakes, SHOWN_OF_A_MISTAKE)])
        raise typer.Exit(USAGE) from unusable
    card = {"place": name} | _about(book, session.lang)
    session.note(say("right", session.lang))
    session.show(card | {"ok": True, "mistakes": []}, card=card)


SHOWN_OF_A_MISTAKE = ("file", "key", "value", "why", "remedy")


@app.command("show", epilog=example("recourse rulebook show --key hold.scope --on 2026-03-09"))
def show(
    ctx: typer.Context,
    place: Place = None,
    key: Annotated[
        str | None, typer.Option("--key", metavar="KEY", help="只看这一项 / only this key")
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DAY", help="只看这一天有效的 / only what governs that day"),
    ] = None,
) -> None:
    """用文字说明手册的规定 / tell what a book says, in words."""
    from recourse.adapters.cli.rulebook_text import written
    from recourse.rulebook.telling import book_told

    session: Session = ctx.obj
    book = book_at(place) if place else session.book
    if key:
        _must_be_known(key)
    day = day_of(on, "--on") if on else None
    told = book_told(book, session.lang, key=key, on=day)
    document = _about(book, session.lang) | told
    if session.settings.format == "json":
        session.show(document, card={})
        return
    session.show(None, card={} if key else _about(book, session.lang))
    written(told, session.lang)


@app.command("diff", epilog=example("recourse rulebook diff zzbs plant/"))
def diff(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="旧手册 / the book before")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="新手册 / the book after")],
) -> None:
    """用文字说明两本手册有什么不同 / tell in words how two books differ."""
    from recourse.adapters.cli.output import write
    from recourse.rulebook.comparing import differences, first_change
    from recourse.rulebook.telling import difference_told

    session: Session = ctx.obj
    before, after = book_at(old), book_at(new)
    told = [difference_told(each, session.lang) for each in differences(before, after)]
    document = {
        "old": {"place": old} | _about(before, session.lang),
        "new": {"place": new} | _about(after, session.lang),
        "first_change": first_change(before, after),
        "differences": told,
    }
    if session.settings.format == "json":
        session.show(document, card={})
        return
    for each in told:
        write(each["says"])
    if not told:
        same = before.sha256 == after.sha256
        write(say("nothing-differs" if same else "says-the-same", session.lang))


@app.command("test", epilog=example("recourse rulebook test plant/"))
def play_own_cases(
    ctx: typer.Context,
    place: Place = None,
    on: Annotated[
        str, typer.Option("--on", metavar="memory|sqlite", help="在哪种存储上 / on which store")
    ] = MEMORY,
    rule: Annotated[
        str | None, typer.Option("--rule", help="只运行涉及该条款的 / only those about this rule")
    ] = None,
) -> None:
    """运行手册自己的案例 / play the book's own cases.

    案例在手册文件夹的 cases/ 中；有不符时以 6 结束。

    They stand in cases/ of the book's folder; ends with 6 when anything differs.
    """
    session: Session = ctx.obj
    name = place or session.settings.rulebook
    book_at(name)
    play_all(session, _cases_of(name), on, rule)


def _cases_of(name: str) -> list[Path]:
    from recourse.rulebook.reading import CASES

    place = place_of(name)
    folder = place / CASES
    files = sorted(folder.glob("*.toml")) if place.is_dir() else []
    if not files:
        raise Problem("no-cases", place=name, folder=folder)
    return files


def _about(book: "Rulebook", language: str) -> dict[str, Any]:
    """What a book is called, which edition it is, and how much it says."""
    return {
        "id": book.id,
        "title": pick(book.law.title, language),
        "edition": book.edition,
        "since": book.first_day,
        "source": book.law.source,
        "rules": len(book.rules),
        "clauses": len(book.clauses),
    }


def _must_be_known(key: str) -> None:
    from recourse.rulebook.fields import close_to
    from recourse.rulebook.keys import keys

    if key in keys():
        return
    known = close_to(key, tuple(keys()))
    raise Problem(
        "usage",
        why_zh=f"--key 写的是 {key!r}，手册没有这一项；可用：{known}。",
        why_en=f"--key is {key!r}, which no book can decide; there is {known}.",
        command="recourse rulebook show",
    )
