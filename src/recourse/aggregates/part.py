"""Which supplier makes a bought-in part, what may its repair cost, how long is it warranted?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict

from recourse.aggregates.base import Act, Aggregate, DomainEvent, MoneyEvent
from recourse.aggregates.claim.doubts import Agreed
from recourse.aggregates.claim.received import above_nothing
from recourse.values.money import Fen
from recourse.values.refusal import Refused


class Source(BaseModel):
    """One entry of the part master: who supplies the part, since and until when, for what."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    supplier: str
    since: date | None = None
    until: date | None = None
    lots: tuple[str, ...] = ()
    serials: tuple[str, ...] = ()


def made_by(sources: Sequence[Source], unit: str, day: date) -> str | None:
    """Who made the part built into `unit` on `day`: the latest entry that covers it, or None.

    An entry with serials covers these units only; one with lots covers no unit, for a claim
    does not tell the lot.
    """
    for source in reversed(sources):
        begun = source.since is None or source.since <= day
        ended = source.until is not None and source.until < day
        named = unit in source.serials if source.serials else not source.lots
        if begun and not ended and named:
            return source.supplier
    return None


class Part(Aggregate):
    """配套件: which supplier makes a bought-in part, since when, in which lots (Z-3.2.1)."""

    TOPIC = "part"
    BEGINS = False  # what was agreed earlier may be told later

    class Registered(DomainEvent):
        TOPIC = "part.registered"

        name: str
        supplier: str
        since: date | None = None
        until: date | None = None
        lots: tuple[str, ...] = ()
        serials: tuple[str, ...] = ()
        family: str | None = None  # the kind of part that rules on charges are written for

        def apply(self, part: Part) -> None:
            part.family = self.family or part.family
            part.entries.append(self)
            part.sources.append(self.source)

        @property
        def source(self) -> Source:
            """The entry itself, without who made it and when."""
            return Source.model_validate(self.model_dump())

    class StandardAgreed(MoneyEvent):
        """From a day of repair on, at most this is paid of each component named."""

        TOPIC = "part.standard_agreed"

        since: date
        costs: dict[str, Fen]

        def apply(self, part: Part) -> None:
            part.standards.append((self.since, self.costs, part.latest))

    class TermsAgreed(DomainEvent):
        """From a day of sale on, the part is warranted for so long and so far (ZA21)."""

        TOPIC = "part.terms_agreed"

        since: date
        months: int | None = None
        mileage_km: int | None = None

        def apply(self, part: Part) -> None:
            part.terms.append((self.since, self, part.latest))

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.family: str | None = None
        self.entries: list[Part.Registered] = []
        self.sources: list[Source] = []
        self.standards: list[tuple[date, dict[str, int], str]] = []
        self.terms: list[tuple[date, Part.TermsAgreed, str]] = []

    def register(self, act: Act, **source: Any) -> None:
        """Enter one source of the part; the same source twice is refused."""
        for known in self.entries:
            if all(getattr(known, name) == value for name, value in source.items()):
                raise Refused("part-already-registered", part=self.id, supplier=known.supplier)
        self.trigger(self.Registered, act, **source)

    def supplier_of(self, unit: str, day: date) -> str | None:
        """Who made the part built into `unit` on `day`, or None where no entry covers it."""
        return made_by(self.sources, unit, day)

    def agree_standard(self, act: Act, since: date, costs: dict[str, int]) -> None:
        """Record the most that is paid for its repair, for repairs from `since` on."""
        above_nothing(costs)
        self.trigger(self.StandardAgreed, act, since=since, costs=costs)

    def agree_terms(
        self, act: Act, since: date, months: int | None, mileage_km: int | None
    ) -> None:
        """Record how long and how far it is warranted, for units sold from `since` on (ZA21)."""
        self.trigger(self.TermsAgreed, act, since=since, months=months, mileage_km=mileage_km)

    def agreed(self, repaired_on: date, sold_on: date | None) -> tuple[Agreed, dict[str, str]]:
        """What governs a repair on that day of a unit sold on that one, and the events it is from.

        Without a day of sale no terms can be told to be those of the unit. Of several entries the
        one that begins last counts, of these the one recorded last.
        """
        standard = _in_force(self.standards, repaired_on)
        terms = _in_force(self.terms, sold_on) if sold_on else None
        found = Agreed(
            standard=standard[1] if standard else {},
            months=terms[1].months if terms else None,
            mileage_km=terms[1].mileage_km if terms else None,
        )
        named = {"standard": standard, "terms": terms}
        return found, {name: entry[2] for name, entry in named.items() if entry}


T = TypeVar("T")


def _in_force(entries: Sequence[tuple[date, T, str]], day: date) -> tuple[date, T, str] | None:
    begun = [entry for entry in entries if entry[0] <= day]
    return max(reversed(begun), key=lambda entry: entry[0], default=None)
