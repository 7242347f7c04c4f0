"""What does the help page of each act say?"""

from rich.markup import escape

from recourse.adapters.cli.assignments import assigned
from recourse.adapters.cli.fields import Field, fields_of
from recourse.adapters.cli.words import SAYINGS
from recourse.commands import Command


def summary(act: type[Command]) -> str:
    """One line: both titles, and who may."""
    return f"{act.TITLE.zh} / {act.TITLE.en} ({', '.join(act.BY)})"


def page(act: type[Command]) -> str:
    """The whole page: title, who may, under which rules, and every field."""
    fields = fields_of(act).values()
    width = max((len(_name(field)) for field in fields), default=0)
    lines = [f"{_name(field):{width}}  {_described(field)}" for field in fields]
    how = SAYINGS["more-fields"]
    parts = [
        f"{act.TITLE.zh} / {act.TITLE.en}",
        f"由谁办理 / by: {', '.join(act.BY)}\n依据 / rules: {', '.join(act.RULES)}",
        "字段 / fields (* 必填 / required):\n" + "\n".join(f"  {line}" for line in lines),
        f"{how.zh}\n{how.en}",
    ]
    return escape("\n\n".join(parts))


def example(act: type[Command]) -> str:
    """A command line that is well formed."""
    return " ".join(["recourse --as USER do", act.act_name(), *map(_quoted, example_of(act))])


def example_of(act: type[Command]) -> list[str]:
    """Assignments that make the act: what is required, and an optional one where it needs that."""
    fields = fields_of(act).values()
    required = [field.example for field in fields if field.required]
    optional = [field.example for field in fields if not field.required]
    for tried in ([], *([each] for each in optional)):
        try:
            act.model_validate(assigned([*required, *tried], act))
        except ValueError:
            continue
        return [*required, *tried]
    raise AssertionError(f"no example of {act.act_name()} can be made up")


def _name(field: Field) -> str:
    entry = f".{field.keys.example}" if field.keys else ""
    return f"{field.name}{entry}{'*' if field.required else ''}"


def _described(field: Field) -> str:
    text = field.kind.text
    said = text.zh if text.zh == text.en else f"{text.zh} / {text.en}"
    return f"{said}, …" if field.is_list else said


def _quoted(assignment: str) -> str:
    return f"'{assignment}'" if set(assignment) & set(' {}"|') else assignment
