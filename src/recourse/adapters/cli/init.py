"""How does a store begin, empty or with the demo month?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recourse.adapters.cli.problems import Problem
from recourse.adapters.cli.session import Session
from recourse.adapters.cli.settings import FILE, example_file
from recourse.adapters.cli.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recourse.application import Recourse


def begin(
    ctx: typer.Context,
    demo: Annotated[
        bool, typer.Option("--demo", help="制作演示月份 / make the demo month")
    ] = False,
) -> None:
    """新建存储 / begin a store.

    存储已在时不改动其中内容；此文件夹没有 recourse.toml 时，写入一个带说明的样例。

    A store that is there stays as it is; a commented recourse.toml is written where there is none.
    """
    from recourse.adapters.storage.addresses import shown
    from recourse.adapters.storage.opening import prepare

    session: Session = ctx.obj
    prepare(session.settings.store)
    engine = session.begin()
    people = _fill(engine, session) if demo else {}
    path = Path(FILE)
    if not path.exists():
        path.write_text(example_file(people), encoding="utf-8")
        session.note(say("wrote", session.lang, path=path))
    document = {"store": shown(session.settings.store), "position": _position(engine)}
    session.show(document, card=document)


def _fill(engine: "Recourse", session: Session) -> "Mapping[str, Sequence[str]]":
    """Make the demo month; the people who act in it, with their roles."""
    if position := _position(engine):
        raise Problem("store-not-empty", store=session.settings.store, position=position)
    from recourse.adapters.cli.evidence import files_of
    from recourse.adapters.demo import PEOPLE, fill
    from recourse.adapters.storage.addresses import MEMORY

    filled = fill(engine)
    if session.settings.store != MEMORY:  # a store in memory has no files
        for content in filled.papers.values():
            files_of(session).keep(BytesIO(content))
    return PEOPLE


def _position(engine: "Recourse") -> int:
    return engine.store.recorder.max_notification_id() or 0
