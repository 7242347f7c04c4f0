"""Who is a supplier, and what has it agreed to?"""

from __future__ import annotations

from typing import Any, Literal

from recourse.aggregates.base import Act, Aggregate, DomainEvent
from recourse.values.refusal import Refused

Disposal = Literal["takes_back", "entrusted"]


class Supplier(Aggregate):
    """供方: its name, how its old parts are disposed of, which clauses it acknowledged."""

    TOPIC = "supplier"
    BEGINS = False  # the acknowledgement may be older than the entry in this log

    class Registered(DomainEvent):
        TOPIC = "supplier.registered"

        name: str
        disposal: Disposal

        def apply(self, supplier: Supplier) -> None:
            supplier.name = self.name
            supplier.disposal = self.disposal

    class RulebookAcknowledged(DomainEvent):
        TOPIC = "supplier.rulebook_acknowledged"

        acknowledged: tuple[str, ...]

        def apply(self, supplier: Supplier) -> None:
            supplier.acknowledged.update(self.acknowledged)

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.name = ""
        self.disposal = ""
        self.acknowledged: set[str] = set()

    def register(self, act: Act, *, name: str, disposal: str) -> None:
        """Enter the supplier with its quality assurance agreement (Z-4.3.1a, ZA4)."""
        if self.exists:
            raise Refused("supplier-already-registered", supplier=self.id)
        self.trigger(self.Registered, act, name=name, disposal=disposal)

    def acknowledge(self, act: Act, clauses: tuple[str, ...]) -> None:
        """Record that the supplier acknowledged `clauses` of the rulebook (ZA10)."""
        self.trigger(self.RulebookAcknowledged, act, acknowledged=clauses)
