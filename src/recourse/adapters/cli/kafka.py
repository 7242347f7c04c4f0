"""How does a person look after what recourse tells other systems through Kafka?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from recourse.adapters.cli.problems import Problem
from recourse.adapters.cli.session import HELP_OPTIONS, Session, example

if TYPE_CHECKING:
    from recourse.adapters.kafka.relay import Relay

app = typer.Typer(
    name="kafka",
    help="通过 Kafka 告知其他系统 / telling other systems through Kafka",
    no_args_is_help=True,
    context_settings=HELP_OPTIONS,
)


@app.command("topics", epilog=example("recourse kafka topics --create"))
def topics(
    ctx: typer.Context,
    create: Annotated[
        bool, typer.Option("--create", help="建立缺少的主题 / make those that are missing")
    ] = False,
) -> None:
    """发送事件所用的主题，各是否存在 / the topics for events, and whether they are there.

    主题不会自动建立；分区数和副本数见 recourse.toml 的 [kafka]。
    建立后请勿增加分区，否则同一键的次序会打乱。

    They never come to be by themselves; [kafka] of recourse.toml says how many partitions and
    replicas they get. More partitions later would mix up the order within a key.
    """
    from recourse.adapters.cli.output import Grid
    from recourse.adapters.kafka.topics import create_missing, missing_of, topics_of

    session: Session = ctx.obj
    access = session.settings.kafka
    made = create_missing(access) if create else []
    missing = missing_of(access)
    rows = [
        {"kafka_topic": each, "state": _state(each, made, missing), "keyed_by": channel.keyed_by}
        for each, channel in topics_of(access).items()
    ]
    session.show(rows, card={}, grids=[Grid("", rows, ("kafka_topic", "keyed_by", "state"))])


@app.command("relay", epilog=example("recourse kafka relay --status"))
def relay(
    ctx: typer.Context,
    once: Annotated[
        bool, typer.Option("--once", help="发送所有待发的事件后结束 / send all that waits, and end")
    ] = False,
    again: Annotated[
        int | None,
        typer.Option(
            "--from", metavar="POSITION", help="从日志的该位置起重发 / send again from there"
        ),
    ] = None,
    status: Annotated[
        bool, typer.Option("--status", help="只看进度（默认）/ only look (the default)")
    ] = False,
) -> None:
    """发送到哪里了，还有多少未发 / how far events are sent, and what waits.

    平时由 recourse worker 发送。重发的事件编号不变，收方据此去重。

    Usually recourse worker sends. What is sent again has the same event ids, by which who receives
    it skips what it has.
    """
    from recourse.adapters.kafka.progress import progress_of
    from recourse.adapters.kafka.relay import Relay
    from recourse.adapters.storage.opening import must_exist, open_log

    session: Session = ctx.obj
    if status and (once or again is not None):
        why = (
            "--status 不能与 --once、--from 同用。",
            "--status goes with neither --once nor --from.",
        )
        raise Problem("usage", why_zh=why[0], why_en=why[1], command="recourse kafka relay")
    must_exist(session.settings.store)
    with open_log(session.settings.store, new_log_id=lambda: "") as store:
        if once or again is not None:
            _send(Relay(store, session.settings.kafka), again, session.at if once else None)
        document = progress_of(store).document()
    session.show(document, card=document)


@app.command("group", epilog=example("recourse kafka group --name boards --into boards.db"))
def group(
    ctx: typer.Context,
    into: Annotated[
        str,
        typer.Option(
            "--into", metavar="URL", help="存放处：文件或 postgresql://… / a file or schema"
        ),
    ],
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help="组名 / the name of the group")
    ] = "recourse-boards",
    once: Annotated[
        bool, typer.Option("--once", help="没有待处理的消息时结束 / end when nothing is waiting")
    ] = False,
) -> None:
    """与其他进程共同维护一部分查询数据 / keep some read models together with other processes.

    同一组名、同一存放处可以运行多个进程；某个进程中断后，其余进程接着处理。

    Run it several times with one name and one place: the processes share the work, and go on where
    one of them stopped.
    """
    from recourse.adapters.kafka.group import Member
    from recourse.adapters.kafka.topics import must_be_usable
    from recourse.adapters.storage.addresses import address_of
    from recourse.adapters.storage.shared_rows import SharedRows

    session: Session = ctx.obj
    must_be_usable(session.settings.kafka)
    rows = SharedRows(address_of(into))
    member = Member(rows, session.settings.kafka, name)
    done = 0
    try:
        while not once or member.lags():
            done += member.step(session.at)
        counted = {each: count for each, (count, _) in rows.digests().items()}
    finally:
        member.close()
        rows.close()
    document = {"messages": done, "rows": counted}
    session.show(document, card=document)


def _send(relaying: "Relay", again: int | None, at: datetime | None) -> None:
    """Go back to the position `again`, and send all that waits `at` an instant, if asked to."""
    try:
        if again is not None:
            relaying.send_again(again)
        while at and relaying.step(at):
            pass
    finally:
        relaying.close()


def _state(topic: str, made: list[str], missing: list[str]) -> str:
    if topic in made:
        return "created"
    return "missing" if topic in missing else "present"
