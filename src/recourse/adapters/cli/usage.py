"""What is wrong with the way a command was written?"""

import re
from collections.abc import Callable
from typing import Any

import typer

from recourse.adapters.cli.problems import Problem
from recourse.values.parties import Text

NO_SUCH_COMMAND = re.compile("No such command (.+?)\\.(?: |$)")


def shows_help(error: Exception) -> bool:
    """Whether a noun was written without a verb, upon which its help page is shown already."""
    return type(error).__name__ == "NoArgsIsHelpError"


def problem_of_usage(error: Exception) -> Problem | None:
    """The problem with the words of the command, or None for any other error."""
    if not isinstance(error, typer.TyperException):
        return None
    why = _why(error)
    ctx = getattr(error, "ctx", None)
    command = ctx.command_path if ctx else "recourse"
    return Problem("usage", why_zh=why.zh, why_en=why.en, command=command)


def _why(error: typer.TyperException) -> Text:
    tell = _KINDS.get(type(error).__name__)
    message = error.format_message()
    if unknown := NO_SUCH_COMMAND.match(message):
        return Text(f"没有命令 {unknown[1]}。", message)
    return tell(error, message) if tell else Text(f"写法不对：{message}", message)


def _no_such_option(error: Any, message: str) -> Text:
    close = ", ".join(error.possibilities or ())
    return Text(
        f"没有选项 {error.option_name}。" + (f"是否想写 {close}？" if close else ""), message
    )


def _missing(error: Any, message: str) -> Text:
    return Text(f"缺少 {_name(error.param)}。", message)


def _bad_value(error: Any, message: str) -> Text:
    return Text(f"{_name(error.param)} 的值不对：{error.message}", message)


def _name(parameter: Any) -> str:
    if parameter is None:
        return "-"
    options = [option for option in parameter.opts if option.startswith("-")]
    return ", ".join(options) or str(parameter.metavar or parameter.name).upper()


_KINDS: dict[str, Callable[[Any, str], Text]] = {
    "NoSuchOption": _no_such_option,
    "MissingParameter": _missing,
    "BadParameter": _bad_value,
}
