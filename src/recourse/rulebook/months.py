"""In which month is something settled, and in which money?"""

from calendar import monthrange
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Self

from pydantic import BaseModel, ConfigDict

from recourse.rulebook.book import Rulebook
from recourse.values.money import CURRENCY

HALF = Fraction(1, 2)
MONTHS_OF_A_QUARTER = 3


def last_day_of(month: str) -> date:
    """The last day of a month such as "2026-03"."""
    year, number = map(int, month.split("-"))
    return date(year, number, monthrange(year, number)[1])


def settled_in(month: str, book: Rulebook) -> str:
    """The month under whose name `month` is settled: itself, or the last of its quarter.

    The rule in force at the end of the quarter decides for all of it.
    """
    year, number = month.split("-")
    last = -(-int(number) // MONTHS_OF_A_QUARTER) * MONTHS_OF_A_QUARTER
    quarter = f"{year}-{last:02d}"
    period = book.choice("month.period", last_day_of(quarter))
    return quarter if period == "quarter" else month


class Rate(BaseModel):
    """What one unit of the currency of a settlement is worth in yuan, by which clause."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    currency: str
    rate: Decimal
    clause: str

    @classmethod
    def of(cls, supplier: str, month: str, book: Rulebook) -> Self | None:
        """The rate for `supplier` on the last day of `month`; None where it is settled in yuan."""
        edition = book.found("settlement.currency", last_day_of(month))
        if edition is None:
            return None
        says = edition.row({"supplier": supplier}).says
        if says["currency"] == CURRENCY:
            return None
        rate = Decimal(str(says["rate"]))
        return cls(currency=str(says["currency"]), rate=rate, clause=edition.clause)

    def convert(self, fen: int) -> int:
        """`fen` in hundredths of a unit, half of one rounded away from nothing."""
        hundredths = floor(abs(fen) / Fraction(self.rate) + HALF)
        return hundredths if fen >= 0 else -hundredths
