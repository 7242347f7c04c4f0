"""How is a note collected, credited or made void?"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from recourse.aggregates.base import Act, DomainEvent, MoneyEvent
from recourse.aggregates.chargeback.answer import FINAL
from recourse.aggregates.chargeback.recheck import Rechecking
from recourse.aggregates.deadline import RecordedDeadline
from recourse.aggregates.order import must_follow
from recourse.values.money import Fen, yuan
from recourse.values.refusal import Refused

Way = Literal["invoice", "deduction"]


class Chargeback(Rechecking):
    """质量损失索赔单: what a supplier is charged, its answer, and the money taken or given back."""

    class CollectionChosen(DomainEvent):
        TOPIC = "chargeback.collection_chosen"

        way: Way

        def apply(self, note: Chargeback) -> None:
            note.way = self.way

    class Collected(MoneyEvent):
        TOPIC = "chargeback.collected"

        amount: Fen
        way: Way

        def apply(self, note: Chargeback) -> None:
            note.collected += self.amount
            note.move("collected", -self.amount, self.effective_on)
            note.void_agreed_by = ""

    class Credited(MoneyEvent):
        """What was collected beyond what stands is owed to the supplier (Z-4.6.1c)."""

        TOPIC = "chargeback.credited"

        amount: Fen

        def apply(self, note: Chargeback) -> None:
            note.credited += self.amount
            note.move("credited", self.amount, self.effective_on)

    class VoidAgreed(DomainEvent):
        TOPIC = "chargeback.void_agreed"

        def apply(self, note: Chargeback) -> None:
            note.void_agreed_by = self.actor
            note.void_agreed_in = note.answer

    class Voided(DomainEvent):
        TOPIC = "chargeback.voided"

        def apply(self, note: Chargeback) -> None:
            if note.is_issued:
                note.move("voided", -note.total, self.effective_on)
            note.stage = "void"
            note.amounts = dict.fromkeys(note.amounts, 0)

        def frees(self, note: Chargeback) -> tuple[str, ...]:
            return note.charged_keys

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.way: Way | None = None
        self.collected = 0
        self.credited = 0
        self.void_agreed_by = ""
        self.void_agreed_in = ""  # the answer at the agreement

    @property
    def open_amount(self) -> int:
        """What is still to be collected, in fen."""
        return self.total - self.collected + self.credited

    @property
    def deducted(self) -> int:
        """What was taken from the supplier's payables, in fen."""
        return self.collected if self.way == "deduction" else 0

    @property
    def needs_agreement(self) -> bool:
        """Whether Finance must agree before the note is made void (ZA33)."""
        return self.collected > 0 or self.answer in FINAL

    def take_receipt(self, received_on: date, by: str, deadline: RecordedDeadline) -> None:
        """Remember the receipt; an agreement to void was given before it and ends."""
        super().take_receipt(received_on, by, deadline)
        self.void_agreed_by = ""

    @property
    def void_is_agreed(self) -> bool:
        """Whether Finance agreed, and no final answer came or went since (ZA33)."""
        same = {self.void_agreed_in, self.answer}
        return bool(self.void_agreed_by) and (len(same) == 1 or not same.intersection(FINAL))

    def choose_collection(self, act: Act, way: Way) -> None:
        """Choose invoice or deduction, once, from the approval on (ZA16)."""
        self.must_live()
        if not self.is_approved:
            raise Refused("note-not-approved", chargeback=self.id, stage=self.stage)
        if self.way:
            raise Refused("collection-already-chosen", chargeback=self.id, way=self.way)
        must_follow(act, self.approved_on)
        self.trigger(self.CollectionChosen, act, way=way)

    def must_be_collectable(self) -> Way:
        """The way chosen; refuse to collect what is void, not issued, or without one (ZA16)."""
        self.must_live()
        if not self.is_issued:
            raise Refused("note-not-issued", "ZA16", "ZA17", chargeback=self.id, stage=self.stage)
        if not self.way:
            raise Refused("no-collection-chosen", "ZA16", chargeback=self.id)
        return self.way

    def collect(self, act: Act, amount: int, *, waits: bool, payable: int) -> None:
        """Collect `amount` of what is open; a deduction takes from `payable` (ZA17, Z-4.5.2d)."""
        if waits and self.answer in {"none", "appealed"}:
            raise Refused("collection-waits", "ZA17", chargeback=self.id, answer=self.answer)
        must_follow(act, self.issued_on)
        if not 0 < amount <= self.open_amount:
            raise Refused(
                "more-than-open", "ZA17", amount=yuan(amount), open=yuan(self.open_amount)
            )
        if self.way == "deduction" and amount > payable:
            raise Refused(
                "deduction-exceeds-payable",
                "Z-4.5.2d",
                amount=yuan(amount),
                payable=yuan(payable),
            )
        self.trigger(self.Collected, act, amount=amount, way=self.way)

    def credit_excess(self, act: Act) -> None:
        """Credit what was collected beyond what stands now."""
        if self.open_amount < 0:
            self.trigger(self.Credited, act, amount=-self.open_amount)

    def agree_to_void(self, act: Act) -> None:
        """Agree, for Finance, that a note with money or a final answer becomes void (ZA33)."""
        self.must_live()
        if not self.needs_agreement:
            raise Refused("no-agreement-needed", chargeback=self.id)
        if self.void_agreed_by and self.void_agreed_in == self.answer:
            raise Refused("void-already-agreed", chargeback=self.id)
        must_follow(act, max(self.issued_on, self.since))
        self.trigger(self.VoidAgreed, act)

    def void(self, act: Act) -> None:
        """Bring every line to nothing and free what stood on it; what was collected is credited."""
        self.must_live()
        if self.needs_agreement and not self.void_is_agreed:
            raise Refused("void-not-agreed", "ZA33", chargeback=self.id)
        if self.needs_agreement and self.void_agreed_by == act.actor:
            raise Refused("own-agreement", "ZA33", chargeback=self.id, person=act.actor)
        must_follow(act, max(self.approved_on, self.issued_on, self.since))
        self.trigger(self.Voided, act)
        self.credit_excess(act)
