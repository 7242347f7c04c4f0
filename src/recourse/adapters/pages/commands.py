"""What can be typed, and what can be asked of the engine?"""

from collections.abc import Iterator
from typing import Any

import typer
from typer.core import TyperArgument, TyperGroup, TyperOption
from typer.main import get_command

from recourse.adapters.cli import acts
from recourse.adapters.cli.fields import fields_of
from recourse.adapters.cli.root import HELP, make_app
from recourse.commands import PUBLIC

HEAD = """\
# 命令 / Commands

<!-- 由 make docs 生成 / written by make docs -->
"""
ACTS = "do"


def commands_page() -> str:
    """Every command with its options, and every act with its fields."""
    root = get_command(make_app())
    assert isinstance(root, TyperGroup)
    return "\n".join([HEAD, _plain(HELP), "", *_options(root), *_nouns(root), *_acts(), ""])


def _options(root: TyperGroup) -> Iterator[str]:
    yield "## 共同的选项 / Options of every command\n"
    yield from _table(root)


def _nouns(root: TyperGroup) -> Iterator[str]:
    context = typer.Context(root, info_name="recourse")
    for name in root.list_commands(context):
        command = root.get_command(context, name)
        assert command
        if isinstance(command, TyperGroup) and name != ACTS:
            for verb, each in command.commands.items():
                yield from _command(f"recourse {name} {verb}", each)
        else:
            yield from _command(f"recourse {name}", command)


def _command(name: str, command: Any) -> Iterator[str]:
    arguments = [each for each in command.params if isinstance(each, TyperArgument)]
    usage = " ".join(each.metavar or str(each.name).upper() for each in arguments)
    yield f"\n## {name}\n"
    yield f"```\n{name} {usage}".rstrip() + "\n```\n"
    yield _plain(command.help or command.short_help or "")
    if command.epilog:
        yield f"\n{_plain(command.epilog)}\n"
    yield from _table(command)


def _table(command: Any) -> Iterator[str]:
    options = [each for each in command.params if isinstance(each, TyperOption) and not each.hidden]
    told = [each for each in options if "--help" not in each.opts]
    if told:
        yield "\n| 选项 / option | 说明 / what it does |"
        yield "|---|---|"
    for each in told:
        written = ", ".join(f"`{flag}`" for flag in each.opts)
        yield f"| {written} | {(each.help or '').replace('|', '&#124;')} |"


def _acts() -> Iterator[str]:
    yield "\n# 可以要求办理的操作 / Acts\n"
    yield "`recourse do ACT KEY=VALUE ...`；`*` 为必填 / required.\n"
    for name, act in sorted(PUBLIC.items()):
        yield f"\n## {name}\n"
        yield f"{act.TITLE.zh} / {act.TITLE.en}\n"
        yield f"- 由谁办理 / by: {', '.join(act.BY)}"
        yield f"- 依据 / rules: {', '.join(act.RULES)}"
        yield f"- 例 / example: `{acts.example(act)}`\n"
        yield "| 字段 / field | 内容 / what it is |"
        yield "|---|---|"
        for field in fields_of(act).values():
            kind = _both(field.kind.text.zh, field.kind.text.en).replace("|", "&#124;")
            several = "若干 / several: " if field.is_list else ""
            yield f"| `{field.name}`{' *' if field.required else ''} | {several}{kind} |"


def _both(zh: str, en: str) -> str:
    return zh if zh == en else f"{zh} / {en}"


def _plain(text: str) -> str:
    """`text` without the marks that only a terminal reads, each line a line."""
    lines = text.replace("\f", "").replace("\\[", "[").strip().splitlines()
    return "\n".join(line.strip() for line in lines)
