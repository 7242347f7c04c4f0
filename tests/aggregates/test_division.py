"""Does every accepted fen have one bearer, whatever appeals have left?"""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from recourse.aggregates.claim.division import Lowered, borne, move_excess, sums
from recourse.values.money import COMPONENTS, divide

BEARERS = ("supplier:S1", "supplier:S2", "supplier:S3", "department:装配", "service")
SUPPLIERS = BEARERS[:3]
PLACES = (*BEARERS, "company", "undetermined")

amounts = st.dictionaries(st.sampled_from(COMPONENTS), st.integers(0, 10**7))
limits = st.dictionaries(
    st.sampled_from(COMPONENTS),
    st.dictionaries(
        st.sampled_from(SUPPLIERS),
        st.builds(Lowered, st.integers(0, 10**6), st.sampled_from(PLACES)),
    ),
)


@st.composite
def shares(draw):
    """Shares of some bearers that sum to one; sometimes nobody has any."""
    bearers = draw(st.lists(st.sampled_from(BEARERS), unique=True))
    weights = draw(
        st.lists(st.integers(1, 9), min_size=len(bearers) - 1, max_size=len(bearers) - 1)
        if bearers
        else st.just([])
    )
    parts = [Decimal(weight) / 100 for weight in weights]
    return list(zip(bearers, [*parts, 1 - sum(parts)], strict=False))


@given(amounts, shares(), limits)
def test_every_accepted_fen_has_exactly_one_bearer(accepted, parts, lowered):
    bearing = borne(accepted, parts, lowered)

    charged = {component: sum(bearers.values()) for component, bearers in bearing.items()}
    assert charged == {component: amount for component, amount in accepted.items() if amount}


@given(amounts, shares(), limits)
def test_nobody_bears_less_than_a_fen(accepted, parts, lowered):
    bearing = borne(accepted, parts, lowered)

    assert all(amount > 0 for bearers in bearing.values() for amount in bearers.values())


@given(amounts, shares(), limits)
def test_nobody_gets_more_than_the_last_appeal_left(accepted, parts, lowered):
    bearing = borne(accepted, parts, lowered)

    for component, left in lowered.items():
        for supplier, limit in left.items():
            assert bearing.get(component, {}).get(supplier, 0) <= limit.at_most


@given(amounts, shares(), limits)
def test_what_a_supplier_no_longer_bears_goes_where_the_outcome_sent_it(accepted, parts, lowered):
    bearing = borne(accepted, parts, lowered)

    for component, amount in accepted.items():
        left = lowered.get(component, {})
        expected = divide(amount, parts or [("undetermined", Decimal(1))])
        for supplier, limit in left.items():
            excess = max(0, expected.get(supplier, 0) - limit.at_most)
            to = "undetermined" if limit.sent_to in left else limit.sent_to
            expected[supplier] = expected.get(supplier, 0) - excess
            expected[to] = expected.get(to, 0) + excess
        assert bearing.get(component, {}) == {who: it for who, it in expected.items() if it}


def test_cost_sent_to_a_supplier_lowered_since_is_undetermined():
    lowered = {
        "labour": {"supplier:S1": Lowered(10, "supplier:S2"), "supplier:S2": Lowered(5, "service")}
    }

    bearing = borne({"labour": 100}, [("supplier:S1", Decimal(1))], lowered)

    assert bearing == {"labour": {"supplier:S1": 10, "undetermined": 90}}


def test_a_supplier_that_bears_no_more_than_its_limit_keeps_it():
    parts = {"supplier:S1": 10}

    move_excess(parts, "supplier:S1", 10, "service", cost=10)

    assert parts == {"supplier:S1": 10}


def test_the_parts_of_a_bearer_are_summed_over_the_components():
    bearing = {"labour": {"service": 1, "supplier:S1": 2}, "travel": {"service": 4}}

    assert sums(bearing) == {"service": 5, "supplier:S1": 2}


def test_what_one_supplier_no_longer_bears_leaves_the_mark_up_of_another_as_it_is():
    # Each half of 150.00 is 75.00. S1 is charged 60.00, of which the company bears 15.00; S2 is
    # charged 118.75, 43.75 above its part. S1 appeals and is left with nothing: its 60.00 are cost.
    charged = {"S1": {"labour": 60_00}, "S2": {"labour": 118_75}}
    halves = [("supplier:S1", Decimal("0.5")), ("supplier:S2", Decimal("0.5"))]
    lowered = {"labour": {"supplier:S1": Lowered(0, "department:D")}}

    bearing = borne({"labour": 150_00}, halves, lowered, lambda name, *_: charged[name])

    assert bearing["labour"] == {
        "company": 15_00,
        "supplier:S2": 118_75,
        "markup": -43_75,
        "department:D": 60_00,
    }
