"""What can be asked of the engine, by whom, and which fields does it take?"""

from collections.abc import Iterator

from recourse.adapters.catalogue.dictionary import dictionary
from recourse.adapters.cli.acts import example
from recourse.adapters.cli.fields import Field, fields_of
from recourse.adapters.cli.words import SAYINGS
from recourse.adapters.pages.markdown import both, ids, in_words, section, table, texts
from recourse.commands import HANDLERS, PUBLIC, Command
from recourse.values.parties import Text
from recourse.values.words import word

FIELDS = "fields.toml"
MORE = SAYINGS["more-fields"]
HEADING = "操作 / Acts"
ABOUT = Text(
    "`recourse do ACT KEY=VALUE …`，一项操作一行；也可以写成案例文件或 "
    f"`recourse do --file` 的步骤。* 为必填。{MORE.zh}。",
    "`recourse do ACT KEY=VALUE ...` asks for one act; case files and `recourse do --file` ask for "
    f"the same in steps. * is required. {MORE.en[:1].upper()}{MORE.en[1:]}.",
)
ALSO_BY_THE_BOOK = Text("依规则手册，其他角色也可以", "others where the rulebook says so")
ENGINE_HEADING = "引擎自行办理的操作 / What the engine asks for by itself"


def acts() -> Iterator[str]:
    """The part of `docs/commands.md` about the acts."""
    yield from section(2, HEADING, *ABOUT)
    yield from table(
        ("操作 act", "内容 what is done", "由谁 by"),
        [(f"[`{n}`](#{n})", both(act.TITLE), "\n".join(_by(act))) for n, act in PUBLIC.items()],
    )
    for name, act in PUBLIC.items():
        yield from _act(name, act)
    own = [act for act in HANDLERS if act not in PUBLIC.values()]
    yield from section(2, ENGINE_HEADING)
    yield from table(
        ("操作 act", "内容 what is done", "条款 rules"),
        [(f"`{act.act_name()}`", both(act.TITLE), ids(act.RULES)) for act in own],
    )


def _act(name: str, act: type[Command]) -> Iterator[str]:
    by = "、".join(_by(act))
    about = f"{both(act.TITLE)} · 由谁 by: {by} · 条款 rules: {ids(act.RULES)}"
    yield from section(3, name, about)
    yield from table(
        ("字段 field", "含义 meaning", "写法 written as"),
        [_field(field) for field in fields_of(act).values()],
    )
    yield from ("```", example(act), "```", "")


def _by(act: type[Command]) -> list[str]:
    roles = [f"{both(word(role, of='needs'))} `{role}`" for role in act.BY]
    left_to_the_book = "by" in vars(act)
    return [*roles, *([both(ALSO_BY_THE_BOOK)] if left_to_the_book else [])]


def _field(field: Field) -> tuple[str, str, str]:
    entry = ".NAME" if field.keys else ""
    name = f"`{field.name}{entry}`{' *' if field.required else ''}"
    more = "\n可写多个 / may be several" if field.is_list else ""
    return name, both(_meaning(field.name)), f"{_written(field)}{more}"


def _written(field: Field) -> str:
    """How a value is written; one of several choices with what each is called."""
    text = field.kind.text
    choices = text.en.split(" | ")
    if len(choices) == 1 or text.zh != text.en:
        return both(text)
    return "\n".join(_choice(choice, word(choice, of=field.name)) for choice in choices)


def _choice(choice: str, said: Text) -> str:
    return f"`{choice}` {both(said)}" if said.zh != choice else f"`{choice}`"


def _meaning(name: str) -> Text:
    """What a field means, as in an event unless it is said otherwise; raises `NotInWords`."""
    if name in texts(FIELDS) or name not in dictionary()["fields"]:
        return in_words(name, FIELDS)
    return dictionary()["fields"][name]
