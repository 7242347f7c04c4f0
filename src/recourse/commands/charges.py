"""By which rules is a claim charged, and what must its line say for them to be used?"""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainSerializer

from recourse.aggregates.base import Act
from recourse.aggregates.claim import Claim
from recourse.aggregates.part import Part
from recourse.commands.base import Command, Desk
from recourse.rulebook.charging import Charging, Measures
from recourse.values.money import Yuan
from recourse.values.parties import Identifier

QUANTITY = re.compile(r"\d{1,6}(\.\d{1,4})?", re.ASCII)


def quantity(written: object) -> Decimal:
    """A number of hours or kilometres, written between quotes."""
    if not isinstance(written, str) or not QUANTITY.fullmatch(written):
        raise ValueError('a quantity is written between quotes, such as "2.5"')
    return Decimal(written)


QuantityText = Annotated[Decimal, BeforeValidator(quantity), PlainSerializer(str)]


class Measured(Command):
    """What a line of the network may say beside its amounts, for rules on charges to go by."""

    claim: Identifier
    hours: QuantityText | None = None
    unit_price: Annotated[Yuan, Field(ge=0)] | None = None
    distance_km: QuantityText | None = None
    months_in_service: int | None = Field(default=None, ge=0, le=600)

    @property
    def measures(self) -> Measures | None:
        """What is said, or None for nothing."""
        said = {name: getattr(self, name) for name in Measures.model_fields}
        return Measures(**said) if any(value is not None for value in said.values()) else None


def charging_of(claim: Claim, act: Act, desk: Desk) -> Charging | None:
    """The rules on charges that govern `claim`; None where cost is passed on as it is."""
    family = desk.get(Part, claim.received.part).family
    return Charging.by(desk.book, days_of(claim, act), family=family, stage=claim.stage)


def days_of(claim: Claim, act: Act) -> dict[str, date]:
    """The days that can select the edition of a rule about `claim`.

    Where the day of sale is not known, that of the repair stands for it.
    """
    received = claim.received
    return {
        "repaired": received.repaired_on,
        "received": received.effective_on,
        "sold": received.sold_on or received.repaired_on,
        "decided": act.on,
    }
