"""How does a book read as a page, and what can any book decide?"""

from collections.abc import Iterator, Sequence

from recourse.rulebook.book import Rulebook
from recourse.rulebook.keys import DAYS, Key, keys
from recourse.rulebook.kinds import TABLES
from recourse.rulebook.rule import Edition, Rule
from recourse.rulebook.telling import last_day
from recourse.rulebook.wording import COLUMNS, KINDS, period_said, value_said
from recourse.values.parties import Text

EDITIONS = ("期间 period", "规定 what it says", "条款 clause", "出处 source")
VOCABULARY = (
    "键 key",
    "内容 what it decides",
    "写法 written as",
    "选定版本的日期 chosen by",
    "必须 required",
)


def book_page(book: Rulebook) -> str:
    """The page in Markdown, Chinese first and English beside it: every rule, then every key."""
    title, law = book.law.title, book.law
    lines = [
        f"# {title.zh} / {title.en}",
        "",
        f"`{law.id}` · {law.source} · {_both(period_said(law.since, None))}",
        *(line for rule in book.rules.values() for line in _rule(rule, book)),
        "",
        "## 手册可以规定的内容 / What a book can decide",
        "",
        *_table(VOCABULARY, [_key(key) for key in keys().values()]),
        "",
    ]
    return "\n".join(lines)


def _rule(rule: Rule, book: Rulebook) -> Iterator[str]:
    yield from ("", f"## {rule.key.name}", "", f"{rule.key.title.zh} / {rule.key.title.en}", "")
    yield f"选定版本的日期 / chosen by: {_both(DAYS[rule.chosen_by])}"
    yield ""
    yield from _table(EDITIONS, [_edition(rule, each, book) for each in rule.editions])


def _edition(rule: Rule, edition: Edition, book: Rulebook) -> Sequence[str]:
    period = _both(period_said(edition.since, last_day(rule, edition)))
    says = "<br>".join(_both(each) for each in value_said(rule.key, edition))
    return period, says, f"{edition.clause} {_both(book.clauses[edition.clause])}", edition.source


def _key(key: Key) -> Sequence[str]:
    days = "<br>".join(f"`{name}` {_both(DAYS[name])}" for name in key.chosen_by)
    required = "是 yes" if key.required else "否 no"
    return f"`{key.name}`", _both(key.title), "<br>".join(_form(key)), days, required


def _form(key: Key) -> Iterator[str]:
    """How the value is written: the kind, then its choices or its columns."""
    yield _both(KINDS[key.kind])
    yield from (f'`"{value}"` {_both(said)}' for value, said in key.choices.items())
    if columns := TABLES.get(key.kind):
        for name in (*columns.selectors, *columns.must, *columns.may):
            optional = "" if name in columns.must else "（可不写 optional）"
            yield f"`{name}` {_both(COLUMNS[name])}{optional}"


def _both(text: Text) -> str:
    return text.zh if text.zh == text.en else f"{text.zh} / {text.en}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|---" * len(head) + "|"
    for row in rows:
        cells = [each.replace("|", "\\|") for each in row]
        yield f"| {' | '.join(cells)} |"
