"""How does a person see what other systems asked and nobody could do, and deal with it?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from recourse.adapters.cli.problems import FINDINGS, Problem
from recourse.adapters.cli.session import HELP_OPTIONS, Session, example
from recourse.adapters.cli.words import pick

if TYPE_CHECKING:
    from recourse.adapters.kafka.replaying import Desk, Waiting
    from recourse.application import Person, Recourse
    from recourse.application.parking import Fate

SHOWN = 2000  # characters of a body
COLUMNS = ("place", "message", "code", "state", "parked_at")
FATES = ("turn", "became", "by", "reason", "command_id", "settled_at")
Where = Annotated[
    str, typer.Argument(metavar="PLACE", help="主题/分区/位移 / TOPIC/PARTITION/OFFSET")
]

app = typer.Typer(
    name="inbox",
    help="其他系统发来而未能办理的消息 / messages of other systems that could not be done",
    no_args_is_help=True,
    context_settings=HELP_OPTIONS,
)


@app.command("list", epilog=example("recourse inbox list"))
def list_all(
    ctx: typer.Context,
    every: Annotated[
        bool, typer.Option("--all", help="也列出已处置的 / those dealt with, too")
    ] = False,
) -> None:
    """列出搁置的消息 / list the messages that are parked."""
    from recourse.adapters.cli.output import Grid
    from recourse.adapters.kafka.replaying import all_parked

    session: Session = ctx.obj
    found = [each for each in all_parked(session.engine) if every or each.state == "waiting"]
    rows = [_row(each) for each in found]
    session.show(rows, card={}, grids=[Grid("", rows, COLUMNS)])


@app.command("show", epilog=example("recourse inbox show recourse.inbox/0/17"))
def show(ctx: typer.Context, place: Where) -> None:
    """显示一条搁置的消息 / show a message, why it is parked, and what became of it."""
    from recourse.adapters.cli.output import Grid

    session: Session = ctx.obj
    waiting = _found(session, place)
    parked = waiting.parked
    card = _row(waiting) | {
        "why": pick(parked.why, session.lang),
        "key": _text(parked.key),
        "headers": {name: _text(value) for name, value in parked.headers},
        "body": _text(parked.body),
        "size": len(parked.body or b""),
    }
    fates = [_fate(each) for each in waiting.fates]
    session.show(card | {"fates": fates}, card=card, grids=[Grid("fates", fates, FATES)])


@app.command("replay", epilog=example("recourse --as wang inbox replay recourse.inbox/0/17"))
def replay(
    ctx: typer.Context,
    place: Annotated[
        str | None, typer.Argument(metavar="PLACE", help="主题/分区/位移 / where it lies")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="所有搁置的消息，按次序 / all that wait, in their order")
    ] = False,
) -> None:
    """原因排除后重新办理搁置的消息；已办成的不会再办 / ask again, once the cause is mended.

    以原发送方的名义办理；仍被拒绝的继续搁置，此时以 6 结束。

    It is asked as its sender; what was done already is not done again, and what is refused again
    goes on waiting: the command then ends with 6.
    """
    from recourse.adapters.cli.output import Grid
    from recourse.adapters.kafka.replaying import all_parked

    session: Session = ctx.obj
    if every == (place is not None):
        why = ("写明 PLACE 或 --all 之一。", "Give either PLACE or --all.")
        raise Problem("usage", why_zh=why[0], why_en=why[1], command="recourse inbox replay")
    desk = _desk(session)
    if place is not None:
        waiting = [_open(session, place)]
    else:
        waiting = [each for each in all_parked(session.engine) if each.state == "waiting"]
    fates = [{"place": str(each.parked.place)} | _fate(desk.replay(each)) for each in waiting]
    session.show(fates, card={}, grids=[Grid("", fates, ("place", *FATES[:5]))])
    if any(each["became"] == "refused" for each in fates):
        raise typer.Exit(FINDINGS)


@app.command(
    "dismiss",
    epilog=example("recourse --as wang inbox dismiss recourse.inbox/0/17 --reason sent-again"),
)
def dismiss(
    ctx: typer.Context,
    place: Where,
    reason: Annotated[
        str,
        typer.Option("--reason", help="done-by-hand | not-for-us | sent-again | sent-by-mistake"),
    ],
) -> None:
    """不再办理一条搁置的消息；它仍可查看 / let a message be; it stays visible."""
    from recourse.adapters.kafka.replaying import REASONS

    session: Session = ctx.obj
    if reason not in REASONS:
        told = f"--reason: {' | '.join(REASONS)}"
        raise Problem("usage", why_zh=told, why_en=told, command="recourse inbox dismiss")
    desk = _desk(session)
    waiting = _open(session, place)
    document = {"place": place} | _fate(desk.dismiss(waiting, reason))
    session.show(document, card=document)


@app.command("take", epilog=example("recourse inbox take"))
def take(ctx: typer.Context) -> None:
    """办理所有等待的消息后结束；平时由 recourse worker 办理 / do all that waits, and end.

    Usually recourse worker does this.
    """
    from recourse.adapters.kafka.inbox import Inbox
    from recourse.adapters.kafka.reading import Reader
    from recourse.adapters.kafka.topics import must_be_usable

    session: Session = ctx.obj
    must_be_usable(session.settings.kafka)
    engine, reader = session.engine, Reader.of_inbox(session.settings.kafka)
    done, before = 0, len(engine.store.parking.parked())
    inbox = Inbox(engine, reader, sources_of(session))
    try:
        while reader.waits():
            done += inbox.step(datetime.now(UTC))
    finally:
        reader.close()
    document = {"messages": done, "parked": len(engine.store.parking.parked()) - before}
    session.show(document, card=document)


def sources_of(session: Session) -> "dict[str, Person]":
    """For whom each system asks; raises `Problem` for somebody who is not in [people]."""
    return {source: session.person(name) for source, name in session.settings.sources.items()}


def _desk(session: Session) -> "Desk":
    from recourse.adapters.kafka.replaying import Desk

    return Desk(session.engine, sources_of(session), session.person(), session.at)


def _found(session: Session, place: str) -> "Waiting":
    from recourse.adapters.kafka.replaying import all_parked

    engine: Recourse = session.engine
    for each in all_parked(engine):
        if str(each.parked.place) == place:
            return each
    raise Problem("not-on-record", name=place, store=session.settings.store)


def _open(session: Session, place: str) -> "Waiting":
    """The message at that place, for which somebody still has to do something."""
    found = _found(session, place)
    if found.state != "waiting":
        last = found.fates[-1]
        raise Problem("dealt-with", place=place, by=last.by, at=last.at, became=last.became)
    return found


def _row(waiting: "Waiting") -> dict[str, Any]:
    parked = waiting.parked
    return {
        "place": str(parked.place),
        "message": parked.message,
        "code": parked.code,
        "state": waiting.state,
        "parked_at": parked.at,
    }


def _fate(fate: "Fate") -> dict[str, Any]:
    return {name: getattr(fate, name) for name in FATES[:-1]} | {"settled_at": fate.at}


def _text(value: bytes | None) -> str | None:
    """The beginning of `value` as text; what is none is shown as it is escaped."""
    if value is None:
        return None
    text = value[: 4 * SHOWN].decode("utf-8", "backslashreplace")[:SHOWN]
    return "".join(sign if sign.isprintable() or sign in "\r\n\t" else "\N{REPLACEMENT CHARACTER}"
                   for sign in text)  # fmt: skip
