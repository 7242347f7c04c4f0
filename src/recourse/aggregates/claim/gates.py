"""What must be certain of a claim before its cost is charged to a supplier (ZA41)?"""

from collections.abc import Collection, Sequence
from typing import Protocol

from recourse.aggregates.claim.received import DISPUTE_OPEN

WAIVABLE = ("counted", "inspected", "finding", "supplier_answer")


class ClaimState(Protocol):
    """What the gates look at in a claim."""

    @property
    def states(self) -> dict[str, str]:
        """The three aspects, "information", "cost" and "responsibility"."""

    @property
    def dispute(self) -> str:
        """The state of the upstream dispute."""

    @property
    def valid(self) -> bool:
        """Whether the old part was returned as prescribed, or may still be."""

    @property
    def quantity(self) -> int:
        """How many parts were replaced."""

    @property
    def waived(self) -> Collection[str]:
        """The gates that a person let pass."""


class PartState(Protocol):
    """What the gates look at in a returned part."""

    @property
    def listed(self) -> int:
        """How many the old-part list names."""

    @property
    def counted(self) -> int | None:
        """How many came."""

    @property
    def finding(self) -> str | None:
        """What the inspection found."""

    @property
    def answer(self) -> str | None:
        """What the supplier said."""


def missing(
    claim: ClaimState,
    parts: Sequence[PartState],
    required: Collection[str],
    *,
    field_dispute: bool = False,
) -> list[str]:
    """The gates neither passed nor waived, in the order in which the work is done.

    Only those `required` by the rulebook count. `field_dispute` is whether the field claim behind
    it is in dispute (P1); the claim itself does not know.
    """
    shut = [aspect for aspect, state in claim.states.items() if state != "confirmed"]
    if claim.quantity:
        shut += [gate for gate in _part_gates(parts) if gate not in claim.waived]
    if claim.dispute in DISPUTE_OPEN or field_dispute:
        shut.append("upstream_dispute")
    if not claim.valid:
        shut.append("returned")
    return [gate for gate in shut if gate in required]


def _part_gates(parts: Sequence[PartState]) -> list[str]:
    passed = {
        "counted": bool(parts) and all(part.counted == part.listed for part in parts),
        "inspected": bool(parts) and all(part.finding for part in parts),
        "finding": all(part.finding in {None, "part_defect"} for part in parts),
        "supplier_answer": bool(parts) and all(part.answer for part in parts),
    }
    return [gate for gate, through in passed.items() if not through]
