"""How is any act of the engine asked for, one by one or from a file?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from recourse.adapters.cli.answers import answered
from recourse.adapters.cli.evidence import must_be_kept
from recourse.adapters.cli.problems import Problem, Refusal
from recourse.adapters.cli.session import HELP_OPTIONS, Session, example
from recourse.adapters.cli.words import pick

if TYPE_CHECKING:  # slow to import, and --help of the whole needs none of it
    from recourse.commands import Command

HELP = """办理一项操作，或一个文件中的多项操作 / do an act, or those of a file

ACT 是操作名称，列在下方，括号内为可以办理的角色；字段写法见 `recourse do ACT --help`。
文件是 TOML：steps 是一列操作，每项有 do 和字段，另可有 at、on、by、command_id；遇到拒绝即停止。

ACT is one of the acts below, with the roles that may do it; `recourse do ACT --help` tells its
fields. A file is TOML: steps is a list of acts, each with do and its fields, and where they differ
at, on, by, command_id; a refusal stops it unless --keep-going."""
EXAMPLE = "recourse --as li do confirm_cost claim=C1 accepted.labour=180.00"


class Acts(TyperGroup):
    """The acts as commands, made when asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every act that a person can ask for."""
        del ctx
        from recourse.commands import PUBLIC

        return list(PUBLIC)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that act; raises `Problem` for an unknown one."""
        from recourse.commands import PUBLIC

        act = PUBLIC.get(cmd_name)
        if act is not None:
            return _command(act)
        if ctx.resilient_parsing:
            return None
        close = ", ".join(get_close_matches(cmd_name, PUBLIC))
        raise Problem(
            "unknown-act",
            act=cmd_name,
            close_zh=f"是否想写：{close}？" if close else "",
            close_en=f" Did you mean {close}?" if close else "",
        )


app = typer.Typer(
    name="do",
    help=HELP,
    context_settings=HELP_OPTIONS,
    epilog=example(EXAMPLE),
    cls=Acts,
    invoke_without_command=True,
    no_args_is_help=True,
)


@app.callback()
def of_file(
    ctx: typer.Context,
    file: Annotated[
        Path | None, typer.Option("--file", help="TOML 文件，含 steps / a TOML file with steps")
    ] = None,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="被拒后继续 / go on after a refusal")
    ] = False,
) -> None:
    """Do the acts of a file, unless an act follows."""
    if file is None:
        return
    if ctx.invoked_subcommand:
        why = ("--file 与 ACT 只能写一个", "write either --file or an ACT")
        raise Problem("usage", why_zh=why[0], why_en=why[1], command="recourse do")
    from recourse.adapters.cli.scripts import play

    play(ctx.obj, file, keep_going=keep_going)


def ask(session: Session, command: "Command", *, under_the_law: bool = True) -> None:
    """Ask for one act and tell what came of it; see `Session.opened` for `under_the_law`."""
    from recourse.application import Ask

    must_be_kept(session, [command])
    asked = Ask(command, session.person(), session.at, session.command_id, session.on)
    engine = session.engine if under_the_law else session.opened(under_the_law=False)
    (answer,) = engine.perform([asked])
    if answer.refusal:
        raise Refusal(answer.refusal, {"command_id": answer.command_id})
    document = answered(asked, answer)
    title = pick(command.TITLE, session.lang)
    session.show(document, card=document | {"act": title})


def _command(act: "type[Command]") -> Any:
    from rich.markup import escape

    from recourse.adapters.cli import acts
    from recourse.adapters.cli.assignments import assigned, made

    single = typer.Typer(add_completion=False, rich_markup_mode="rich")

    @single.command(
        act.act_name(),
        help=acts.page(act),
        short_help=acts.summary(act),
        epilog=example(escape(acts.example(act))),
        context_settings=HELP_OPTIONS,
    )
    def run(
        ctx: typer.Context,
        fields: Annotated[list[str] | None, typer.Argument(metavar="KEY=VALUE")] = None,
    ) -> None:
        ask(ctx.obj, made(assigned(fields or [], act), act))

    return get_command(single)
