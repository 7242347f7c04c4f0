"""How are amounts read, written and divided without losing a fen?"""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import floor
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema

CURRENCY = "CNY"
COMPONENTS = ("labour", "material", "travel", "other")
CHARGED = (*COMPONENTS, "handling", "fixed")  # the last two only where a rulebook charges them
LIMIT_FEN = 10**15  # ten trillion yuan: beyond it, a typing error; and safely inside 64 bits


def fen(written: object) -> int:
    """The amount in fen of yuan `written` as text such as "1730.00".

    Raises ValueError for anything but a plain decimal with at most two places.
    """
    if not isinstance(written, str):
        raise ValueError('an amount is written in yuan between quotes, such as "1730.00"')  # noqa: TRY004 - pydantic tells a ValueError to the user
    try:
        amount = Decimal(written)
    except InvalidOperation:
        raise ValueError(f'{written!r} is not an amount in yuan such as "1730.00"') from None
    if not written.isascii() or not amount.is_finite() or "e" in written.lower():
        raise ValueError(f'{written!r} is not an amount in yuan such as "1730.00"')
    scaled = amount * 100
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{written!r} has more than two decimals; the smallest unit is 0.01 yuan")
    if abs(scaled) > LIMIT_FEN:
        raise ValueError(f"{written!r} is larger than any amount this engine keeps")
    return int(scaled)


def yuan(amount: int) -> str:
    """`amount` fen written in yuan with two decimals, such as "1730.00"."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}"


WRITTEN = {"type": "string", "pattern": r"^-?[0-9]{1,14}(\.[0-9]{1,2})?$"}
Yuan = Annotated[int, BeforeValidator(fen), PlainSerializer(yuan), WithJsonSchema(WRITTEN)]
"""Fen inside, a string in yuan wherever a person or another program writes it."""


def component(written: str) -> str:
    """`written`, one of the components of a claim's cost."""
    if written not in COMPONENTS:
        raise ValueError(f"{written!r} is no component of cost: {', '.join(COMPONENTS)}")
    return written


Component = Annotated[str, AfterValidator(component)]

Fen = Annotated[int, Field(strict=True, ge=-LIMIT_FEN, le=LIMIT_FEN)]
"""Integer fen as stored in an event."""


def divide(amount: int, shares: Sequence[tuple[str, Decimal | Fraction]]) -> dict[str, int]:
    """`amount` fen divided by `shares`, to the fen; nobody with nothing is named.

    Each gets the floor; the fen left over go one by one to the largest remainders, ties in the
    order in which the shares are written (ZA24). The parts always sum to `amount`.
    """
    exact = [(bearer, amount * Fraction(share)) for bearer, share in shares]
    parts = {bearer: floor(part) for bearer, part in exact}
    left = amount - sum(parts.values())
    by_remainder = sorted(exact, key=lambda part: -(part[1] % 1))
    for bearer, _ in by_remainder[:left]:
        parts[bearer] += 1
    return {bearer: part for bearer, part in parts.items() if part}


def total(amounts: Mapping[str, int]) -> int:
    """The sum in fen."""
    return sum(amounts.values())
