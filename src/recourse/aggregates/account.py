"""What do we owe a supplier for its goods, and what did we pay or give back?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from recourse.aggregates.base import Act, Aggregate, MoneyEvent
from recourse.values.money import Fen, yuan
from recourse.values.refusal import Refused


class NoteMoney(Protocol):
    """What an account looks at in a note."""

    @property
    def deducted(self) -> int:
        """What was taken from the payables, in fen."""

    @property
    def credited(self) -> int:
        """What was credited, in fen."""


class Account(Aggregate):
    """供方往来: payables recorded, payments, refunds. What notes take is on the notes."""

    TOPIC = "account"

    class PayableRecorded(MoneyEvent):
        TOPIC = "account.payable_recorded"

        document: str
        amount: Fen
        due_on: date

        def apply(self, account: Account) -> None:
            account.recorded += self.amount
            account.documents.add(self.document)

        def takes(self, account: Account) -> tuple[str, ...]:
            return (f"payable {account.id} {self.document}",)

    class Paid(MoneyEvent):
        TOPIC = "account.paid"

        amount: Fen

        def apply(self, account: Account) -> None:
            account.paid += self.amount

    class Refunded(MoneyEvent):
        TOPIC = "account.refunded"

        amount: Fen

        def apply(self, account: Account) -> None:
            account.refunded += self.amount

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.recorded = 0
        self.paid = 0
        self.refunded = 0
        self.documents: set[str] = set()

    def payable(self, notes: Iterable[NoteMoney]) -> int:
        """What is recorded and neither paid nor deducted by the supplier's `notes`, in fen."""
        return self.recorded - self.paid - sum(note.deducted for note in notes)

    def refundable(self, notes: Iterable[NoteMoney]) -> int:
        """What the supplier's `notes` credited and nobody refunded yet, in fen."""
        return sum(note.credited for note in notes) - self.refunded

    def record_payable(self, act: Act, *, document: str, amount: int, due_on: date) -> None:
        """Record that `amount` is payable for goods, once a document (Z-4.6.3a)."""
        if document in self.documents:
            raise Refused("payable-already-recorded", document=document, supplier=self.id)
        if amount <= 0:
            raise Refused("amount-not-above-nothing", amount=yuan(amount))
        self.trigger(self.PayableRecorded, act, document=document, amount=amount, due_on=due_on)

    def pay(self, act: Act, amount: int, *, payable: int, held: int, by: Iterable[str]) -> None:
        """Pay the supplier at most what is payable and not `held` `by` notes (Z-4.6.3)."""
        if amount <= 0:
            raise Refused("amount-not-above-nothing", amount=yuan(amount))
        if amount > payable:
            raise Refused(
                "more-than-payable", "Z-4.6.3a", amount=yuan(amount), payable=yuan(payable)
            )
        if amount > payable - held:
            raise Refused(
                "payment-held",
                amount=yuan(amount),
                payable=yuan(payable),
                held=yuan(held),
                free=yuan(payable - held),
                chargebacks=", ".join(by),
            )
        self.trigger(self.Paid, act, amount=amount)

    def refund(self, act: Act, amount: int, *, refundable: int) -> None:
        """Give back what was taken too much, at most `refundable` (Z-4.6.1c)."""
        if not 0 < amount <= refundable:
            raise Refused("more-than-refundable", amount=yuan(amount), refundable=yuan(refundable))
        self.trigger(self.Refunded, act, amount=amount)
