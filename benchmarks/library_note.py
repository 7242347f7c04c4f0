"""What is a chargeback when written as the library's documentation does?"""

# ruff: noqa: ARG002 - the library makes the arguments of a method the fields of its event

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from eventsourcing.domain import Aggregate, event
from library_claim import Claim
from library_things import Act, id_of, must

from recourse.values.money import COMPONENTS, yuan

Line = dict[str, Any]
WAITING = ("none", "appealed")


def lines_of(claim: Claim, supplier: str) -> list[Line]:
    """The lines that `claim` puts on a note of `supplier`."""
    lines = [_loss(claim, supplier, each) for each in COMPONENTS if claim.borne_by(supplier, each)]
    if lines and supplier in claim.penalty:
        lines.append(
            {
                "claim": claim.name,
                "component": "penalty",
                "kind": "penalty",
                "amount": claim.penalty[supplier],
                "formula": "penalty as set",
                "inputs": {"set": yuan(claim.penalty[supplier]), "set_by": claim.penalty_set_by},
                "clauses": ["Z-4.5.3b", "ZA7"],
            }
        )
    return lines


def _loss(claim: Claim, supplier: str, component: str) -> Line:
    return {
        "claim": claim.name,
        "component": component,
        "kind": "loss",
        "amount": claim.borne_by(supplier, component),
        "formula": "part of the accepted cost that the supplier bears",
        "inputs": {
            "accepted": yuan(claim.accepted[component]),
            "share": claim.shares.get(f"supplier:{supplier}", "-"),
            "divided_by": claim.divided_by,
        },
        "clauses": ["Z-4.5.2a", *(["Z-4.5.3a"] if claim.stage == "zero_km" else [])],
    }


@dataclass
class Note(Aggregate, created_event_name="Drafted"):
    """A chargeback from its draft to the money."""

    name: str
    act: Act
    supplier: str
    month: str
    claims: list[str]
    replaces: str | None
    stage: str = field(default="drafted", init=False)
    answer: str = field(default="none", init=False)
    amounts: dict[str, int] = field(default_factory=dict, init=False)
    lines: dict[str, Line] = field(default_factory=dict, init=False)
    appealed: list[str] = field(default_factory=list, init=False)
    last_day: str | None = field(default=None, init=False)
    way: str | None = field(default=None, init=False)
    collected: int = field(default=0, init=False)

    @classmethod
    def create_id(cls, name: str) -> UUID:
        """The note's id."""
        return id_of("chargeback", name)

    @property
    def open_amount(self) -> int:
        """What is still to be collected, in fen."""
        return sum(self.amounts.values()) - self.collected

    def approve(self, act: Act, lines: list[Line]) -> None:
        """Fix the lines."""
        must(self.stage == "drafted" and act["actor"] != self.act["actor"] and lines, "no draft")
        self._approve(act, lines)

    @event("Approved")
    def _approve(self, act: Act, lines: list[Line]) -> None:
        self.stage = "approved"
        self.lines = {f"{line['claim']}/{line['component']}": line for line in lines}
        self.amounts = {name: line["amount"] for name, line in self.lines.items()}

    def issue(self, act: Act, number: str) -> None:
        """Issue it under the next number."""
        must(self.stage == "approved", "not approved")
        self._issue(act, number)

    @event("Issued")
    def _issue(self, act: Act, number: str) -> None:
        self.stage = "issued"

    @event("Delivered")
    def deliver(self, act: Act, channel: str) -> None:
        """Record one delivery."""

    def choose(self, act: Act, way: str) -> None:
        """Choose invoice or deduction, once."""
        must(self.way is None and self.stage != "drafted", "chosen, or not approved")
        self._choose(act, way)

    @event("CollectionChosen")
    def _choose(self, act: Act, way: str) -> None:
        self.way = way

    def receive(self, act: Act, received_on: str, proof: str, deadline: dict[str, Any]) -> None:
        """Record the receipt, once; it starts the clock."""
        must(self.stage == "issued" and self.last_day is None, "not issued, or received")
        self._receive(act, received_on, proof, deadline)

    @event("ReceiptRecorded")
    def _receive(self, act: Act, received_on: str, proof: str, deadline: dict[str, Any]) -> None:
        self.stage = "received"
        self.last_day = deadline["last_day"]

    def lapse(self, act: Act) -> None:
        """Let the right to appeal end."""
        if self.answer == "none":
            self._lapse(act)

    @event("AppealLapsed")
    def _lapse(self, act: Act) -> None:
        self.answer = "lapsed"

    def confirm(self, act: Act) -> None:
        """Confirm what stands."""
        must(self.answer not in {"confirmed", "decided"}, "settled")
        self._confirm(act)

    @event("Confirmed")
    def _confirm(self, act: Act) -> None:
        self.answer = "confirmed"

    def appeal(self, act: Act, claims: list[str]) -> None:
        """Appeal against all lines of `claims`, in time."""
        lines = [name for name in self.amounts if name.rpartition("/")[0] in claims]
        must(lines and self.answer == "none" and act["on"] <= (self.last_day or ""), "no appeal")
        self._appeal(act, lines, late=False)

    @event("Appealed")
    def _appeal(self, act: Act, lines: list[str], late: bool) -> None:  # noqa: FBT001 - an event's field
        self.answer = "appealed"
        self.appealed = lines

    def recheck(self, act: Act, outcomes: list[dict[str, Any]], moves_to: str) -> None:
        """Record what the recheck left of each appealed line."""
        must(self.answer == "appealed" and act["actor"] != self.act["actor"], "no appeal")
        self._recheck(act, outcomes, moves_to)

    @event("Rechecked")
    def _recheck(self, act: Act, outcomes: list[dict[str, Any]], moves_to: str) -> None:
        self.amounts.update({each["line"]: each["amount"] for each in outcomes})
        self.answer = "rechecked"

    def collect(self, act: Act, amount: int, payable: int) -> None:
        """Collect what is open, a deduction from what is payable."""
        must(self.way and self.answer not in WAITING and 0 < amount <= self.open_amount, "waits")
        must(self.way == "invoice" or amount <= payable, "more than payable")
        self._collect(act, amount, self.way)

    @event("Collected")
    def _collect(self, act: Act, amount: int, way: str) -> None:
        self.collected += amount
