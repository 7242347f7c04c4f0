"""By which rules is the accepted cost of one claim charged to a supplier, and how much is it?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Self

from pydantic import BaseModel, ConfigDict

from recourse.rulebook.book import Rulebook
from recourse.rulebook.kinds import said
from recourse.rulebook.rule import Days
from recourse.values.calendar import after_months
from recourse.values.money import CHARGED, Fen, divide, fen, total

FORMULAS = {
    "charge.labour": ("labour", "rate", "hours"),
    "charge.material": ("material", "factor", "unit_price"),
    "charge.travel": ("travel", "rate", "distance_km"),
}
"""Rule -> component, the column that it is multiplied by, and the measure of the line it needs."""
HANDLING, FIXED = "handling", "fixed"
HALF = Fraction(1, 2)


class Measures(BaseModel):
    """What a line of the network says beside its amounts, as far as it says so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hours: Decimal | None = None
    unit_price: Fen | None = None
    distance_km: Decimal | None = None
    months_in_service: int | None = None

    def updated(self, newer: "Measures | None") -> "Measures":
        """With what a `newer` version of the line says in place of the older."""
        return self.model_copy(update=newer.model_dump(exclude_none=True)) if newer else self


class ChargeRow(BaseModel):
    """A row of a table as it stood in the book, for one supplier or any."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    supplier: str | None = None
    says: dict[str, str]


class ChargeRule(BaseModel):
    """A rule on charges as it governs one claim; the first row that fits a supplier decides."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    clause: str
    since: date
    rows: tuple[ChargeRow, ...]

    def of(self, supplier: str) -> Mapping[str, str]:
        """What the rule says for `supplier`."""
        return next(row.says for row in self.rows if row.supplier in {None, supplier})


class Charging(BaseModel):
    """Every rule on charges that governs one claim: kept with it, so that no book is asked again.

    `family` is that of the part, as known then.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    family: str | None = None
    rules: tuple[ChargeRule, ...]

    @classmethod
    def by(cls, book: Rulebook, days: Days, *, family: str | None, stage: str) -> Self | None:
        """What `book` says of a claim, or None where it passes accepted cost on as it is."""
        rules = tuple(_rules(book, days, {"family": family, "stage": stage}))
        return cls(family=family, rules=rules) if rules else None

    def rule(self, key: str) -> ChargeRule | None:
        """The rule under `key`, if the book had one."""
        return next((rule for rule in self.rules if rule.key == key), None)


def _rules(book: Rulebook, days: Days, about: Mapping[str, str | None]) -> Iterator[ChargeRule]:
    for key in book.rules:
        edition = book.found(key, days) if key.startswith("charge.") else None
        if edition:
            rows = tuple(
                ChargeRow(
                    supplier=row.when.get("supplier"),
                    says={column: said(column, value) for column, value in row.says.items()},
                )
                for row in edition.rows
                if row.fits({**about, "supplier": row.when.get("supplier")})
            )
            yield ChargeRule(key=key, clause=edition.clause, since=edition.since, rows=rows)


@dataclass(frozen=True, slots=True)
class Repair:
    """What the rules look at in a claim; amounts in fen by component."""

    claimed: Mapping[str, int]
    accepted: Mapping[str, int]
    quantity: int
    repaired_on: date
    sold_on: date | None
    mileage_km: int | None
    measures: Measures


@dataclass(frozen=True, slots=True)
class Price:
    """What a formula makes of one component, before shares: `factors` multiplied, rounded once.

    `accepted_part` is the part of what was claimed of it that was accepted.
    """

    component: str
    amount: int  # fen, half a fen up
    factors: Mapping[str, str]
    accepted_part: Fraction
    rule: ChargeRule


@dataclass(frozen=True, slots=True)
class Charge:
    """What one supplier bears of a claim by the book, component -> fen above nothing.

    `share` is its share of the responsibility, `agreed` the part of that which it bears by
    agreement. `shared` is what that makes of each component before `cap` or `floor`; `excluded`
    names the limit that the failure is beyond.
    """

    supplier: str
    amounts: Mapping[str, int]
    prices: tuple[Price, ...]
    share: Decimal
    agreed: Decimal
    shared: Mapping[str, int]
    cap: int | None = None
    floor: int | None = None
    excluded: str = ""
    rules: tuple[ChargeRule, ...] = field(default=())

    @property
    def before(self) -> int:
        """The sum before the cap or the floor, in fen."""
        return total(self.shared)


def charge(
    charging: Charging, repair: Repair, supplier: str, share: Decimal, own: Mapping[str, int]
) -> Charge:
    """What `supplier` bears, with `share` of the responsibility and `own` fen of the accepted cost.

    A component with a formula is priced by it, in the proportion in which it was accepted; any
    other, and one whose measure the line does not give, is passed on as accepted. A part of a fen
    is dropped, in the supplier's favour. Then come the cap and the floor for a claim: above the
    one only the cap is charged, divided like the amounts, ties in the order of `CHARGED`; below
    the other nothing.
    """
    beyond = _limit_exceeded(charging, repair, supplier)
    if beyond:
        rules = _named(charging, "charge.limits")
        return Charge(supplier, {}, (), share, Decimal(1), {}, excluded=beyond, rules=rules)
    prices = tuple(_prices(charging, repair, supplier))
    agreement = charging.rule("charge.shares")
    terms = agreement.of(supplier) if agreement else {}
    agreed = Decimal(terms.get("share", "1"))
    part = Fraction(share) * Fraction(agreed)
    found = {name: floor(passed_on * Fraction(agreed)) for name, passed_on in own.items()}
    found |= {price.component: floor(price.amount * part) for price in prices}
    shared = {name: found[name] for name in CHARGED if found.get(name)}
    amounts, before = shared, total(shared)
    cap, least = (fen(terms[name]) if name in terms else None for name in ("cap", "floor"))
    if cap is not None and before > cap:
        amounts = divide(cap, [(name, Fraction(of_it, before)) for name, of_it in shared.items()])
    if least is not None and before < least:
        amounts = {}
    applied = {price.rule.key: price.rule for price in prices}
    rules = (*applied.values(), *_named(charging, "charge.shares"))
    return Charge(supplier, amounts, prices, share, agreed, shared, cap, least, rules=rules)


def missing_measures(charging: Charging, repair: Repair) -> Iterator[tuple[str, str, ChargeRule]]:
    """Each component accepted whose formula needs a measure that the line does not give."""
    for key, (component, _, measure) in FORMULAS.items():
        rule = charging.rule(key)
        absent = getattr(repair.measures, measure) is None
        if rule and absent and repair.accepted.get(component):
            yield component, measure, rule


def _named(charging: Charging, key: str) -> tuple[ChargeRule, ...]:
    rule = charging.rule(key)
    return (rule,) if rule else ()


def _limit_exceeded(charging: Charging, repair: Repair, supplier: str) -> str:
    """The limit that the failure is beyond, "months" or "mileage_km"; what is not known is not."""
    rule = charging.rule("charge.limits")
    limits = rule.of(supplier) if rule else {}
    if "months" in limits and _served_longer(repair, int(limits["months"])):
        return "months"
    driven = repair.mileage_km
    if "mileage_km" in limits and driven is not None and driven > int(limits["mileage_km"]):
        return "mileage_km"
    return ""


def _served_longer(repair: Repair, months: int) -> bool:
    told = repair.measures.months_in_service
    if told is not None:
        return told > months
    return repair.sold_on is not None and after_months(repair.repaired_on, repair.sold_on, months)


def _prices(charging: Charging, repair: Repair, supplier: str) -> Iterator[Price]:
    if not total(repair.accepted):
        return
    base = dict(repair.accepted)
    for key, (component, column, measure) in FORMULAS.items():
        rule, measured = charging.rule(key), getattr(repair.measures, measure)
        if rule is None or measured is None or not repair.accepted.get(component):
            continue
        price = _product(component, column, measured, rule, repair, supplier)
        base[component] = price.amount
        yield price
    handling = charging.rule("charge.handling")
    if handling:
        says = handling.of(supplier)
        part = sum(base.get(name, 0) for name in says["of"].split(", "))
        amount = _half_up(part * Fraction(says["percent"]) / 100)
        yield Price(HANDLING, amount, {**says, "base": str(part)}, Fraction(1), handling)
    fixed = charging.rule("charge.fixed")
    if fixed:
        says = fixed.of(supplier)
        if amount := fen(says["amount"]):
            yield Price(FIXED, amount, says, Fraction(1), fixed)


def _product(
    component: str,
    column: str,
    measured: Decimal | int,
    rule: ChargeRule,
    repair: Repair,
    supplier: str,
) -> Price:
    """Hours × rate, quantity × unit price × factor, or distance × rate (rates in yuan)."""
    written = rule.of(supplier)[column]
    rate = Fraction(written) if component == "material" else Fraction(fen(written))
    factors = {"measured": str(measured), column: written}
    amount = Fraction(measured) * rate
    if component == "material":
        factors["quantity"] = str(repair.quantity)
        amount *= repair.quantity
    accepted = Fraction(repair.accepted[component], repair.claimed[component])
    return Price(component, _half_up(amount * accepted), factors, accepted, rule)


def _half_up(amount: Fraction) -> int:
    return floor(amount + HALF)
