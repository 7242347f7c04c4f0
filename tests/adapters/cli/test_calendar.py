"""Can a new year's arrangement be looked at, tried out, taken in and checked by commands?"""

import pytest

GOOD = """\
year = 2027
published_on = 2026-03-02
source = "示例，非正式公布"
rest = [2027-01-01, 2027-01-02, 2027-01-03]
worked = [2026-12-27]
"""
TUESDAY = ("--as", "keeper", "--recorded-at", "2026-03-10T09:00")


@pytest.fixture
def year(month):
    """The arrangement of 2027 as a file, and an administrator."""
    toml = month / "recourse.toml"
    people = toml.read_text("utf-8").replace("[people]\n", '[people]\nkeeper = "admin"\n')
    toml.write_text(people, "utf-8")
    file = month / "2027.toml"
    file.write_text(GOOD, "utf-8")
    return file


def test_the_arrangement_of_a_year_is_shown_with_its_source(month, ask):
    (found,) = ask("calendar", "show", "2026")["arrangements"]

    assert (found["year"], found["imported"]) == (2026, False)
    assert found["source"]


def test_a_year_that_is_not_arranged_is_not_on_record(month, run):
    assert run("calendar", "show", "2031").code == 3


def test_an_arrangement_comes_in_with_its_source_and_is_shown_as_imported(year, run, ask):
    assert run(*TUESDAY, "calendar", "import", "2027.toml").code == 0

    (found,) = ask("calendar", "show", "2027")["arrangements"]
    assert (found["imported"], found["source"]) == (True, "示例，非正式公布")


def test_a_rehearsal_records_nothing(year, run, ask):
    rehearsed = run("--format", "json", *TUESDAY, "calendar", "import", "2027.toml", "--dry-run")

    assert (rehearsed.code, rehearsed.document["recorded"]) == (0, False)
    assert run("calendar", "show", "2027").code == 3


def test_the_same_file_twice_is_told_as_known(year, run):
    run(*TUESDAY, "calendar", "import", "2027.toml")

    again = run(*TUESDAY, "calendar", "import", "2027.toml")
    assert (again.code, "已在日历中" in again.err) == (5, True)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (GOOD.replace("year = 2027", "year = 2027\ncountry = 'CN'"), "country"),
        (GOOD.replace('source = "示例，非正式公布"\n', ""), "source"),
        (GOOD.replace("rest = [2027-01-01", "rest = ['1 January'"), "rest"),
        (GOOD.replace("year = 2027", "year = "), "TOML"),
    ],
)
def test_a_file_that_says_something_else_is_malformed_and_told_why(year, run, written, told):
    year.write_text(written, "utf-8")

    ended = run(*TUESDAY, "calendar", "import", "2027.toml")

    assert (ended.code, told in ended.err) == (2, True)


def test_a_file_in_another_encoding_is_malformed(year, run):
    year.write_bytes(GOOD.encode("gb18030"))

    assert run(*TUESDAY, "calendar", "import", "2027.toml").code == 2


def test_a_file_that_is_not_there_is_told(month, run):
    assert run(*TUESDAY, "calendar", "import", "2028.toml").code in {2, 3}


def test_a_check_without_anything_to_tell_ends_well(month, run):
    assert run("--recorded-at", "2025-12-20T09:00", "calendar", "check").code == 0


def test_a_check_names_the_years_that_are_not_arranged(month, run):
    checked = run("--format", "json", "--recorded-at", "2026-03-10T09:00", "calendar", "check")

    assert (checked.code, checked.document["years_missing"]) == (6, [2027])
