"""Which nouns are there, and which options do all of them share?"""

from collections.abc import Callable, Sequence
from inspect import Parameter, Signature
from typing import Annotated, Any

import typer

from recourse import __version__
from recourse.adapters.cli import (
    books,
    breakdown,
    calendar,
    case,
    chargeback,
    claim,
    day,
    db,
    do,
    doctor,
    evidence,
    explain,
    health,
    inbox,
    init,
    intake,
    kafka,
    mail,
    moving,
    notice,
    paths,
    publishing,
    reconcile,
    settle,
    site_settings,
    supplier,
    verify,
    worker,
)
from recourse.adapters.cli.session import HELP_OPTIONS, Session, example

HELP = """三包索赔与供方追偿 / warranty claims and supplier recourse

数据写到标准输出，进度和提示写到标准错误；--format json 恰好输出一个 JSON 文档。
设置的顺序：选项、环境变量 RECOURSE_…、recourse.toml、默认值。
人员及其角色在 recourse.toml 的 \\[people] 中。

Data go to stdout, progress and notes to stderr; --format json writes exactly one JSON document.
An option comes before the environment, that before recourse.toml, that before the default; people
and their roles stand in \\[people] of recourse.toml.

结束代码 / exit codes: 0 完成 done, 1 意外错误 unexpected, 2 写法有误 usage, 3 未找到 not found,
4 其间已被更改 changed meanwhile, 5 规则拒绝 refused, 6 有发现 findings, 7 无法连接 unreachable"""
EXAMPLE = "recourse --store plant.db --as li do confirm_information claim=C1"

OPTIONS = {
    "store": (
        "URL",
        "文件、sqlite:///…、postgresql://… 或 memory: / a file, a database or memory:",
    ),
    "as": ("USER", "办理人 / who acts"),
    "format": ("table|json", "输出形式 / form of the output"),
    "lang": ("zh|en", "语言 / language"),
    "recorded_at": ("T", "记录时间（上海），默认现在 / when recorded, in Shanghai; default now"),
    "effective_on": ("D", "业务日期，默认记录当天 / effective day; default the day recorded"),
    "command_id": ("ID", "操作编号，重复时答复相同 / asked again, it is answered alike"),
}
"""The options of every command: name -> (how its value is written, what it says)."""


Entry = typer.Typer | tuple[str, Callable[..., None], str]
ENTRIES: tuple[Entry, ...] = (
    ("init", init.begin, "recourse init --demo"),
    do.app,
    ("intake", intake.take_in, "recourse --as li intake repairs.csv --profile repairs_2024"),
    ("case", case.play_cases, "recourse case --rule Z-4.5.3b cases/*.toml"),
    claim.app,
    chargeback.app,
    notice.app,
    supplier.app,
    ("breakdown", breakdown.breakdown, "recourse breakdown 2026-03"),
    paths.field_claims,
    paths.legal_cases,
    paths.jobs,
    evidence.app,
    mail.app,
    kafka.app,
    inbox.app,
    calendar.app,
    db.app,
    kafka.app,
    inbox.app,
    publishing.app,
    ("day", day.begin_day, "recourse day 2026-03-17"),
    ("settle", settle.settle, "recourse settle 2026-03 --supplier S1"),
    ("ledger", books.ledger, "recourse ledger S1 --month 2026-03"),
    ("explain", explain.explain, "recourse explain N1/C1/labour"),
    ("worklist", books.worklist, "recourse worklist"),
    ("rebuild", books.rebuild, "recourse rebuild --check"),
    moving.exports,
    ("import", moving.import_log, "recourse --store new.db import plant.jsonl"),
    ("backup", moving.backup, "recourse backup backups/2026-11-26"),
    ("restore", moving.restore, "recourse --store new.db restore backups/2026-11-26"),
    ("worker", worker.work, "recourse worker --only policies,projections"),
    ("doctor", doctor.doctor, "recourse doctor"),
    ("health", health.health, "recourse health --serve 127.0.0.1:9464"),
    ("settings", site_settings.settings, "recourse settings --show"),
    ("reconcile", reconcile.reconcile, "recourse reconcile"),
    ("verify", verify.verify, "recourse verify --files"),
)
"""What can be typed, in the order of the help page: a noun, or (verb, what it does, example)."""


def options_first(written: Sequence[str]) -> tuple[list[str], dict[str, str | None]]:
    """`written` with the shared options moved to the front, where they are read, and their values.

    A person may write them anywhere before "--".
    """
    flags = {f"--{name.replace('_', '-')}": name for name in OPTIONS}
    front: list[str] = []
    rest: list[str] = []
    values: dict[str, str | None] = {}
    words = list(written)
    while words and words[0] != "--":
        word = words.pop(0)
        option, separator, value = word.partition("=")
        if option not in flags or not (separator or words):
            rest.append(word)
            continue
        values[flags[option]] = value if separator else words.pop(0)
        front = [*front, option, str(values[flags[option]])]
    return [*front, *rest, *words], values


def make_app() -> typer.Typer:
    """Everything that can be typed."""
    app = typer.Typer(
        name="recourse",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        context_settings=HELP_OPTIONS,
    )
    app.callback(help=HELP, epilog=example(EXAMPLE))(_root())
    for entry in ENTRIES:
        if isinstance(entry, typer.Typer):
            app.add_typer(entry)
        else:
            name, does, line = entry
            app.command(name, epilog=example(line))(does)
    return app


def _root() -> Any:
    """The function whose parameters are the shared options."""

    def root(ctx: typer.Context, **given: Any) -> None:
        session: Session = ctx.obj
        session.flags = {name: given[f"{name}_"] for name in OPTIONS}

    named = [
        _parameter(name, str | None, None, metavar=metavar, help=said)
        for name, (metavar, said) in OPTIONS.items()
    ]
    version = {"callback": _tell_version, "is_eager": True, "help": "版本 / the version"}
    root.__signature__ = Signature(  # type: ignore[attr-defined]
        [
            Parameter("ctx", Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context),
            *named,
            _parameter("version", bool, False, **version),
        ]
    )
    return root


def _parameter(name: str, kind: Any, default: object, **option: Any) -> Parameter:
    flag = typer.Option(f"--{name.replace('_', '-')}", show_default=False, **option)
    annotation = Annotated[kind, flag]
    return Parameter(f"{name}_", Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"recourse {__version__}")
        raise typer.Exit
