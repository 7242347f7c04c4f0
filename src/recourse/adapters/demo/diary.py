"""What is asked on which day, in which order, and does the engine answer as the story says?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import select

from recourse.adapters.demo.parts import PEOPLE
from recourse.application import Ask, Person, Recourse
from recourse.commands import PUBLIC, Command
from recourse.commands.referrals import CloseReferral
from recourse.projections.referrals import REFERRALS
from recourse.values.parties import instant

MIDNIGHT = time(0, 5)
WORK_BEGINS = time(8, 0)
FIRST, USUAL, LAST = 0, 1, 2
"""The turns of a day: what everything else needs, stories, and what looks at the whole day."""

ONE_DAY = timedelta(days=1)
ABOUT = "about:"
"""Before the name of what a referral is about, where a story cannot know that of the referral."""

DAYS_WATCHED = 45
"""How long after the first day each day begins at midnight; later ones begin with the next act."""


class ToldOtherwise(Exception):
    """The engine answered differently from what the story says: one of the two is wrong."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act of a story; `refused` is the code of the refusal that the story expects."""

    day: date
    turn: int
    person: str
    command: Command
    on: date | None
    refused: str | None


class Diary:
    """Everything the demo asks, written down story by story and played day by day."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.refused: dict[str, list[str]] = {}  # code -> the references of what was refused

    def write(self, day: date, person: str, act: str, fields: dict[str, Any]) -> None:
        """Put an act on `day`; within a turn acts keep the order in which they are written.

        Of `fields`, "on" is the effective day, "refused" the code of the refusal expected, and
        "turn" the turn of the day, USUAL unless given.
        """
        on, refused = fields.pop("on", None), fields.pop("refused", None)
        turn = fields.pop("turn", USUAL)
        command = PUBLIC[act].model_validate(fields)
        self.entries.append(Entry(day, turn, person, command, on, refused))

    def play(self, engine: Recourse) -> date:
        """Ask for everything, one batch a day; the last day.

        Raises `ToldOtherwise` where the engine refuses what the story does, or the reverse.
        """
        ordered = sorted(self.entries, key=lambda entry: (entry.day, entry.turn))
        first = begun = ordered[0].day
        for day, entries in groupby(ordered, key=lambda entry: entry.day):
            for quiet in _days(begun, min(day, first + DAYS_WATCHED * ONE_DAY)):
                _begin(engine, quiet)
            begun = max(begun, day)
            self._ask(engine, list(entries))
        return ordered[-1].day

    def _ask(self, engine: Recourse, entries: list[Entry]) -> None:
        """One batch for the day: each act some seconds after the one before."""
        asks = []
        for number, entry in enumerate(entries):
            start = datetime.combine(entry.day, WORK_BEGINS) + timedelta(seconds=30 * number)
            person = Person(entry.person, frozenset(PEOPLE[entry.person]))
            reference = f"demo-{entry.day:%y%m%d}-{number + 1:03d}"
            command = _named(entry.command, engine)
            asks.append(Ask(command, person, instant(start), reference, entry.on))
        for entry, answer in zip(entries, engine.perform(asks), strict=True):
            code = answer.refusal.code if answer.refusal else None
            if code != entry.refused:
                raise ToldOtherwise(
                    f"{answer.command_id}: {entry.command.act_name()} {entry.command.about} by "
                    f"{entry.person}: {answer.refusal or 'done'}; the story says {entry.refused}"
                )
            if code:
                self.refused.setdefault(code, []).append(answer.command_id)


def _named(command: Command, engine: Recourse) -> Command:
    """The command, with the name that the engine gave the referral it is about."""
    if not isinstance(command, CloseReferral) or not command.referral.startswith(ABOUT):
        return command
    about = command.referral.removeprefix(ABOUT)
    with engine.models.reading() as connection:
        query = select(REFERRALS.c.referral).where(REFERRALS.c.about == about)
        return command.model_copy(update={"referral": connection.execute(query).scalar_one()})


def _days(after: date, until: date) -> Iterator[date]:
    """The days after one up to and with another."""
    for number in range(1, (until - after).days + 1):
        yield after + number * ONE_DAY


def _begin(engine: Recourse, day: date) -> None:
    at = instant(datetime.combine(day, MIDNIGHT))
    engine.begin_days(at)
    engine.follow_up(at)
