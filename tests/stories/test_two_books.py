"""What do two books make of one claim, and does each explanation say so that one can recompute it?

A file of tests/books/side_by_side that was deleted is written anew: read it before it is kept.
"""

from pathlib import Path

import pytest

from recourse.rulebook.book import built_in, read_book
from recourse.rulebook.reading import texts_of
from support.engine import fresh
from support.explaining import explain
from support.story import SECOND as EXPLAINED
from support.story import do, play

BOOKS = Path(__file__).parents[1] / "books"
GOLDEN = BOOKS / "side_by_side"
CLAIM = {
    "stage": "after_sale",
    "repaired_on": "2026-06-20",
    "quantity": 2,
    "costs": {"labour": "300.00", "material": "1000.00"},
    "hours": "2.5",
    "unit_price": "400.00",
}


def charged(book):
    """The same repair of the same part under a book, confirmed and attributed to S1."""
    site = fresh(book=book)
    play(site, "attribute_claim", register_part={"family": "housing"}, receive_claim=CLAIM)
    do(site, EXPLAINED, "engineer", "draft_chargeback", chargeback="N1", supplier="S1",
       month="2026-07", claims=["C1"])  # fmt: skip
    return site


@pytest.fixture(scope="module")
def sites():
    return {
        "built_in": charged(built_in()),
        "axles": charged(read_book(texts_of(BOOKS / "axles"))),
    }


def test_the_two_books_divide_one_claim_differently_and_each_to_the_fen(sites):
    # Received on 1 July, so a housing has the factor 1.20; repaired before, so an hour costs 80.00:
    # 200.00, 960.00 and 8 % of it, 76.80, of each 0.60: 120.00 + 576.00 + 46.08.
    told = {name: site.figures("claim", "C1", EXPLAINED)["bearers"] for name, site in sites.items()}

    assert told == {
        "built_in": {"supplier:S1": "1300.00"},
        "axles": {"supplier:S1": "742.08", "company": "604.00", "markup": "-46.08"},
    }


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["built_in", "axles"])
def test_an_explanation_tells_how_its_book_reckoned(sites, name, language):
    file = GOLDEN / f"{name}.{language}.txt"
    told = f"{explain(sites[name], 'N1/C1/material').as_text(language)}\n"
    if not file.exists():
        file.write_text(told, encoding="utf-8")
        pytest.fail(f"{file.name} is written anew: read it, then run the test again")

    assert told == file.read_text(encoding="utf-8")
