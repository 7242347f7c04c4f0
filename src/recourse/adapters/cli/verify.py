"""Is the log as it was written, and are the files that it names?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

from typing import Annotated, Any

import typer

from recourse.adapters.cli.evidence import files_of
from recourse.adapters.cli.problems import FINDINGS
from recourse.adapters.cli.session import Session


def verify(
    ctx: typer.Context,
    files: Annotated[
        bool, typer.Option("--files", help="也检查证据文件 / the files of evidence too")
    ] = False,
    root: Annotated[
        str | None, typer.Option("--root", metavar="HEX", help="以前记下的根 / a root noted before")
    ] = None,
    events: Annotated[
        int | None,
        typer.Option("--events", metavar="N", min=0, help="该根所含的事件数 / how many it is over"),
    ] = None,
) -> None:
    """检查整个日志 / check the whole log.

    逐个读出事件，核对次序，算出全部事件的根。单凭读出只能发现读不出、缺少或重复的事件；
    被改成另一个样子而仍读得出的，要用 --root（和 --events）与以前记下的根比较才能发现。
    有发现时以 6 结束。

    Every event is read, its order checked, and the root over all is computed. Reading alone finds
    what cannot be read, is missing or stands twice; an event altered into another that reads well
    is found by comparing with a root noted before: --root, with --events. Ends with 6 when
    anything is found.
    """
    from recourse.application.verifying import verify as read

    session: Session = ctx.obj
    store: Any = session.engine.store
    found = read(store, store.log_id, events if root else None)
    same = root is None or root == found.root
    card = {
        "events": found.events,
        "ok": found.first_bad_position is None and same,
        "first_bad_position": found.first_bad_position,
        "why": found.why or ("" if same else "root"),
        "root": found.root,
    }
    told = _files(session) if files and card["ok"] else []
    bad = [each for each in told if each["state"] in {"missing", "altered"}]
    card["ok"] = card["ok"] and not bad
    _show(session, card, told, files=files)
    if not card["ok"]:
        raise typer.Exit(FINDINGS)


def _files(session: Session) -> list[dict[str, str]]:
    """Every file that is missing or altered, and those that no event names."""
    from recourse.application.verifying import evidence_named

    kept, named, told = files_of(session), set(), []
    for fact, sha256 in evidence_named(session.engine.store):
        named.add(sha256)
        state = kept.state_of(sha256)
        if state != "stored":
            told.append({"sha256": sha256, "state": state, "event": fact.id})
    spare = [sha256 for sha256 in kept.names() if sha256 not in named]
    return [*told, *({"sha256": it, "state": "not_named", "event": ""} for it in spare)]


def _show(
    session: Session, card: dict[str, Any], told: list[dict[str, str]], *, files: bool
) -> None:
    from recourse.adapters.cli.output import Grid

    document = card | ({"files": told} if files else {})
    grids = [Grid("", told, ("sha256", "state", "event"))] if told else []
    session.show(document, card=card, grids=grids)
