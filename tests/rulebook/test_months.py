"""Does every month belong to one settlement, whenever a book turns from months to quarters?"""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recourse.rulebook.months import Rate, settled_in
from support.books import book_with, rule

MONTHS = [f"{year}-{number:02d}" for year in (2026, 2027) for number in range(1, 13)]


def turning(first, second, day):
    edition = f'since = {day}\nvalue = "{second}"'
    return book_with(rule("month.period", f'value = "{first}"', edition))


@given(
    st.sampled_from([("month", "quarter"), ("quarter", "month")]),
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
)
def test_a_month_is_settled_by_itself_or_at_the_end_of_its_quarter_and_in_order(turn, day):
    book = turning(*turn, day)

    settled = [settled_in(month, book) for month in MONTHS]

    assert settled == sorted(settled)
    assert all(name >= month for name, month in zip(settled, MONTHS, strict=True))
    assert [settled_in(name, book) for name in settled] == settled


@pytest.mark.parametrize(
    ("fen", "hundredths"), [(0, 0), (200_000, 25_641), (-200_000, -25_641), (39, 5), (-39, -5)]
)
def test_half_a_hundredth_is_rounded_away_from_nothing(fen, hundredths):
    # 2000.00 / 7.80 = 256.4102...; 0.39 / 7.80 = 0.05 exactly.
    rate = Rate(currency="EUR", rate=Decimal("7.80"), clause="R-1")

    assert rate.convert(fen) == hundredths


def test_a_half_goes_away_from_nothing_on_both_sides():
    rate = Rate(currency="EUR", rate=Decimal(8), clause="R-1")

    assert (rate.convert(4), rate.convert(-4)) == (1, -1)
