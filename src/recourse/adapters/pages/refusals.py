"""What can be answered with no, for which reason, and what does a person do then?"""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter

import recourse
from recourse.adapters.cli.problems import Refusal
from recourse.adapters.cli.words import PROBLEMS
from recourse.adapters.pages.markdown import (
    both,
    ids,
    in_words,
    page,
    paragraphs,
    section,
    table,
)
from recourse.rulebook.mistakes import catalogue as mistakes
from recourse.values.parties import Text
from recourse.values.refusal import Refused, catalogue

FACTS = "facts.toml"
SOURCE = Path(recourse.__file__).parent

TITLE = Text("拒绝及其处理办法", "Refusals, and what to do")
ABOUT = Text(
    "规则不允许时，什么都不记录，答复分三句：不能办什么、为什么、怎么办。"
    "第一句由操作和编号组成，如「不能批准索赔单：N1。」；下面是后两句，‹ › 中是实际的值。"
    "`--format json` 时还有代码（`code`）和条款（`rules`）。",
    "When a rule says no, nothing is recorded and the answer has three sentences: what cannot be "
    "done, why, and what to do. The first is made of the act and its number, such as “Cannot "
    "approve the chargeback: N1.”; below are the other two, with ‹ › around the actual values. "
    "With `--format json` there are also the `code` and the `rules`.",
)
OF_THE_ACT = Text("所办操作的第一条", "the first rule of the act")
AS_NAMED = Text("操作或手册另行指明的", "what the act or the rulebook names")
MISTAKE_TITLE = "规则手册的错误 / Mistakes of a rulebook"
PROBLEM_TITLE = "命令行的问题 / Problems of the command line"
PROBLEM_ABOUT = Text(
    "与规则无关：命令写法、文件、存储。",
    "Nothing of a rule: how a command is written, files, the store.",
)


def refusals_page() -> str:
    """The page `docs/refusals.md`."""
    refusals, problems = sorted(catalogue()), sorted(PROBLEMS)
    return page(
        TITLE,
        paragraphs(*ABOUT),
        table(("代码 code", "含义 what it says"), [_entry(code) for code in refusals]),
        (line for code in refusals for line in _refusal(code)),
        section(2, PROBLEM_TITLE, *PROBLEM_ABOUT),
        (line for code in problems for line in _problem(code)),
        section(2, MISTAKE_TITLE),
        table(("代码 code", "含义 what it says"), [_mistake(code) for code in sorted(mistakes())]),
    )


def _entry(code: str) -> tuple[str, str]:
    return f"[`{code}`](#{code})", both(_said(code, "title"))


def _said(code: str, part: str) -> Text:
    told = catalogue()[code]
    return Text(*(getattr(told[language], part) for language in ("zh", "en")))


def _refusal(code: str) -> Iterator[str]:
    why, remedy = _said(code, "why"), _said(code, "remedy")
    status = Refusal(Refused(code)).status
    yield from section(
        3,
        code,
        f"{both(_said(code, 'title'))} · 条款 rules: {_cited(code)} · 结束代码 exit {status}",
        f"> {_in_words(why.zh, 'zh')}{_in_words(remedy.zh, 'zh')}<br>\n"
        f"> {_in_words(why.en, 'en')} {_in_words(remedy.en, 'en')}",
    )


def _problem(code: str) -> Iterator[str]:
    told = PROBLEMS[code]
    zh, en = (
        [_in_words(getattr(part, language), language) for part in told[2:]]
        for language in ("zh", "en")
    )
    yield from section(
        3,
        code,
        f"{both(told.title)} · 结束代码 exit {told.status}",
        f"> {''.join(zh)}<br>\n> {' '.join(en)}",
    )


def _mistake(code: str) -> tuple[str, str]:
    told = mistakes()[code]
    said = {
        language: [_in_words(told[f"{language}_{part}"], language) for part in ("why", "remedy")]
        for language in ("zh", "en")
    }
    return f"`{code}`", f"{''.join(said['zh'])}\n{' '.join(said['en'])}"


def _in_words(sentence: str, language: str) -> str:
    """`sentence` with the values it is made of named in words; raises `NotInWords`."""
    pieces = Formatter().parse(sentence)
    return "".join(
        f"{text}‹{getattr(in_words(fact, FACTS), language)}›" if fact else text
        for text, fact, _, _ in pieces
    )


def _cited(code: str) -> str:
    """The rules that a refusal cites, as far as they stand where it is raised."""
    raised = _raised()[code]
    rules = sorted({rule for given in raised for rule in given if rule})
    others = [OF_THE_ACT] * (() in raised) + [AS_NAMED] * any("" in given for given in raised)
    return "、".join([*([ids(rules)] if rules else []), *map(both, others)])


@cache
def _raised() -> Mapping[str, set[tuple[str, ...]]]:
    """Code -> the rules given at each place that raises it; "" for one that is no constant."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match call:
                case ast.Call(func=ast.Name("Refused"), args=[ast.Constant(str(code)), *rules]):
                    found.setdefault(code, set()).add(tuple(map(_constant, rules)))
    return found


def _constant(rule: ast.expr) -> str:
    return str(rule.value) if isinstance(rule, ast.Constant) else ""
