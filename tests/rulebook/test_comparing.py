"""What is told to differ between two books, and from which day on?"""

from datetime import date

import pytest

from recourse.rulebook.book import read_book
from recourse.rulebook.comparing import differences, first_change
from recourse.rulebook.wording import difference_said
from support.books import good_texts

TEXTS = good_texts()
OLD = read_book(TEXTS)
DAYS, HOLD, LABOUR = "rules/appeal_days.toml", "rules/hold_scope.toml", "rules/charge.labour.toml"
BEGINNING, LATER = date(2008, 1, 1), date(2027, 1, 1)
SINCE_LATER = """
[[editions]]
since = 2027-01-01
value = {value}
clause = "{clause}"
source = "ZZBS04-04-2026"
"""


def changed(file, old, new):
    """The book with one thing written otherwise."""
    assert TEXTS[file].count(old) == 1
    return read_book(TEXTS | {file: TEXTS[file].replace(old, new)})


def later(value, clause="Z-4.6.1a"):
    """The book in which the days of appeal are other ones from 2027 on."""
    text = TEXTS[DAYS] + SINCE_LATER.format(value=value, clause=clause)
    return read_book(TEXTS | {DAYS: text})


def told(new, old=OLD):
    return [(it.about, it.what, it.since, it.until) for it in differences(old, new)]


def test_a_book_does_not_differ_from_itself():
    assert (told(OLD), first_change(OLD, OLD)) == ([], None)


def test_an_edition_cut_in_two_is_no_difference_but_of_its_source():
    assert told(later(5)) == [("appeal.days", "source", LATER, None)]
    assert first_change(OLD, later(5)) is None


def test_an_end_that_the_next_edition_implies_is_no_difference():
    new = changed(HOLD, "since = 2008-01-01\n", "since = 2008-01-01\nuntil = 2025-05-31\n")

    assert told(new) == []


def test_a_value_differs_from_the_first_day_of_its_new_edition():
    assert ("appeal.days", "value", LATER, None) in told(later(7))
    assert first_change(OLD, later(7)) == LATER


def test_a_value_that_differs_for_a_while_is_told_with_its_last_day():
    new = changed(HOLD, "2025-06-01", "2025-09-01")

    assert ("hold.scope", "value", date(2025, 6, 1), date(2025, 8, 31)) in told(new)


def test_a_value_written_otherwise_in_an_edition_in_force_differs_from_its_beginning():
    new = changed(DAYS, "value = 5", "value = 7")

    assert first_change(OLD, new) == BEGINNING


def test_one_row_of_a_table_makes_it_another():
    new = changed(LABOUR, '"80.00"', '"85.00"')

    assert told(new) == [("charge.labour", "value", BEGINNING, None)]


@pytest.mark.parametrize("taken_out", [True, False])
def test_a_rule_added_or_removed_differs_on_every_day_that_it_governs(taken_out):
    without = read_book({file: text for file, text in TEXTS.items() if file != LABOUR})
    old, new = (OLD, without) if taken_out else (without, OLD)

    (found,) = differences(old, new)

    assert (found.about, found.since) == ("charge.labour", BEGINNING)
    assert (found.before is None, found.after is None) == (not taken_out, taken_out)


def test_a_rule_added_for_later_changes_nothing_before():
    text = TEXTS[LABOUR].replace("2008-01-01", "2027-01-01")
    without = {file: text for file, text in TEXTS.items() if file != LABOUR}

    assert first_change(read_book(without), read_book(without | {LABOUR: text})) == LATER


def test_a_rule_that_ends_differs_from_the_day_after_its_last():
    new = changed(LABOUR, "since = 2008-01-01\n", "since = 2008-01-01\nuntil = 2026-12-31\n")

    assert told(new) == [("charge.labour", "value", LATER, None)]


def test_another_clause_cited_is_a_change_from_that_edition_on():
    new = later(5, clause="ZA10")

    assert ("appeal.days", "clause", LATER, None) in told(new)
    assert first_change(OLD, new) == LATER


def test_another_source_is_a_difference_that_decides_nothing():
    new = changed(DAYS, 'ZZBS04-04-2008"', 'ZZBS04-04-2008, 2"')

    assert told(new) == [("appeal.days", "source", BEGINNING, None)]
    assert first_change(OLD, new) is None


def test_another_selecting_day_is_a_change_from_the_beginning():
    new = changed(DAYS, '"received"', '"issued"')

    assert told(new) == [("appeal.days", "chosen_by", BEGINNING, None)]
    assert first_change(OLD, new) == BEGINNING


def test_other_words_of_a_clause_are_a_change_from_the_beginning():
    said = TEXTS["clauses.toml"].replace('zh = "', 'zh = "新', 1)
    new = read_book(TEXTS | {"clauses.toml": said})

    assert [(it.what, it.since) for it in differences(OLD, new)] == [("wording", BEGINNING)]
    assert first_change(OLD, new) == BEGINNING


def test_a_new_clause_changes_nothing_and_a_lost_one_changes_all():
    new = read_book(
        TEXTS | {"clauses.toml": TEXTS["clauses.toml"] + '\n[ZB1]\nzh = "新"\nen = "new"\n'}
    )

    assert told(new) == [("ZB1", "wording", BEGINNING, None)]
    assert (first_change(OLD, new), first_change(new, OLD)) == (None, BEGINNING)


def test_what_the_book_is_called_differs_and_decides_nothing():
    new = changed("book.toml", '"Rules for warranty', '"The rules for warranty')

    assert told(new) == [("book", "title", BEGINNING, None)]
    assert first_change(OLD, new) is None


S1 = '{ supplier = "S1", family = "gearbox", stage = "zero_km", rate = "90.00" }'
GEARBOX = '{ family = "gearbox", rate = "80.00" }'


@pytest.mark.parametrize(
    ("new", "zh", "en"),
    [
        (
            later(7),
            "：值，自 2027-01-01 起，由“5 天”改为“7 天”。",
            ": value, from 2027-01-01 on: 5 days -> 7 days.",
        ),
        (
            changed(LABOUR, '"80.00"', '"85.00"'),
            "由“零件类别 gearbox：单价 80.00 元”改为“零件类别 gearbox：单价 85.00 元”。",
            "family of parts gearbox: rate 80.00 yuan -> family of parts gearbox: rate 85.00 yuan.",
        ),
        (
            changed(LABOUR, GEARBOX, '{ family = "gearbox", supplier = "S9", rate = "80.00" }'),
            "由“零件类别 gearbox：单价 80.00 元”改为“零件类别 gearbox、供方 S9：单价 80.00 元”。",
            ": family of parts gearbox: rate 80.00 yuan -> family of parts gearbox, supplier S9",
        ),
        (
            changed(LABOUR, f"  {S1},\n", ""),
            "由“供方 S1、零件类别 gearbox、阶段 零公里：单价 90.00 元”改为“没有这些行”。",
            "stage zero-km: rate 90.00 yuan -> no such rows.",
        ),
        (
            changed(DAYS, '"received"', '"issued"'),
            "选定版本的日期，由“收到之日”改为“发出之日”。",
            "day that selects the edition: the day of receipt -> the day it was sent.",
        ),
    ],
)
def test_a_difference_is_told_in_words(new, zh, en):
    said = difference_said(differences(OLD, new)[0])

    assert zh in said.zh
    assert en in said.en


def test_a_difference_names_its_key_in_words():
    said = difference_said(differences(OLD, later(7))[0])

    assert said.zh.startswith("appeal.days 供方收到索赔单后有几天可以申诉")
    assert said.en.startswith("appeal.days How many days a supplier has to appeal")


def test_of_rows_in_another_order_both_orders_are_told():
    critical = 'severity = "critical", family = "brake"'
    table = TEXTS["rules/penalty.table.toml"].replace(critical, 'family = "brake"')
    rows = [line for line in table.splitlines() if line.startswith("  {")]
    swapped = table.replace("\n".join(rows[:2]), "\n".join(rows[1::-1]))
    books = [read_book(TEXTS | {"rules/penalty.table.toml": text}) for text in (table, swapped)]

    (found,) = differences(*books)

    assert difference_said(found).en.count("severity minor") == 2
