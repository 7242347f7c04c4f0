"""Where is an old part, how many came, what was found, and what does its maker say?"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from recourse.aggregates.base import Act, Aggregate, DomainEvent, MoneyEvent
from recourse.values.money import Fen
from recourse.values.refusal import Refused

Finding = Literal[
    "part_defect",
    "assembly_defect",
    "misuse",
    "transport_damage",
    "no_fault_found",
    "undetermined",
]
Answer = Literal["agreed", "refused"]
Place = Literal["store", "notified", "overdue", "cleared", "disposed"]
LEFT = ("notified", "overdue")  # on a notice, and still here


class ReturnedPart(Aggregate):
    """旧件: the old parts under one tag; five facts about them (Z-4.2), and their place (Z-4.3)."""

    TOPIC = "returned_part"

    class Received(DomainEvent):
        TOPIC = "returned_part.received"

        claim: str
        listed: int

        def apply(self, part: ReturnedPart) -> None:
            part.claim = self.claim
            part.listed = self.listed
            part.facts.append("received")
            part.move("store", self.effective_on)

        def takes(self, part: ReturnedPart) -> tuple[str, ...]:
            return (f"claim {self.claim} part {part.id}",)

    class Counted(DomainEvent):
        TOPIC = "returned_part.counted"

        counted: int

        def apply(self, part: ReturnedPart) -> None:
            part.counted = self.counted
            part.note("counted")

    class Inspected(DomainEvent):
        TOPIC = "returned_part.inspected"

        finding: Finding

        def apply(self, part: ReturnedPart) -> None:
            part.finding = self.finding
            part.note("inspected")

    class Answered(DomainEvent):
        """The supplier was shown the part; "refused" is an answer too (Z-4.2.2b)."""

        TOPIC = "returned_part.answered"

        answer: Answer

        def apply(self, part: ReturnedPart) -> None:
            part.answer = self.answer
            part.note("confirmed")

    class ConfirmedOnline(DomainEvent):
        TOPIC = "returned_part.confirmed_online"

        def apply(self, part: ReturnedPart) -> None:
            part.note("online")

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

    class Disposed(MoneyEvent):
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
        self.claim = ""
        self.listed = 0
        self.counted: int | None = None
        self.finding: str | None = None
        self.answer: str | None = None
        self.facts: list[str] = []
        self.place: Place = "store"
        self.since = date.min  # the day on which people brought it to its place
        self.notice = ""
        self.disposal: ReturnedPart.Disposed | None = None
        self.disposed_by = ""  # the event
        self.chargeable = 0  # fen of the cost of disposal; never more than it

    def note(self, fact: str) -> None:
        """Remember that `fact` is on record."""
        if fact not in self.facts:
            self.facts.append(fact)

    def move(self, place: Place, day: date) -> None:
        """Remember that people brought it to `place` on `day`."""
        self.place = place
        self.since = day

    def receive(self, act: Act, *, claim: str, listed: int) -> None:
        """Take the tagged parts into the store; `listed` is what the old-part list says."""
        if self.exists:
            raise Refused("part-already-received", tag=self.id)
        _at_least_nothing(listed)
        self.trigger(self.Received, act, claim=claim, listed=listed)

    def count(self, act: Act, counted: int) -> None:
        """Count what came; a recount replaces the count, both numbers are kept (ZA39)."""
        _at_least_nothing(counted)
        self.trigger(self.Counted, act, counted=counted)

    def inspect(self, act: Act, finding: str) -> None:
        """Record the finding, once (Z-3.1.5, ZA44)."""
        if self.finding is not None:
            raise Refused("part-already-inspected", tag=self.id, finding=self.finding)
        self.trigger(self.Inspected, act, finding=finding)

    def record_answer(self, act: Act, answer: str) -> None:
        """Record what the supplier says of the part, once (Z-4.2.2b)."""
        if self.answer is not None:
            raise Refused("part-already-answered", tag=self.id, answer=self.answer)
        self.trigger(self.Answered, act, answer=answer)

    def confirm_online(self, act: Act) -> None:
        """Confirm it online, after the physical count (Z-4.2.3)."""
        if self.counted is None:
            raise Refused("part-not-counted", tag=self.id)
        if "online" in self.facts:
            raise Refused("part-already-online", tag=self.id)
        self.trigger(self.ConfirmedOnline, act)

    def notify(self, act: Act, notice: str) -> None:
        """Put it on a clearance notice, which is possible from the store only (Z-4.3.2a)."""
        if self.place != "store":
            raise Refused("part-not-in-store", tag=self.id, place=self.place)
        self._must_not_go_back(act)
        self.trigger(self.Notified, act, notice=notice)

    def clear(self, act: Act) -> None:
        """Let the supplier take it away, also when overdue, until it is gone (Z-4.3.2a)."""
        if self.place not in LEFT:
            raise Refused("part-is-gone", tag=self.id, place=self.place)
        self._must_not_go_back(act)
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
        self._must_not_go_back(act)

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

    def _must_not_go_back(self, act: Act) -> None:
        if act.on < self.since:
            raise Refused("before-its-cause", tag=self.id, on=act.on, since=self.since)


def _at_least_nothing(number: int) -> None:
    if number < 0:
        raise Refused("quantity-below-nothing", quantity=number)
