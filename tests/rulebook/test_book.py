"""Which edition of a setting governs a day, and what may be changed?"""

import os
import subprocess
import sys
from datetime import date, timedelta

import pytest

from recourse.rulebook.book import built_in
from recourse.values.refusal import Refused

FIRST = date(2008, 1, 1)
BEFORE, SINCE = date(2025, 5, 31), date(2025, 6, 1)
DEFAULTS = {
    "appeal.days": 5,
    "appeal.silence": "lapse",
    "clearance.days": 5,
    "collection.waits": True,
    "days.kind": "natural",
    "days.rest_day": "later",
    "hold.appealed": True,
    "hold.scope": "amount",
    "month.by": "approved_on",
    "penalty.maximum": 200_000,
    "penalty.minimum": 50_000,
}


@pytest.mark.parametrize(("day", "scope"), [(FIRST, "all"), (BEFORE, "all"), (SINCE, "amount")])
def test_an_edition_is_in_force_from_its_first_day_on(day, scope):
    assert built_in().choice("hold.scope", day) == scope


def test_an_edition_names_its_rule_and_its_source():
    edition = built_in().rules["hold.scope"].on(SINCE)

    assert (edition.since, edition.clause) == (SINCE, "ZA8")


def test_a_day_before_the_first_edition_is_refused_and_told_which_that_is():
    with pytest.raises(Refused) as refused:
        built_in().value("hold.scope", FIRST - timedelta(days=1))

    assert refused.value.code == "before-the-rulebook"
    assert refused.value.facts == {"day": "2007-12-31", "first": "2008-01-01"}


def test_the_book_begins_where_every_setting_has_a_value():
    assert built_in().first_day == FIRST
    assert built_in().changed({"hold.scope": "all"}).first_day == FIRST


@pytest.mark.parametrize(("key", "value"), DEFAULTS.items())
def test_the_built_in_book_has_its_defaults(key, value):
    assert built_in().value(key, SINCE) == value


def test_a_setting_is_read_as_what_it_is():
    book = built_in()

    assert (
        book.switch("hold.appealed", SINCE),
        book.count("appeal.days", SINCE),
        book.amount("penalty.maximum", SINCE),
    ) == (True, 5, 200_000)


@pytest.mark.parametrize("day", [date.min, BEFORE, SINCE, date.max])
def test_a_changed_setting_is_so_from_the_beginning(day):
    assert built_in().changed({"hold.scope": "all"}).choice("hold.scope", day) == "all"


def test_a_change_leaves_the_other_settings_and_the_clauses():
    book, changed = built_in(), built_in().changed({"hold.scope": "all"})

    others = {key: it for key, it in changed.rules.items() if key != "hold.scope"}
    assert others == {key: it for key, it in book.rules.items() if key != "hold.scope"}
    assert changed.clauses == book.clauses


def test_a_change_does_not_change_the_built_in_book():
    built_in().changed({"hold.scope": "all"})

    assert built_in().choice("hold.scope", SINCE) == "amount"


@pytest.mark.parametrize(
    ("key", "value", "can_be"),
    [
        ("hold.scope", "everything", "all, amount"),
        ("hold.scope", True, "all, amount"),
        ("hold.appealed", "true", "true, false"),
        ("hold.appealed", 1, "true, false"),
        ("appeal.days", -1, "0, 1, 2"),
        ("appeal.days", True, "0, 1, 2"),
        ("appeal.days", "5", "0, 1, 2"),
        ("penalty.minimum", "-0.01", "500.00"),
        ("penalty.minimum", 500, "500.00"),
    ],
)
def test_a_value_that_a_setting_cannot_have_is_refused_with_those_it_can(key, value, can_be):
    with pytest.raises(ValueError, match=f"^{key} cannot be .*; it can be .*{can_be}"):
        built_in().changed({key: value})


def test_an_unknown_setting_is_refused_with_the_known_ones():
    with pytest.raises(
        ValueError, match=r"'hold\.all' is no setting; the settings are appeal\.days"
    ):
        built_in().changed({"hold.all": True})


def test_an_edition_is_named_after_the_book():
    assert built_in().edition.startswith("zzbs:")


@pytest.mark.parametrize(
    "settings", [{"hold.scope": "all"}, {"appeal.days": 6}, {"hold.appealed": False}]
)
def test_the_name_of_the_edition_changes_with_the_content(settings):
    assert built_in().changed(settings).edition != built_in().edition


def test_the_name_of_the_edition_is_the_same_for_the_same_content():
    one = built_in().changed({"hold.scope": "all"}).changed({"appeal.days": 6})
    other = built_in().changed({"appeal.days": 6, "hold.scope": "all"})

    assert one.edition == other.edition


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_name_of_the_edition_is_the_same_in_every_process(seed):
    ask = "from recourse.rulebook.book import built_in; print(built_in().edition, end='')"

    told = subprocess.run(
        [sys.executable, "-c", ask],
        env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout == built_in().edition
