"""Where is an old part: in the store, on a notice, taken away, or disposed of at whose cost?"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from recourse.aggregates.base import Act, DomainEvent, EvidencedEvent, MoneyEvent
from recourse.aggregates.order import must_follow
from recourse.aggregates.returned_part.inspected import InspectedPart
from recourse.values.money import Fen
from recourse.values.refusal import Refused

Place = Literal["store", "notified", "overdue", "cleared", "disposed"]
LEFT = ("notified", "overdue")  # on a notice, and still here


class ReturnedPart(InspectedPart):
    """旧件: the old parts under one tag; five facts about them (Z-4.2), and their place (Z-4.3)."""

    class Notified(DomainEvent):
        """Its supplier is asked to take it away (Z-4.3.2a)."""

        TOPIC = "returned_part.notified"

        notice: str

        def apply(self, part: ReturnedPart) -> None:
            part.notice = self.notice
            part.move("notified", self.effective_on)

    class Cleared(DomainEvent):
        TOPIC = "returned_part.cleared"

        notice: str

        def apply(self, part: ReturnedPart) -> None:
            part.move("cleared", self.effective_on)

    class Lapsed(DomainEvent):
        """The days to clear it are over and it is still here (Z-4.3.2b, ZA3)."""

        TOPIC = "returned_part.lapsed"

        notice: str

        def apply(self, part: ReturnedPart) -> None:
            part.place = "overdue"

    class Reopened(DomainEvent):
        """By the corrected receipt of its notice the days to clear it are not over."""

        TOPIC = "returned_part.reopened"

        notice: str

        def apply(self, part: ReturnedPart) -> None:
            part.place = "notified"

    class Disposed(EvidencedEvent, MoneyEvent):
        """The Company got rid of it; `supplier` is to bear the cost (Z-4.3.1b, Z-4.3.2b)."""

        TOPIC = "returned_part.disposed"

        supplier: str
        cost: Fen
        notice: str | None  # None: entrusted, so that there is no clock (ZA45)
        overridden: bool  # it was evidence, and the quality manager let it go (ZA19)

        def apply(self, part: ReturnedPart) -> None:
            part.disposal = self
            part.disposed_by = f"{part.stream}@{part.version}"
            part.chargeable = self.cost
            part.move("disposed", self.effective_on)

    class DisposalLowered(MoneyEvent):
        """An appeal left `supplier` this much of the cost of disposal; the rest ends (ZA25)."""

        TOPIC = "returned_part.disposal_lowered"

        supplier: str
        amount: Fen
        chargeback: str

        def apply(self, part: ReturnedPart) -> None:
            part.chargeable = self.amount

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.place: Place = "store"
        self.notice = ""
        self.disposal: ReturnedPart.Disposed | None = None
        self.disposed_by = ""  # the event
        self.chargeable = 0  # fen of the cost of disposal; never more than it

    def move(self, place: Place, day: date) -> None:
        """Remember that people brought it to `place` on `day`."""
        self.place = place
        self.since = day

    def notify(self, act: Act, notice: str) -> None:
        """Put it on a clearance notice, which is possible from the store only (Z-4.3.2a)."""
        if self.place != "store":
            raise Refused("part-not-in-store", tag=self.id, place=self.place)
        must_follow(act, self.since)
        self.trigger(self.Notified, act, notice=notice)

    def clear(self, act: Act) -> None:
        """Let the supplier take it away, also when overdue, until it is gone (Z-4.3.2a)."""
        if self.place not in LEFT:
            raise Refused("part-is-gone", tag=self.id, place=self.place)
        must_follow(act, self.since)
        self.trigger(self.Cleared, act, notice=self.notice)

    def judge(self, act: Act, *, overdue: bool) -> None:
        """Let what is left of a notice be overdue, or wait to be cleared again (ZA3)."""
        if self.place == "notified" and overdue:
            self.trigger(self.Lapsed, act, notice=self.notice)
        elif self.place == "overdue" and not overdue:
            self.trigger(self.Reopened, act, notice=self.notice)

    def must_be_disposable(self, act: Act, *, entrusted: bool, over: bool) -> None:
        """Refuse to dispose of what is gone, or of what its supplier may still clear in time.

        `entrusted`: disposed of from the store at any time (ZA45); otherwise only when overdue,
        and the days to clear it were `over` on the effective day (Z-4.3.2a).
        """
        if self.place == "disposed":
            raise Refused("part-already-disposed", "Z-4.3.2a", "Z-4.3.2b", tag=self.id)
        ready = self.place == "store" if entrusted else self.place == "overdue" and over
        if not ready:
            raise Refused("part-not-overdue", "Z-4.3.2a", tag=self.id, place=self.place)
        must_follow(act, self.since)

    def dispose(self, act: Act, *, supplier: str, cost: int, overridden: bool) -> None:
        """Get rid of it at `cost` fen, at least nothing, which `supplier` is to bear."""
        rules = ("Z-4.3.2b",) if self.notice else ("Z-4.3.1b", "ZA45")
        self.trigger(
            self.Disposed,
            act,
            clauses=(*rules, "ZA19") if overridden else rules,
            supplier=supplier,
            cost=cost,
            notice=self.notice or None,
            overridden=overridden,
        )

    def lower_disposal(self, act: Act, supplier: str, *, amount: int, chargeback: str) -> None:
        """Leave `supplier` at most `amount` fen of the cost of disposal from now on (ZA25)."""
        self.trigger(
            self.DisposalLowered, act, supplier=supplier, amount=amount, chargeback=chargeback
        )
