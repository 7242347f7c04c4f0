"""What do we owe a supplier for its goods, and what did we pay or give back?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from recourse.aggregates.base import Act, Aggregate, MoneyEvent
from recourse.aggregates.record import Record, must_differ
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


@dataclass(frozen=True, slots=True)
class Entry:
    """A payable or a payment as it stands, in fen, and its record in force."""

    amount: int
    record: Record


class Account(Aggregate):
    """供方往来: payables recorded, payments, refunds. What notes take is on the notes."""

    TOPIC = "account"
    BEGINS = False  # an older payable may come later

    class PayableRecorded(MoneyEvent):
        TOPIC = "account.payable_recorded"

        document: str
        amount: Fen
        due_on: date

        def apply(self, account: Account) -> None:
            account.payables[self.document] = Entry(self.amount, Record.of(self, account))

        def takes(self, account: Account) -> tuple[str, ...]:
            return (f"payable {account.id} {self.document}",)

    class PayableCorrected(MoneyEvent):
        """The document says `amount` and not what `corrects`, an event, said of it."""

        TOPIC = "account.payable_corrected"

        document: str
        amount: Fen
        was: Fen
        corrects: str

        def apply(self, account: Account) -> None:
            account.payables[self.document] = Entry(self.amount, Record.of(self, account))

    class Paid(MoneyEvent):
        TOPIC = "account.paid"

        amount: Fen

        def apply(self, account: Account) -> None:
            account.payments.append(Entry(self.amount, Record.of(self, account)))

    class PaymentCorrected(MoneyEvent):
        """`amount` was paid and not what `corrects`, an event, said; nothing: it never was."""

        TOPIC = "account.payment_corrected"

        payment: int  # counted from 1
        amount: Fen
        was: Fen
        corrects: str

        def apply(self, account: Account) -> None:
            account.payments[self.payment - 1] = Entry(self.amount, Record.of(self, account))

    class Refunded(MoneyEvent):
        TOPIC = "account.refunded"

        amount: Fen

        def apply(self, account: Account) -> None:
            account.refunded += self.amount

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.payables: dict[str, Entry] = {}  # by document
        self.payments: list[Entry] = []
        self.refunded = 0

    @property
    def recorded(self) -> int:
        """What was recorded as payable, as corrected, in fen."""
        return sum(entry.amount for entry in self.payables.values())

    @property
    def paid(self) -> int:
        """What was paid, as corrected, in fen."""
        return sum(entry.amount for entry in self.payments)

    def payable(self, notes: Iterable[NoteMoney]) -> int:
        """What is recorded and neither paid nor deducted by the supplier's `notes`, in fen.

        Below nothing where a payable was corrected after more had been paid or deducted.
        """
        return self.recorded - self.paid - sum(note.deducted for note in notes)

    def refundable(self, notes: Iterable[NoteMoney]) -> int:
        """What the supplier's `notes` credited and nobody refunded yet, in fen."""
        return sum(note.credited for note in notes) - self.refunded

    def record_payable(self, act: Act, *, document: str, amount: int, due_on: date) -> None:
        """Record that `amount` is payable for goods, once a document (Z-4.6.3a)."""
        if document in self.payables:
            raise Refused("payable-already-recorded", document=document, supplier=self.id)
        if amount <= 0:
            raise Refused("amount-not-above-nothing", amount=yuan(amount))
        self.trigger(self.PayableRecorded, act, document=document, amount=amount, due_on=due_on)

    def correct_payable(self, act: Act, document: str, amount: int) -> None:
        """Put `amount`, nothing at least, in the place of what the document is on record with.

        It may be less than what was paid and deducted: then nothing more is payable (Z-4.6.3a).
        """
        known = self.payables.get(document)
        if known is None:
            raise Refused("no-such-payable", document=document, supplier=self.id)
        known.record.must_be_anothers(act, document)
        _must_be_right(document, known, amount)
        self.trigger(
            self.PayableCorrected,
            act,
            document=document,
            amount=amount,
            was=known.amount,
            corrects=known.record.event,
        )

    def pay(self, act: Act, amount: int, *, payable: int, held: int, by: Iterable[str]) -> None:
        """Pay the supplier at most what is payable and not `held` `by` notes (Z-4.6.3)."""
        if amount <= 0:
            raise Refused("amount-not-above-nothing", amount=yuan(amount))
        _must_be_free(amount, payable=payable, held=held, by=by)
        self.trigger(self.Paid, act, amount=amount)

    def must_have_paid(self, act: Act, payment: int) -> None:
        """Refuse to correct no payment, or one's own record of it (ZA33)."""
        if not 1 <= payment <= len(self.payments):
            count = len(self.payments)
            raise Refused("no-such-payment", payment=payment, supplier=self.id, count=count)
        self.payments[payment - 1].record.must_be_anothers(act, f"{self.id}/{payment}")

    def correct_payment(
        self, act: Act, payment: int, amount: int, *, payable: int, held: int, by: Iterable[str]
    ) -> None:
        """Put `amount` in the place of that payment; nothing means that it was never made.

        What it is more than before must be payable and not `held` `by` notes now (Z-4.6.3).
        """
        known = self.payments[payment - 1]
        _must_be_right(f"{self.id}/{payment}", known, amount)
        if amount > known.amount:
            _must_be_free(amount - known.amount, payable=payable, held=held, by=by)
        self.trigger(
            self.PaymentCorrected,
            act,
            payment=payment,
            amount=amount,
            was=known.amount,
            corrects=known.record.event,
        )

    def refund(self, act: Act, amount: int, *, refundable: int) -> None:
        """Give back what was taken too much, at most `refundable` (Z-4.6.1c)."""
        if not 0 < amount <= refundable:
            raise Refused("more-than-refundable", amount=yuan(amount), refundable=yuan(refundable))
        self.trigger(self.Refunded, act, amount=amount)


def _must_be_right(name: str, known: Entry, amount: int) -> None:
    """Refuse a corrected amount below nothing, and one that corrects nothing."""
    if amount < 0:
        raise Refused("amount-below-nothing", component=name, amount=yuan(amount))
    must_differ(name, was=yuan(known.amount), now=yuan(amount))


def _must_be_free(amount: int, *, payable: int, held: int, by: Iterable[str]) -> None:
    """Refuse to pay more than is payable and not `held` `by` notes."""
    if amount > payable:
        raise Refused("more-than-payable", "Z-4.6.3a", amount=yuan(amount), payable=yuan(payable))
    if amount > payable - held:
        raise Refused(
            "payment-held",
            "Z-4.6.3b",
            amount=yuan(amount),
            payable=yuan(payable),
            held=yuan(held),
            free=yuan(payable - held),
            chargebacks=", ".join(by),
        )
