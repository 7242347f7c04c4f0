"""Which holiday arrangements came in after this version of recourse was made?"""

from __future__ import annotations

from datetime import date
from typing import Any

from recourse.aggregates.base import Act, Aggregate, DomainEvent
from recourse.values.calendar import Arrangement, fault_of
from recourse.values.refusal import Refused

COUNTRY = "CN"


class Arrangements(Aggregate):
    """放假安排: each as the State Council published it, whole, with its source (ZA1)."""

    TOPIC = "calendar"
    BEGINS = False  # an arrangement is older than its entry in this log

    class Published(DomainEvent):
        """The arrangement of one year; an amendment is another one, published later."""

        TOPIC = "calendar.arrangement_published"

        year: int
        published_on: date
        source: str
        rest: tuple[date, ...]
        worked: tuple[date, ...]

        def apply(self, arrangements: Arrangements) -> None:
            arrangements.published.append(self)

        def takes(self, arrangements: Arrangements) -> tuple[str, ...]:
            return (f"arrangement {len(arrangements.published):04d} {self.year}",)

        @property
        def arrangement(self) -> Arrangement:
            """The same as the calendar takes it."""
            return Arrangement(
                year=self.year,
                published_on=self.published_on,
                source=self.source,
                rest=frozenset(self.rest),
                worked=frozenset(self.worked),
            )

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.published: list[Arrangements.Published] = []

    def publish(self, act: Act, arrangement: Arrangement, known: tuple[Arrangement, ...]) -> None:
        """Enter `arrangement`, which must not be among those `known` already (ZA1)."""
        if fault := fault_of(arrangement):
            year, day = arrangement.year, fault.day
            raise Refused("arrangement-of-another-year", year=year, key=fault.key, day=day)
        if arrangement.published_on > act.on:
            raise Refused(
                "arrangement-not-yet-published", published_on=arrangement.published_on, on=act.on
            )
        for each in known:
            if (each.year, each.published_on) == (arrangement.year, arrangement.published_on):
                same = (each.rest, each.worked) == (arrangement.rest, arrangement.worked)
                year, day = each.year, each.published_on
                if same:
                    raise Refused("arrangement-already-known", year=year, published_on=day)
                raise Refused("arrangement-contradicts", year=year, published_on=day)
        self.trigger(
            self.Published,
            act,
            year=arrangement.year,
            published_on=arrangement.published_on,
            source=arrangement.source,
            rest=tuple(sorted(arrangement.rest)),
            worked=tuple(sorted(arrangement.worked)),
        )
