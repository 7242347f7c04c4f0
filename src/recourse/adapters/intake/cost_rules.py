"""Which columns say what was spent, in which currency, and what counts where they disagree?"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from recourse.adapters.intake.cells import Grouping
from recourse.adapters.intake.sections import Exact, Name, Reasoned, Section
from recourse.values.money import CURRENCY

ComponentName = Literal["labour", "material", "travel", "other"]
Choice = Literal["reject", "first", "second"]


class ComponentSource(Section):
    """The column of a component, or `rest`: the total less all others."""

    column: Name | None = None
    rest: bool = False
    empty_is_zero: Reasoned | None = None

    @model_validator(mode="after")
    def _one_source(self) -> "ComponentSource":
        if (self.column is None) != self.rest:
            raise ValueError("a component has either a `column` or `rest = true`")
        return self


class Decision(Reasoned):
    """Which of the two totals counts, or "reject"."""

    decision: Choice


class Total(Section):
    """The column of the total, or two of them and what counts where they do not agree."""

    columns: tuple[Name, ...] = Field(min_length=1, max_length=2)
    differ: Decision | None = None
    one_empty: Decision | None = None

    @model_validator(mode="after")
    def _decided(self) -> "Total":
        doubts = (self.differ, self.one_empty)
        if len(self.columns) == 2 and None in doubts:
            raise ValueError("two totals need the decisions `differ` and `one_empty`")
        if len(self.columns) == 1 and doubts != (None, None):
            raise ValueError("one total alone can neither differ nor be empty beside another")
        return self


class Costs(Reasoned):
    """Where the cost of each component stands; `max` is the largest total of a row believed."""

    grouping: Grouping
    max: Exact
    components: dict[ComponentName, ComponentSource] = Field(min_length=1)
    total: Total | None = None

    @model_validator(mode="after")
    def _adds_up(self) -> "Costs":
        rests = [component for component in self.components.values() if component.rest]
        if len(rests) > 1 or (rests and self.total is None):
            raise ValueError("at most one component is the rest, and it needs a `total`")
        return self


class Rate(Section):
    """What one unit of a currency is worth in yuan, first and last day included."""

    currency: str = Field(pattern=r"^[A-Z]{3}$")
    since: date
    until: date | None = None
    cny_per_unit: Annotated[Exact, Field(gt=0)]
    source: Name

    def governs(self, currency: str, day: date) -> bool:
        return self.currency == currency and self.since <= day <= (self.until or date.max)

    @model_validator(mode="after")
    def _in_order(self) -> "Rate":
        if self.until is not None and self.until < self.since:
            raise ValueError("`until` is before `since`")
        return self


class Currency(Reasoned):
    """The currency of a row: `always` the same, or by the value of `column`."""

    always: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    column: Name | None = None
    values: dict[str, Annotated[str, Field(pattern=r"^[A-Z]{3}$")]] = Field(default_factory=dict)
    rates: tuple[Rate, ...] = ()

    def rate(self, currency: str, day: date) -> Rate | None:
        """The rate of `currency` for `day`, if there is one."""
        return next((rate for rate in self.rates if rate.governs(currency, day)), None)

    @model_validator(mode="after")
    def _unmistakable(self) -> "Currency":
        if (self.always is None) == (self.column is None) or bool(self.values) != bool(self.column):
            raise ValueError("name either `always` or `column` with its `values`")
        for place, rate in enumerate(self.rates):
            if rate.currency == CURRENCY:
                raise ValueError("CNY needs no rate")
            for other in self.rates[:place]:
                if other.governs(rate.currency, rate.since) or rate.governs(
                    other.currency, other.since
                ):
                    raise ValueError(f"two rates of {rate.currency} govern the same day")
        return self
