"""What can be typed, with which options and how does it end?"""

import re
from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from recourse.adapters.cli.do import Acts
from recourse.adapters.cli.root import make_app
from recourse.adapters.pages.acts import acts
from recourse.adapters.pages.json_keys import shape_of
from recourse.adapters.pages.markdown import page, section, table
from recourse.values.parties import Text

TITLE = Text("命令", "Commands")
INDEX = ("命令 command", "内容 what it does")
OPTIONS = ("写法 written as", "含义 meaning")
HELP = "--help"
COMPLETION = {
    "install_completion": "为所用的 shell 安装补全 / install completion for the shell in use",
    "show_completion": "显示补全脚本 / show the script of the completion",
}
EXAMPLE = re.compile("^例 / example: ")


def commands_page() -> str:
    """The page `docs/commands.md`: the command line, then every act."""
    root = get_command(make_app())
    commands = dict(_below(root, "recourse"))
    return page(
        TITLE,
        _told(root, "recourse"),
        table(INDEX, [_entry(path, command) for path, command in commands.items()]),
        (line for path, command in commands.items() for line in _command(path, command)),
        acts(),
    )


def _below(group: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every command of a group by what is typed, each before what is below it."""
    for name, command in getattr(group, "commands", {}).items():
        yield f"{path} {name}", command
        yield from _below(command, f"{path} {name}")


def _entry(path: str, command: Any) -> tuple[str, str]:
    first, *_ = _plain(command.help).strip().splitlines()
    return f"[`{path}`](#{path.replace(' ', '-')})", first.removesuffix(".")


def _command(path: str, command: Any) -> Iterator[str]:
    yield from section(2 if path.count(" ") == 1 else 3, path)
    yield from _told(command, path)


def _told(command: Any, path: str) -> Iterator[str]:
    arguments = [_argument(each) for each in command.params if not _is_option(each)]
    options = [each for each in command.params if _is_option(each) and HELP not in each.opts]
    usage = [path, *(["[OPTIONS]"] if options else []), *arguments, *_verb(command)]
    yield from (_plain(command.help).strip(), "", "```", " ".join(usage))
    if example := EXAMPLE.sub("", _plain(command.epilog or "")):
        yield f"# 例 / example: {example}"
    yield from ("```", "")
    if shape := shape_of(path):
        yield from (f"`--format json`: `{shape}`", "")
    described = [_parameter(each) for each in command.params if each.help and each.opts]
    if described:
        yield from table(OPTIONS, described)


def _verb(command: Any) -> list[str]:
    if isinstance(command, Acts):
        return ["[ACT KEY=VALUE ...]"]
    return ["VERB ..."] if getattr(command, "commands", {}) else []


def _is_option(parameter: Any) -> bool:
    return any(name.startswith("-") for name in parameter.opts)


def _argument(parameter: Any) -> str:
    name = parameter.metavar or parameter.name.upper()
    more = "..." if parameter.nargs != 1 else ""
    return f"{name}{more}" if parameter.required else f"[{name}{more}]"


def _parameter(parameter: Any) -> tuple[str, str]:
    if not _is_option(parameter):
        return f"`{_argument(parameter)}`", parameter.help
    value = "" if parameter.is_flag else f" {parameter.metavar or parameter.name.upper()}"
    must = "（必填 required）" if parameter.required else ""
    said = COMPLETION.get(parameter.name, parameter.help)
    return f"`{', '.join(parameter.opts)}{value}`", f"{said}{must}"


def _plain(written: str) -> str:
    """`written` without the marks that only a terminal needs."""
    return written.replace("\\[", "[")
