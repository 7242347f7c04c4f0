"""Is a line new, a newer version, known already, or does it contradict what is recorded?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Literal

from recourse.adapters.intake.lines import ClaimLine
from recourse.aggregates.base import Fact
from recourse.aggregates.claim import Claim
from recourse.rulebook.charging import Measures
from recourse.values.money import COMPONENTS, yuan

Outcome = Literal["claims", "amended", "known"]

DECIDED_BY_PEOPLE = ("unit", "part", "stage", "repaired_on")
FACTS = (
    *DECIDED_BY_PEOPLE,
    "quantity",
    "note",
    "plant",
    "built_on",
    "sold_on",
    "mileage_km",
    "fault",
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A claim as received, and its versions in order: each a number, or None, and its costs.

    `measures` are those of the last version, `latest` names the latest event of its stream.
    """

    received: Claim.Received
    measures: Measures
    versions: Sequence[tuple[int | None, Mapping[str, int]]]
    latest: str

    @classmethod
    def in_stream(cls, facts: Sequence[Fact]) -> "Recorded | None":
        """The claim of which `facts` are the whole stream, or None without any."""
        if not facts:
            return None
        received = facts[0].event
        assert isinstance(received, Claim.Received)
        told = [
            fact.event for fact in facts if isinstance(fact.event, Claim.Received | Claim.Amended)
        ]
        measures = reduce(lambda sofar, it: sofar.updated(it.measures), told, Measures())
        versions = [(each.line_version, each.costs) for each in told]
        return cls(received, measures, versions, facts[-1].id)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The first `field` in which a line contradicts the claim recorded in `version`.

    `field` is one of `FACTS`, a component of cost or a measure; "-" stands for nothing, and
    amounts are in yuan.
    """

    field: str
    version: str
    recorded: str
    written: str
    newer: bool  # whether the line is a newer version, which may change costs but no facts


def judge(recorded: Recorded | None, line: ClaimLine) -> Outcome | Contradiction:
    """What `line` is to the claim `recorded` under its number.

    An older version changes nothing any more. A newer one with the same costs changes nothing
    either. Where a version has no number, nobody can say which is newer: then both must be equal.
    """
    if recorded is None:
        return "claims"
    version, costs = recorded.versions[-1]
    order = _order(line.line_version, version)
    if order < 0:
        return "known"
    if order > 0:
        if changed := _fact_that_differs(recorded, line, DECIDED_BY_PEOPLE, newer=True):
            return changed
        differs = _component_that_differs(costs, line.costs) or _measure_differs(recorded, line)
        return "amended" if differs else "known"
    return _same_version(recorded, line) or _measure_differs(recorded, line) or "known"


def _same_version(recorded: Recorded, line: ClaimLine) -> Contradiction | None:
    """An amendment carries costs only, so the other facts are known of the first version alone."""
    version, costs = recorded.versions[-1]
    first = version == recorded.received.line_version
    facts = FACTS if first else DECIDED_BY_PEOPLE
    if differs := _fact_that_differs(recorded, line, facts, newer=False):
        return differs
    alike = [each for number, each in recorded.versions if not _order(line.line_version, number)]
    if not all(_component_that_differs(each, line.costs) for each in alike):
        return None
    component = _component_that_differs(costs, line.costs)
    known, written = (yuan(each.get(component, 0)) for each in (costs, line.costs))
    return Contradiction(component, _shown(version), known, written, newer=False)


def _order(written: int | None, recorded: int | None) -> int:
    """Below nothing if older, above if newer, nothing if the same or if nobody can say."""
    return 0 if written is None or recorded is None else written - recorded


def _fact_that_differs(
    recorded: Recorded, line: ClaimLine, facts: Sequence[str], *, newer: bool
) -> Contradiction | None:
    version = _shown(recorded.versions[-1][0])
    for name in facts:
        known, written = getattr(recorded.received, name), getattr(line, name)
        if known != written:
            return Contradiction(name, version, _shown(known), _shown(written), newer)
    return None


def _measure_differs(recorded: Recorded, line: ClaimLine) -> Contradiction | None:
    """The first measure that the line gives otherwise than the last version; none left away."""
    version = _shown(recorded.versions[-1][0])
    for name, written in line.measures.items():
        known = getattr(recorded.measures, name)
        said = yuan(known) if name == "unit_price" and known is not None else _shown(known)
        if said != str(written):
            return Contradiction(name, version, said, str(written), newer=False)
    return None


def _component_that_differs(costs: Mapping[str, int], others: Mapping[str, int]) -> str:
    """The first component of other cost, or ""; a component left away costs nothing."""
    differing = (name for name in COMPONENTS if costs.get(name, 0) != others.get(name, 0))
    return next(differing, "")


def _shown(value: object) -> str:
    return "-" if value is None else str(value)
