"""Is each mistake in a rulebook refused with its own sentence, and nothing else with it?"""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from recourse.rulebook import mistakes
from recourse.rulebook.book import read_book
from recourse.rulebook.keys import keys
from recourse.rulebook.mistakes import BookProblem
from recourse.rulebook.reading import texts_of
from support.books import EDITION, good_texts, in_one_file, put, table_text
from support.toml_tables import tables

TEXTS = good_texts()
DAYS = "rules/appeal_days.toml"
HOLD = "rules/hold_scope.toml"
GATES = "rules/gates_required.toml"
MOST = "rules/penalty_maximum.toml"
APPROVAL = "rules/approval_limits.toml"
SWITCH = "rules/hold_appealed.toml"
LABOUR, SHARES = "rules/charge.labour.toml", "rules/charge.shares.toml"
HANDLING, PENALTIES = "rules/charge.handling.toml", "rules/penalty.table.toml"
MATERIAL, TRAVEL = "rules/charge.material.toml", "rules/charge.travel.toml"
CURRENCY, LIMITS = "rules/settlement.currency.toml", "rules/charge.limits.toml"
NESTED = f"nested = {'[' * 3000}{']' * 3000}\n"


def swap(file, old, new):
    """Write `new` instead of `old`, which stands there once."""

    def change(folder: Path):
        text = folder.joinpath(file).read_text(encoding="utf-8")
        assert text.count(old) == 1
        folder.joinpath(file).write_text(text.replace(old, new), encoding="utf-8")

    return change


def write(file, content):
    """Write a file anew."""
    written = content if isinstance(content, bytes) else content.encode()
    return lambda folder: folder.joinpath(file).write_bytes(written)


def remove(file):
    """Take a file away."""
    return lambda folder: folder.joinpath(file).unlink()


def make(folder_name):
    """Make a folder."""
    return lambda folder: folder.joinpath(folder_name).mkdir()


def empty(folder: Path):
    """Take away everything that makes it a book."""
    for each in sorted(folder.rglob("*"), reverse=True):
        each.rmdir() if each.is_dir() else each.unlink()
    folder.joinpath("photo.jpg").write_bytes(b"\xff\xd8")


def value(written, file=DAYS, old="value = 5"):
    """Write another value."""
    return swap(file, old, f"value = {written}")


def edition(file, since, *, until=""):
    """Add an edition like the last one."""
    end = f"until = {until}\n" if until else ""
    last = re.sub("since = .*", "", TEXTS[file].rpartition("[[editions]]")[2])
    more = f"\n[[editions]]\nsince = {since}\n{end}{last}"
    return write(file, TEXTS[file] + more)


def ended(file, until, since):
    """Let the first edition end, and another begin."""
    text = TEXTS[file].replace("since = 2008-01-01\n", f"since = 2008-01-01\nuntil = {until}\n")
    last = TEXTS[file].rpartition("[[editions]]")[2].replace("2008-01-01", since)
    return write(file, f"{text}\n[[editions]]{last}")


PLANTED = {
    # the files
    "a folder of something else": (empty, ("book", "", "not-a-book")),
    "no file about the book": (remove("book.toml"), ("book.toml", "", "no-such-file")),
    "no file of clauses": (remove("clauses.toml"), ("clauses.toml", "", "no-such-file")),
    "a text beside the book": (write("notes.txt", "x"), ("notes.txt", "", "stray-file")),
    "a rule beside the book": (write("mine.toml", "x = 1"), ("mine.toml", "", "stray-file")),
    "a rule in a workbook": (write("rules/a.xlsx", "x"), ("rules/a.xlsx", "", "stray-file")),
    "a folder among the rules": (make("rules/x.toml"), ("rules/x.toml/", "", "stray-file")),
    "a folder beside the rules": (make("old"), ("old/", "", "stray-file")),
    "a file in the encoding of old editors": (
        write(DAYS, TEXTS[DAYS].replace("ZZBS04", "文件").encode("gb18030")),
        (DAYS, "", "not-utf8"),
    ),
    "a file that is no TOML": (write(DAYS, "键,值\n"), (DAYS, "", "not-toml")),
    "a key written twice": (
        swap(DAYS, "value = 5", "value = 5\nvalue = 6"),
        (DAYS, "", "not-toml"),
    ),
    "a day that no calendar has": (
        swap(DAYS, "2008-01-01\nvalue", "2026-02-30\nvalue"),
        (DAYS, "", "not-toml"),
    ),
    "a number with thousands of digits": (value("9" * 5000), (DAYS, "", "not-toml")),
    "brackets in brackets in brackets": (write(DAYS, NESTED), (DAYS, "", "too-deep")),
    # the book
    "no name of the book": (swap("book.toml", 'id = "zzbs"\n', ""), ("book.toml", "id", "missing")),
    "a name of the book with a space": (
        swap("book.toml", '"zzbs"', '"our book"'),
        ("book.toml", "id", "not-a-name"),
    ),
    "a title that is a number": (
        swap("book.toml", '"Rules for warranty claims and the recovery of quality losses"', "7"),
        ("book.toml", "title_en", "not-text"),
    ),
    "a beginning that is text": (
        swap("book.toml", "since = 2008-01-01", 'since = "2008"'),
        ("book.toml", "since", "not-a-day"),
    ),
    "a key of the book misspelt": (
        swap("book.toml", "id =", 'titel_zh = "x"\nid ='),
        ("book.toml", "titel_zh", "unknown-key"),
    ),
    # clauses
    "a clause that is only text": (
        write("clauses.toml", 'Z-9 = "x"\n' + TEXTS["clauses.toml"]),
        ("clauses.toml", "Z-9", "not-a-table"),
    ),
    "a clause in one language": (
        write("clauses.toml", TEXTS["clauses.toml"] + '\n[ZB1]\nzh = "甲"\n'),
        ("clauses.toml", "ZB1.en", "missing"),
    ),
    "a clause of blanks": (
        write("clauses.toml", TEXTS["clauses.toml"] + '\n[ZB1]\nzh = "甲"\nen = "  "\n'),
        ("clauses.toml", "ZB1.en", "not-text"),
    ),
    "a clause whose id has a space": (
        write("clauses.toml", TEXTS["clauses.toml"] + '\n["Z 9"]\nzh = "甲"\nen = "a"\n'),
        ("clauses.toml", "Z 9", "not-a-name"),
    ),
    # a rule
    "a rule that no book has": (
        swap(DAYS, '"appeal.days"', '"appeal.weeks"'),
        (DAYS, "key", "unknown-rule"),
    ),
    "a rule without a key": (swap(DAYS, 'key = "appeal.days"\n', ""), (DAYS, "key", "missing")),
    "a rule written twice": (
        write("rules/z.toml", TEXTS[DAYS]),
        ("rules/z.toml", "key", "rule-twice"),
    ),
    "a required rule left out": (remove(DAYS), ("rules", "appeal.days", "rule-missing")),
    "a day that cannot select": (
        swap(DAYS, '"received"', '"sold"'),
        (DAYS, "chosen_by", "not-its-day"),
    ),
    "a list of selecting days": (
        swap(DAYS, '"received"', '["received", "issued"]'),
        (DAYS, "chosen_by", "not-its-day"),
    ),
    "a rule without editions": (
        write(DAYS, 'key = "appeal.days"\n'),
        (DAYS, "editions", "no-editions"),
    ),
    "editions that are text": (
        write(DAYS, 'key = "appeal.days"\neditions = "2008"\n'),
        (DAYS, "editions", "not-a-list"),
    ),
    "an edition that is a number": (
        write(DAYS, 'key = "appeal.days"\neditions = [5]\n'),
        (DAYS, "editions[1]", "not-a-table"),
    ),
    # editions
    "an edition without a first day": (
        swap(DAYS, "since = 2008-01-01\n", ""),
        (DAYS, "editions[1].since", "missing"),
    ),
    "a first day with a time": (
        swap(DAYS, "since = 2008-01-01\n", "since = 2008-01-01T09:00:00\n"),
        (DAYS, "editions[1].since", "not-a-day"),
    ),
    "an end before the beginning": (
        swap(DAYS, "2008-01-01\nvalue", "2008-01-01\nuntil = 2007-12-31\nvalue"),
        (DAYS, "editions[1].until", "ends-before-it-begins"),
    ),
    "editions in the wrong order": (
        edition(HOLD, "2020-01-01"),
        (HOLD, "editions[3].since", "out-of-order"),
    ),
    "two editions since the same day": (
        edition(DAYS, "2008-01-01"),
        (DAYS, "editions[2].since", "overlap"),
    ),
    "an edition that runs into the next": (
        ended(DAYS, "2026-01-01", "2026-01-01"),
        (DAYS, "editions[2].since", "overlap"),
    ),
    "days between two editions": (
        ended(DAYS, "2025-12-30", "2026-01-01"),
        (DAYS, "editions[2].since", "gap"),
    ),
    "a required rule that begins after the book": (
        swap(DAYS, "2008-01-01\nvalue", "2009-01-01\nvalue"),
        (DAYS, "editions[1].since", "begins-late"),
    ),
    "a required rule that ends": (
        swap(DAYS, "2008-01-01\nvalue", "2008-01-01\nuntil = 2030-12-31\nvalue"),
        (DAYS, "editions[1].until", "ends"),
    ),
    "an edition without a clause": (
        swap(DAYS, 'clause = "Z-4.6.1a"\n', ""),
        (DAYS, "editions[1].clause", "missing"),
    ),
    "a clause that the book does not have": (
        swap(DAYS, '"Z-4.6.1a"', '"Z-4.6.1z"'),
        (DAYS, "editions[1].clause", "unknown-clause"),
    ),
    "an edition without a source": (
        swap(DAYS, 'source = "ZZBS04-04-2008"', 'source = ""'),
        (DAYS, "editions[1].source", "not-text"),
    ),
    "a key of an edition misspelt": (
        swap(DAYS, "value = 5", "value = 5\nvalu = 6"),
        (DAYS, "editions[1].valu", "unknown-key"),
    ),
    # single values
    "no value": (swap(DAYS, "value = 5\n", ""), (DAYS, "editions[1].value", "missing")),
    "a bare decimal": (value("5.0"), (DAYS, "editions[1].value", "float")),
    "a value that is no number at all": (value("nan"), (DAYS, "editions[1].value", "float")),
    "a number between quotes": (value('"5"'), (DAYS, "editions[1].value", "not-a-count")),
    "a number of days that is a table": (
        value("{ days = 5 }"),
        (DAYS, "editions[1].value", "not-a-count"),
    ),
    "fewer than no days": (value("-1"), (DAYS, "editions[1].value", "below-nothing")),
    "a period of centuries": (value("99999"), (DAYS, "editions[1].value", "too-large")),
    "a number of days beyond all writing": (
        value("0x" + "f" * 5000),
        (DAYS, "editions[1].value", "too-large"),
    ),
    "kilometres beyond any vehicle": (
        swap(LIMITS, "200000", "200000000"),
        (LIMITS, "editions[1].rows[1].mileage_km", "too-large"),
    ),
    "an amount that is a number": (
        value("2000", MOST, 'value = "2000.00"'),
        (MOST, "editions[1].value", "not-money"),
    ),
    "an amount in thousandths": (
        value('"2000.005"', MOST, 'value = "2000.00"'),
        (MOST, "editions[1].value", "not-money"),
    ),
    "an amount below nothing": (
        value('"-0.01"', MOST, 'value = "2000.00"'),
        (MOST, "editions[1].value", "below-nothing"),
    ),
    "a least penalty above the greatest": (
        value('"499.99"', MOST, 'value = "2000.00"'),
        ("rules/penalty_minimum.toml", "editions[1].value", "least-above-most"),
    ),
    "a choice that there is not": (
        value('"some"', HOLD, 'value = "all"'),
        (HOLD, "editions[1].value", "not-a-choice"),
    ),
    "a choice that is a list": (
        value('["all"]', HOLD, 'value = "all"'),
        (HOLD, "editions[1].value", "not-a-choice"),
    ),
    "a switch between quotes": (
        value('"true"', SWITCH, "value = true"),
        (SWITCH, "editions[1].value", "not-a-switch"),
    ),
    "a gate that there is not": (
        swap(GATES, '"cost"', '"price"'),
        (GATES, "editions[1].value", "not-in-list"),
    ),
    "a gate that is a list": (
        swap(GATES, '"cost"', '["cost"]'),
        (GATES, "editions[1].value", "not-in-list"),
    ),
    "a gate named twice": (
        swap(GATES, '"cost"', '"cost", "cost"'),
        (GATES, "editions[1].value", "twice-in-list"),
    ),
    "rows where one value is wanted": (
        swap(DAYS, "value = 5", "rows = []"),
        (DAYS, "editions[1].rows", "no-rows-here"),
    ),
    # tables
    "a value where rows are wanted": (
        swap(LIMITS, "rows = [", "value = ["),
        (LIMITS, "editions[1].value", "no-value-here"),
    ),
    "rows that are a number": (
        write(LIMITS, f'key = "charge.limits"\n[[editions]]\n{EDITION}rows = 24\n'),
        (LIMITS, "editions[1].rows", "not-a-list"),
    ),
    "a table without rows": (
        write(LIMITS, table_text("charge.limits", [])),
        (LIMITS, "editions[1].rows", "no-rows"),
    ),
    "a row that is text": (
        write(LIMITS, table_text("charge.limits", ['"24"'])),
        (LIMITS, "editions[1].rows[1]", "not-a-table"),
    ),
    "a column that there is not": (
        swap(LIMITS, "mileage_km", "mileage"),
        (LIMITS, "editions[1].rows[1].mileage", "unknown-column"),
    ),
    "a row without what it must say": (
        swap(LABOUR, ', rate = "80.00"', ""),
        (LABOUR, "editions[1].rows[2].rate", "missing"),
    ),
    "a stage that there is not": (
        swap(TRAVEL, '"pre_sale"', '"sale"'),
        (TRAVEL, "editions[1].rows[2].stage", "not-a-choice"),
    ),
    "a supplier that is a number": (
        swap(MATERIAL, '"S2"', "2"),
        (MATERIAL, "editions[1].rows[1].supplier", "not-a-name"),
    ),
    "a rate that is a bare decimal": (
        swap(LABOUR, '"60.00"', "60.00"),
        (LABOUR, "editions[1].rows[3].rate", "float"),
    ),
    "a percentage above a hundred": (
        swap(HANDLING, '"8"', '"100.1"'),
        (HANDLING, "editions[1].rows[1].percent", "above-hundred"),
    ),
    "a percentage in words": (
        swap(HANDLING, '"8"', '"8%"'),
        (HANDLING, "editions[1].rows[1].percent", "not-a-number"),
    ),
    "a percentage of nothing": (
        swap(HANDLING, '["material", "labour"]', "[]"),
        (HANDLING, "editions[1].rows[1].of", "empty-list"),
    ),
    "a percentage of a name": (
        swap(HANDLING, '["material", "labour"]', '"material"'),
        (HANDLING, "editions[1].rows[1].of", "not-a-list"),
    ),
    "a factor of nothing": (
        swap(MATERIAL, '"1.10"', '"0.00"'),
        (MATERIAL, "editions[1].rows[1].factor", "factor-of-nothing"),
    ),
    "a share above the whole": (
        swap(SHARES, '"0.60"', '"1.01"'),
        (SHARES, "editions[1].rows[1].share", "share-above-one"),
    ),
    "a share of nothing": (
        swap(SHARES, '"0.60"', '"0"'),
        (SHARES, "editions[1].rows[1].share", "share-of-nothing"),
    ),
    "a floor above its cap": (
        swap(SHARES, '"10.00"', '"5000.01"'),
        (SHARES, "editions[1].rows[1].floor", "least-above-most"),
    ),
    "a currency in words": (
        swap(CURRENCY, '"EUR"', '"euro"'),
        (CURRENCY, "editions[1].rows[1].currency", "not-a-currency"),
    ),
    "a yuan that is no yuan": (
        swap(CURRENCY, '"1" }', '"1.02" }'),
        (CURRENCY, "editions[1].rows[2].rate", "yuan-is-yuan"),
    ),
    "a case for which no row is left": (
        swap(
            PENALTIES,
            '{ minimum = "500.00", maximum',
            '{ family = "axle", minimum = "500.00", maximum',
        ),
        (PENALTIES, "editions[1].rows", "hole"),
    ),
    "a row behind one that takes all": (
        swap(MATERIAL, '{ supplier = "S2", factor = "1.10" }', '{ factor = "1.10" }'),
        (MATERIAL, "editions[1].rows[2]", "never-reached"),
    ),
    "limits of approval that fall": (
        swap(APPROVAL, '"50000.00"', '"1000.00"'),
        (APPROVAL, "editions[1].rows[2].up_to", "limits-do-not-rise"),
    ),
    "nobody who approves the greatest": (
        swap(APPROVAL, '  { role = "deputy_gm" },\n', ""),
        (APPROVAL, "editions[1].rows[2]", "no-last-limit"),
    ),
    "a limit behind one without an end": (
        swap(APPROVAL, ', up_to = "1000.00"', ""),
        (APPROVAL, "editions[1].rows[2]", "never-reached"),
    ),
    "a role that nobody has": (
        swap(APPROVAL, '"deputy_gm"', '"director"'),
        (APPROVAL, "editions[1].rows[3].role", "not-a-choice"),
    ),
}
each_mistake = pytest.mark.parametrize("name", PLANTED)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """The mistakes found in a good book in which one was planted, by its name."""

    @cache
    def found_in(name):
        change, _ = PLANTED[name]
        return _found(change, put(TEXTS, tmp_path_factory.mktemp("planted") / "book"))

    return found_in


def _found(change, folder):
    change(folder)
    try:
        read_book(texts_of(folder))
    except BookProblem as problem:
        return problem.mistakes
    return []


def test_the_book_without_a_mistake_is_read_and_has_rules_of_every_kind(tmp_path):
    book = read_book(texts_of(put(TEXTS, tmp_path / "book")))

    kinds = {rule.key.kind for rule in book.rules.values()}
    assert kinds == {key.kind for key in keys().values()}


@each_mistake
def test_a_planted_mistake_is_found_where_it_is_and_nothing_else(found, name):
    _, expected = PLANTED[name]

    assert [(it.file, it.key, it.code) for it in found(name)] == [expected]


@each_mistake
def test_a_mistake_is_told_with_what_stands_there_and_what_to_do(found, name):
    (mistake,) = found(name)
    stands_there = mistake.value or mistake.key or mistake.file

    for why, remedy in zip(mistake.why, mistake.remedy, strict=True):
        assert stands_there in why or any(fact in why for fact in mistake.facts.values())
        assert remedy
    assert "None" not in mistake.why.en


@each_mistake
def test_a_mistake_with_a_value_names_it_in_both_languages(found, name):
    (mistake,) = found(name)

    assert all(mistake.value in why for why in mistake.why) or mistake.code == "gap"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_two_mistakes_are_told_alike(found, language):
    told = Counter(
        f"{it.file} {it.key} {getattr(it.why, language)}" for (it,) in map(found, PLANTED)
    )

    assert [sentence for sentence, times in told.items() if times > 1] == []


def test_every_kind_of_mistake_that_has_words_can_be_made(found):
    made = {it.code for name in PLANTED for it in found(name)}

    assert made == tables(mistakes, "mistakes.toml").keys()


def test_there_are_more_than_fifty_planted_mistakes():
    assert len(PLANTED) >= 50


def test_a_day_is_told_as_it_is_written(found):
    (mistake,) = found("an end before the beginning")

    assert mistake.value == "2007-12-31"
    assert mistake.why.en == "The edition ends on 2007-12-31 but begins on 2008-01-01."


def test_a_row_behind_another_is_told_with_both_numbers(found):
    (mistake,) = found("a row behind one that takes all")

    assert mistake.why.en.startswith("Row 2 (-) is never reached: row 1 before it")


def test_every_mistake_of_a_book_is_told_at_once(tmp_path):
    folder = put(TEXTS, tmp_path / "book")
    value("-1")(folder)
    swap(SHARES, '"0.60"', '"1.01"')(folder)
    remove("rules/month_by.toml")(folder)

    with pytest.raises(BookProblem) as problem:
        read_book(texts_of(folder))

    assert [it.code for it in problem.value.mistakes] == ["below-nothing", "share-above-one"]


def test_a_book_may_be_one_file_whatever_its_name():
    whole = in_one_file(TEXTS)

    for name in ("plant.toml", "book.toml", "plant.conf"):
        assert read_book({name: whole}).rules == read_book(TEXTS).rules


def test_a_mistake_in_a_book_of_one_file_is_told_with_its_place_in_that_file():
    whole = in_one_file(TEXTS | {DAYS: TEXTS[DAYS].replace("value = 5", "value = -1")})

    with pytest.raises(BookProblem) as problem:
        read_book({"plant.toml": whole.replace('id = "zzbs"', "id = 1")})

    places = [(it.file, it.key, it.code) for it in problem.value.mistakes]
    assert places[0] == ("plant.toml", "book.id", "not-text")
    assert places[1][0] == "plant.toml"
    assert places[1][1].endswith(".editions[1].value")


@pytest.mark.parametrize("files", [["book.toml"], ["clauses.toml"], [DAYS]])
def test_what_is_left_of_a_folder_is_told_what_it_misses(files):
    with pytest.raises(BookProblem) as problem:
        read_book({file: TEXTS[file] for file in files})

    missing = {it.file for it in problem.value.mistakes if it.code == "no-such-file"}
    assert missing == {"book.toml", "clauses.toml"} - set(files)


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_a_byte_order_mark_and_line_ends_of_another_system_change_nothing(tmp_path, ending):
    folder = put(TEXTS, tmp_path / "book")
    for file, text in TEXTS.items():
        folder.joinpath(file).write_bytes(text.replace("\n", ending).encode("utf-8-sig"))

    assert read_book(texts_of(folder)).sha256 == read_book(TEXTS).sha256


def test_an_edition_may_be_written_to_end_on_the_last_day_there_is(tmp_path):
    folder = put(TEXTS, tmp_path / "book")
    swap(DAYS, "2008-01-01\nvalue", "2008-01-01\nuntil = 9999-12-31\nvalue")(folder)

    assert read_book(texts_of(folder)).rules["appeal.days"]


def test_hidden_files_and_the_books_own_cases_are_no_part_of_it(tmp_path):
    folder = put(TEXTS, tmp_path / "book")
    folder.joinpath("cases").mkdir()
    folder.joinpath("cases/one.toml").write_text("x", encoding="utf-8")
    folder.joinpath(".DS_Store").write_bytes(b"\x00")

    assert read_book(texts_of(folder)).sha256 == read_book(TEXTS).sha256
