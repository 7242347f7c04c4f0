"""Which days have begun?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from recourse.aggregates.base import Act, Aggregate, DomainEvent


class Days(Aggregate):
    """The plant's days of one month, each begun once and in order, so that deadlines can pass.

    A month's name is such as "2026-03"; the months that have days hold keys in their order.
    """

    TOPIC = "day"

    class Began(DomainEvent):
        TOPIC = "day.began"

        day: date

        def apply(self, days: Days) -> None:
            days.last = self.day

        def takes(self, days: Days) -> tuple[str, ...]:
            return (f"day {days.id}",)

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.last: date | None = None

    def begin(self, act: Act, day: date) -> None:
        """Let `day` begin, which follows the last one."""
        assert self.last is None or day == self.last + timedelta(days=1), f"{day} is out of order"
        self.trigger(self.Began, act, day=day)
