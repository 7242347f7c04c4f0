"""Who bears how much of each component of a claim's accepted cost?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from recourse.values.money import divide
from recourse.values.parties import UNDETERMINED, supplier_of

Bearing = dict[str, dict[str, int]]
"""Component -> bearer -> fen above nothing."""


@dataclass(frozen=True, slots=True)
class Lowered:
    """What the last appeal outcome left a supplier of one component, and who got the rest."""

    at_most: int
    sent_to: str


def borne(
    accepted: Mapping[str, int],
    shares: Sequence[tuple[str, Decimal]],
    lowered: Mapping[str, Mapping[str, Lowered]],
) -> Bearing:
    """`accepted` cost divided afresh by `shares`, within what appeals left (Z-4.6.1c, ZA24).

    What nobody is attributed is borne by "undetermined".
    """
    divided: Bearing = {}
    for component, amount in accepted.items():
        parts = divide(amount, shares or [(UNDETERMINED, Decimal(1))])
        limits = lowered.get(component, {})
        for supplier, limit in limits.items():
            move_excess(parts, supplier, limit.at_most, _destination(limit.sent_to, limits))
        if parts:
            divided[component] = parts
    return divided


def _destination(sent_to: str, limits: Mapping[str, Lowered]) -> str:
    """Where the rest goes: never to a supplier whose own part was lowered since."""
    return UNDETERMINED if supplier_of(sent_to) and sent_to in limits else sent_to


def move_excess(parts: dict[str, int], bearer: str, at_most: int, to: str) -> None:
    """Leave `bearer` with at most `at_most` fen; what it bore beyond falls on `to`."""
    excess = parts.get(bearer, 0) - at_most
    if excess <= 0:
        return
    parts[to] = parts.get(to, 0) + excess
    parts[bearer] = at_most
    if not at_most:
        del parts[bearer]


def sums(bearing: Bearing) -> dict[str, int]:
    """Bearer -> fen over all components."""
    amounts: dict[str, int] = {}
    for parts in bearing.values():
        for bearer, amount in parts.items():
            amounts[bearer] = amounts.get(bearer, 0) + amount
    return amounts
