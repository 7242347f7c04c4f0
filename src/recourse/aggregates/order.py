"""Does a day lie where it can: not in the future, and not before what it follows from?"""

from datetime import date

from recourse.aggregates.base import Act
from recourse.values.refusal import Refused


def must_have_come(day: date, act: Act) -> None:
    """Refuse a `day` after the effective day of the act that tells of it."""
    if day > act.on:
        raise Refused("day-not-yet-come", day=day, on=act.on)


def must_follow(act: Act, since: date) -> None:
    """Refuse an act that would be effective before `since`, the day of what it follows from."""
    if act.on < since:
        raise Refused("before-its-cause", on=act.on, since=since)
