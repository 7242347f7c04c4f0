"""Whether the calendar files say what others say, and what is said of a file that is wrong."""

import shutil
from datetime import date, timedelta
from importlib.resources import as_file, files

import chinese_calendar
import holidays
import pytest

from recourse.rulebook.calendar import load_calendar, published_calendar

OFFICIAL_YEARS = range(2018, 2027)
STATUTORY_YEARS = range(2018, 2036)
ALL_KNOWN = date(2026, 11, 22)
# The package lists days in lieu, and the days by which 2020's Spring Festival grew, by these names.
NOT_STATUTORY = ("Day off", "Chinese New Year Extended Holiday")


@pytest.fixture
def folder(tmp_path):
    with as_file(files("recourse.rulebook.calendar")) as data:
        shutil.copytree(data, tmp_path, dirs_exist_ok=True)
    return tmp_path


def change(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def days_of(year):
    return [date(year, 1, 1) + timedelta(days=n) for n in range(365 + (year % 4 == 0))]


def statutory_days_of(year):
    return next(known.days for known in published_calendar().statutory_years if known.year == year)


@pytest.mark.parametrize("year", OFFICIAL_YEARS)
def test_every_day_rests_or_works_as_a_maintained_package_has_it(year):
    calendar = published_calendar()

    differing = [
        day
        for day in days_of(year)
        if calendar.is_rest_day(day, reading="official", known_on=ALL_KNOWN)
        is chinese_calendar.is_workday(day)
    ]

    assert differing == []


@pytest.mark.parametrize("year", STATUTORY_YEARS)
def test_the_statutory_days_are_those_of_another_maintained_package(year):
    listed = holidays.country_holidays("CN", years=year, language="en_US", observed=False)

    festivals = {day for day, name in listed.items() if not name.startswith(NOT_STATUTORY)}

    assert statutory_days_of(year) == festivals


def test_the_statutory_days_of_2026_are_those_of_the_regulation():
    named = ["01-01", "02-16", "02-17", "02-18", "02-19", "04-05", "05-01"]
    named += ["05-02", "06-19", "09-25", "10-01", "10-02", "10-03"]

    assert statutory_days_of(2026) == {date.fromisoformat(f"2026-{day}") for day in named}


def test_the_years_lack_a_day_only_where_two_festivals_coincide():
    granted = {year: 11 if year < 2025 else 13 for year in STATUTORY_YEARS}

    short = {year for year in STATUTORY_YEARS if len(statutory_days_of(year)) < granted[year]}

    assert short == {2020, 2028, 2031}


@pytest.mark.parametrize(
    "arrangement", published_calendar().arrangements, ids=lambda known: str(known.published_on)
)
def test_every_day_in_lieu_was_earned_by_a_weekend_day_worked_or_granted(arrangement):
    granted = statutory_days_of(arrangement.year)
    on_weekends = sum(day.weekday() >= 5 for day in granted)
    coinciding = (11 if arrangement.year < 2025 else 13) - len(granted)
    epidemic = 2 if arrangement.published_on == date(2020, 1, 27) else 0

    in_lieu = [day for day in arrangement.rest - granted if day.weekday() < 5]

    assert len(in_lieu) == len(arrangement.worked) + on_weekends + coinciding + epidemic


@pytest.mark.parametrize(
    ("year", "known_on", "source"),
    [
        (2019, date(2019, 3, 21), "〔2018〕15号"),
        (2019, date(2019, 3, 22), "〔2019〕3号"),
        (2020, date(2020, 1, 26), "〔2019〕16号"),
        (2020, date(2020, 1, 27), "〔2020〕1号"),
        (2026, date(2025, 11, 4), "〔2025〕7号"),
    ],
)
def test_the_notice_in_force_is_the_last_one_published(year, known_on, source):
    known = published_calendar().in_force(year, known_on=known_on)

    assert source in known.source


def test_every_arrangement_names_a_notice_with_its_address():
    sources = [known.source for known in published_calendar().arrangements]

    assert all("国办发明电" in source and "https://www.gov.cn/" in source for source in sources)


def test_the_edition_is_the_newest_year_and_its_revision(folder):
    assert published_calendar().edition == "CN-2026r1"

    change(folder / "official" / "2026.toml", "2025-11-04", "2026-03-01")
    with as_file(files("recourse.rulebook.calendar")) as data:
        shutil.copy(data / "official" / "2026.toml", folder / "official" / "2026-first.toml")

    assert load_calendar(folder).edition == "CN-2026r2"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("2026-05-09", "2026-05-08", "worked: 2026-05-08 is not a Saturday or Sunday"),
        ("2026-05-09", "2026-05-02", "worked: 2026-05-02 is a day of rest as well"),
        ("2026-06-19", "2027-06-19", "rest: 2027-06-19 lies neither in 2026"),
        ("2026-06-19", "2025-12-24", "rest: 2025-12-24 lies neither in 2026"),
        ("2025-11-04", "2024-11-04", "published_on: 2024-11-04 is too far from 2026"),
        ("worked = [", "work = [", "worked: Field required"),
        ("2026-06-19", "2026-06-31", "2026-06-31|Invalid date"),
    ],
)
def test_a_wrong_arrangement_is_refused_by_file_and_key(folder, old, new, complaint):
    change(folder / "official" / "2026.toml", old, new)

    with pytest.raises(ValueError, match=rf"^2026\.toml: .*({complaint})"):
        load_calendar(folder)


def test_two_arrangements_of_one_year_and_day_are_refused(folder):
    shutil.copy(folder / "official" / "2026.toml", folder / "official" / "2026-amended.toml")

    with pytest.raises(ValueError, match="published_on: 2026 has one of that day"):
        load_calendar(folder)


def test_a_calendar_without_any_arrangement_is_refused(folder):
    for file in (folder / "official").iterdir():
        file.unlink()

    with pytest.raises(ValueError, match="official: there is no arrangement"):
        load_calendar(folder)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("[2026-06-19]", "[]", "year.days: 2026 does not have the days of"),
        ("[2026-06-19]", "[2027-06-19]", "year.days: 2027-06-19 does not lie in 2026"),
        ("year = 2026", "year = 2025", "year: 2025 stands there 2 times"),
        ("since = 2014", "since = 2019", "law: none governs 2018"),
    ],
)
def test_wrong_statutory_days_are_refused_by_file_and_key(folder, old, new, complaint):
    change(folder / "statutory.toml", old, new)

    with pytest.raises(ValueError, match=rf"^statutory\.toml: .*{complaint}"):
        load_calendar(folder)
