"""How does a worker run from the command line, and how are those that run looked at?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

import os
import random
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from recourse.adapters.cli.mail import mail_settings
from recourse.adapters.cli.problems import FINDINGS, Problem, problem_of
from recourse.adapters.cli.session import Session
from recourse.adapters.cli.words import say

if TYPE_CHECKING:  # slow to import, and --help needs none
    from recourse.adapters.operations.metrics import Metrics
    from recourse.adapters.worker import Supervisor, Task
    from recourse.application import Beat, Recourse

BROKEN = 1
WORKERS = ("task", "who", "state", "position", "lag", "at", "stale")
WITHOUT = ("read_model", "position", "event", "topic", "why")


def work(
    ctx: typer.Context,
    only: Annotated[
        str | None,
        typer.Option("--only", metavar="TASK,TASK", help="只做这些任务 / these tasks only"),
    ] = None,
    once: Annotated[
        bool, typer.Option("--once", help="做完即止 / end when nothing is left to do")
    ] = False,
    stop_on_trouble: Annotated[
        bool,
        typer.Option("--stop-on-trouble", help="一项任务出错即止 / end when one task is broken"),
    ] = False,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="本进程的名称 / what this worker is called"),
    ] = None,
    status: Annotated[
        bool, typer.Option("--status", help="只看各进程的状态 / only tell how the workers fare")
    ] = False,
) -> None:
    """后台进程：日子、自动规则和查询表 / days, policies and read models, on their own.

    可以运行多个进程，同一件事不会做两次。收到 SIGTERM 后做完手头这一步，以 0 结束。
    一项任务出错时其余任务继续；出错的任务会报告，最后以 1 结束。

    Several may run; nothing is done twice. SIGTERM lets the step in hand be finished, and ends
    with 0. Where a task breaks the others go on, it is told, and the worker ends with 1.
    """
    session: Session = ctx.obj
    metrics = _metrics(session)
    engine = session.opened(catch_up=False)
    if status:
        _tell_status(session, engine)
        return
    who = name or f"{socket.gethostname()}-{os.getpid()}"
    tasks = _watched(session, _tasks(session, engine, only))
    with _answering(session, metrics), _worker(session, engine, tasks, who) as worker:
        if not worker.run(once=once, stop_on_trouble=stop_on_trouble):
            raise typer.Exit(BROKEN)


@contextmanager
def _worker(
    session: Session, engine: "Recourse", tasks: "list[Task]", who: str
) -> "Iterator[Supervisor]":
    """A worker with the clock, the chance and the signals of this process."""
    from recourse.adapters.worker import Outside, Supervisor, until_told_to_stop, wake_ups

    with wake_ups(engine.store) as hints, until_told_to_stop(hints) as wait:
        outside = Outside(
            clock=lambda: datetime.now(UTC),
            wait=wait,
            chance=random.random,
            tell=_teller(session),
        )
        session.note(say("works", session.lang, who=who, tasks=_listed(tasks)))
        yield Supervisor(engine.store, tasks, who, outside)


def _tasks(session: Session, engine: "Recourse", only: str | None) -> "list[Task]":
    makers = _makers(session)
    names = list(makers) if only is None else [each.strip() for each in only.split(",")]
    unknown = [name for name in names if name not in makers]
    if unknown:
        known = ", ".join(makers)
        raise Problem(
            "usage",
            why_zh=f"--only 写的是 {only}，没有这样的任务；任务有：{known}。",
            why_en=f"--only is {only}; the tasks are {known}.",
            command="recourse worker",
        )
    return [make(engine) for name, make in makers.items() if name in names]


def _makers(session: Session) -> "dict[str, Callable[[Recourse], Task]]":
    """What makes each task: those that every site has, and those that its settings ask for."""
    from recourse.adapters.worker import TASKS

    makers = dict(TASKS)
    if session.settings.mail:
        from recourse.adapters.mail.outbox import Outbox

        settings = mail_settings(session)
        makers[Outbox.name] = lambda engine: Outbox(engine, settings)
    access = session.settings.kafka
    if access.bootstrap:
        from recourse.adapters.kafka.relay import RELAY, Relay

        makers[RELAY] = lambda engine: Relay(engine.store, access)
    if access.bootstrap and session.settings.sources:
        from recourse.adapters.cli.inbox import sources_of
        from recourse.adapters.kafka.inbox import Inbox
        from recourse.adapters.kafka.reading import Reader

        sources = sources_of(session)
        makers[Inbox.name] = lambda engine: Inbox(engine, Reader.of_inbox(access), sources)
    return makers


def _metrics(session: Session) -> "Metrics":
    """The figures of this worker, which tells more of itself than a command does."""
    from recourse.adapters.cli.telling import Telling
    from recourse.adapters.operations.metrics import Metrics

    metrics = Metrics()
    session.telling = Telling.of(session.settings, os.environ, metrics, troubles=True)
    return metrics


def _watched(session: Session, tasks: "list[Task]") -> "list[Task]":
    from recourse.adapters.operations.watching import watched_task

    telemetry = session.telling.telemetry
    return [watched_task(each, telemetry) for each in tasks] if telemetry else tasks


def _answering(session: Session, metrics: "Metrics") -> AbstractContextManager[object]:
    """Health and figures over HTTP, where the settings name an address."""
    written = session.settings["operations.health"]
    if written is None:
        return nullcontext()
    from recourse.adapters.cli.health import answering

    return answering(session, written, metrics)


def _listed(tasks: "list[Task]") -> str:
    return ", ".join(each.name for each in tasks)


def _teller(session: Session) -> Callable[[str, str, Exception], None]:
    def tell(task: str, state: str, error: Exception) -> None:
        told = problem_of(error, session.settings.store).tell(session.lang)
        session.note(say(f"task-{state}", session.lang, task=task))
        session.note(f"{told['what']}\n{told['why']}\n{told['remedy']}")

    return tell


def _tell_status(session: Session, engine: "Recourse") -> None:
    """The last beat of each task by each worker, and what the views do without; 6 for trouble."""
    from recourse.adapters.cli.output import Grid

    last = engine.store.recorder.max_notification_id() or 0
    beats = engine.store.beats()
    workers = [_row(each, last, session.at) for each in beats]
    without = engine.models.quarantined()
    document = {"position": last, "workers": workers, "quarantined": without}
    grids = [Grid("workers", workers, WORKERS)]
    grids += [Grid("quarantined", without, WITHOUT)] if without else []
    session.show(document, card={"position": last}, grids=grids)
    if without or _need_help(beats, session.at):
        raise typer.Exit(FINDINGS)


def _row(beat: "Beat", last: int, now: datetime) -> dict[str, Any]:
    """The lag is that of now: a worker that died lags more than it knew."""
    lag = beat.lag if beat.position is None else max(last - beat.position, 0)
    return {
        "task": beat.task,
        "who": beat.who,
        "state": beat.state,
        "position": beat.position,
        "lag": lag,
        "at": beat.at,
        "stale": beat.is_stale(now),
    }


def _need_help(beats: "Sequence[Beat]", now: datetime) -> bool:
    """Whether a task is broken, or whoever had it last died and nobody took it over."""
    newest = {each.task: each for each in sorted(beats, key=lambda beat: beat.at)}
    broken = any(each.state == "broken" and not each.is_stale(now) for each in beats)
    return broken or any(each.state == "broken" or each.is_stale(now) for each in newest.values())
