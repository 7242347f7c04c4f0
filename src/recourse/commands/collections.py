"""What can be asked about the money of a chargeback, and about making it void?"""

from typing import Literal

from recourse.aggregates.account import Account
from recourse.aggregates.base import Act
from recourse.aggregates.chargeback import Chargeback
from recourse.commands.base import Command, Desk, ShortText
from recourse.commands.referrals import must_not_be_referred
from recourse.commands.suppliers import notes_of
from recourse.values.money import Yuan
from recourse.values.parties import Identifier, Text


class VoidChargeback(Command):
    TITLE = Text("作废索赔单", "void the chargeback")
    BY = ("quality_manager",)
    RULES = ("Z-4.5.2b",)

    chargeback: Identifier
    reason: ShortText


def void_chargeback(command: VoidChargeback, act: Act, desk: Desk) -> None:
    desk.find(Chargeback, command.chargeback).void(act)


class AgreeToVoid(Command):
    TITLE = Text("同意作废", "agree to the voiding")
    BY = ("finance_checker",)
    RULES = ("ZA33",)

    chargeback: Identifier
    reason: ShortText


def agree_to_void(command: AgreeToVoid, act: Act, desk: Desk) -> None:
    desk.find(Chargeback, command.chargeback).agree_to_void(act)


class ChooseCollection(Command):
    TITLE = Text("选择收款方式", "choose the way of collection")
    BY = ("finance",)
    RULES = ("ZA16", "Z-4.5.2c", "Z-4.5.2d")

    chargeback: Identifier
    way: Literal["invoice", "deduction"]


def choose_collection(command: ChooseCollection, act: Act, desk: Desk) -> None:
    desk.find(Chargeback, command.chargeback).choose_collection(act, command.way)


class CollectChargeback(Command):
    TITLE = Text("收取索赔款", "collect the chargeback")
    BY = ("finance",)
    RULES = ("ZA17",)

    chargeback: Identifier
    amount: Yuan | None = None


def collect_chargeback(command: CollectChargeback, act: Act, desk: Desk) -> None:
    note = desk.find(Chargeback, command.chargeback)
    note.must_be_collectable()
    must_not_be_referred(desk, note)
    payable = desk.get(Account, note.supplier).payable(notes_of(desk, note.supplier).values())
    amount = note.open_amount if command.amount is None else command.amount
    waits = desk.book.switch("collection.waits", act.on)
    note.collect(act, amount, waits=waits, payable=payable)
