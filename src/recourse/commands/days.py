"""What is asked when a day begins?"""

from datetime import date

from recourse.aggregates.base import Act
from recourse.aggregates.day import Days
from recourse.commands.base import Command, Desk
from recourse.values.parties import ENGINE, Text


class BeginDay(Command):
    TITLE = Text("开始新的一天", "let the day begin")
    BY = (ENGINE,)
    RULES = ("Z-4.6.1a",)

    day: date


def begin_day(command: BeginDay, act: Act, desk: Desk) -> None:
    desk.get(Days, f"{command.day:%Y-%m}").begin(act, command.day)
