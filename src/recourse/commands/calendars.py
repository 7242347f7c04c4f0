"""What can be asked about the calendar, and what follows from a new year's arrangement?"""

from datetime import date

from pydantic import Field

from recourse.aggregates.arrangements import COUNTRY, Arrangements
from recourse.aggregates.base import Act
from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.clearance import Clearance
from recourse.commands.answers import time_to_appeal
from recourse.commands.base import Command, Desk, ShortText
from recourse.commands.clearances import judge, time_to_clear
from recourse.values.calendar import Arrangement
from recourse.values.parties import ENGINE, Identifier, Text


class ImportArrangement(Command):
    """The whole arrangement of a year as it was published, with where it can be read."""

    TITLE = Text("导入放假安排", "import the holiday arrangement")
    BY = ("admin",)
    RULES = ("ZA1",)

    year: int
    published_on: date
    source: ShortText
    rest: tuple[date, ...] = Field(min_length=1)
    worked: tuple[date, ...] = ()


def import_arrangement(command: ImportArrangement, act: Act, desk: Desk) -> None:
    arrangement = Arrangement(
        year=command.year,
        published_on=command.published_on,
        source=command.source,
        rest=frozenset(command.rest),
        worked=frozenset(command.worked),
    )
    desk.get(Arrangements, COUNTRY).publish(act, arrangement, desk.calendar.arrangements)


class DetermineAppeal(Command):
    TITLE = Text("确定申诉最后一天", "determine the last day to appeal")
    BY = (ENGINE,)
    RULES = ("Z-4.6.1a", "ZA1")

    chargeback: Identifier


def determine_appeal(command: DetermineAppeal, act: Act, desk: Desk) -> None:
    note = desk.get(Chargeback, command.chargeback)
    assert note.received_on
    note.determine(act, time_to_appeal(note, note.received_on, act, desk))


class DetermineClearance(Command):
    TITLE = Text("确定清理最后一天", "determine the last day to clear")
    BY = (ENGINE,)
    RULES = ("Z-4.3.2a", "ZA1")

    notice: Identifier


def determine_clearance(command: DetermineClearance, act: Act, desk: Desk) -> None:
    clearance = desk.get(Clearance, command.notice)
    assert clearance.received_on
    clearance.determine(act, time_to_clear(clearance, clearance.received_on, act, desk))
    judge(clearance, act, desk, by=act.today)
