"""What did the vehicle network charge for one repair, and what of it was confirmed?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import Field

from recourse.aggregates.base import Act, Aggregate, DomainEvent, MoneyEvent
from recourse.rulebook.charging import Charging, Measures, Repair
from recourse.rulebook.kinds import Stage
from recourse.values.money import Fen, yuan
from recourse.values.refusal import Refused

DISPUTE_OPEN = ("returned", "verified", "unresolved", "referred")


class ReceivedLine(Aggregate):
    """The part of a claim that came from the network, and two of its three confirmations."""

    TOPIC = "claim"

    class Received(MoneyEvent):
        TOPIC = "claim.received"

        unit: str
        part: str
        stage: Stage
        repaired_on: date
        costs: dict[str, Fen]
        quantity: int
        note: str | None = None
        line: str | None = None
        line_version: int | None = None
        plant: str | None = None
        built_on: date | None = None
        sold_on: date | None = None
        mileage_km: int | None = None
        fault: str | None = None
        # file, row, original currency and rate, when it came in a file
        source: dict[str, str] = Field(default_factory=dict)
        doubts: tuple[str, ...] = ()  # what looked wrong on arrival
        unchecked: tuple[str, ...] = ()  # what could not be checked for lack of data
        applied: dict[str, str] = Field(default_factory=dict)  # terms, standard -> their event
        measures: Measures | None = None  # hours, unit price, distance, months in service

        def apply(self, claim: ReceivedLine) -> None:
            claim.received = self
            claim.measures = claim.measures.updated(self.measures)
            claim.claimed = dict(self.costs)
            claim.line_version = self.line_version

        def takes(self, claim: ReceivedLine) -> tuple[str, ...]:
            return (
                f"unit {self.unit} claim {claim.id}",
                f"received {self.effective_on:%Y-%m} claim {claim.id}",
            )

    class Amended(MoneyEvent):
        TOPIC = "claim.amended"

        costs: dict[str, Fen]
        line_version: int | None = None
        measures: Measures | None = None

        def apply(self, claim: ReceivedLine) -> None:
            claim.measures = claim.measures.updated(self.measures)
            claim.claimed = dict(self.costs)
            claim.line_version = self.line_version
            claim.states["cost"] = "open"
            claim.accepted = {}

    class Assigned(DomainEvent):
        TOPIC = "claim.assigned"

        to: str

    class InformationConfirmed(DomainEvent):
        TOPIC = "claim.information_confirmed"

        def apply(self, claim: ReceivedLine) -> None:
            claim.states["information"] = "confirmed"

    class CostConfirmed(MoneyEvent):
        TOPIC = "claim.cost_confirmed"

        accepted: dict[str, Fen]
        charging: Charging | None = None  # the rules on charges that govern the claim

        def apply(self, claim: ReceivedLine) -> None:
            claim.states["cost"] = "confirmed"
            claim.accepted = dict(self.accepted)
            claim.take_charging(self.charging)

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.received: ReceivedLine.Received
        self.claimed: dict[str, int] = {}
        self.line_version: int | None = None
        self.states = {"information": "open", "cost": "open", "responsibility": "open"}
        self.accepted: dict[str, int] = {}
        self.measures = Measures()
        self.charging: Charging | None = None
        self.charged_by = ""  # the event that the rules on charges are kept in
        self.dispute = "none"
        self.closed = False  # withdrawn by the centre, or refused in consultation

    @property
    def stage(self) -> str:
        """Where the failure showed: "zero_km", "pre_sale" or "after_sale"."""
        return self.received.stage

    @property
    def quantity(self) -> int:
        """How many parts were replaced; with none there is nothing to count or inspect."""
        return self.received.quantity

    def take_charging(self, charging: Charging | None) -> None:
        """Remember the rules on charges in force, and the event that is being applied."""
        self.charging = charging
        self.charged_by = self.latest

    def repair(self, accepted: Mapping[str, int] | None = None) -> Repair:
        """What the rules on charges look at, with `accepted` cost or that on record."""
        return Repair(
            claimed=self.claimed,
            accepted=self.accepted if accepted is None else accepted,
            quantity=self.received.quantity,
            repaired_on=self.received.repaired_on,
            sold_on=self.received.sold_on,
            mileage_km=self.received.mileage_km,
            measures=self.measures,
        )

    def receive(self, act: Act, **details: Any) -> None:
        """Take in a line of the network's recovery note, as it was charged (Z-4.4.2)."""
        if self.exists:
            raise Refused("claim-already-received", claim=self.id)
        above_nothing(details["costs"])
        if details["quantity"] < 0:
            raise Refused("quantity-below-nothing", quantity=details["quantity"])
        if details["repaired_on"] > act.on:
            raise Refused("repair-in-the-future", repaired_on=details["repaired_on"], on=act.on)
        self.trigger(self.Received, act, **details)

    def assign(self, act: Act, to: str) -> None:
        """Name the person who confirms it (Z-4.4.2)."""
        self.trigger(self.Assigned, act, to=to)

    def confirm_information(self, act: Act) -> None:
        """Confirm that the service information is genuine (Z-4.4.2)."""
        self.must_be_undisputed()
        self.must_not_be_ruled()
        self.trigger(self.InformationConfirmed, act)

    def must_be_undisputed(self, *also: str) -> None:
        """Refuse to confirm, attribute or amend under a dispute, or once closed (Z-4.4.2).

        `also` are the rules of another reason that holds as well.
        """
        rules = ("Z-4.4.2", *also)
        if self.dispute in DISPUTE_OPEN:
            raise Refused("claim-disputed", *rules, claim=self.id, dispute=self.dispute)
        if self.closed:
            raise Refused("claim-closed", *rules, claim=self.id)

    def must_not_be_ruled(self, *also: str) -> None:
        """Refuse to confirm or amend what the group ruled for good (Z-4.4.3d)."""
        if self.dispute == "ruled":
            raise Refused("group-has-ruled", "Z-4.4.3d", *also, claim=self.id)


def above_nothing(amounts: Mapping[str, int]) -> None:
    """Refuse an amount below nothing."""
    for component, amount in amounts.items():
        if amount < 0:
            raise Refused("amount-below-nothing", component=component, amount=yuan(amount))
