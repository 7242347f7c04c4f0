"""When a period counted in days ends, by each reading of what a rest day is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Literal

DayKind = Literal["natural", "working"]
Reading = Literal["official", "statutory"]
RestDay = Literal["later", "official", "statutory"]

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Arrangement:
    """The State Council's arrangement of one year's days off, whole, as published on one day.

    An amendment is an arrangement of its own: the whole year again, published later. `rest` and
    `worked` (weekend days on which people work) may reach into December of the year before.
    """

    year: int
    published_on: date
    source: str
    rest: frozenset[date]
    worked: frozenset[date]


@dataclass(frozen=True, slots=True)
class Fault:
    """What makes an arrangement none of its year: under which key, on which day, and why."""

    key: str
    day: date
    why: str


def fault_of(arrangement: Arrangement) -> Fault | None:
    """The first thing that is wrong with `arrangement`, if anything is.

    It is published in its year or the one before; its days lie in the year, or in the last week
    of the one before; only a Saturday or Sunday is made a day of work, and no day is both.
    """
    year, published_on = arrangement.year, arrangement.published_on
    if published_on.year not in (year - 1, year):
        return Fault("published_on", published_on, f"is too far from {year}")
    for key, days in (("rest", arrangement.rest), ("worked", arrangement.worked)):
        for day in sorted(days):
            if not date(year - 1, 12, 25) <= day <= date(year, 12, 31):
                return Fault(key, day, f"lies neither in {year} nor just before it")
    for day in sorted(arrangement.worked):
        if not is_weekend(day):
            return Fault("worked", day, "is not a Saturday or Sunday")
    both = arrangement.rest & arrangement.worked
    return Fault("worked", min(both), "is a day of rest as well") if both else None


@dataclass(frozen=True)
class StatutoryYear:
    """The days which the regulation on holidays itself names for one year, none in lieu."""

    year: int
    source: str
    days: frozenset[date]


@dataclass(frozen=True)
class Calendar:
    """Everything known about rest days; `edition` names this state of knowledge."""

    arrangements: tuple[Arrangement, ...]
    statutory_years: tuple[StatutoryYear, ...]
    edition: str

    def with_more(self, more: tuple[Arrangement, ...]) -> "Calendar":
        """The same with arrangements that came in later, and an edition that says so."""
        if not more:
            return self
        known = (*self.arrangements, *more)
        return replace(self, arrangements=known, edition=f"{self.edition}+{len(more)}")

    def in_force(self, year: int, *, known_on: date) -> Arrangement | None:
        """The arrangement of `year` last published up to and including `known_on`, if any."""
        published = (
            arrangement
            for arrangement in self.arrangements
            if arrangement.year == year and arrangement.published_on <= known_on
        )
        return max(published, key=lambda arrangement: arrangement.published_on, default=None)

    def is_rest_day(self, day: date, *, reading: Reading, known_on: date) -> bool | None:
        """Whether `day` is a statutory rest day (Civil Code art. 203); None = undetermined.

        "official" follows the arrangement published by `known_on`, with its days in lieu and its
        worked weekends; a year not yet arranged is undetermined. "statutory" takes each Saturday,
        each Sunday and the days of the regulation itself; only a year not on file is undetermined.
        """
        if reading == "official":
            return self._rests_by_arrangement(day, known_on)
        return self._rests_by_statute(day)

    def _rests_by_arrangement(self, day: date, known_on: date) -> bool | None:
        own = self.in_force(day.year, known_on=known_on)
        if own is None:
            return None
        # New Year's days off begin in December, and only the next year's notice names those.
        following = self.in_force(day.year + 1, known_on=known_on)
        for arrangement in (own,) if following is None else (following, own):
            if day in arrangement.worked:
                return False
            if day in arrangement.rest:
                return True
        return is_weekend(day)

    def _rests_by_statute(self, day: date) -> bool | None:
        for statutory in self.statutory_years:
            if statutory.year == day.year:
                return is_weekend(day) or day in statutory.days
        return None


@dataclass(frozen=True)
class Deadline:
    """The last day of a period, with what made it so; a None day is undetermined.

    `official` and `statutory` are the last days by either reading, each computed whole;
    `last_day` is the one that `rest_day` chooses. `calendar` is the edition used, of which only
    arrangements published by `known_on` counted.
    """

    started_on: date
    days: int
    kind: DayKind
    rest_day: RestDay
    known_on: date
    calendar: str
    official: date | None
    statutory: date | None
    last_day: date | None


def deadline(
    started_on: date,
    days: int,
    *,
    kind: DayKind,
    rest_day: RestDay,
    calendar: Calendar,
    known_on: date,
) -> Deadline:
    """The deadline of a period of `days` that began on `started_on`, itself never counted.

    "natural" days run on, and a last day that is a rest day moves to the next that is not (Civil
    Code arts. 201 and 203); of "working" days each one counted is none (ZA1). A period of no days
    ends on the starting day, moved in the same way. Raises ValueError for fewer than no days.
    """
    if days < 0:
        raise ValueError(f"a period cannot have {days} days")
    rests = partial(calendar.is_rest_day, known_on=known_on)
    official = _last_day(started_on, days, kind, partial(rests, reading="official"))
    statutory = _last_day(started_on, days, kind, partial(rests, reading="statutory"))
    return Deadline(
        started_on=started_on,
        days=days,
        kind=kind,
        rest_day=rest_day,
        known_on=known_on,
        calendar=calendar.edition,
        official=official,
        statutory=statutory,
        last_day=_chosen(rest_day, official, statutory),
    )


def _last_day(
    started_on: date, days: int, kind: DayKind, rests: Callable[[date], bool | None]
) -> date | None:
    if kind == "natural":
        return _first_working_day(started_on + timedelta(days=days), rests)
    if days == 0:
        return _first_working_day(started_on, rests)
    counted: date | None = started_on
    for _ in range(days):
        if counted is None:
            break
        counted = _first_working_day(counted + _ONE_DAY, rests)
    return counted


def _first_working_day(day: date, rests: Callable[[date], bool | None]) -> date | None:
    """The first day from `day` on that is no rest day; None where an undetermined day is met."""
    while resting := rests(day):
        day += _ONE_DAY
    return None if resting is None else day


def _chosen(rest_day: RestDay, official: date | None, statutory: date | None) -> date | None:
    if rest_day == "official":
        return official
    if rest_day == "statutory":
        return statutory
    if official is None or statutory is None:
        return None
    return max(official, statutory)


def after_months(day: date, since: date, months: int) -> bool:
    """Whether on `day` as many months since `since` were over: the same day of the last month.

    In a shorter month its last day.
    """
    last_month = since.year * 12 + since.month + months
    return (day.year * 12 + day.month, day.day) > (last_month, since.day)


def is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY
