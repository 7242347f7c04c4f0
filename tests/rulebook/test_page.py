"""Does the page of a book say all that the book says, in both languages?"""

import pytest

from recourse.rulebook.book import built_in, read_book
from recourse.rulebook.keys import keys
from recourse.rulebook.kinds import SCALARS, TABLES
from recourse.rulebook.page import book_page
from recourse.rulebook.wording import COLUMNS, KINDS
from support.books import good_texts

PAGE = book_page(read_book(good_texts()))


@pytest.mark.parametrize("key", keys().values(), ids=keys())
def test_every_key_has_its_rule_and_its_line_in_the_vocabulary(key):
    assert f"## {key.name}\n\n{key.title.zh} / {key.title.en}\n" in PAGE
    assert f"| `{key.name}` | {key.title.zh} / {key.title.en} | " in PAGE


def test_an_edition_is_told_with_period_value_clause_and_source():
    clause = built_in().clauses["ZA8"]

    assert (
        "| 2008-01-01 至 2025-05-31 / from 2008-01-01 to 2025-05-31 | 停付该供方的全部应付货款 / "
        f"everything payable to the supplier | ZA8 {clause.zh} / {clause.en} | ZZBS04-04-2008 |"
    ) in PAGE


def test_a_table_is_told_row_by_row():
    assert "零件类别 gearbox：单价 80.00 元 / family of parts gearbox: rate 80.00 yuan<br>" in PAGE


def test_every_kind_and_column_has_words():
    columns = {name for it in TABLES.values() for name in (*it.selectors, *it.must, *it.may)}

    assert KINDS.keys() == {*SCALARS, *TABLES, "choice"}
    assert columns == COLUMNS.keys()


def test_every_line_of_a_table_has_its_columns():
    rows = [line for line in PAGE.splitlines() if line.startswith("|")]

    assert {line.count("|") - line.count("\\|") for line in rows} == {5, 6}
