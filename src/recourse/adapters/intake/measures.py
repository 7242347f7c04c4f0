"""What does a row say beside its costs, for a rulebook to charge by?"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial

from recourse.adapters.intake import cells
from recourse.adapters.intake.costs import Amounts, in_fen
from recourse.adapters.intake.profile import Profile
from recourse.adapters.intake.reading import Reading
from recourse.rulebook.charging import Measures
from recourse.values.money import yuan

MEASURES = tuple(Measures.model_fields)


def read_measures(reading: Reading, profile: Profile, amounts: Amounts | None) -> dict[str, object]:
    """The measures that the row gives, as `receive_claim` takes them; the price in yuan.

    `amounts` tell at which rate the row's money is converted.
    """
    exact = partial(cells.number, grouping=profile.costs.grouping)
    read: Mapping[str, Callable[[str], Decimal | int]] = {
        "hours": exact,
        "unit_price": exact,
        "distance_km": exact,
        "months_in_service": cells.whole,
    }
    found: dict[str, object] = {}
    for name, parse in read.items():
        value = reading.optional(getattr(profile.columns, name), parse)
        if value is None:
            continue
        if name == "unit_price":
            rate = Decimal(amounts.origin.get("rate", "1")) if amounts else Decimal(1)
            found[name] = yuan(in_fen(Decimal(value), rate))
        else:
            found[name] = value if name == "months_in_service" else str(value)
    return found
