"""With which store, person, format and language does a command run, and who are the people?"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from recourse.adapters.cli.problems import Problem
from recourse.values.parties import role

FILE = "recourse.toml"
DEFAULTS = {"store": "recourse.db", "format": "table", "lang": "zh", "rulebook": "zzbs"}
CHOICES = {"format": ("table", "json"), "lang": ("zh", "en")}
NAMES = ("store", "as", "format", "lang", "rulebook")

EXAMPLE = """\
# recourse 在此文件夹中使用的设置 / the settings of recourse in this folder
# 顺序：命令行选项 > 环境变量 RECOURSE_... > 本文件 > 默认值
# Order: option on the command line > environment RECOURSE_... > this file > default

# store = "recourse.db"
# as = "li"
# format = "table"
# lang = "zh"
# 使用的规则手册：内置的 zzbs，或此文件夹中的文件夹、文件
# The rulebook in use: the built-in zzbs, or a folder or file in this folder
# rulebook = "zzbs"

# 人员及其角色；四眼原则需要两个人 / people and their roles; four eyes means two persons
[people]
# li = "quality_engineer"
# wang = "quality_manager"
# zhao = ["finance", "purchasing"]
# qian = "finance_checker"
# seller = "supplier:S1"

# 规则手册中另行选定的设置 / settings of the rulebook chosen differently
[settings]
# "hold.scope" = "amount"
# "appeal.days" = 5

# 可存为证据的文件：最大字节数和类型（按内容判断）/ which files are taken as evidence
[evidence]
# folder = "recourse.files"
# max_bytes = 52428800
# media_types = ["image/jpeg", "image/png", "application/pdf", "text/plain"]

# 向供方发送消息的邮件服务器；密码写在环境变量 RECOURSE_MAIL_PASSWORD 中
# The server by which suppliers are sent messages; the password is in RECOURSE_MAIL_PASSWORD
# [mail]
# host = "smtp.example.org"
# port = 587
# security = "starttls"           # starttls | tls | none
# user = "recourse"
# sender = "claims@example.org"
# bounces = "bounces@example.org"
# maildir = "Maildir"             # 退信和送达报告 / where reports come in
# arrival = "dsn"                 # dsn | handover: 以何为到达 / what shows the arrival
# pauses = [5, 30, 120, 480, 1440]
# timeout = 30
# addresses = "mailboxes.toml"    # 也可另用一个文件 / or in a file of their own

# 约定的通知邮箱的地址；写明供方自己的服务器的，直接送达
# Addresses of the agreed mailboxes; one with the supplier's own server is delivered there directly
[mailboxes]
# "S1/quality" = "quality@example.com"
# "S2/office" = { address = "office@example.net", server = "mx.example.net:25" }
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """What was chosen, after flag, environment, file and default."""

    store: str
    user: str | None
    format: str
    lang: str
    rulebook: str  # the built-in one by its name, or a place
    people: Mapping[str, frozenset[str]] = field(default_factory=dict)
    chosen: Mapping[str, object] = field(default_factory=dict)  # settings of it chosen differently
    evidence: Mapping[str, Any] = field(default_factory=dict)  # which files are taken
    mail: Mapping[str, Any] = field(default_factory=dict)  # by which server messages are sent
    mailboxes: Mapping[str, Any] = field(default_factory=dict, repr=False)  # and where to

    @property
    def has_own_rulebook(self) -> bool:
        """Whether the book is not simply the built-in one."""
        return self.rulebook != DEFAULTS["rulebook"] or bool(self.chosen)


def example_file(people: Mapping[str, Sequence[str]]) -> str:
    """A commented file of settings in which `people` stand already."""
    lines = [f"{person} = {json.dumps(roles)}\n" for person, roles in people.items()]
    return EXAMPLE.replace("[people]\n", "[people]\n" + "".join(lines))


def read_settings(
    flags: Mapping[str, str | None], environ: Mapping[str, str], folder: Path
) -> Settings:
    """The settings in force in `folder`; raises `Problem` for a value or file that cannot be."""
    path = folder / FILE
    written = read_toml(path) if path.exists() else {}
    allowed = (*NAMES, "people", "settings", "evidence", "mail", "mailboxes")
    wrong = [f"{key}: {_one_of(allowed)}" for key in written if key not in allowed]
    wrong += [f"{key}: text" for key in NAMES if not isinstance(written.get(key, ""), str)]
    wrong += [
        f"[{key}]" for key in allowed[len(NAMES) :] if not isinstance(written.get(key, {}), dict)
    ]
    if wrong:
        raise bad_file(path, "; ".join(wrong))
    chosen = {name: choose(name, flags, environ, written) for name in NAMES}
    for name, choices in CHOICES.items():
        if chosen[name] not in choices:
            why = f"{name} = {chosen[name]!r}: {_one_of(choices)}"
            raise Problem("usage", why_zh=why, why_en=why, command="recourse")
    return Settings(
        store=str(chosen["store"]),
        user=chosen["as"],
        format=str(chosen["format"]),
        lang=str(chosen["lang"]),
        rulebook=str(chosen["rulebook"]),
        people=people_of(written.get("people", {}), path),
        chosen=written.get("settings", {}),
        evidence=_evidence(written.get("evidence", {}), path),
        mail=written.get("mail", {}),
        mailboxes=written.get("mailboxes", {}),
    )


def choose(
    name: str,
    flags: Mapping[str, str | None],
    environ: Mapping[str, str],
    written: Mapping[str, Any],
) -> str | None:
    """The flag, else the variable RECOURSE_..., else the file's value, else the default."""
    candidates = (flags.get(name), environ.get(f"RECOURSE_{name.upper()}"), written.get(name))
    return next((found for found in candidates if found), DEFAULTS.get(name))


def manner(flags: Mapping[str, str | None], environ: Mapping[str, str]) -> tuple[str, str]:
    """Format and language to tell a problem in, also where the settings cannot be read."""
    try:
        settings = read_settings(flags, environ, Path.cwd())
    except (Problem, OSError):
        chosen = {name: choose(name, flags, environ, {}) for name in CHOICES}
        kept = {name: value for name, value in chosen.items() if value in CHOICES[name]}
        return kept.get("format") or DEFAULTS["format"], kept.get("lang") or DEFAULTS["lang"]
    return settings.format, settings.lang


def people_of(written: Mapping[str, object], path: Path) -> dict[str, frozenset[str]]:
    """Person -> roles, each given as one role or a list; raises `Problem`."""
    people = {}
    for person, given in written.items():
        roles = [given] if isinstance(given, str) else given
        if not isinstance(roles, list) or not all(isinstance(each, str) for each in roles):
            raise bad_file(path, f'people.{person}: "role" | ["role", "role"]')
        try:
            people[person] = frozenset(role(each) for each in roles)
        except ValueError as error:
            raise bad_file(path, f"people.{person}: {error}") from error
    return people


def _evidence(written: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
    """Which files are taken, where that is chosen differently; raises `Problem`."""
    most, types = written.get("max_bytes", 1), written.get("media_types", ["image/png"])
    fits = type(most) is int and most > 0 and isinstance(types, list) and len(types) > 0
    fits = fits and isinstance(written.get("folder", ""), str)
    if not fits or set(written) - {"folder", "max_bytes", "media_types"}:
        allowed = 'folder = "files" | max_bytes = 20000000 | media_types = ["image/png"]'
        raise bad_file(path, f"[evidence] {allowed}")
    chosen = {"media_types": tuple(map(str, types))} if "media_types" in written else {}
    return {**written, **chosen}


def read_toml(path: Path) -> dict[str, Any]:
    """What a TOML file says, with or without a byte order mark; `Problem` for one that is none."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        why = (
            "文件不是 UTF-8 编码；用记事本打开后另存为，编码选 UTF-8。",
            "The file is not written in UTF-8; open it in an editor and save it as UTF-8.",
        )
        raise bad_file(path, *why) from error
    except tomllib.TOMLDecodeError as error:
        raise bad_file(path, f"不是 TOML 文件：{error}", f"It is no TOML file: {error}") from error


def bad_file(path: Path, why: str, why_en: str = "") -> Problem:
    """The problem that a file of settings or steps says something that it cannot."""
    return Problem("malformed-file", path=path.name, why_zh=why, why_en=why_en or why)


def _one_of(allowed: tuple[str, ...]) -> str:
    return " | ".join(allowed)
