"""What does a row claim for each component, in fen of yuan, and at which rate?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from recourse.adapters.intake import cells
from recourse.adapters.intake.cost_rules import ComponentSource, Costs, Currency, Decision, Total
from recourse.adapters.intake.reading import Reading
from recourse.values.money import CURRENCY
from recourse.values.parties import Text

_CORRECT = Text("按结算单更正金额。", "Correct the amount from the settlement document.")


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a row claims: fen of yuan by component, and what they were made of."""

    costs: Mapping[str, int]
    origin: Mapping[str, str]


def read_amounts(
    reading: Reading, costs: Costs, currency: Currency, day: date | None
) -> Amounts | None:
    """The amounts of a row repaired on `day`; None when a problem is on record.

    Each component is converted by itself and rounded half up to the fen; what the row claims is
    the sum of these, which may differ by a fen or two from its total converted at once.
    """
    original = _components(reading, costs)
    code = _currency_of(reading, currency)
    rate = _rate(reading, currency, code, day)
    if original is None or code is None or rate is None:
        return None
    per_unit, source = rate
    total = sum(original.values(), Decimal())
    origin = {"currency": code, "total": f"{total:.2f}"}
    if code != CURRENCY:
        origin |= {"rate": str(per_unit), "rate_source": source}
    return Amounts({name: in_fen(amount, per_unit) for name, amount in original.items()}, origin)


def in_fen(amount: Decimal, per_unit: Decimal) -> int:
    """Fen of yuan, half a fen up, of an amount whose unit is worth `per_unit` yuan."""
    return int((amount * per_unit * 100).to_integral_value(ROUND_HALF_UP))


def _components(reading: Reading, costs: Costs) -> dict[str, Decimal] | None:
    named = {
        name: _amount(reading, source, costs)
        for name, source in costs.components.items()
        if source.column is not None
    }
    total = _total(reading, costs.total, costs) if costs.total else None
    found: dict[str, Decimal] = {
        name: amount for name, amount in named.items() if amount is not None
    }
    if len(found) < len(named) or (costs.total and total is None):
        return None
    rest = next((name for name, source in costs.components.items() if source.rest), None)
    if total is not None and not _agrees(reading, costs, total, found, has_rest=rest is not None):
        return None
    if rest is not None and total is not None:
        found[rest] = total - sum(found.values(), Decimal())
    if not _plausible(reading, costs, sum(found.values(), Decimal())):
        return None
    return {name: found[name] for name in costs.components}


def _amount(reading: Reading, source: ComponentSource, costs: Costs) -> Decimal | None:
    assert source.column is not None
    parse = partial(cells.number, grouping=costs.grouping)
    if source.empty_is_zero is None:
        return reading.required(source.column, parse)
    value = reading.optional(source.column, parse)
    return Decimal() if value is None and not reading.has_problem(source.column) else value


def _total(reading: Reading, total: Total, costs: Costs) -> Decimal | None:
    """The total that counts; where two do not agree, the one that the profile decides for."""
    parse = partial(cells.number, grouping=costs.grouping)
    if len(total.columns) == 1:
        return reading.required(total.columns[0], parse)
    first, second = (reading.optional(column, parse) for column in total.columns)
    if any(reading.has_problem(column) for column in total.columns):
        return None
    if first is not None and first == second:
        return first
    if first is not None and second is not None:
        decision, doubt = total.differ, Text("两个总额不一致。", "The two totals differ.")
    else:
        decision, doubt = total.one_empty, Text("总额为空。", "A total is empty.")
    assert decision is not None
    chosen = {"first": first, "second": second, "reject": None}[decision.decision]
    if chosen is None:
        _reject_total(reading, total, doubt, decision)
    return chosen


def _reject_total(reading: Reading, total: Total, doubt: Text, decision: Decision) -> None:
    shown = "; ".join(f"{column} {reading.row.cells[column]}" for column in total.columns)
    reading.reject(
        total.columns[0],
        Text(f"{doubt.zh}{decision.reason_zh}", f"{doubt.en} {decision.reason_en}"),
        Text(
            "向数据提供方核实，两列填写同一总额后再导入该行。",
            "Ask whoever sent the file, write the same total in both columns, import again.",
        ),
        value=shown,
    )


def _agrees(
    reading: Reading,
    costs: Costs,
    total: Decimal,
    found: Mapping[str, Decimal],
    *,
    has_rest: bool,
) -> bool:
    named = sum(found.values(), Decimal())
    if total >= named if has_rest else total == named:
        return True
    assert costs.total is not None
    shown = ", ".join(f"{name} {amount}" for name, amount in found.items())
    reading.reject(
        costs.total.columns[0],
        Text(
            f"总额 {total} 与各项费用不符：{shown}。",
            f"The total {total} does not agree with its components: {shown}.",
        ),
        _CORRECT,
    )
    return False


def _plausible(reading: Reading, costs: Costs, total: Decimal) -> bool:
    if 0 < total <= costs.max:
        return True
    sources = costs.components.values()
    column = costs.total.columns[0] if costs.total else next(s.column for s in sources if s.column)
    reason = (
        Text("总额为零，没有可索赔的金额。", "The total is nothing, so nothing is claimed.")
        if total == 0
        else Text(
            f"总额 {total} 超过方案上限 {costs.max}。{costs.reason_zh}",
            f"The total {total} is above the limit {costs.max} of the profile. {costs.reason_en}",
        )
    )
    reading.reject(column, reason, _CORRECT)
    return False


def _currency_of(reading: Reading, currency: Currency) -> str | None:
    if currency.column is None:
        return currency.always
    found = reading.required(currency.column, str)
    if found is not None and found not in currency.values:
        known = ", ".join(currency.values)
        reading.reject(
            currency.column,
            Text(
                f"方案没有规定它用哪种币种结算；已规定的有：{known}。",
                f"The profile says no currency for it, only for: {known}.",
            ),
            Text(
                "核实币种后写入方案，并附折算率。",
                "Find out the currency and add it to the profile, with a rate.",
            ),
        )
        return None
    return None if found is None else currency.values[found]


def _rate(
    reading: Reading, currency: Currency, code: str | None, day: date | None
) -> tuple[Decimal, str] | None:
    if code is None or day is None:
        return None
    if code == CURRENCY:
        return Decimal(1), ""
    if rate := currency.rate(code, day):
        return rate.cny_per_unit, rate.source
    reading.reject(
        currency.column or "",
        Text(
            f"方案中没有 {day} 的 {code} 折算率。",
            f"The profile has no rate of {code} for {day}.",
        ),
        Text(
            "在方案 currency.rates 中补上该日的折算率及来源。",
            "Add a rate for that day with its source to currency.rates in the profile.",
        ),
        value=code,
    )
    return None
