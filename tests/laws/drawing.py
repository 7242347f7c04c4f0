"""Who are the people of the histories, and how does one draw what they do?"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st

from laws.reference_base import COMPONENTS, Person, World

PEOPLE: dict[str, tuple[str, ...]] = {
    "engineer": ("quality_engineer",),
    "colleague": ("quality_engineer",),
    "boss": ("quality_manager",),
    "both": ("quality_engineer", "quality_manager", "finance_checker"),
    "deputy": ("deputy_gm",),
    "centre": ("service_centre",),
    "cashier": ("finance",),
    "treasurer": ("finance", "finance_checker"),
    "checker": ("finance_checker",),
    "buyer": ("purchasing",),
    "buyer2": ("purchasing",),
    "seller1": ("supplier:S1",),
    "seller2": ("supplier:S2",),
    "seller3": ("supplier:S3",),
    "shop": ("department:assembly",),
}
AMOUNTS = ("0.01", "0.10", "33.33", "100.00", "77.77", "250.01", "1000.00")


def yuan(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02d}"


class Move(NamedTuple):
    """Who does what."""

    person: Person
    act: str
    fields: dict[str, Any]


def by(person: str, act: str, **fields: Any) -> Move:
    return Move((person, PEOPLE[person]), act, fields)


class Drawing:
    """Draws what fits a world."""

    def __init__(self, world: World, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self.world = world
        self.draw = draw

    def pick(self, options: Sequence[Any]) -> Any:
        return self.draw(st.sampled_from(options))

    def often(self) -> bool:
        return self.pick((True, True, True, False))

    def some(self, options: Sequence[Any], most: int) -> list[Any]:
        return self.draw(st.lists(st.sampled_from(options), min_size=1, max_size=most, unique=True))

    def costs(self) -> dict[str, str]:
        return {component: self.pick(AMOUNTS) for component in self.some(COMPONENTS, 4)}

    def day_between(self, first: date) -> date:
        """A day from `first` to today, or now and then the day before or after."""
        today = self.world["day"]
        days = (today, first, first + (today - first) / 2)
        wrong = (today + timedelta(days=1), first - timedelta(days=1))
        return self.pick(days if self.often() else (*days, *wrong))
