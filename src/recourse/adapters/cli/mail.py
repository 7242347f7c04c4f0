"""How are messages to suppliers looked at, sent, and their reports taken in?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from recourse.adapters.cli.problems import FINDINGS, Problem
from recourse.adapters.cli.session import HELP_OPTIONS, Session, example
from recourse.adapters.cli.settings import FILE, bad_file, read_toml
from recourse.adapters.cli.words import say

if TYPE_CHECKING:  # slow to import, and --help needs neither
    from recourse.adapters.mail.incoming import Read
    from recourse.adapters.mail.settings import MailSettings

app = typer.Typer(
    name="mail",
    help="发给供方的消息 / messages to suppliers",
    no_args_is_help=True,
    context_settings=HELP_OPTIONS,
)
COLUMNS = ("id", "supplier", "state", "attempts", "again_at", "status", "arrived_on", "last_day")


@app.command("list", epilog=example("recourse mail list"))
def all_of_them(ctx: typer.Context) -> None:
    """列出消息，以及期限是否起算 / list the messages, and whether their clocks run."""
    from recourse.adapters.cli import queries
    from recourse.adapters.cli.output import Grid

    session: Session = ctx.obj
    rows = queries.messages(session.engine)
    session.show(rows, card={}, grids=[Grid("", rows, COLUMNS)])


@app.command("show", epilog=example("recourse mail show chargeback:N1"))
def one(
    ctx: typer.Context,
    message: Annotated[str, typer.Argument(metavar="MESSAGE", help="如 such as chargeback:N1")],
) -> None:
    """显示一条消息到了哪一步 / show how far a message has come.

    服务器接收不等于到达；没有 received_on，就没有起算的期限。

    What a server took has not arrived; without received_on no clock has started.
    """
    from recourse.adapters.cli import queries

    session: Session = ctx.obj
    found = queries.messages(session.engine, message)
    if not found:
        raise Problem("not-on-record", name=message, store=session.settings.store)
    (shown,) = found
    session.show(shown, card=shown)
    if not shown["received_on"] and not message.startswith("statement:"):
        session.note(say("clock-waits", session.lang))


@app.command("send", epilog=example("recourse mail send"))
def send(ctx: typer.Context) -> None:
    """发送现在到期的消息，读取新的报告 / send what is due, and read what came in.

    平时由 recourse worker 不断地做。每条消息试一次；失败的按设置的间隔再试。

    As a rule `recourse worker` does so all the time. Each message is tried once; one that fails is
    tried again after a pause.
    """
    from recourse.adapters.mail.outbox import Outbox

    session: Session = ctx.obj
    settings = mail_settings(session)
    outbox = Outbox(session.engine, settings)
    with session.engine.store.alone(outbox.name) as mine:
        if not mine:
            session.note(say("mail-elsewhere", session.lang))
        tried = outbox.send(session.at) if mine else 0
        reports = [_row(each) for each in outbox.read_reports(session.at)] if mine else []
    session.show({"tried": tried, "reports": reports}, card={"tried": tried}, grids=_grids(reports))


@app.command("bounces", epilog=example("recourse mail bounces report.eml"))
def bounces(
    ctx: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="邮件文件 / files of mail")
    ],
) -> None:
    """从文件读取退信和送达报告 / take in reports of failure and delivery from files.

    同一份报告读几次也只记录一次。与任何消息都不相符的，逐份说明，并以 6 结束。

    A report is recorded once, however often it is read. What is about no message of ours is told,
    and the command ends with 6.
    """
    from recourse.adapters.mail.incoming import take_report

    session: Session = ctx.obj
    settings = mail_settings(session)
    found = [
        (file, take_report(file.read_bytes(), session.engine, settings, session.at))
        for file in files
    ]
    rows = [{"file": file.name} | _row(read) for file, read in found]
    session.show(rows, card={}, grids=_grids(rows))
    if not all(read.is_ours for _, read in found):
        raise typer.Exit(FINDINGS)


def mail_settings(session: Session) -> "MailSettings":
    """The settings of mail, with the addresses where they stand; raises `Problem`."""
    from recourse.adapters.mail.settings import BadMailSettings, MailSettings

    mail, mailboxes = dict(session.settings.mail), dict(session.settings.mailboxes)
    if not mail:
        raise Problem("no-mail-settings")
    addresses = mail.pop("addresses", None)
    if addresses is not None:
        mailboxes |= read_toml(Path(str(addresses)))
    try:
        return MailSettings.read(mail, mailboxes, session.settings.secrets("mail"))
    except BadMailSettings as error:
        raise bad_file(Path(FILE), str(error)) from error


def _row(read: "Read") -> dict[str, Any]:
    return {"outcome": read.outcome, "message": read.message, "status": read.status}


def _grids(rows: list[dict[str, Any]]) -> list[Any]:
    from recourse.adapters.cli.output import Grid

    return [Grid("", rows)] if rows else []
