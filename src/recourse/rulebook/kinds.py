"""What does a value of each kind look like, and how is it written exactly?"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from recourse.values.money import COMPONENTS, fen, yuan
from recourse.values.parties import PLAIN_ROLES

Gate = Literal[
    "information",
    "cost",
    "responsibility",
    "counted",
    "inspected",
    "finding",
    "supplier_answer",
    "upstream_dispute",
    "returned",
]
Stage = Literal["zero_km", "pre_sale", "after_sale"]
Severity = Literal["minor", "ordinary", "serious", "critical"]
GATES: tuple[str, ...] = get_args(Gate)
STAGES: tuple[str, ...] = get_args(Stage)
SEVERITIES: tuple[str, ...] = get_args(Severity)
CLOSED = {"stage": STAGES, "severity": SEVERITIES}
"""Selectors with a fixed list of values; "supplier" and "family" (of parts) have none."""

NUMBER = re.compile(r"\d{1,9}(\.\d{1,9})?", re.ASCII)
AMOUNT = re.compile(r"-?\d{1,13}(\.\d{1,2})?", re.ASCII)
MOST, MOST_DAYS = 9_999_999, 3650  # months, kilometres; days of a period: more is a typing error
CURRENCIES = re.compile(r"[A-Z]{3}", re.ASCII)
Value = str | int | bool | Decimal | tuple[str, ...]


class Unfit(Exception):
    """A value that its place cannot have; `code` names the mistake, `facts` make its words."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


Reader = Callable[[object], Value]


def exact(written: object) -> Decimal:
    """A decimal of at least nothing, written between quotes such as "1.10"."""
    if isinstance(written, float):
        raise Unfit("float")
    if not isinstance(written, str) or not NUMBER.fullmatch(written):
        raise Unfit("not-a-number")
    return Decimal(written)


def money(written: object) -> int:
    """Fen of an amount of at least nothing, in yuan between quotes such as "500.00"."""
    if isinstance(written, float):
        raise Unfit("float")
    if not isinstance(written, str) or not AMOUNT.fullmatch(written):
        raise Unfit("not-money")
    amount = fen(written)
    if amount < 0:
        raise Unfit("below-nothing")
    return amount


def percent(written: object) -> Decimal:
    """A percentage from 0 to 100."""
    if (found := exact(written)) > 100:
        raise Unfit("above-hundred")
    return found


def share(written: object) -> Decimal:
    """A fraction above 0 and at most 1."""
    found = exact(written)
    if found > 1:
        raise Unfit("share-above-one")
    if not found:
        raise Unfit("share-of-nothing")
    return found


def factor(written: object) -> Decimal:
    """A number above nothing that an amount is multiplied by."""
    if not (found := exact(written)):
        raise Unfit("factor-of-nothing")
    return found


def count(written: object) -> int:
    """A whole number of at least nothing."""
    if isinstance(written, float):
        raise Unfit("float")
    if isinstance(written, bool) or not isinstance(written, int):
        raise Unfit("not-a-count")
    if written < 0:
        raise Unfit("below-nothing")
    if written > MOST:
        raise Unfit("too-large", most=MOST)
    return written


def days(written: object) -> int:
    """A whole number of days, of at least nothing."""
    if (found := count(written)) > MOST_DAYS:
        raise Unfit("too-large", most=MOST_DAYS)
    return found


def switch(written: object) -> bool:
    """True or false."""
    if not isinstance(written, bool):
        raise Unfit("not-a-switch")
    return written


def one_of(allowed: tuple[str, ...]) -> Reader:
    """A reader of one of `allowed`."""

    def read(written: object) -> str:
        if not isinstance(written, str) or written not in allowed:
            raise Unfit("not-a-choice", allowed=", ".join(allowed))
        return written

    return read


def some_of(allowed: tuple[str, ...]) -> Reader:
    """A reader of a list of `allowed`, each at most once."""

    def read(written: object) -> tuple[str, ...]:
        if not isinstance(written, list | tuple):
            raise Unfit("not-a-list")
        for each in written:
            if each not in allowed:
                raise Unfit("not-in-list", member=each, allowed=", ".join(allowed))
        if len(set(written)) < len(written):
            raise Unfit("twice-in-list")
        return tuple(written)

    return read


def currency(written: object) -> str:
    """The code of a currency, such as "EUR"."""
    if not isinstance(written, str) or not CURRENCIES.fullmatch(written):
        raise Unfit("not-a-currency")
    return written


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: what selects a row, what each row must and may say."""

    selectors: tuple[str, ...]
    must: Mapping[str, Reader]
    may: Mapping[str, Reader]


_OF_A_CLAIM = ("supplier", "family", "stage")
SCALARS: Mapping[str, Reader] = {
    "days": days,
    "money": money,
    "switch": switch,
    "gates": some_of(GATES),
}
"""Kinds with one value; a "choice" has those of its key."""

TABLES: Mapping[str, Columns] = {
    "labour": Columns(_OF_A_CLAIM, {"rate": money}, {}),
    "material": Columns(_OF_A_CLAIM, {"factor": factor}, {}),
    "travel": Columns(_OF_A_CLAIM, {"rate": money}, {}),
    "fixed": Columns(_OF_A_CLAIM, {"amount": money}, {}),
    "handling": Columns(_OF_A_CLAIM, {"percent": percent, "of": some_of(COMPONENTS)}, {}),
    "shares": Columns(_OF_A_CLAIM, {"share": share}, {"cap": money, "floor": money}),
    "limits": Columns(_OF_A_CLAIM, {}, {"months": count, "mileage_km": count}),
    "penalties": Columns(("severity", "family"), {"minimum": money, "maximum": money}, {}),
    "approval": Columns((), {"role": one_of(PLAIN_ROLES)}, {"up_to": money}),
    "currency": Columns(("supplier",), {"currency": currency, "rate": factor}, {}),
}
"""Kinds with a table of rows, of which the first that fits decides."""

MONEY_COLUMNS = frozenset({"rate", "amount", "cap", "floor", "minimum", "maximum", "up_to"})


def said(column: str, value: Value) -> str:
    """A value of a table as it is written, amounts in yuan."""
    if column in MONEY_COLUMNS and isinstance(value, int):
        return yuan(value)
    return ", ".join(value) if isinstance(value, tuple) else str(value)
