"""Which old parts was a supplier asked to take away, and until when?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from recourse.aggregates.base import Act, DomainEvent, EvidencedEvent
from recourse.aggregates.clocked import Clocked
from recourse.aggregates.deadline import RecordedDeadline
from recourse.values.refusal import Refused


class Clearance(Clocked):
    """旧件清理通知: a notice to clear old parts, its receipt, and the days that this starts.

    Each part is judged by itself (ZA3) and knows where it is; the notice knows the clock.
    """

    TOPIC = "clearance"

    class Notified(DomainEvent):
        TOPIC = "clearance.notified"

        supplier: str
        tags: tuple[str, ...]

        def apply(self, clearance: Clearance) -> None:
            clearance.supplier = self.supplier
            clearance.tags = self.tags
            clearance.notified_on = self.effective_on

    class ReceiptRecorded(EvidencedEvent):
        TOPIC = "clearance.receipt_recorded"

        received_on: date
        proof: str
        deadline: RecordedDeadline

        def apply(self, clearance: Clearance) -> None:
            clearance.take_receipt(self.received_on, self.actor, self.deadline)

        def takes(self, clearance: Clearance) -> tuple[str, ...]:
            return clearance.deadline_keys

        def frees(self, clearance: Clearance) -> tuple[str, ...]:
            return clearance.keys_given_up()

    class ReceiptCorrected(EvidencedEvent):
        TOPIC = "clearance.receipt_corrected"

        received_on: date
        deadline: RecordedDeadline

        def apply(self, clearance: Clearance) -> None:
            clearance.take_receipt(self.received_on, self.actor, self.deadline)

        def takes(self, clearance: Clearance) -> tuple[str, ...]:
            return clearance.deadline_keys

        def frees(self, clearance: Clearance) -> tuple[str, ...]:
            return clearance.keys_given_up()

    class LastDayDetermined(DomainEvent):
        """The arrangement that the last day had waited for was published (ZA1)."""

        TOPIC = "clearance.last_day_determined"

        deadline: RecordedDeadline

        def apply(self, clearance: Clearance) -> None:
            clearance.take_last_day(self.deadline)

        def takes(self, clearance: Clearance) -> tuple[str, ...]:
            return clearance.deadline_keys

        def frees(self, clearance: Clearance) -> tuple[str, ...]:
            return clearance.keys_given_up()

    class Lapsed(DomainEvent):
        """The days to clear are over; `left` was not cleared (Z-4.3.2b)."""

        TOPIC = "clearance.lapsed"

        left: tuple[str, ...]

        def apply(self, clearance: Clearance) -> None:
            clearance.lapsed = True

    class Reopened(DomainEvent):
        """By the corrected receipt the days to clear are not over."""

        TOPIC = "clearance.reopened"

        def apply(self, clearance: Clearance) -> None:
            clearance.lapsed = False

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.supplier = ""
        self.tags: tuple[str, ...] = ()
        self.notified_on = date.min
        self.lapsed = False

    def notify(self, act: Act, *, supplier: str, tags: Sequence[str]) -> None:
        """Ask `supplier` to clear the parts under `tags`, one at least (Z-4.3.2a)."""
        if self.exists:
            raise Refused("notice-already-known", notice=self.id, supplier=self.supplier)
        if not tags:
            raise Refused("no-parts-named")
        self.trigger(self.Notified, act, supplier=supplier, tags=tuple(tags))

    def must_name(self, tags: Sequence[str]) -> None:
        """Refuse tags that are not on the notice, and none at all."""
        strange = [tag for tag in tags if tag not in self.tags]
        if strange:
            raise Refused("part-not-on-notice", tag=", ".join(strange), notice=self.id)
        if not tags:
            raise Refused("no-parts-named")

    def must_be_receivable(self) -> None:
        """Refuse a second receipt (Z-4.3.2a)."""
        if self.received_on:
            raise Refused(
                "notice-receipt-already-recorded", notice=self.id, received_on=self.received_on
            )

    def record_receipt(
        self, act: Act, received_on: date, *, proof: str, deadline: RecordedDeadline
    ) -> None:
        """Record the receipt, which starts the clock (Z-4.3.2a, ZA2)."""
        self.must_fit(act, received_on)
        self.trigger(
            self.ReceiptRecorded, act, received_on=received_on, proof=proof, deadline=deadline
        )

    def must_be_correctable(self, act: Act) -> None:
        """Refuse a correction of no receipt, or by who recorded the day in force (ZA33)."""
        if not self.received_on:
            raise Refused("no-notice-receipt-yet", notice=self.id)
        if act.actor == self.receipt_by:
            raise Refused("own-notice-receipt-corrected", "ZA33", notice=self.id, person=act.actor)

    def correct_receipt(self, act: Act, received_on: date, *, deadline: RecordedDeadline) -> None:
        """Correct the day of receipt, within the same bounds (ZA2)."""
        self.must_fit(act, received_on)
        self.trigger(self.ReceiptCorrected, act, received_on=received_on, deadline=deadline)

    def determine(self, act: Act, deadline: RecordedDeadline) -> None:
        """Take a last day that can be computed now (ZA1)."""
        if deadline.last_day and not self.last_day:
            self.trigger(self.LastDayDetermined, act, deadline=deadline)

    def judge(self, act: Act, *, by: date, left: Sequence[str]) -> None:
        """Let the days to clear be over, or run again, as they are on the day `by`.

        With nothing `left` to clear there is nothing that could lapse.
        """
        if left and not self.lapsed and self.over(by):
            self.trigger(self.Lapsed, act, left=tuple(left))
        elif self.lapsed and not self.over(by):
            self.trigger(self.Reopened, act)

    def must_fit(self, act: Act, received_on: date) -> None:
        """Refuse a day of receipt before the notice, or after today (ZA2)."""
        if not self.notified_on <= received_on <= act.today:
            raise Refused(
                "notice-receipt-outside-bounds",
                "ZA2",
                received_on=received_on,
                notified_on=self.notified_on,
                today=act.today,
            )
