"""What looks wrong with a claim on arrival, and what could not be looked at?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from recourse.aggregates.claim.received import ReceivedLine
from recourse.values.calendar import after_months

Doubt = Literal[
    "duplicate",
    "repaired_before_built",
    "repaired_before_sold",
    "mileage_backwards",
    "cost_above_standard",
    "outside_terms",
]
Verdict = bool | None
"""Whether a doubt is right; None where the data to tell are missing."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the checks look at in a claim that comes in."""

    part: str
    stage: str
    repaired_on: date
    costs: Mapping[str, int]
    built_on: date | None = None
    sold_on: date | None = None
    mileage_km: int | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed for the part: the most that is paid, and how long and far it is warranted."""

    standard: Mapping[str, int] = field(default_factory=dict)  # component -> fen
    months: int | None = None
    mileage_km: int | None = None


def examine(
    arrived: Arrival, earlier: Sequence[ReceivedLine], agreed: Agreed
) -> tuple[tuple[Doubt, ...], tuple[Doubt, ...]]:
    """The doubts about a claim, and what was left unchecked for lack of data (ZA20, ZA21).

    `earlier` are the claims of the same unit that were received before, whenever it was repaired.
    """
    verdicts = dict(_verdicts(arrived, [claim.received for claim in earlier], agreed))
    return (
        tuple(doubt for doubt, right in verdicts.items() if right),
        tuple(doubt for doubt, right in verdicts.items() if right is None),
    )


def _verdicts(
    arrived: Arrival, others: Sequence[ReceivedLine.Received], agreed: Agreed
) -> Iterator[tuple[Doubt, Verdict]]:
    same = (arrived.part, arrived.repaired_on)
    yield "duplicate", any(same == (other.part, other.repaired_on) for other in others)
    yield "repaired_before_built", _before(arrived.repaired_on, arrived.built_on)
    if arrived.stage == "after_sale":
        yield "repaired_before_sold", _before(arrived.repaired_on, arrived.sold_on)
    yield "mileage_backwards", _mileage_backwards(arrived, others)
    yield "cost_above_standard", _above_standard(arrived, agreed)
    if arrived.stage == "after_sale":
        yield "outside_terms", _outside_terms(arrived, agreed)


def _before(day: date, other: date | None) -> Verdict:
    return None if other is None else day < other


def _mileage_backwards(arrived: Arrival, others: Iterable[ReceivedLine.Received]) -> Verdict:
    """Whether the unit had run further at an earlier repair, or less far at a later one.

    Two repairs on one day have no order.
    """
    elsewhen = [other for other in others if other.repaired_on != arrived.repaired_on]
    known = [
        (other.repaired_on, other.mileage_km) for other in elsewhen if other.mileage_km is not None
    ]
    own = arrived.mileage_km
    if own is None:
        return None
    if any((km > own) == (day < arrived.repaired_on) and km != own for day, km in known):
        return True
    return False if len(known) == len(elsewhen) else None


def _above_standard(arrived: Arrival, agreed: Agreed) -> Verdict:
    if not agreed.standard:
        return None
    named = [(cost, agreed.standard.get(component)) for component, cost in arrived.costs.items()]
    if any(most is not None and cost > most for cost, most in named):
        return True
    return False if all(most is not None for _, most in named) else None


def _outside_terms(arrived: Arrival, agreed: Agreed) -> Verdict:
    """Whether it was repaired after the months, counted from the sale, or beyond the mileage."""
    verdicts: list[Verdict] = []
    if agreed.months is not None:
        verdicts.append(_after_months(arrived.repaired_on, arrived.sold_on, agreed.months))
    if agreed.mileage_km is not None:
        own = arrived.mileage_km
        verdicts.append(None if own is None else own > agreed.mileage_km)
    if any(verdicts):
        return True
    return None if not verdicts or None in verdicts else False


def _after_months(repaired_on: date, sold_on: date | None, months: int) -> Verdict:
    return None if sold_on is None else after_months(repaired_on, sold_on, months)
