"""Which ways are there to be told no, why, and what can be done?"""

from collections.abc import Iterator

from recourse.adapters.cli.problems import NOT_FOUND, REFUSED
from recourse.adapters.cli.words import PROBLEMS
from recourse.rulebook.mistakes import catalogue as mistakes
from recourse.values.refusal import catalogue

HEAD = """\
# 拒绝与问题 / Refusals and problems

<!-- 由 make docs 生成 / written by make docs -->

每一次拒绝都说明不能做什么、为什么、怎么办；花括号中是当时的实际值。
结束代码见 [commands.md](commands.md)。

Every no says what cannot be done, why, and what to do; in braces stand the actual values. Exit
codes are in [commands.md](commands.md).
"""


def refusals_page() -> str:
    """Every refusal of a rule, problem of the command line, and mistake of a rulebook."""
    return "\n".join([HEAD, *_refusals(), *_problems(), *_mistakes(), ""])


def _refusals() -> Iterator[str]:
    yield "## 规则的拒绝 / Refusals by a rule\n"
    yield f"结束代码 / exit code {REFUSED}；`not-found` {NOT_FOUND}。\n"
    yield "| 代码 / code | 标题 / title | 原因 / why | 怎么办 / remedy |"
    yield "|---|---|---|---|"
    for code, told in sorted(catalogue().items()):
        zh, en = told["zh"], told["en"]
        cells = ((getattr(zh, part), getattr(en, part)) for part in ("title", "why", "remedy"))
        yield _row(f"`{code}`", *(_both(*cell) for cell in cells))


def _problems() -> Iterator[str]:
    yield "\n## 命令行的问题 / Problems of the command line\n"
    yield "| 代码 / code | 结束代码 / exit | 标题 / title | 原因 / why | 怎么办 / remedy |"
    yield "|---|---|---|---|---|"
    for code, told in sorted(PROBLEMS.items()):
        cells = (told.title, told.why, told.remedy)
        yield _row(f"`{code}`", str(told.status), *(_both(*cell) for cell in cells))


def _mistakes() -> Iterator[str]:
    yield "\n## 规则手册的错误 / Mistakes of a rulebook\n"
    yield "| 代码 / code | 原因 / why | 怎么办 / remedy |"
    yield "|---|---|---|"
    for code, told in sorted(mistakes().items()):
        cells = ((told[f"zh_{part}"], told[f"en_{part}"]) for part in ("why", "remedy"))
        yield _row(f"`{code}`", *(_both(*cell) for cell in cells))


def _both(zh: str, en: str) -> str:
    return f"{zh}<br>{en}" if zh != en else zh


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;').replace(chr(10), ' ') for cell in cells)} |"
