"""Which months are settled with a supplier, by whom, and what do their statements say for ever?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from recourse.aggregates.base import Act, Aggregate, DomainEvent, MoneyEvent
from recourse.aggregates.statement import (
    Converted,
    Statement,
    StatementFigures,
    StatementLine,
    months_left_open,
    reckon,
)
from recourse.rulebook.months import Rate
from recourse.values.refusal import Refused


@dataclass(frozen=True, slots=True)
class Now:
    """How a month stands when it is looked at: what moved, what is held, by which rules.

    `settled_in` is the month under whose name the one asked for is settled, `running` that of
    today, and `rate` that of another currency.
    """

    moved: Sequence[StatementLine]
    held: int
    settled_in: str
    running: str
    rate: Rate | None = None


class Settlement(Aggregate):
    """月度结算: a supplier's months, closed in order by one person and approved by another."""

    TOPIC = "settlement"
    BEGINS = False  # one for all months of a supplier

    class Previewed(MoneyEvent):
        """Finance looked at what the month would be; nothing is settled by it."""

        TOPIC = "settlement.previewed"

        figures: StatementFigures
        converted: Converted | None = None

    class Closed(MoneyEvent):
        TOPIC = "settlement.closed"

        statement: Statement

        def apply(self, settlement: Settlement) -> None:
            settlement.closed.append(self.statement)
            settlement.waits = True
            settlement.closed_by = self.actor
            settlement.closed_on = self.effective_on

    class Approved(DomainEvent):
        TOPIC = "settlement.approved"

        month: str

        def apply(self, settlement: Settlement) -> None:
            settlement.waits = False

    class Returned(DomainEvent):
        """The close was not approved: the month is open again and its movements are free."""

        TOPIC = "settlement.returned"

        month: str

        def apply(self, settlement: Settlement) -> None:
            settlement.closed.pop()
            settlement.waits = False

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.closed: list[Statement] = []
        self.waits = False  # the last close for its approval
        self.closed_by = ""
        self.closed_on = date.min

    @property
    def last(self) -> str:
        """The last month closed; "" before any."""
        return self.closed[-1].month if self.closed else ""

    def is_approved(self, month: str) -> bool:
        """Whether `month` is closed for ever."""
        return any(it.month == month for it in self.closed) and not (
            self.waits and month == self.last
        )

    def preview(self, act: Act, month: str, now: Now) -> None:
        """Record that somebody looked at what `month` would be if it were closed now."""
        self._must_be_open(act, month, now)
        found = reckon(month, now.moved, self.closed, held=now.held, rate=now.rate)
        self.trigger(self.Previewed, act, figures=found.figures, converted=found.converted)

    def close(self, act: Act, month: str, now: Now) -> None:
        """Settle what moved up to the end of `month` and is in no closed month (Z-3.4.2).

        Months close in order, once, each after the approval of the one before; the running month
        may close, and what comes to it later is an adjustment.
        """
        self._must_be_open(act, month, now)
        if self.waits:
            raise Refused("close-awaits-approval", supplier=self.id, waits=self.last)
        left = months_left_open(month, now.moved, self.closed) if self.closed else []
        if left:
            raise Refused(
                "earlier-month-open", supplier=self.id, month=month, months=", ".join(left)
            )
        statement = reckon(month, now.moved, self.closed, held=now.held, rate=now.rate)
        self.trigger(self.Closed, act, statement=statement)

    def _must_be_open(self, act: Act, month: str, now: Now) -> None:
        if month != now.settled_in:
            raise Refused(
                "month-in-a-quarter", month=month, settled_in=now.settled_in, supplier=self.id
            )
        if month <= self.last:
            raise Refused("month-already-closed", supplier=self.id, month=month, last=self.last)
        if month > now.running:
            raise Refused("month-not-begun", month=month, on=act.on)

    def approve(self, act: Act, month: str) -> None:
        """Let the close of `month` stand for ever, by another person than closed it (ZA33)."""
        self._must_wait(month)
        if act.actor == self.closed_by:
            raise Refused(
                "own-close-approved", "ZA33", supplier=self.id, month=month, person=act.actor
            )
        self._must_follow_the_close(act, month)
        self.trigger(self.Approved, act, month=month)

    def send_back(self, act: Act, month: str) -> None:
        """Return the close of `month`: it is open again, as if nobody had closed it."""
        self._must_wait(month)
        self._must_follow_the_close(act, month)
        self.trigger(self.Returned, act, month=month)

    def _must_wait(self, month: str) -> None:
        if not self.waits or month != self.last:
            raise Refused("no-close-waits", supplier=self.id, month=month)

    def _must_follow_the_close(self, act: Act, month: str) -> None:
        if act.on < self.closed_on:
            raise Refused("before-the-close", month=month, on=act.on, closed_on=self.closed_on)
