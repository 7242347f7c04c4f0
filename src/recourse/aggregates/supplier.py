"""Who supplies what, and what has the supplier agreed to?"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from recourse.aggregates.base import Act, Aggregate, DomainEvent
from recourse.values.refusal import Refused

Disposal = Literal["takes_back", "entrusted"]


class Supplier(Aggregate):
    """供方: its name, how its old parts are disposed of, which clauses it acknowledged."""

    TOPIC = "supplier"

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


class Part(Aggregate):
    """配套件: which supplier makes a bought-in part, since when, in which lots (Z-3.2.1)."""

    TOPIC = "part"

    class Registered(DomainEvent):
        TOPIC = "part.registered"

        name: str
        supplier: str
        since: date | None = None
        until: date | None = None
        lots: tuple[str, ...] = ()
        serials: tuple[str, ...] = ()

        def apply(self, part: Part) -> None:
            part.sources.append(self)

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.sources: list[Part.Registered] = []

    def register(self, act: Act, **source: Any) -> None:
        """Enter one source of the part; the same source twice is refused."""
        for known in self.sources:
            if all(getattr(known, name) == value for name, value in source.items()):
                raise Refused("part-already-registered", part=self.id, supplier=known.supplier)
        self.trigger(self.Registered, act, **source)

    def supplier_of(self, unit: str, day: date) -> str | None:
        """Who made the part built into `unit` on `day`: the latest entry that covers it, or None.

        An entry with serials covers these units only; one with lots covers no unit, for a claim
        does not tell the lot.
        """
        for source in reversed(self.sources):
            begun = source.since is None or source.since <= day
            ended = source.until is not None and source.until < day
            named = unit in source.serials if source.serials else not source.lots
            if begun and not ended and named:
                return source.supplier
        return None
