"""Until when does a supplier have time, from the receipt of what was sent to it?"""

from __future__ import annotations

from datetime import date
from typing import Any

from recourse.aggregates.base import Aggregate
from recourse.aggregates.deadline import RecordedDeadline


class Clocked(Aggregate):
    """A note or notice whose receipt starts a clock (Z-4.3.2a, Z-4.6.1a)."""

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.received_on: date | None = None
        self.receipt_by = ""
        self.deadline: RecordedDeadline | None = None
        self._waited = False  # for an arrangement, until the latest change of the last day

    @property
    def last_day(self) -> date | None:
        """The last day; None before the receipt, or while it cannot be computed."""
        return self.deadline.last_day if self.deadline else None

    @property
    def deadline_keys(self) -> tuple[str, ...]:
        """The key under which the day after the last one finds it, or a new arrangement."""
        if self.deadline and not self.last_day:
            return (self.undetermined_key,)
        return (f"last_day {self.last_day} {self.stream}",) if self.last_day else ()

    @property
    def undetermined_key(self) -> str:
        """The key it holds while its last day cannot be computed."""
        return f"undetermined {self.stream}"

    def keys_given_up(self) -> tuple[str, ...]:
        """The key of a last day that was undetermined until the latest receipt or arrangement."""
        return (self.undetermined_key,) if self._waited and self.last_day else ()

    def take_receipt(self, received_on: date, by: str, deadline: RecordedDeadline) -> None:
        """Remember the receipt in force, who recorded it, and the clock it started."""
        self.received_on = received_on
        self.receipt_by = by
        self.take_last_day(deadline)

    def take_last_day(self, deadline: RecordedDeadline) -> None:
        """Remember the last day that counts from now on."""
        self._waited = self.deadline is not None and self.last_day is None
        self.deadline = deadline

    def over(self, day: date) -> bool:
        """Whether on `day` the last day is past; never while it is undetermined."""
        return self.last_day is not None and self.last_day < day
