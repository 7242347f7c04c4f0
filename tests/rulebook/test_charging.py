"""Is a supplier charged what the book's tables come to, and does every fen keep one bearer?"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from recourse.aggregates.claim.division import Lowered, borne, sums
from recourse.rulebook.charging import ChargeRow, ChargeRule, Charging, Measures, Repair, charge
from recourse.values.money import fen, total

DAY = date(2026, 3, 2)
SHARES = [
    [("supplier:S1", "1")],
    [("supplier:S1", "0.5"), ("supplier:S2", "0.5")],
    [("supplier:S1", "0.333"), ("supplier:S2", "0.333"), ("service", "0.334")],
    [("department:D", "1")],
]

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
    """What the docstring of `charge` says, written once more in another way; without a cap."""
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
    return {name: amount for name, amount in found.items() if amount}


@given(chargings(), repairs(), st.sampled_from(["0.25", "0.333", "1"]))
def test_the_formulas_come_to_what_somebody_else_reckons(charging, repair, share):
    own = {name: int(it * Fraction(share)) for name, it in repair.accepted.items()}

    charged = charge(charging, repair, "S2", Decimal(share), own)

    assert dict(charged.amounts) == reckoned(charging, repair, "S2", share, own)
