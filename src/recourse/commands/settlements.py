"""What can be asked about a supplier's month?"""

from recourse.aggregates.account import Account
from recourse.aggregates.base import Act
from recourse.aggregates.hold import HoldRule, hold
from recourse.aggregates.settlement import Settlement
from recourse.aggregates.statement import StatementLine, movements_of
from recourse.aggregates.supplier import Supplier
from recourse.commands.base import Command, Desk, ShortText
from recourse.commands.drafts import Month
from recourse.commands.suppliers import notes_of
from recourse.values.parties import Identifier, Text


class MonthCommand(Command):
    """Something asked about one month of one supplier."""

    supplier: Identifier
    month: Month

    @property
    def about(self) -> str:
        """The statement's name, such as "S1/2026-03"."""
        return f"{self.supplier}/{self.month}"


class PreviewMonth(MonthCommand):
    TITLE = Text("预览月度结算", "preview the month")
    BY = ("finance",)
    RULES = ("Z-3.4.2", "ZA26")


def preview_month(command: PreviewMonth, act: Act, desk: Desk) -> None:
    settlement = _settlement(command, desk)
    moved, held = _as_of_now(command.supplier, act, desk)
    settlement.preview(act, command.month, moved, held=held)


class CloseMonth(MonthCommand):
    TITLE = Text("办理月度结账", "close the month")
    BY = ("finance",)
    RULES = ("Z-3.4.2", "ZA26")


def close_month(command: CloseMonth, act: Act, desk: Desk) -> None:
    settlement = _settlement(command, desk)
    moved, held = _as_of_now(command.supplier, act, desk)
    settlement.close(act, command.month, moved, held=held)


class ApproveClose(MonthCommand):
    TITLE = Text("批准月度结账", "approve the close of the month")
    BY = ("finance_checker",)
    RULES = ("Z-3.4.2", "ZA33")


def approve_close(command: ApproveClose, act: Act, desk: Desk) -> None:
    _settlement(command, desk).approve(act, command.month)


class ReturnClose(MonthCommand):
    TITLE = Text("退回月度结账", "return the close of the month")
    BY = ("finance_checker",)
    RULES = ("Z-3.4.2", "ZA33")

    reason: ShortText


def return_close(command: ReturnClose, act: Act, desk: Desk) -> None:
    _settlement(command, desk).send_back(act, command.month)


def _settlement(command: MonthCommand, desk: Desk) -> Settlement:
    desk.find(Supplier, command.supplier)
    return desk.get(Settlement, command.supplier)


def _as_of_now(supplier: str, act: Act, desk: Desk) -> tuple[list[StatementLine], int]:
    """What moved on the supplier's notes, and how much of its payable is held."""
    notes = notes_of(desk, supplier)
    payable = desk.get(Account, supplier).payable(notes.values())
    holding = hold(notes, HoldRule.on(act.on, desk.book))
    return movements_of(notes.values(), desk.book), holding.of(payable)
