"""Which rule is proved by which test, which is left to a later system, which is not software?"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from page_text import both, ids, page, paragraphs, section, table
from recourse.commands import HANDLERS
from recourse.rulebook.book import built_in
from recourse.values.parties import Text

ROOT = Path(__file__).parents[2]
CASES = "src/recourse/rulebook/zzbs/cases"
STATED = ROOT / "tests" / "coverage.toml"
PROVED, LATER, NOT_SOFTWARE, PARTS = "proved", "later", "not_software", "parts"
STATUSES = {
    PROVED: Text("有测试证明", "proved by tests"),
    LATER: Text("留待以后的系统", "left to a later system"),
    NOT_SOFTWARE: Text("不属于软件", "not software"),
    PARTS: Text("见各分项", "as its parts"),
}

TITLE = Text("条款与测试", "Rules and their tests")
ABOUT = Text(
    "ZZBS04-04-2008 的每一条（Z-）和它没有回答的每个问题（ZA）：由哪些案例和测试证明，"
    "或者留待哪个系统，或者为何不属于软件。案例自己写明所证明的条款（`rules`），"
    "其余写在 [`tests/coverage.toml`](../tests/coverage.toml)。",
    "Every clause of ZZBS04-04-2008 (Z-) and every question it leaves open (ZA): the cases and "
    "tests that prove it, the system it is left to, or why it is not software. Cases say "
    "themselves which rules they are about (`rules`); the rest stands in "
    "[`tests/coverage.toml`](../tests/coverage.toml).",
)
COLUMNS = ("条款 rule", "内容 what it says", "状态 status", "凭什么 by what", "操作 acts")
PARTS_OF_THE_PAGE = (
    ("条款 / Clauses", "Z-"),
    ("没有回答的问题及其处理 / Questions left open, and their treatment", "ZA"),
)


@dataclass(frozen=True)
class Coverage:
    """What is stated of the rules; `proofs` are cases by their names and tests as FILE::NAME."""

    rules: Mapping[str, Text]
    proofs: Mapping[str, Sequence[str]]
    later: Mapping[str, str]
    not_software: Mapping[str, Text]
    systems: Mapping[str, Text]
    notes: Mapping[str, Text] = field(default_factory=dict)

    def statuses(self, rule: str) -> list[str]:
        """Every status that is stated of `rule`; there should be one."""
        stated = {PROVED: self.proofs, LATER: self.later, NOT_SOFTWARE: self.not_software}
        found = [status for status, rules in stated.items() if rule in rules]
        return found or ([PARTS] if self.parts(rule) else [])

    def parts(self, rule: str) -> list[str]:
        """The lettered parts of a clause."""
        return [each for each in self.rules if each[:-1] == rule and each[-1].isalpha()]


def coverage() -> Coverage:
    """What is stated in `tests/coverage.toml` and by the cases."""
    stated = tomllib.loads(STATED.read_text(encoding="utf-8"))
    proofs: dict[str, list[str]] = {}
    for name, case in cases().items():
        for rule in case["rules"]:
            proofs.setdefault(rule, []).append(name)
    for rule, named in stated[PROVED].items():
        proofs[rule] = [*named, *(each for each in proofs.get(rule, ()) if each not in named)]
    return Coverage(
        rules=built_in().clauses,
        proofs=proofs,
        later=stated[LATER],
        not_software=_texts(stated[NOT_SOFTWARE]),
        systems=_texts(stated["systems"]),
        notes=_texts(stated["notes"]),
    )


def cases() -> Mapping[str, Mapping[str, Any]]:
    """The cases of the built-in book by the names of their files."""
    files = sorted((ROOT / CASES).glob("*.toml"))
    return {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in files}


def coverage_page() -> str:
    """The page `docs/coverage.md`."""
    stated = coverage()
    return page(
        TITLE,
        paragraphs(*ABOUT),
        _sum(stated),
        *(_part(stated, *part) for part in PARTS_OF_THE_PAGE),
    )


def _sum(stated: Coverage) -> Iterator[str]:
    found = [status for rule in stated.rules for status in stated.statuses(rule)]
    rows = [(both(said), str(found.count(status))) for status, said in STATUSES.items()]
    yield from table(("状态 status", "条数 rules"), rows)


def _part(stated: Coverage, heading: str, prefix: str) -> Iterator[str]:
    yield from section(2, heading)
    rules = [rule for rule in stated.rules if rule.startswith(prefix)]
    yield from table(COLUMNS, [_row(rule, stated) for rule in rules])


def _row(rule: str, stated: Coverage) -> Sequence[str]:
    (status,) = stated.statuses(rule)
    by_what = _BY_WHAT[status](rule, stated)
    if rule in stated.notes:
        by_what = f"{by_what}\n{both(stated.notes[rule])}"
    acts = [act.act_name() for act in HANDLERS if rule in act.RULES]
    said = stated.rules[rule]
    return f"`{rule}`", f"{said.zh}\n{said.en}", both(STATUSES[status]), by_what, ids(acts)


def _proofs(rule: str, stated: Coverage) -> str:
    return "\n".join(map(_link, stated.proofs[rule]))


def _link(proof: str) -> str:
    file, separator, test = proof.partition("::")
    if not separator:
        return f"[{proof}](../{CASES}/{proof}.toml)"
    return f"[{test.removeprefix('test_').replace('_', ' ')}](../{file})"


_BY_WHAT: Mapping[str, Callable[[str, Coverage], str]] = {
    PROVED: _proofs,
    LATER: lambda rule, stated: both(stated.systems[stated.later[rule]]),
    NOT_SOFTWARE: lambda rule, stated: both(stated.not_software[rule]),
    PARTS: lambda rule, stated: ids(stated.parts(rule)),
}


def _texts(written: Mapping[str, Mapping[str, str]]) -> Mapping[str, Text]:
    return {name: Text(told["zh"], told["en"]) for name, told in written.items()}
