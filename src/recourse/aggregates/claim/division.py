"""Who bears how much of each component of a claim's accepted cost?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from recourse.values.money import divide
from recourse.values.parties import COMPANY, MARKUP, UNDETERMINED, supplier_of

Bearing = dict[str, dict[str, int]]
"""Component -> bearer -> fen above nothing."""


@dataclass(frozen=True, slots=True)
class Lowered:
    """What the last appeal outcome left a supplier of one component, and who got the rest."""

    at_most: int
    sent_to: str


Charger = Callable[[str, Decimal, Mapping[str, int]], Mapping[str, int]]
"""Supplier, its share of the responsibility, its part of the accepted cost -> what it bears."""


def borne(
    accepted: Mapping[str, int],
    shares: Sequence[tuple[str, Decimal]],
    lowered: Mapping[str, Mapping[str, Lowered]],
    charged: Charger | None = None,
) -> Bearing:
    """`accepted` cost divided afresh by `shares`, within what appeals left (Z-4.6.1c, ZA24).

    What nobody is attributed is borne by "undetermined". Where a rulebook says what suppliers are
    `charged`, the company bears what they are charged less than their part; what they are charged
    above it is "markup", borne below nothing, so that the sum stays what was accepted.
    """
    passed_on = parts_of(accepted, shares)
    divided: Bearing = {component: dict(parts) for component, parts in passed_on.items()}
    if charged:
        for bearer, share in shares:
            if supplier := supplier_of(bearer):
                own = {component: parts.get(bearer, 0) for component, parts in passed_on.items()}
                _charge(divided, bearer, charged(supplier, share, own))
    for component, limits in lowered.items():
        cost = passed_on.get(component, {})
        for supplier, limit in limits.items():
            parts, to = divided.get(component, {}), _destination(limit.sent_to, limits)
            move_excess(parts, supplier, limit.at_most, to, cost=cost.get(supplier, 0))
    return {component: parts for component, parts in divided.items() if parts}


def parts_of(accepted: Mapping[str, int], shares: Sequence[tuple[str, Decimal]]) -> Bearing:
    """`accepted` cost by share alone; without shares it is undetermined."""
    return {
        component: divide(amount, shares or [(UNDETERMINED, Decimal(1))])
        for component, amount in accepted.items()
    }


def _charge(divided: Bearing, bearer: str, amounts: Mapping[str, int]) -> None:
    """Let `bearer` bear `amounts`; the company, or the mark-up, makes up the difference."""
    for component in dict.fromkeys([*divided, *amounts]):
        parts = divided.setdefault(component, {})
        before, after = parts.pop(bearer, 0), amounts.get(component, 0)
        rest = COMPANY if after < before else MARKUP
        parts[rest] = parts.get(rest, 0) + before - after
        parts[bearer] = after
        for nothing in [name for name, amount in parts.items() if not amount]:
            del parts[nothing]


def _destination(sent_to: str, limits: Mapping[str, Lowered]) -> str:
    """Where the rest goes: never to a supplier whose own part was lowered since."""
    return UNDETERMINED if supplier_of(sent_to) and sent_to in limits else sent_to


def move_excess(parts: dict[str, int], bearer: str, at_most: int, to: str, *, cost: int) -> None:
    """Leave `bearer` with at most `at_most` fen; what it bore beyond falls on `to`.

    `cost` is its part of the accepted cost: what it bears above that is mark-up, which ends first
    and falls on nobody. The mark-up of another supplier stays.
    """
    excess = parts.get(bearer, 0) - at_most
    if excess <= 0:
        return
    own_markup = min(-parts.get(MARKUP, 0), max(0, parts[bearer] - cost))
    above_cost = min(excess, own_markup)
    if above_cost:
        parts[MARKUP] += above_cost
    parts[to] = parts.get(to, 0) + excess - above_cost
    parts[bearer] = at_most
    for nothing in [name for name, amount in parts.items() if not amount]:
        del parts[nothing]


def sums(bearing: Bearing) -> dict[str, int]:
    """Bearer -> fen over all components."""
    amounts: dict[str, int] = {}
    for parts in bearing.values():
        for bearer, amount in parts.items():
            amounts[bearer] = amounts.get(bearer, 0) + amount
    return amounts
