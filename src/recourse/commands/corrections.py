"""What can be asked where a count, a finding, a payment or a payable was recorded wrongly?"""

from recourse.aggregates.account import Account
from recourse.aggregates.base import Act
from recourse.aggregates.hold import HoldRule, hold
from recourse.aggregates.returned_part import Finding, ReturnedPart
from recourse.aggregates.supplier import Supplier
from recourse.commands.base import Command, Desk, EvidencedCommand, ShortText
from recourse.commands.suppliers import notes_of
from recourse.values.money import Yuan
from recourse.values.parties import Identifier, Text


class CorrectCount(EvidencedCommand):
    TITLE = Text("更正清点数量", "correct the count")
    BY = ("quality_engineer",)
    RULES = ("Z-4.2.2a", "ZA39", "ZA33")

    tag: Identifier
    counted: int
    reason: ShortText


def correct_count(command: CorrectCount, act: Act, desk: Desk) -> None:
    desk.find(ReturnedPart, command.tag).correct_count(act, command.counted)


class CorrectFinding(EvidencedCommand):
    TITLE = Text("更正鉴定结论", "correct the finding")
    BY = ("quality_engineer",)
    RULES = ("Z-3.1.5", "ZA44", "ZA33")

    tag: Identifier
    finding: Finding
    reason: ShortText


def correct_finding(command: CorrectFinding, act: Act, desk: Desk) -> None:
    desk.find(ReturnedPart, command.tag).correct_finding(act, command.finding)


class CorrectPayable(Command):
    TITLE = Text("更正应付货款", "correct the payable")
    BY = ("finance",)
    RULES = ("Z-4.6.3a", "ZA33")

    supplier: Identifier
    document: Identifier
    amount: Yuan
    reason: ShortText


def correct_payable(command: CorrectPayable, act: Act, desk: Desk) -> None:
    desk.find(Supplier, command.supplier)
    account = desk.get(Account, command.supplier)
    account.correct_payable(act, command.document, command.amount)


class CorrectPayment(Command):
    TITLE = Text("更正付款", "correct the payment")
    BY = ("finance",)
    RULES = ("Z-4.6.3a", "ZA33")

    supplier: Identifier
    payment: int
    amount: Yuan
    reason: ShortText


def correct_payment(command: CorrectPayment, act: Act, desk: Desk) -> None:
    desk.find(Supplier, command.supplier)
    account = desk.get(Account, command.supplier)
    account.must_have_paid(act, command.payment)
    notes = notes_of(desk, command.supplier)
    payable = account.payable(notes.values())
    holding = hold(notes, HoldRule.on(act.on, desk.book))
    account.correct_payment(
        act,
        command.payment,
        command.amount,
        payable=payable,
        held=holding.of(payable),
        by=holding.reasons,
    )
