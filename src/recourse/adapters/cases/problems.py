"""What is wrong with a case file, at which step and key, and what can be done about it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from recourse.values.parties import Text

Model = TypeVar("Model", bound=BaseModel)

_SHOWN_LENGTH = 80


class _Words(NamedTuple):
    why: Text
    remedy: Text


_WORDS = {
    "unreadable": _Words(
        Text("读不到文件({reason})。", "The file cannot be read ({reason})."),
        Text("核对路径和读取权限。", "Check the path and that it may be read."),
    ),
    "not-utf8": _Words(
        Text("第 {line} 行不是 UTF-8 文字。", "Line {line} is not text in UTF-8."),
        Text("以 UTF-8 编码另存。", "Save it in UTF-8."),
    ),
    "not-toml": _Words(
        Text("不是 TOML({reason})。", "It is not TOML ({reason})."),
        Text("更正该行的写法。", "Correct that line."),
    ),
    "missing": _Words(
        Text("缺少该键。", "The key is missing."),
        Text("补上该键。", "Add the key."),
    ),
    "unknown-key": _Words(
        Text("没有这个键，此处可用：{known}。", "There is no such key here; there are: {known}."),
        Text("核对拼写或删除。", "Check the spelling or delete it."),
    ),
    "not-a-choice": _Words(
        Text("写的是 {value}，只能是 {choices}。", "It says {value}; it can be {choices}."),
        Text("改为其中之一。", "Write one of them."),
    ),
    "wrong-value": _Words(
        Text("写的是 {value}，不符合要求({reason})。", "It says {value}: {reason}."),
        Text("按原因更正该值。", "Correct the value as the reason says."),
    ),
    "no-rulebook": _Words(
        Text(
            "案例旁边没有规则手册 {value}。",
            "There is no rulebook {value} beside the case.",
        ),
        Text(
            "写 {built_in}（内置），或写案例旁边的文件夹或文件名。",
            "Write {built_in} (built in), or the name of a folder or file beside the case.",
        ),
    ),
    "wrong-rulebook": _Words(
        Text("{zh}", "{en}"),
        Text(
            "用 recourse rulebook check 查看全部问题后改正手册。",
            "Correct the book; recourse rulebook check lists everything.",
        ),
    ),
    "unknown-setting": _Words(
        Text(
            "没有设置 {setting}，可用：{known}。",
            "There is no setting {setting}; there are: {known}.",
        ),
        Text("核对拼写，键写在引号内。", "Check the spelling; the key stands in quotes."),
    ),
    "no-table": _Words(
        Text("写的是 {value}，一步是一张表。", "It says {value}; a step is a table."),
        Text("写成 {{ at = ..., do = ... }}。", "Write it as {{ at = ..., do = ... }}."),
    ),
    "act-or-expectation": _Words(
        Text(
            "一步须有 do 或 expect 之一，且只有其一。",
            "A step has either `do` or `expect`, and only one of them.",
        ),
        Text("分成两步，或补上缺少的键。", "Make it two steps, or add what is missing."),
    ),
    "backwards": _Words(
        Text("{at} 早于上一步的 {before}。", "{at} is before {before} of the step before."),
        Text("按时间先后排列各步。", "Put the steps in the order of time."),
    ),
    "before-the-book": _Words(
        Text(
            "{day} 时规则手册尚未生效，它从 {first} 起适用。",
            "The rulebook says nothing of {day}; it begins on {first}.",
        ),
        Text("改为该日或之后的日期。", "Write that day or a later one."),
    ),
    "unknown-person": _Words(
        Text("people 中没有 {value}。", "{value} is not among `people`."),
        Text("在 [people] 中写明其角色。", "Name this person's role under [people]."),
    ),
    "unknown-act": _Words(
        Text("引擎没有 {value} 这一操作。", "The engine has no act {value}."),
        Text("核对拼写；相近的有：{close}。", "Check the spelling; close to it: {close}."),
    ),
    "unknown-expectation": _Words(
        Text("{value} 不是可以期望的内容。", "{value} is nothing that can be expected."),
        Text("可用：{known}。", "There are: {known}."),
    ),
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One error of a file; steps are counted from 1, and 0 is the file itself."""

    step: int
    key: str
    why: Text
    remedy: Text


class CaseProblem(Exception):
    """A file that is not a case, with everything found wrong; nothing of it was played."""

    def __init__(self, name: str, mistakes: Sequence[Mistake]) -> None:
        self.name = name
        self.mistakes = tuple(mistakes)
        super().__init__(f"{name}: {'; '.join(_line(each, 'en') for each in self.mistakes)}")

    @property
    def step(self) -> int:
        """The step of the first mistake; 0 for the file itself."""
        return self.mistakes[0].step

    @property
    def key(self) -> str:
        """The key of the first mistake; empty for the file itself."""
        return self.mistakes[0].key

    def tell(self, language: str) -> dict[str, str]:
        """What cannot be done, why, one mistake a line, and the remedy, in "zh" or "en"."""
        if language == "zh":
            what, remedy = f"无法运行案例 {self.name}。", "更正后再运行；没有执行任何一步。"
        else:
            what = f"The case {self.name} cannot be played."
            remedy = "Correct it and play it again; no step of it was played."
        lines = [_line(mistake, language) for mistake in self.mistakes]
        return {"what": what, "why": "\n".join(lines), "remedy": remedy}


class Mistakes:
    """Everything found wrong with one file so far."""

    def __init__(self, path: Path) -> None:
        self._name = path.name
        self._found: list[Mistake] = []

    def add(self, step: int, key: str, code: str, **facts: object) -> None:
        """Note that `key` of `step` is wrong in the way of `code`, with the actual values."""
        words = _WORDS[code]
        self._found.append(
            Mistake(
                step,
                key,
                why=Text(*(text.format(**facts) for text in words.why)),
                remedy=Text(*(text.format(**facts) for text in words.remedy)),
            )
        )

    def validated(self, model: type[Model], written: Any, step: int) -> Model | None:
        """`written` as `model`; or None, and each of its fields that is wrong is noted."""
        try:
            return model.model_validate(written)
        except ValidationError as problem:
            for error in problem.errors():
                self._add_field(step, error, model)
            return None

    def must_be_none(self) -> None:
        """Raise `CaseProblem` where anything was found."""
        if self._found:
            raise CaseProblem(self._name, sorted(self._found, key=lambda each: each.step))

    def _add_field(self, step: int, error: Any, model: type[BaseModel]) -> None:
        key = ".".join(str(part) for part in error["loc"])
        value = shown(error["input"])
        match error["type"]:
            case "missing":
                self.add(step, key, "missing")
            case "extra_forbidden":
                self.add(step, key, "unknown-key", known=", ".join(model.model_fields))
            case "literal_error":
                choices = error["ctx"]["expected"]
                self.add(step, key, "not-a-choice", value=value, choices=choices)
            case _:
                reason = error["msg"].removeprefix("Value error, ")
                self.add(step, key, "wrong-value", value=value, reason=reason)


def shown(value: object) -> str:
    """`value` as a message shows it, cut where it is long."""
    written = repr(value) if isinstance(value, str | list | dict) else str(value)
    return written if len(written) <= _SHOWN_LENGTH else f"{written[:_SHOWN_LENGTH]}..."


def _line(mistake: Mistake, language: str) -> str:
    key = f" {mistake.key}" if mistake.key else ""
    if language == "zh":
        where = f"第 {mistake.step} 步" if mistake.step else "文件"
        return f"{where}{key}：{mistake.why.zh}{mistake.remedy.zh}"
    where = f"step {mistake.step}" if mistake.step else "file"
    return f"{where}{key}: {mistake.why.en} {mistake.remedy.en}"
