"""What does a person mean who writes fields as KEY=VALUE, and what is wrong with them?"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from recourse.adapters.cli.fields import Field, Kind, fields_of
from recourse.adapters.cli.problems import Problem
from recourse.adapters.cli.words import pick
from recourse.commands import Command
from recourse.values.parties import Text

ANYTHING = Kind(Text("文字", "text"), "")
WRONG = {
    "missing": Text("缺少该字段，应为{kind}", "it is missing: {kind}"),
    "extra_forbidden": Text(
        "没有这个字段；可用的有：{names}", "there is no such field; there are {names}"
    ),
    "too_short": Text("不能是空的", "it must not be empty"),
    "string_too_short": Text("不能是空的", "it must not be empty"),
    "string_too_long": Text(
        "太长，最多 {max_length} 个字符", "longer than {max_length} characters"
    ),
}
OTHERWISE = Text("{given} 不可用，应为{kind}", "{given} is no good ({reason}); write {kind}")
OF_THE_WHOLE = Text("各字段合起来不可用（{reason}）", "the fields do not go together: {reason}")


def assigned(written: Sequence[str], act: type[Command]) -> dict[str, Any]:
    """The fields that `written`, such as "costs.labour=180.00", give; raises `Malformed`."""
    fields, given, wrong = fields_of(act), dict[str, Any](), list[dict[str, Any]]()
    for each in written:
        key, separator, value = each.partition("=")
        name, _, entry = key.partition(".")
        if not separator:
            wrong.append(_said(each, Text("应写成 KEY=VALUE", "write it as KEY=VALUE")))
        elif not _put(given, fields.get(name), (name, entry), value):
            wrong.append(_said(key, Text("写了两次", "it is given twice")))
    if wrong:
        raise Malformed(act, wrong)
    return given


def made(given: Mapping[str, Any], act: type[Command], place: str = "") -> Command:
    """The act with the fields `given`; raises `Malformed`, field by field.

    `place` says where in a file they stand.
    """
    try:
        return act.model_validate(given)
    except ValidationError as error:
        fields = fields_of(act)
        found = {told["field"]: told for told in (_told(e, given, fields) for e in error.errors())}
        raise Malformed(act, list(found.values()), place) from error


class Malformed(Problem):
    """Fields of an act that cannot be, one by one."""

    def __init__(self, act: type[Command], wrong: list[dict[str, Any]], place: str = "") -> None:
        super().__init__("malformed-input")
        self._act = act
        self._wrong = wrong
        self._place = place

    def tell(self, language: str) -> dict[str, Any]:
        """What, why field by field, and where the fields are described."""
        fields = [
            {"field": each["field"], "why": pick(each["why"], language)} for each in self._wrong
        ]
        why = "\n".join(f"{each['field']}: {each['why']}" for each in fields)
        about = f"{self._place}{pick(self._act.TITLE, language)} ({self._act.act_name()})"
        told = Problem(
            "malformed-input",
            about=about,
            why_zh=why,
            why_en=why,
            help=f"recourse do {self._act.act_name()} --help",
        ).tell(language)
        return told | {"fields": fields}


def _put(given: dict[str, Any], field: Field | None, name: tuple[str, str], written: str) -> bool:
    """Put what is written where it belongs; False where something is there already."""
    whole, entry = name
    if entry:
        table = given.setdefault(whole, {})
        if not isinstance(table, dict) or entry in table:
            return False
        table[entry] = _structured(written)
        return True
    if field and field.is_list:
        given[whole] = [*given.get(whole, []), *_items(written)]
        return True
    if whole in given:
        return False
    given[whole] = _structured(written) if field and field.keys else written
    return True


def _items(written: str) -> list[Any]:
    listed = _structured(written)
    if isinstance(listed, list):
        return listed
    return [each.strip() for each in written.split(",") if each.strip()]


def _structured(written: str) -> Any:
    """A table or a list in JSON or TOML; anything else is the text itself."""
    if not written.startswith(("{", "[")):
        return written
    try:
        return json.loads(written)
    except json.JSONDecodeError:
        pass
    try:
        return tomllib.loads(f"it = {written}")["it"]
    except tomllib.TOMLDecodeError:
        return written


def _told(error: Any, given: Mapping[str, Any], fields: Mapping[str, Field]) -> dict[str, Any]:
    path = _path(error, given)
    field = fields.get(path[0]) if path else None
    kind = field.kind if field else ANYTHING
    reason = error["msg"].removeprefix("Value error, ")
    text = WRONG.get(error["type"], OTHERWISE) if path else OF_THE_WHOLE
    facts = error.get("ctx", {}) | {
        "given": repr(error["input"]),
        "names": ", ".join(fields),
        "reason": reason,
    }
    why = Text(
        text.zh.format(**facts | {"kind": kind.text.zh}),
        text.en.format(**facts | {"kind": kind.text.en}),
    )
    return _said(".".join(path) or "-", why)


def _path(error: Any, given: Mapping[str, Any]) -> list[str]:
    """Where in `given` the error is; pydantic also names the kinds it tried, which are left out."""
    path: list[str] = []
    here: Any = given
    for step in error["loc"]:
        listed = isinstance(here, list | tuple) and isinstance(step, int)
        if listed or (isinstance(here, Mapping) and step in here):
            here = here[step]
        elif error["type"] != "missing":
            continue
        path.append(str(step))
    return path


def _said(field: str, why: Text) -> dict[str, Any]:
    return {"field": field, "why": why}
