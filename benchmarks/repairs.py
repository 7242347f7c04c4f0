"""Which repairs are claimed in the month, at what cost, and who answers for them?"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

SUPPLIERS = tuple(f"S{number:02d}" for number in range(1, 13))
PARTS_EACH = 5
MONTH = "2026-03"
FIRST_FILE, FILES = date(2026, 3, 2), 20


@dataclass(frozen=True, slots=True)
class Repair:
    """One claim of the month: what was repaired, what it cost, who made the part and who pays."""

    claim: str
    maker: str
    part: str
    stage: str
    received_on: date
    costs: dict[str, str]
    shares: dict[str, str]
    short: bool  # one part fewer came than the list says
    parts: int  # 0: nothing was replaced

    @property
    def tag(self) -> str:
        """The tag of its old parts."""
        return f"T-{self.claim}"

    @property
    def penalised(self) -> bool:
        """Whether a zero-km penalty is set for it."""
        return self.stage == "zero_km" and f"supplier:{self.maker}" in self.shares

    @property
    def appealable(self) -> bool:
        """Whether its maker bears all of it and nothing else, so that a test appeal is simple."""
        return self.shares == {f"supplier:{self.maker}": "1"} and self.stage != "zero_km"


def repairs_of(claims: int, random: Random) -> list[Repair]:
    """So many repairs, spread evenly over the days on which a file comes."""
    return [_repair(number, claims, random) for number in range(claims)]


def _repair(number: int, claims: int, random: Random) -> Repair:
    first_ones = number < 4 * len(SUPPLIERS)  # so that every supplier has something to answer
    maker = SUPPLIERS[number % len(SUPPLIERS)] if first_ones else random.choice(SUPPLIERS)
    stage = random.choices(("after_sale", "pre_sale", "zero_km"), (80, 12, 8))[0]
    costs = {
        "labour": _yuan(random, 80, 400),
        "material": _yuan(random, 200, 3000),
        "travel": _yuan(random, 60, 300),
    }
    if random.random() < 0.1:
        costs["other"] = _yuan(random, 20, 200)
    return Repair(
        claim=f"WC-{MONTH}-{number:06d}",
        maker=maker,
        part=f"P-{maker}-{random.randrange(PARTS_EACH)}",
        stage="after_sale" if first_ones else stage,
        received_on=FIRST_FILE + timedelta(days=number * FILES // claims),
        costs=costs,
        shares={f"supplier:{maker}": "1"} if first_ones else _shares(maker, random),
        short=random.random() < 0.03,
        parts=0 if random.random() < 0.15 else random.randint(1, 3),
    )


def _yuan(random: Random, least: int, most: int) -> str:
    return f"{random.randint(least, most)}.{random.randrange(100):02d}"


def _shares(maker: str, random: Random) -> dict[str, str]:
    own = f"supplier:{maker}"
    other = random.choice([name for name in SUPPLIERS if name != maker])
    return random.choices(
        (
            {own: "1"},
            {own: "0.7", f"supplier:{other}": "0.3"},
            {own: "0.6", "service": "0.4"},
            {own: "0.35", f"supplier:{other}": "0.35", "department:assembly": "0.3"},
            {"service": "1"},
        ),
        (75, 12, 6, 4, 3),
    )[0]
