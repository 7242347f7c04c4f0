"""What lapses when a day begins?"""

from collections.abc import Iterator
from datetime import timedelta

from recourse.aggregates.arrangements import Arrangements
from recourse.aggregates.base import Fact
from recourse.aggregates.day import Days
from recourse.commands.answers import LapseAppeal
from recourse.commands.base import Command, Desk
from recourse.commands.calendars import DetermineAppeal, DetermineClearance
from recourse.commands.clearances import LapseClearance


def let_appeals_lapse(fact: Fact, desk: Desk) -> Iterator[Command]:
    """Whenever a day begins, the appeals whose last day was the day before lapse (ZA10)."""
    assert isinstance(fact.event, Days.Began)
    yesterday = fact.event.day - timedelta(days=1)
    for _, stream in desk.held(f"last_day {yesterday} chargeback:"):
        yield LapseAppeal(chargeback=stream.partition(":")[2])


def determine_last_days(fact: Fact, desk: Desk) -> Iterator[Command]:
    """Whenever an arrangement is published, the last days that waited for one are computed."""
    assert isinstance(fact.event, Arrangements.Published)
    for _, stream in desk.held("undetermined chargeback:"):
        yield DetermineAppeal(chargeback=stream.partition(":")[2])
    for _, stream in desk.held("undetermined clearance:"):
        yield DetermineClearance(notice=stream.partition(":")[2])


def let_notices_lapse(fact: Fact, desk: Desk) -> Iterator[Command]:
    """Whenever a day begins, clearance notices whose last day was the day before lapse (ZA3)."""
    assert isinstance(fact.event, Days.Began)
    yesterday = fact.event.day - timedelta(days=1)
    for _, stream in desk.held(f"last_day {yesterday} clearance:"):
        yield LapseClearance(notice=stream.partition(":")[2])
