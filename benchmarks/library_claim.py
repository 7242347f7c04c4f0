"""What is a claim when written as the library's documentation does?"""

# ruff: noqa: ARG002 - the library makes the arguments of a method the fields of its event

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from eventsourcing.domain import Aggregate, event
from library_things import Act, Bearing, ReturnedPart, id_of, must

from recourse.values.money import divide
from recourse.values.parties import UNDETERMINED, supplier_of

ASPECTS = ("information", "cost", "responsibility")


@dataclass
class Claim(Aggregate, created_event_name="Received"):
    """One line of the network's recovery note."""

    name: str
    act: Act
    unit: str
    part: str
    stage: str
    repaired_on: str
    costs: dict[str, int]
    quantity: int
    note: str | None
    line: str | None
    line_version: int | None
    plant: str | None
    built_on: str | None
    sold_on: str | None
    mileage_km: int | None
    fault: str | None
    source: dict[str, str]
    confirmed: list[str] = field(default_factory=list, init=False)
    accepted: dict[str, int] = field(default_factory=dict, init=False)
    shares: dict[str, str] = field(default_factory=dict, init=False)
    bearing: Bearing = field(default_factory=dict, init=False)
    lowered: dict[str, Any] = field(default_factory=dict, init=False)
    penalty: dict[str, int] = field(default_factory=dict, init=False)
    penalty_set_by: str = field(default="", init=False)
    divided_by: str = field(default="", init=False)
    waived: list[str] = field(default_factory=list, init=False)

    @classmethod
    def create_id(cls, name: str) -> UUID:
        """The claim's id."""
        return id_of("claim", name)

    @event("InformationConfirmed")
    def confirm_information(self, act: Act) -> None:
        """Confirm the service information."""
        self.confirmed.append("information")

    def confirm_cost(self, act: Act, accepted: dict[str, int]) -> None:
        """Accept `accepted` of the components named, the others as claimed."""
        amounts = {**self.costs, **accepted}
        must(all(0 <= n <= self.costs.get(c, 0) for c, n in amounts.items()), "more than claimed")
        self._confirm_cost(act, amounts)
        self._divide(act)

    @event("CostConfirmed")
    def _confirm_cost(self, act: Act, accepted: dict[str, int]) -> None:
        self.confirmed.append("cost")
        self.accepted = accepted

    def attribute(self, act: Act, shares: dict[str, str]) -> None:
        """Confirm who is responsible, in shares that sum to one."""
        must(sum(Decimal(share) for share in shares.values()) == 1, "shares are not one")
        self._attribute(act, shares)
        self._divide(act)

    @event("Attributed")
    def _attribute(self, act: Act, shares: dict[str, str]) -> None:
        self.confirmed.append("responsibility")
        self.shares = shares

    def _divide(self, act: Act) -> None:
        shares = [(bearer, Decimal(share)) for bearer, share in self.shares.items()]
        parts = {
            component: divide(amount, shares or [(UNDETERMINED, Decimal(1))])
            for component, amount in self.accepted.items()
        }
        self._bear(act, {component: borne for component, borne in parts.items() if borne})

    def _bear(self, act: Act, bearing: Bearing) -> None:
        if bearing != self.bearing:
            now = {bearer for parts in bearing.values() for bearer in parts}
            before = dict.fromkeys(each for parts in self.bearing.values() for each in parts)
            gone = [supplier_of(bearer) for bearer in before if bearer not in now]
            self._set_bearing(act, bearing, [name for name in gone if name])

    @event("Divided")
    def _set_bearing(self, act: Act, bearing: Bearing, released: list[str]) -> None:
        self.bearing = bearing
        self.divided_by = f"claim:{self.name}@{self.version}"

    def set_penalty(self, act: Act, split: dict[str, int], severity: str, again: bool) -> None:  # noqa: FBT001 - an event's field
        """Assess a penalty for a zero-km unit, once."""
        must(self.stage == "zero_km" and not self.penalty, "not zero-km, or already set")
        must(all(f"supplier:{name}" in self.shares for name in split), "no share")
        self._set_penalty(act, split, severity, again)

    @event("PenaltySet")
    def _set_penalty(self, act: Act, split: dict[str, int], severity: str, again: bool) -> None:  # noqa: FBT001 - an event's field
        self.penalty = split
        self.penalty_set_by = f"claim:{self.name}@{self.version}"

    @event("GateWaived")
    def waive(self, act: Act, gate: str) -> None:
        """Let `gate` count as passed."""
        self.waived.append(gate)

    def lower(self, act: Act, supplier: str, component: str, at_most: int, to: str) -> None:
        """Leave `supplier` at most `at_most` of `component`; the rest falls on `to`."""
        self._lower(act, supplier, component, at_most, to)
        bearer = f"supplier:{supplier}"
        parts = dict(self.bearing.get(component, {}))
        excess = parts.get(bearer, 0) - at_most
        if excess > 0:
            parts[to] = parts.get(to, 0) + excess
            parts[bearer] = at_most
        left = {name: amount for name, amount in parts.items() if amount}
        self._bear(act, {**self.bearing, component: left})

    @event("CostLowered")
    def _lower(self, act: Act, supplier: str, component: str, at_most: int, sent_to: str) -> None:
        self.lowered[component] = [supplier, at_most, sent_to]

    def borne_by(self, supplier: str, component: str) -> int:
        """What `supplier` bears of `component`, in fen."""
        return self.bearing.get(component, {}).get(f"supplier:{supplier}", 0)

    def missing(self, parts: list[ReturnedPart]) -> list[str]:
        """The gates neither passed nor waived."""
        shut = [aspect for aspect in ASPECTS if aspect not in self.confirmed]
        if self.quantity:
            passed = {
                "counted": bool(parts) and all(each.counted == each.listed for each in parts),
                "inspected": bool(parts) and all(each.finding for each in parts),
                "finding": all(each.finding in {None, "part_defect"} for each in parts),
                "supplier_answer": bool(parts) and all(each.said for each in parts),
            }
            shut += [gate for gate, ok in passed.items() if not ok and gate not in self.waived]
        return shut
