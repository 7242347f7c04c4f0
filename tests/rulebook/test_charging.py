"""Is a supplier charged what the book's tables come to, and does every fen keep one bearer?"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recourse.aggregates.claim.division import Lowered, borne, sums
from recourse.rulebook.charging import (
    ChargeRow,
    ChargeRule,
    Charging,
    Measures,
    Repair,
    charge,
    missing_measures,
)
from recourse.values.money import CHARGED, fen, total

DAY = date(2026, 3, 2)
SHARES = [
    [("supplier:S1", "1")],
    [("supplier:S1", "0.5"), ("supplier:S2", "0.5")],
    [("supplier:S1", "0.333"), ("supplier:S2", "0.333"), ("service", "0.334")],
    [("department:D", "1")],
]
PARTS = [Decimal(written) for written in ("0.25", "0.333", "0.75", "1")]

amounts = st.integers(0, 500_000)
money = st.integers(0, 50_000).map(lambda fen_of: f"{fen_of // 100}.{fen_of % 100:02d}")
numbers = st.integers(0, 400).map(lambda tenths: Decimal(tenths) / 10)
perhaps = st.one_of(st.none(), numbers)


def rule(key, *rows):
    of = tuple(ChargeRow(supplier=supplier, says=says) for supplier, says in rows)
    return ChargeRule(key=key, clause="R-1", since=DAY, rows=of)


@st.composite
def chargings(draw):
    """Any rules that a book can have on charges, each there or not."""
    share = st.sampled_from(["0.10", "0.333", "0.60", "1"])
    any_rules = [
        rule("charge.labour", ("S1", {"rate": draw(money)}), (None, {"rate": draw(money)})),
        rule("charge.material", (None, {"factor": draw(st.sampled_from(["0.5", "1", "1.10"]))})),
        rule("charge.travel", (None, {"rate": draw(money)})),
        rule("charge.handling", (None, {"percent": "8", "of": "material, labour"})),
        rule("charge.fixed", (None, {"amount": draw(money)})),
        rule(
            "charge.shares",
            ("S1", {"share": draw(share), "cap": "800.00", "floor": "50.00"}),
            (None, {"share": draw(share)}),
        ),
        rule("charge.limits", (None, {"months": "24"})),
    ]
    kept = draw(st.lists(st.sampled_from(any_rules), min_size=1, unique_by=lambda it: it.key))
    return Charging(rules=tuple(kept))


@st.composite
def repairs(draw):
    """Any claim, some of what was claimed accepted, measured or not."""
    claimed = {name: draw(amounts) for name in ("labour", "material", "travel", "other")}
    accepted = {name: draw(st.integers(0, amount)) for name, amount in claimed.items()}
    measures = Measures(
        hours=draw(perhaps),
        unit_price=draw(st.one_of(st.none(), amounts)),
        distance_km=draw(perhaps),
        months_in_service=draw(st.one_of(st.none(), st.integers(20, 30))),
    )
    return Repair(claimed, accepted, draw(st.integers(0, 3)), DAY, None, None, measures)


def divided(charging, repair, shares, lowered=None):
    written = [(bearer, Decimal(share)) for bearer, share in shares]
    charged = lambda supplier, share, own: charge(charging, repair, supplier, share, own).amounts  # noqa: E731
    return borne(repair.accepted, written, lowered or {}, charged)


@given(chargings(), repairs(), st.sampled_from(SHARES))
def test_the_bearers_sum_to_what_was_accepted_by_any_book(charging, repair, shares):
    bearing = divided(charging, repair, shares)

    for component in {*bearing, *repair.accepted}:
        assert total(bearing.get(component, {})) == repair.accepted.get(component, 0)


@given(chargings(), repairs(), st.sampled_from(SHARES))
def test_nobody_but_the_mark_up_bears_less_than_nothing(charging, repair, shares):
    borne_by = sums(divided(charging, repair, shares))

    assert all(amount > 0 or bearer == "markup" for bearer, amount in borne_by.items())
    assert borne_by.get("markup", 0) <= 0


@given(chargings(), repairs(), st.sampled_from(SHARES), amounts)
def test_an_appeal_leaves_a_supplier_at_most_so_much_and_keeps_the_sum(
    charging, repair, shares, at_most
):
    lowered = {"labour": {"supplier:S1": Lowered(at_most, "undetermined")}}

    bearing = divided(charging, repair, shares, lowered)

    assert bearing.get("labour", {}).get("supplier:S1", 0) <= at_most
    assert total(bearing.get("labour", {})) == repair.accepted["labour"]


@given(chargings(), repairs())
def test_a_supplier_is_never_charged_above_its_cap_nor_between_nothing_and_its_floor(
    charging, repair
):
    own = repair.accepted
    charged = total(charge(charging, repair, "S1", Decimal(1), own).amounts)

    if charging.rule("charge.shares"):
        assert charged == 0 or 5_000 <= charged <= 80_000


def reckoned(charging, repair, supplier, share, own):
    """What the docstring of `charge` says, written once more in another way."""
    says = {it.key.removeprefix("charge."): it.of(supplier) for it in charging.rules}
    told, whole = repair.measures, {name: Fraction(it) for name, it in repair.accepted.items()}
    beyond = "limits" in says and (told.months_in_service or 0) > int(says["limits"]["months"])
    if beyond:
        return {}
    products = {
        "labour": lambda it: told.hours is not None and Fraction(told.hours) * fen(it["rate"]),
        "material": lambda it: (
            told.unit_price is not None
            and repair.quantity * told.unit_price * Fraction(it["factor"])
        ),
        "travel": lambda it: (
            told.distance_km is not None and Fraction(told.distance_km) * fen(it["rate"])
        ),
    }
    agreed = Fraction(says.get("shares", {}).get("share", "1"))
    found = {name: int(own.get(name, 0) * agreed) for name in whole}
    by_formula = {}
    for name, product in products.items():
        if name in says and whole[name] and (value := product(says[name])) is not False:
            part = whole[name] / repair.claimed[name]
            by_formula[name] = int(value * part + Fraction(1, 2))
    if total(repair.accepted) and "handling" in says:
        base = sum(by_formula.get(name, whole[name]) for name in ("labour", "material"))
        by_formula["handling"] = int(base * Fraction(8, 100) + Fraction(1, 2))
    if total(repair.accepted) and "fixed" in says:
        by_formula["fixed"] = fen(says["fixed"]["amount"])
    found |= {name: int(it * Fraction(share) * agreed) for name, it in by_formula.items()}
    return within(found, says.get("shares", {}))


def within(found, terms):
    """Nothing below the floor; at the cap, the fen left go to the largest remainders."""
    amounts = [found.get(name, 0) for name in CHARGED]
    before = sum(amounts)
    if before < fen(terms.get("floor", "0")):
        return {}
    cap = fen(terms.get("cap", "10000000"))
    if before > cap:
        exact = [Fraction(amount * cap, before) for amount in amounts]
        amounts = [int(it) for it in exact]
        order = sorted(range(len(CHARGED)), key=lambda at: (amounts[at] - exact[at], at))
        for at in order[: cap - sum(amounts)]:
            amounts[at] += 1
    return {name: it for name, it in zip(CHARGED, amounts, strict=True) if it}


@given(chargings(), repairs(), st.sampled_from(["S1", "S2"]), st.sampled_from(PARTS))
def test_the_formulas_come_to_what_somebody_else_reckons(charging, repair, supplier, share):
    own = {name: int(it * Fraction(share)) for name, it in repair.accepted.items()}

    charged = charge(charging, repair, supplier, share, own)

    assert dict(charged.amounts) == reckoned(charging, repair, supplier, share, own)


@given(chargings(), repairs(), st.sampled_from(PARTS), st.sampled_from(PARTS))
def test_who_is_responsible_for_more_is_never_charged_less(charging, repair, one, other):
    def charged(share):
        own = {name: int(it * Fraction(share)) for name, it in repair.accepted.items()}
        return total(charge(charging, repair, "S1", share, own).amounts)

    less, more = sorted([one, other])

    assert charged(less) <= charged(more)


@given(chargings(), repairs(), st.sampled_from(SHARES), st.randoms(use_true_random=False))
def test_the_order_in_which_a_line_names_its_components_changes_nothing(
    charging, repair, shares, chance
):
    names = list(repair.accepted)
    chance.shuffle(names)
    shuffled = replace(
        repair,
        claimed={name: repair.claimed[name] for name in names},
        accepted={name: repair.accepted[name] for name in names},
    )

    assert divided(charging, shuffled, shares) == divided(charging, repair, shares)


def test_the_fen_left_of_a_cap_go_by_the_order_of_components_not_of_the_line():
    thirds = [("S1", {"share": "1", "cap": "1.00"}), (None, {"share": "1"})]
    of = Charging(rules=(rule("charge.shares", *thirds),))
    own = {"travel": 50, "material": 50, "labour": 50}

    charged = charge(of, repaired(own, own), "S1", Decimal(1), own)

    assert charged.amounts == {"labour": 34, "material": 33, "travel": 33}


def repaired(claimed, accepted=None, *, quantity=2, sold_on=None, mileage_km=None, **told):
    """A repair with these amounts in fen and these measures."""
    whole = claimed if accepted is None else accepted
    return Repair(claimed, whole, quantity, DAY, sold_on, mileage_km, Measures(**told))


def charged_to(repair, *rules, share="1"):
    """What S1 is charged by these rules."""
    own = {name: int(it * Fraction(share)) for name, it in repair.accepted.items()}
    return dict(charge(Charging(rules=rules), repair, "S1", Decimal(share), own).amounts)


LABOUR = rule("charge.labour", (None, {"rate": "80.00"}))
MATERIAL = rule("charge.material", (None, {"factor": "1.10"}))
TRAVEL = rule("charge.travel", (None, {"rate": "2.50"}))
HANDLING = rule("charge.handling", (None, {"percent": "8", "of": "material, labour"}))
FIXED = rule("charge.fixed", (None, {"amount": "20.00"}))
LIMITS = rule("charge.limits", (None, {"months": "24", "mileage_km": "200000"}))


@pytest.mark.parametrize(
    ("hours", "fen_of"),
    [("2.5", 20_000), ("0", 0), ("0.0001", 1), ("0.00006", 0), ("0.00007", 1), ("1000", 8_000_000)],
)
def test_labour_is_hours_times_the_rate_and_half_a_fen_is_one(hours, fen_of):
    # 0.0001 h x 8000 fen = 0.8 fen; 0.00006 h are 0.48 and 0.00007 h 0.56 of a fen.
    found = charged_to(repaired({"labour": 10_000}, hours=Decimal(hours)), LABOUR)

    assert found == ({"labour": fen_of} if fen_of else {})


def test_material_is_the_number_of_parts_times_price_times_factor():
    # 2 x 333.33 x 1.10 = 733.326 yuan, which is 733.33
    found = charged_to(repaired({"material": 100_000}, unit_price=33_333), MATERIAL)

    assert found == {"material": 73_333}


def test_travel_is_distance_times_rate():
    found = charged_to(repaired({"travel": 10_000}, distance_km=Decimal("120.5")), TRAVEL)

    assert found == {"travel": 30_125}


def test_a_formula_counts_in_the_proportion_accepted():
    # 200.00 x 10000/30000 = 66.666... yuan, and of the third of it 22.22 in the supplier's favour
    line = repaired({"labour": 30_000}, {"labour": 10_000}, hours=Decimal("2.5"))

    assert charged_to(line, LABOUR) == {"labour": 6_667}
    assert charged_to(line, LABOUR, share="0.3333333333") == {"labour": 2_222}


def test_handling_counts_what_was_reckoned_and_where_nothing_was_what_was_accepted():
    # 8 % of (200.00 by the formula + 100.00 as accepted) = 24.00
    line = repaired({"labour": 30_000, "material": 10_000}, hours=Decimal("2.5"))

    assert charged_to(line, LABOUR, HANDLING) == {
        "labour": 20_000,
        "material": 10_000,
        "handling": 2_400,
    }


def test_where_nothing_was_accepted_nothing_is_charged_beside_it():
    line = repaired({"labour": 30_000}, {"labour": 0}, hours=Decimal("2.5"))

    assert charged_to(line, LABOUR, HANDLING, FIXED) == {}


def test_what_was_claimed_at_nothing_is_not_reckoned_by_its_hours():
    line = repaired({"labour": 0, "other": 500}, hours=Decimal("2.5"))

    assert charged_to(line, LABOUR, FIXED) == {"other": 500, "fixed": 2_000}


def test_a_component_whose_measure_is_not_told_is_passed_on_as_accepted():
    line = repaired({"labour": 30_000, "travel": 100})

    assert charged_to(line, LABOUR, TRAVEL, share="0.5") == {"labour": 15_000, "travel": 50}


@pytest.mark.parametrize(
    ("told", "excluded"),
    [
        ({"months_in_service": 24}, ""),
        ({"months_in_service": 25}, "months"),
        ({"sold_on": date(2024, 3, 2)}, ""),
        ({"sold_on": date(2024, 3, 1)}, "months"),
        ({"sold_on": date(2024, 3, 1), "months_in_service": 24}, ""),  # what the line says counts
        ({"mileage_km": 200_000}, ""),
        ({"mileage_km": 200_001}, "mileage_km"),
        ({}, ""),
    ],
)
def test_beyond_a_limit_nothing_is_charged_and_what_is_not_known_is_not_beyond(told, excluded):
    line = repaired({"labour": 10_000}, **told)

    charged = charge(Charging(rules=(LIMITS,)), line, "S1", Decimal(1), {"labour": 10_000})

    assert charged.excluded == excluded
    assert charged.amounts == ({} if excluded else {"labour": 10_000})


@pytest.mark.parametrize(
    ("own", "charged"), [(4_999, 0), (5_000, 5_000), (80_000, 80_000), (80_001, 80_000)]
)
def test_at_the_floor_and_at_the_cap_the_amount_is_charged_itself(own, charged):
    agreed = rule("charge.shares", (None, {"share": "1", "cap": "800.00", "floor": "50.00"}))

    assert total(charged_to(repaired({"other": own}), agreed)) == charged


def test_a_measure_is_missing_only_where_its_component_was_accepted():
    charging = Charging(rules=(LABOUR, MATERIAL, TRAVEL))
    line = repaired({"labour": 100, "material": 100, "travel": 0}, unit_price=100)

    missing = [(component, measure) for component, measure, _ in missing_measures(charging, line)]

    assert missing == [("labour", "hours")]
