"""How is an edition of the rulebook proposed, published, looked up and taken out again?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from recourse.adapters.cli.bookshelf import book_at
from recourse.adapters.cli.do import ask
from recourse.adapters.cli.problems import Problem
from recourse.adapters.cli.rulebook import app
from recourse.adapters.cli.session import Session, day_of, example

__all__ = ["app"]

if TYPE_CHECKING:
    from recourse.aggregates.published_rulebook import PublishedRulebook
    from recourse.application import Recourse

Sha = Annotated[
    str, typer.Argument(metavar="SHA256", help="版本的哈希值 / the hash of the edition")
]


@app.command("propose", epilog=example("recourse rulebook propose plant/ --effective 2026-07-01"))
def propose(
    ctx: typer.Context,
    place: Annotated[str, typer.Argument(metavar="PLACE", help="手册 / the book")],
    effective: Annotated[
        str, typer.Option("--effective", metavar="DAY", help="生效之日 / takes effect on")
    ],
) -> None:
    """提出手册的新版本，由另一人发布 / propose an edition, for another person to publish."""
    from recourse.commands.rulebooks import ProposeRulebook

    session: Session = ctx.obj
    book = book_at(place)
    session.note(f"sha256 {book.sha256}")
    command = ProposeRulebook(
        rulebook=book.id,
        takes_effect_on=day_of(effective, "--effective"),
        texts=dict(book.texts),
    )
    ask(session, command, session.opened(under_the_law=False))


@app.command("publish", epilog=example("recourse rulebook publish 3f5a…"))
def publish(ctx: typer.Context, sha256: Sha) -> None:
    """发布所提出的版本，哈希值须写全 / publish the edition proposed, named by its whole hash."""
    from recourse.commands.rulebooks import PublishRulebook

    session: Session = ctx.obj
    engine = session.opened(under_the_law=False)
    ask(session, PublishRulebook(rulebook=engine.book.id, sha256=sha256), engine)


@app.command("withdraw", epilog=example("recourse rulebook withdraw"))
def withdraw(ctx: typer.Context) -> None:
    """撤回所提出的版本 / take the proposal back."""
    from recourse.commands.rulebooks import WithdrawRulebook

    session: Session = ctx.obj
    engine = session.opened(under_the_law=False)
    ask(session, WithdrawRulebook(rulebook=engine.book.id), engine)


@app.command("history", epilog=example("recourse rulebook history"))
def history(ctx: typer.Context) -> None:
    """手册的各个版本，由谁提出、发布，哪些供方已知悉 / every edition, and who acknowledged it."""
    from recourse.adapters.cli.output import Grid

    session: Session = ctx.obj
    engine = session.opened(under_the_law=False)
    law = editions_of(engine)
    known = _acknowledged(engine, session.day)
    rows = [
        {
            "sha256": edition.sha256,
            "takes_effect_on": edition.takes_effect_on,
            "proposed": edition.proposed,
            "proposed_by": edition.proposed_by,
            "published": edition.published,
            "published_by": edition.published_by,
            "published_on": edition.published_on,
            "acknowledged_by": known.get(edition.sha256, []),
        }
        for edition in law.editions
    ]
    waiting = law.proposal
    card = {
        "id": law.id,
        "in_force": law.in_force.sha256 if law.in_force else None,
        "proposed": waiting.sha256 if waiting else None,
    }
    session.show(card | {"editions": rows}, card=card, grids=[Grid("", rows, COLUMNS)])


COLUMNS = (
    *("sha256", "takes_effect_on", "proposed_by", "published_by", "published_on"),
    "acknowledged_by",
)


@app.command("text", epilog=example("recourse rulebook text 3f5a… --out edition/"))
def text(
    ctx: typer.Context,
    sha256: Sha,
    out: Annotated[Path, typer.Option("--out", help="新文件夹 / a new folder")],
) -> None:
    """把日志中的版本原文取出 / take the whole text of an edition out of the log."""
    session: Session = ctx.obj
    texts = _texts(session, sha256)
    if out.exists():
        raise Problem(
            "usage",
            why_zh=f"{out} 已经存在；请写一个新文件夹。",
            why_en=f"{out} is there already; name a new folder.",
            command="recourse rulebook text",
        )
    _write(texts, out)
    document = {"sha256": sha256, "out": str(out), "files": len(texts)}
    session.show(document, card=document)


def _texts(session: Session, sha256: str) -> dict[str, str]:
    from recourse.rulebook.book import text_sha256

    law = editions_of(session.opened(under_the_law=False))
    found = {edition.sha256: (edition.texts, edition.proposed) for edition in law.editions}
    if law.proposal:
        found[law.proposal.sha256] = law.proposal.texts, law.proposal_event
    if sha256 not in found:
        raise Problem("not-on-record", name=sha256, store=session.settings.store)
    texts, event = found[sha256]
    if text_sha256(texts) != sha256:
        used = text_sha256(texts)
        raise Problem("rulebook-damaged", published=sha256, used=used, event=event)
    return dict(texts)


def _write(texts: Mapping[str, str], out: Path) -> None:
    """Write all files or, where one cannot be written, none."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out.parent) as place:
        whole = Path(place) / "text"
        for name, written in texts.items():
            file = whole / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(written.encode())
        whole.rename(out)


def editions_of(engine: "Recourse") -> "PublishedRulebook":
    """Every edition of the book that the log goes by."""
    from recourse.application import law

    return law.history(engine.stream, engine.book.id)


def _acknowledged(engine: "Recourse", day: date) -> dict[str, list[str]]:
    """The suppliers that acknowledged clauses of a text, by its hash."""
    from recourse.adapters.cli import queries
    from recourse.aggregates.supplier import Supplier

    known: dict[str, list[str]] = {}
    for row in queries.suppliers(engine, day):
        supplier = Supplier(row["id"], [])
        for fact in engine.stream(supplier.stream):
            supplier.take(fact)
        texts = {it.content for by in supplier.acknowledged.values() for it in by.values()}
        for sha256 in sorted(texts - {""}):
            known.setdefault(sha256, []).append(row["id"])
    return known
