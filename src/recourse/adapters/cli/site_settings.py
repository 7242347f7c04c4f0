"""Which settings are there, and which are in force where this command runs?"""

import os
from collections import UserString
from typing import Annotated, Any

import typer

from recourse.adapters.cli.known import KNOWN, Known, unknown_variables
from recourse.adapters.cli.session import Session
from recourse.adapters.cli.words import pick, say


def settings(
    ctx: typer.Context,
    show: Annotated[
        bool, typer.Option("--show", help="现行的值及其出处 / the values in force, and from where")
    ] = False,
) -> None:
    """列出全部设置；--show 列出现行的值及其出处 / every setting; with --show what is in force.

    顺序：选项、环境变量 RECOURSE_…、变量 RECOURSE_…_FILE 所指的文件、recourse.toml、默认值。
    密码不显示。

    Order: option, environment RECOURSE_..., the file that RECOURSE_..._FILE names, recourse.toml,
    default. Secrets are not shown.
    """
    from recourse.adapters.cli.output import Grid  # noqa: PLC0415 - slow to import

    session: Session = ctx.obj
    row = _in_force if show else _described
    rows = [row(known, session) for known in KNOWN.values()]
    session.show(rows, card={}, grids=[Grid("", [_as_written(each) for each in rows])])
    for variable in unknown_variables(os.environ):
        session.note(say("unknown-variable", session.lang, variable=variable))


def _in_force(known: Known, session: Session) -> dict[str, Any]:
    value, place = session.settings.found[known.name]
    told = known.told(value)
    place = place or ("" if value is None else "default")
    return {"name": known.name, "value": told, "from": place}


def _described(known: Known, session: Session) -> dict[str, Any]:
    return {
        "name": known.name,
        "environment": known.variable,
        "written": known.written,
        "default": known.default,
        "says": pick(known.says, session.lang),
    }


def _as_written(row: dict[str, Any]) -> dict[str, Any]:
    """The row of a table that a person copies from, in which no word is translated."""
    return {
        key: UserString(value) if isinstance(value, str) else value for key, value in row.items()
    }
