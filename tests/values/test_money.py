"""Is every fen read, written and divided exactly?"""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from recourse.values.money import LIMIT_FEN, Component, Fen, Yuan, divide, fen, total, yuan

BEARERS = ("supplier:S1", "supplier:S2", "department:装配", "service", "company")


@st.composite
def shares(draw):
    """Shares with up to six decimals that sum to one."""
    bearers = draw(st.permutations(BEARERS))[: draw(st.integers(1, 5))]
    cuts = sorted(draw(st.sets(st.integers(1, 10**6 - 1), min_size=4, max_size=4)))
    edges = [0, *cuts[: len(bearers) - 1], 10**6]
    parts = [Decimal(b - a) / 10**6 for a, b in pairwise(edges)]
    return list(zip(bearers, parts, strict=True))


amounts = st.integers(0, 10**9)


@given(amounts, shares())
def test_the_parts_sum_to_the_amount(amount, parts):
    assert sum(divide(amount, parts).values()) == amount


@given(amounts, shares())
def test_nobody_is_a_whole_fen_away_from_the_exact_share(amount, parts):
    divided = divide(amount, parts)

    assert all(abs(divided.get(bearer, 0) - amount * share) < 1 for bearer, share in parts)


@given(amounts, shares())
def test_no_remainder_is_passed_over_for_a_smaller_one(amount, parts):
    divided = divide(amount, parts)

    rounded_up: list[Decimal] = []
    rounded_down: list[Decimal] = []
    for bearer, share in parts:
        whole, remainder = divmod(amount * share, 1)
        kept = rounded_up if divided.get(bearer, 0) > whole else rounded_down
        kept.append(remainder)
    assert min(rounded_up, default=Decimal(1)) >= max(rounded_down)


@given(amounts, shares())
def test_nobody_with_nothing_is_named(amount, parts):
    assert 0 not in divide(amount, parts).values()


@pytest.mark.parametrize(
    ("order", "divided"),
    [
        (("A", "B", "C"), {"A": 34, "B": 33, "C": 33}),
        (("C", "A", "B"), {"C": 34, "A": 33, "B": 33}),
    ],
)
def test_of_equal_remainders_the_one_written_first_gets_the_fen(order, divided):
    third = Decimal("0.333333")
    parts = [(name, third) for name in order]

    assert divide(100, parts) == divided


def test_the_largest_remainder_gets_the_fen_wherever_it_is_written():
    parts = [("A", Decimal("0.334")), ("B", Decimal("0.333")), ("C", Decimal("0.333"))]

    assert divide(101, parts) == {"A": 34, "B": 34, "C": 33}


def test_a_single_fen_has_one_bearer():
    assert divide(1, [("A", Decimal("0.4")), ("B", Decimal("0.6"))]) == {"B": 1}


@given(st.integers(-LIMIT_FEN, LIMIT_FEN))
def test_an_amount_is_read_as_it_was_written(amount):
    assert fen(yuan(amount)) == amount


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1730.00", 173_000),
        ("1730", 173_000),
        ("0.1", 10),
        ("-0.05", -5),
        ("+2", 200),
        ("1.500", 150),
    ],
)
def test_an_amount_is_a_plain_decimal_in_yuan(written, amount):
    assert fen(written) == amount


@pytest.mark.parametrize(
    ("amount", "written"), [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (-100, "-1.00")]
)
def test_an_amount_is_written_with_two_decimals(amount, written):
    assert yuan(amount) == written


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        (1, "between quotes"),
        (1.5, "between quotes"),
        (None, "between quotes"),
        (Decimal(1), "between quotes"),
        ("", "is not an amount"),
        ("12,50", "is not an amount"),
        ("1e3", "is not an amount"),
        ("1E3", "is not an amount"),
        ("NaN", "is not an amount"),
        ("Infinity", "is not an amount"),
        ("１０", "is not an amount"),
        ("1.005", "more than two decimals"),
        ("10000000000000.01", "larger than any amount"),
        ("-10000000000000.01", "larger than any amount"),
    ],
)
def test_what_is_not_an_amount_is_refused_with_the_reason(written, complaint):
    with pytest.raises(ValueError, match=complaint):
        fen(written)


@pytest.mark.parametrize("stored", [1.0, "1", True, LIMIT_FEN + 1, -LIMIT_FEN - 1])
def test_only_whole_fen_are_stored(stored):
    with pytest.raises(ValidationError):
        TypeAdapter(Fen).validate_python(stored)


def test_yuan_outside_are_fen_inside():
    adapter = TypeAdapter(Yuan)

    amount = adapter.validate_python("1730.05")

    assert (amount, adapter.dump_json(amount)) == (173_005, b'"1730.05"')


def test_an_unknown_component_is_refused_by_name():
    with pytest.raises(ValidationError, match="'paint' is no component of cost"):
        TypeAdapter(Component).validate_python("paint")


def test_amounts_are_summed():
    assert total({"labour": 1, "travel": -3}) == -2
