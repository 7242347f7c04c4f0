"""Is the site ready, for a person or a machine that asks?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from recourse.adapters.cli.known import KNOWN
from recourse.adapters.cli.problems import FINDINGS, Problem
from recourse.adapters.cli.session import Session
from recourse.adapters.cli.words import say

if TYPE_CHECKING:
    from recourse.adapters.operations.metrics import Metrics
    from recourse.adapters.operations.site import Site
    from recourse.adapters.operations.state import Observer, State


def health(
    ctx: typer.Context,
    serve: Annotated[
        str | None,
        typer.Option(
            "--serve", metavar="HOST:PORT", help="一直应答 HTTP / answer HTTP until ended"
        ),
    ] = None,
) -> None:
    """站点是否就绪 / whether the site is ready.

    存储可用、读模型跟上、工作进程在工作即为就绪，否则列出原因并以 6 结束。
    --serve 通过 HTTP 提供 /health/live、/health/ready 和 /metrics，直到被终止。

    It is when the store answers, read models keep up and workers work; otherwise the reasons are
    told and it ends with 6. With --serve /health/live, /health/ready and /metrics are answered
    over HTTP until it is told to stop.
    """
    session: Session = ctx.obj
    if serve is not None:
        _serve(session, serve)
        return
    state = observer_of(session).now()
    reasons = [each.tell(session.lang) for each in state.amiss]
    told = [{"check": each["name"], "detail": each["detail"]} for each in reasons]
    document = {"ready": not told, "events": state.events, "reasons": told}
    session.show(document, card=document)
    if told:
        raise typer.Exit(FINDINGS)


def observer_of(session: Session) -> "Observer":
    """Who looks at the store of this session for everybody that asks."""
    from recourse.adapters.operations.state import Observer

    return Observer(partial(_look, session), _now)


def listening(written: str) -> tuple[str, int]:
    """The address that is written as host:port."""
    from recourse.adapters.operations.health import NoAddress, address_of

    try:
        return address_of(written)
    except NoAddress as error:
        raise Problem(
            "usage",
            why_zh=f"监听地址写的是 {written!r}，应写成 127.0.0.1:9464 的形式。",
            why_en=f"The address is {written!r}; write it like 127.0.0.1:9464.",
            command="recourse health",
        ) from error


def _look(session: Session) -> "State":
    from recourse.adapters.operations.state import state_of

    return state_of(_site(session))


def _site(session: Session) -> "Site":
    from recourse.adapters.operations.site import Site

    values = {name: session.settings[name] for name in KNOWN}
    return Site(session.settings.store, _now(), os.environ, values)


def _now() -> datetime:
    return datetime.now(UTC)


def _serve(session: Session, written: str) -> None:
    from recourse.adapters.operations.metrics import Metrics

    stop = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, stop)  # the threads to come inherit it
    try:
        with answering(session, written, Metrics()):
            signal.sigwait(stop)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, stop)


@contextmanager
def answering(session: Session, written: str, metrics: "Metrics") -> Iterator[None]:
    """Health and figures over HTTP at the address that is written, until the end of the block."""
    from recourse.adapters.operations.health import serving

    observer = observer_of(session)
    metrics.watch(observer.now)
    with ExitStack() as stack:
        try:
            port = stack.enter_context(serving(listening(written), observer.now, metrics))
        except OSError as error:
            raise Problem("cannot-listen", place=written, detail=error.strerror) from error
        session.note(say("listens", session.lang, port=port))
        yield
