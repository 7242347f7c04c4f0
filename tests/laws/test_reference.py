"""Does the reference itself tell what the example cases promise?"""

import tomllib
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from laws import reference
from laws.reference_base import No, World, new
from laws.telling import comparable

# The cases that came with the page; what the later ones tell, it leaves open.
CASES = sorted(Path(str(files("recourse.rulebook") / "zzbs" / "cases")).glob("*.toml"))[:17]
assert len(CASES) == 17
MATTERS_NOT = {"assign_claim", "record_delivery"}  # nothing that the reference tells follows
LABELS = {"part": "tag", "account": "supplier", "bearers": "month"}


def day_of(at: date) -> date:
    return at.date() if isinstance(at, datetime) else at


def play(world: World, people: dict[str, Any], step: dict[str, Any]) -> None:
    """Do one act of a case; its verdict must be the one that the case names."""
    fields = {name: it for name, it in step.items() if name not in ("at", "by", "do", "refused")}
    roles = people[step["by"]]
    person = (step["by"], (roles,) if isinstance(roles, str) else tuple(roles))
    cited: set[str] = set()
    try:
        reference.do(world, person, step["do"], **fields)
    except No as refused:
        cited = refused.rules
    assert (step["refused"] in cited) if "refused" in step else not cited, step


def look(world: World, step: dict[str, Any]) -> None:
    kind = step["expect"]
    label = step.get(LABELS.get(kind, kind), "")
    expected = {name: it for name, it in step.items() if name not in ("at", "expect")}
    expected.pop(LABELS.get(kind, kind), None)
    told = reference.figures(world, kind, label)
    assert {name: told[name] for name in expected} == comparable(expected), step


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_reference_plays_the_case(case):
    story = tomllib.loads(case.read_text())
    world = new(story.get("settings", {}), day_of(story["steps"][0]["at"]))

    for step in story["steps"]:
        reference.begin(world, day_of(step["at"]))
        if step.get("expect") in reference.KINDS:
            look(world, step)
        elif "do" in step and step["do"] not in MATTERS_NOT:
            play(world, story["people"], step)
