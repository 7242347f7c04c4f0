"""Which test proves each rule of the document, which system is not built yet, what is no software?

`python -m support.proofs docs/coverage.md`, with `tests` on the path, writes the page.
"""

import ast
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from recourse.rulebook.book import built_in

TESTS = Path(__file__).parents[1]
CASES = Path(str(files("recourse.rulebook") / "zzbs" / "cases"))
KEPT = TESTS / "proofs.toml"

HEAD = """\
# 规则与证明 / Rules and their proof

<!-- 由 make docs 生成 / written by make docs -->

办法的每一条，以及办法没有回答的每一个问题：由哪些案例或测试证明，留待哪个系统，
或者为什么不是软件的事。案例在 `src/recourse/rulebook/zzbs/cases`，测试在 `tests`。

Every rule of the document, and every question that it leaves open: the cases or tests that prove
it, the system that is not built yet, or why there is nothing to compute. Cases are in
`src/recourse/rulebook/zzbs/cases`, tests in `tests`.

| 规则 / rule | 内容 / what it says | 状态 / status | |
|---|---|---|---|"""


@dataclass(frozen=True, slots=True)
class Status:
    """How a rule stands: "proved" by `told`, "later" or "not_software" for the reason `told`."""

    kind: str
    told: tuple[str, ...]


@cache
def of_cases() -> Mapping[str, tuple[str, ...]]:
    """Rule -> the cases that are about it."""
    about: dict[str, tuple[str, ...]] = {}
    for case in sorted(CASES.glob("*.toml")):
        for rule in tomllib.loads(case.read_text(encoding="utf-8"))["rules"]:
            about[rule] = (*about.get(rule, ()), case.stem)
    return about


@cache
def of_people() -> Mapping[str, Mapping[str, Any]]:
    """What `proofs.toml` says of rules beside the cases."""
    return tomllib.loads(KEPT.read_text(encoding="utf-8"))


def statuses_of(rule: str) -> list[Status]:
    """Every status that a rule is given by cases and people; there should be one at most."""
    cases, told = of_cases().get(rule, ()), of_people().get(rule, {})
    proved = (*cases, *told.get("tests", ()))
    others = [Status(kind, (told[kind],)) for kind in ("later", "not_software") if kind in told]
    return [*([Status("proved", proved)] if proved else []), *others]


def parts_of(rule: str) -> list[str]:
    """The lettered rules of a clause."""
    return [each for each in built_in().clauses if each[:-1] == rule and each[-1].isalpha()]


def tests_that_there_are() -> frozenset[str]:
    """Every test, as FILE::NAME below tests/."""
    return frozenset(_tests())


def _tests() -> Iterator[str]:
    for file in TESTS.rglob("test_*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield f"{file.relative_to(TESTS).as_posix()}::{node.name}"


def page() -> str:
    """The page in Markdown."""
    return "\n".join([HEAD, *_rows(), ""])


def _rows() -> Iterator[str]:
    said = {
        "proved": "已证明 / proved",
        "later": "以后的系统 / later",
        "not_software": "不是软件 / not software",
    }
    for rule, words in built_in().clauses.items():
        status = next(iter(statuses_of(rule)), None)
        kind = said[status.kind] if status else "见各款 / by its parts"
        told = [_linked(each) for each in status.told] if status else [", ".join(parts_of(rule))]
        cell = "<br>".join([*told, *_note(rule)])
        yield f"| {rule} | {words.zh}<br>{words.en} | {kind} | {cell} |"


def _linked(told: str) -> str:
    """A case or a test with the way to its file; a reason stays as it is."""
    file, separator, test = told.partition("::")
    if separator:
        return f"[{test.removeprefix('test_').replace('_', ' ')}](../tests/{file})"
    if (CASES / f"{told}.toml").is_file():
        return f"[{told}](../src/recourse/rulebook/zzbs/cases/{told}.toml)"
    return told


def _note(rule: str) -> Iterator[str]:
    if note := of_people().get(rule, {}).get("note"):
        yield f"*{note}*"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
