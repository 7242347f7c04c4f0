"""Which days off the State Council has published, and which the regulation itself names."""

import tomllib
from collections import Counter
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from recourse.values.calendar import Arrangement, Calendar, StatutoryYear, fault_of


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _OfficialYear(_Strict):
    """A file of `official/`: the whole arrangement of one year, as published on one day."""

    year: int
    published_on: date
    source: str = Field(min_length=1)
    rest: frozenset[date] = Field(min_length=1)
    worked: frozenset[date]

    @model_validator(mode="after")
    def _is_an_arrangement_of_its_year(self) -> Self:
        if fault := fault_of(Arrangement(**dict(self))):
            raise ValueError(f"{fault.key}: {fault.day} {fault.why}")
        return self


class _Law(_Strict):
    """A revision of the regulation: the first year it governs and how many days it grants."""

    since: int
    source: str = Field(min_length=1)
    days: dict[str, int]


class _FestivalYear(_Strict):
    year: int
    days: dict[str, frozenset[date]]


class _Statutory(_Strict):
    """The file `statutory.toml`: the law, and the days of each year counted against it."""

    law: tuple[_Law, ...] = Field(min_length=1)
    year: tuple[_FestivalYear, ...]

    @model_validator(mode="after")
    def _grants_what_the_law_grants(self) -> Self:
        for year, times in Counter(entry.year for entry in self.year).items():
            if times > 1:
                raise ValueError(f"year: {year} stands there {times} times")
        for entry in self.year:
            granted = self.law_of(entry.year).days
            if granted != {festival: len(days) for festival, days in entry.days.items()}:
                raise ValueError(f"year.days: {entry.year} does not have the days of {granted}")
            for day in sorted(frozenset().union(*entry.days.values())):
                if day.year != entry.year:
                    raise ValueError(f"year.days: {day} does not lie in {entry.year}")
        return self

    def law_of(self, year: int) -> _Law:
        governing = [law for law in self.law if law.since <= year]
        if not governing:
            raise ValueError(f"law: none governs {year}")
        return max(governing, key=lambda law: law.since)


@cache
def published_calendar() -> Calendar:
    """The calendar of the files beside this module, read once."""
    return load_calendar(files(__name__))


def load_calendar(folder: Traversable) -> Calendar:
    """The calendar of `folder`: `official/*.toml` and `statutory.toml`.

    Raises ValueError, naming file and key, when a file does not say what such a file must say.
    """
    arrangements = _arrangements(folder / "official")
    newest = max(arrangement.year for arrangement in arrangements)
    revision = sum(arrangement.year == newest for arrangement in arrangements)
    return Calendar(
        arrangements=arrangements,
        statutory_years=_statutory_years(folder / "statutory.toml"),
        edition=f"CN-{newest}r{revision}",
    )


def _arrangements(folder: Traversable) -> tuple[Arrangement, ...]:
    published: dict[tuple[int, date], Arrangement] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            read = _read(file, _OfficialYear)
            key = (read.year, read.published_on)
            if key in published:
                raise ValueError(f"{file.name}: published_on: {read.year} has one of that day")
            published[key] = Arrangement(**dict(read))
    if not published:
        raise ValueError(f"{folder.name}: there is no arrangement")
    return tuple(published[key] for key in sorted(published))


def _statutory_years(file: Traversable) -> tuple[StatutoryYear, ...]:
    statutory = _read(file, _Statutory)
    return tuple(
        StatutoryYear(
            year=entry.year,
            source=statutory.law_of(entry.year).source,
            days=frozenset().union(*entry.days.values()),
        )
        for entry in statutory.year
    )


_File = TypeVar("_File", bound=_Strict)


def _read(file: Traversable, form: type[_File]) -> _File:
    try:
        return form.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{file.name}: {error}") from error
    except ValidationError as error:
        faults = (
            ": ".join([*(str(part) for part in fault["loc"]), fault["msg"]])
            for fault in error.errors()
        )
        raise ValueError(f"{file.name}: {'; '.join(faults)}") from error
