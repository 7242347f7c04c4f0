"""What can be asked about a supplier's month?"""

from recourse.aggregates.account import Account
from recourse.aggregates.base import Act
from recourse.aggregates.hold import HoldRule, hold
from recourse.aggregates.settlement import Now, Settlement
from recourse.aggregates.statement import month_of, movements_of
from recourse.aggregates.supplier import Supplier
from recourse.commands.base import Command, Desk, ShortText
from recourse.commands.drafts import Month
from recourse.commands.suppliers import notes_of
from recourse.rulebook.months import Rate, settled_in
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
    settlement.preview(act, command.month, _as_of_now(command, act, desk))


class CloseMonth(MonthCommand):
    TITLE = Text("办理月度结账", "close the month")
    BY = ("finance",)
    RULES = ("Z-3.4.2", "ZA26")


def close_month(command: CloseMonth, act: Act, desk: Desk) -> None:
    settlement = _settlement(command, desk)
    settlement.close(act, command.month, _as_of_now(command, act, desk))


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


def _as_of_now(command: MonthCommand, act: Act, desk: Desk) -> Now:
    """What moved on the supplier's notes, how much of its payable is held, by which rules."""
    notes, book = notes_of(desk, command.supplier), desk.book
    payable = desk.get(Account, command.supplier).payable(notes.values())
    month = settled_in(command.month, book)
    return Now(
        moved=movements_of(notes.values(), book),
        held=hold(notes, HoldRule.on(act.on, book)).of(payable),
        settled_in=month,
        running=settled_in(month_of(act.on), book),
        rate=Rate.of(command.supplier, month, book),
    )
