"""What can be asked about suppliers and their accounts?"""

from datetime import date

from pydantic import Field

from recourse.aggregates.account import Account
from recourse.aggregates.base import Act
from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.hold import HoldRule, hold
from recourse.aggregates.supplier import Disposal, Supplier
from recourse.commands.base import Command, Desk
from recourse.commands.rulebooks import text_of
from recourse.values.money import Yuan
from recourse.values.parties import Identifier, Text
from recourse.values.refusal import Refused

ShortName = Field(min_length=1, max_length=120)


class RegisterSupplier(Command):
    TITLE = Text("登记供方", "register the supplier")
    BY = ("purchasing",)
    RULES = ("Z-4.3.1a", "ZA4")

    supplier: Identifier
    name: str = ShortName
    disposal: Disposal


def register_supplier(command: RegisterSupplier, act: Act, desk: Desk) -> None:
    supplier = desk.get(Supplier, command.supplier)
    supplier.register(act, name=command.name, disposal=command.disposal)


class AcknowledgeRulebook(Command):
    TITLE = Text("登记供方对条款的知悉", "record the supplier's acknowledgement")
    BY = ("purchasing",)
    RULES = ("ZA10",)

    supplier: Identifier
    clauses: tuple[Identifier, ...] = Field(min_length=1)
    evidence: str | None = None
    content: Identifier | None = None  # the hash of the text; None: the one in force


def acknowledge_rulebook(command: AcknowledgeRulebook, act: Act, desk: Desk) -> None:
    supplier = desk.find(Supplier, command.supplier)
    sha256 = command.content or desk.book.sha256
    book = text_of(sha256, desk)
    if book is None:
        raise Refused("no-such-edition", sha256=sha256, rulebook=desk.book.id)
    clauses = {clause: book.clause_sha256(clause, act.on) for clause in command.clauses}
    supplier.acknowledge(act, book.sha256, clauses)


class RecordPayable(Command):
    TITLE = Text("登记应付货款", "record the payable")
    BY = ("finance",)
    RULES = ("Z-4.6.3a",)

    supplier: Identifier
    document: Identifier
    amount: Yuan
    due_on: date


def record_payable(command: RecordPayable, act: Act, desk: Desk) -> None:
    desk.find(Supplier, command.supplier)
    account = desk.get(Account, command.supplier)
    account.record_payable(
        act, document=command.document, amount=command.amount, due_on=command.due_on
    )


class PaySupplier(Command):
    TITLE = Text("支付货款", "pay the supplier")
    BY = ("finance",)
    RULES = ("Z-4.6.3b", "ZA8", "ZA9")

    supplier: Identifier
    amount: Yuan


def pay_supplier(command: PaySupplier, act: Act, desk: Desk) -> None:
    desk.find(Supplier, command.supplier)
    account = desk.get(Account, command.supplier)
    notes = notes_of(desk, command.supplier)
    payable = account.payable(notes.values())
    holding = hold(notes, HoldRule.on(act.on, desk.book))
    account.pay(act, command.amount, payable=payable, held=holding.of(payable), by=holding.reasons)


class RefundSupplier(Command):
    TITLE = Text("向供方退款", "refund the supplier")
    BY = ("finance",)
    RULES = ("Z-4.6.1c",)

    supplier: Identifier
    amount: Yuan


def refund_supplier(command: RefundSupplier, act: Act, desk: Desk) -> None:
    desk.find(Supplier, command.supplier)
    account = desk.get(Account, command.supplier)
    notes = notes_of(desk, command.supplier).values()
    account.refund(act, command.amount, refundable=account.refundable(notes))


def notes_of(desk: Desk, supplier: str) -> dict[str, Chargeback]:
    """Every note ever drafted of `supplier`, by its id."""
    return {note.id: note for note in desk.all(Chargeback, f"supplier {supplier} note ")}
