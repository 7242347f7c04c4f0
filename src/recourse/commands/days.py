"""What is asked when a day begins?"""

from datetime import date

from recourse.aggregates.base import Act
from recourse.aggregates.day import Days
from recourse.commands.base import Command, Desk
from recourse.values.parties import ENGINE, Text
from recourse.values.refusal import Refused

LONGEST_SILENCE = 3653  # days, ten years, that may begin in one run; more is a slip of the pen


class BeginDay(Command):
    TITLE = Text("开始新的一天", "let the day begin")
    BY = (ENGINE,)
    RULES = ("Z-4.6.1a",)

    day: date


def begin_day(command: BeginDay, act: Act, desk: Desk) -> None:
    begun = desk.held("day ")
    last = desk.get(Days, begun[-1][0].removeprefix("day ")).last if begun else None
    if last and (act.today - last).days > LONGEST_SILENCE:
        raise Refused("silence-too-long", last=last, day=act.today, most=LONGEST_SILENCE)
    desk.get(Days, f"{command.day:%Y-%m}").begin(act, command.day)
