"""When did the supplier receive a note, and what did it answer in time or late?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from recourse.aggregates.base import Act, DomainEvent, EvidencedEvent
from recourse.aggregates.chargeback.drafting import Drafting
from recourse.aggregates.chargeback.lines import named
from recourse.aggregates.clocked import Clocked
from recourse.aggregates.deadline import RecordedDeadline
from recourse.aggregates.order import must_follow
from recourse.values.refusal import Refused

FINAL = ("confirmed", "deemed", "decided")
UNSETTLED = ("none", "appealed", "rechecked")


class Answering(Clocked, Drafting):
    """The part of a note from its receipt to the supplier's answer (Z-4.6.1a, Z-4.6.3a)."""

    class ReceiptRecorded(EvidencedEvent):
        TOPIC = "chargeback.receipt_recorded"

        received_on: date
        proof: str
        deadline: RecordedDeadline

        def apply(self, note: Answering) -> None:
            note.stage = "received"
            note.take_receipt(self.received_on, self.actor, self.deadline)

        def takes(self, note: Answering) -> tuple[str, ...]:
            return note.deadline_keys

        def frees(self, note: Answering) -> tuple[str, ...]:
            return note.keys_given_up()

    class ReceiptCorrected(EvidencedEvent):
        TOPIC = "chargeback.receipt_corrected"

        received_on: date
        deadline: RecordedDeadline

        def apply(self, note: Answering) -> None:
            note.take_receipt(self.received_on, self.actor, self.deadline)

        def takes(self, note: Answering) -> tuple[str, ...]:
            return note.deadline_keys

        def frees(self, note: Answering) -> tuple[str, ...]:
            return note.keys_given_up()

    class LastDayDetermined(DomainEvent):
        """The arrangement that the last day had waited for was published (ZA1)."""

        TOPIC = "chargeback.last_day_determined"

        deadline: RecordedDeadline

        def apply(self, note: Answering) -> None:
            note.take_last_day(self.deadline)

        def takes(self, note: Answering) -> tuple[str, ...]:
            return note.deadline_keys

        def frees(self, note: Answering) -> tuple[str, ...]:
            return note.keys_given_up()

    class AppealLapsed(DomainEvent):
        """The right to appeal is over; the note is not confirmed (ZA10)."""

        TOPIC = "chargeback.appeal_lapsed"

        def apply(self, note: Answering) -> None:
            note.answer = "lapsed"

    class DeemedAccepted(DomainEvent):
        """Silence counted as consent, where the setting and the supplier say so (ZA10)."""

        TOPIC = "chargeback.deemed_accepted"

        def apply(self, note: Answering) -> None:
            note.answer = "deemed"

    class AppealReopened(DomainEvent):
        """By the corrected receipt the days to appeal are not over."""

        TOPIC = "chargeback.appeal_reopened"

        def apply(self, note: Answering) -> None:
            note.answer = "none"

    class AppealRejudged(DomainEvent):
        """By the corrected receipt the appeal kept as late was in time."""

        TOPIC = "chargeback.appeal_rejudged"

        def apply(self, note: Answering) -> None:
            note.answer = "appealed"
            note.late_appeal = False

    class Appealed(EvidencedEvent):
        TOPIC = "chargeback.appealed"

        lines: tuple[str, ...]
        late: bool

        def apply(self, note: Answering) -> None:
            note.appealed_lines = self.lines
            note.appealed_on = self.effective_on
            note.since = self.effective_on
            note.late_appeal = self.late
            note.answer = "lapsed" if self.late else "appealed"

    class LateAppealAdmitted(DomainEvent):
        TOPIC = "chargeback.late_appeal_admitted"

        def apply(self, note: Answering) -> None:
            note.answer = "appealed"
            note.since = self.effective_on

    class Confirmed(DomainEvent):
        TOPIC = "chargeback.confirmed"

        def apply(self, note: Answering) -> None:
            note.answer = "confirmed"
            note.since = self.effective_on
            note.at_arbitration = False

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.answer = "none"
        self.since = date.min  # the day of the latest step of a person in the appeal
        self.appealed_lines: tuple[str, ...] = ()
        self.appealed_on: date | None = None
        self.late_appeal = False
        self.at_arbitration = False

    @property
    def late_appeal_waits(self) -> bool:
        """Whether an appeal after the last day was kept and not admitted."""
        return self.late_appeal and self.answer == "lapsed"

    def must_be_receivable(self) -> None:
        """Refuse a receipt before the issue, or a second one (Z-4.6.1a, ZA2)."""
        rules = ("Z-4.6.1a", "ZA2")
        self.must_be_issued(*rules)
        if self.received_on:
            raise Refused(
                "receipt-already-recorded",
                *rules,
                chargeback=self.id,
                received_on=self.received_on,
            )

    def record_receipt(
        self, act: Act, received_on: date, *, proof: str, deadline: RecordedDeadline
    ) -> None:
        """Record the receipt, which starts the clock (Z-4.6.1a, ZA2)."""
        self.must_fit(act, received_on)
        self.trigger(
            self.ReceiptRecorded, act, received_on=received_on, proof=proof, deadline=deadline
        )
        self.lapse(act, by=act.today, deem=False)

    def must_be_correctable(self, act: Act) -> None:
        """Refuse a correction of no receipt, or by who recorded the day in force (ZA33)."""
        self.must_live()
        if not self.received_on:
            raise Refused("no-receipt-yet", chargeback=self.id)
        if act.actor == self.receipt_by:
            raise Refused("own-receipt-corrected", "ZA33", chargeback=self.id, person=act.actor)

    def correct_receipt(self, act: Act, received_on: date, *, deadline: RecordedDeadline) -> None:
        """Correct the day of receipt; what followed from the wrong one is judged again."""
        self.must_fit(act, received_on)
        self.trigger(self.ReceiptCorrected, act, received_on=received_on, deadline=deadline)
        if self.late_appeal_waits and self.appealed_on and not self.over(self.appealed_on):
            self.trigger(self.AppealRejudged, act)
        elif self.answer in {"lapsed", "deemed"} and not self.over(act.today):
            self.trigger(self.AppealReopened, act)
        elif self.answer == "deemed":
            self.trigger(self.AppealLapsed, act)
        else:
            self.lapse(act, by=act.today, deem=False)

    def determine(self, act: Act, deadline: RecordedDeadline) -> None:
        """Take a last day that can be computed now; one already past only lapses (ZA1, ZA10)."""
        if self.live and deadline.last_day and not self.last_day:
            self.trigger(self.LastDayDetermined, act, deadline=deadline)
            self.lapse(act, by=act.today, deem=False)

    def must_fit(self, act: Act, received_on: date) -> None:
        """Refuse a receipt before the issue or after today (ZA2)."""
        if not self.issued_on <= received_on <= act.today:
            raise Refused(
                "receipt-outside-bounds",
                "ZA2",
                received_on=received_on,
                issued_on=self.issued_on,
                today=act.today,
            )

    def lapse(self, act: Act, *, by: date, deem: bool) -> None:
        """Let the right to appeal end where by that day it is past and nobody answered (ZA10)."""
        if self.live and self.answer == "none" and self.over(by):
            self.trigger(self.DeemedAccepted if deem else self.AppealLapsed, act)

    def confirm(self, act: Act) -> None:
        """Confirm what stands on the note (Z-4.6.3a)."""
        self.must_be_issued()
        if self.answer in FINAL:
            raise Refused("note-already-settled", chargeback=self.id, answer=self.answer)
        must_follow(act, self.issued_on)
        self.trigger(self.Confirmed, act)

    def appeal(self, act: Act, wanted: Sequence[str]) -> None:
        """Appeal against lines; one after the last day is kept as late (Z-4.6.1a, ZA10)."""
        self.must_be_issued()
        if not self.received_on:
            raise Refused("no-receipt-yet", chargeback=self.id)
        if self.answer not in {"none", "lapsed"} or self.late_appeal_waits:
            raise Refused("no-appeal-now", chargeback=self.id, answer=self.answer)
        lines = named(list(self.amounts), wanted)
        self.must_stand_on(lines, list(self.amounts))
        must_follow(act, self.received_on)
        self.trigger(self.Appealed, act, lines=tuple(lines), late=self.over(act.on))

    def must_stand_on(self, lines: Sequence[str], known: Sequence[str]) -> None:
        """Refuse lines that are not among `known`, and none at all."""
        strange = [line for line in lines if line not in known]
        if strange or not lines:
            raise Refused("no-such-line", chargeback=self.id, lines=", ".join(strange) or "-")

    def admit_late_appeal(self, act: Act) -> None:
        """Let the late appeal count, by authority and with a reason (ZA10)."""
        self.must_live()
        if not self.late_appeal_waits:
            raise Refused("no-late-appeal", chargeback=self.id, answer=self.answer)
        must_follow(act, self.since)
        self.trigger(self.LateAppealAdmitted, act)
