"""How does one kind of export say what a claim needs, and why was each doubt decided so?"""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from recourse.adapters.intake.cells import Grouping
from recourse.adapters.intake.cost_rules import Costs, Currency
from recourse.adapters.intake.sections import Exact, Name, Reasoned, Section
from recourse.values.parties import Identifier

Stage = Literal["zero_km", "pre_sale", "after_sale"]


class Columns(Section):
    """The column of each field; a field without one is not in this export."""

    claim: Name
    version: Name | None = None
    unit: Name
    part: Name
    repaired_on: Name
    built_on: Name | None = None
    sold_on: Name | None = None
    mileage: Name | None = None
    age_months: Name | None = None
    fault: Name | None = None
    plant: Name | None = None
    note: Name | None = None
    hours: Name | None = None
    unit_price: Name | None = None  # in the currency of the costs
    distance_km: Name | None = None
    months_in_service: Name | None = None


class Shape(Reasoned):
    """The regular expression that the whole of an identifier matches."""

    pattern: Name


class When(Section):
    """What must hold of a row, every condition of it."""

    mileage_max: Exact | None = None
    age_months_max: Exact | None = None
    column: Name | None = None
    values: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> "When":
        if (self.column is None) != (not self.values):
            raise ValueError("`column` and `values` belong together")
        if self.column is None and self.mileage_max is None and self.age_months_max is None:
            raise ValueError("a rule without a condition would match every row")
        return self


class StageRule(Reasoned):
    """The stage of a row for which `when` holds."""

    stage: Stage
    when: When


class OtherStage(Reasoned):
    """The stage of a row that no rule matches, or "reject"."""

    stage: Stage | Literal["reject"]


class Stages(Section):
    """The rules in order, of which the first that matches decides."""

    rules: tuple[StageRule, ...] = ()
    default: OtherStage


class Days(Reasoned):
    """The forms of a day as strptime writes them, and the earliest day of repair believed."""

    formats: tuple[Name, ...] = Field(min_length=1)
    earliest: date


class Mileage(Reasoned):
    """Unit and writing of the mileage; "down" leaves away what follows the decimal point."""

    unit: Literal["km", "mile"]
    grouping: Grouping
    fraction: Literal["down", "reject"]
    max_km: int = Field(gt=0)


class MissingPart(Reasoned):
    """What becomes of a row that names no part: "reject", or `part` of the master is meant."""

    decision: Literal["reject", "use"]
    part: Identifier | None = None

    @model_validator(mode="after")
    def _named(self) -> "MissingPart":
        if (self.decision == "use") != (self.part is not None):
            raise ValueError('`part` belongs to the decision "use", and only to it')
        return self


class Quantity(Reasoned):
    """How many parts were replaced: `always` the same number, or what `column` says."""

    always: int | None = Field(default=None, ge=0)
    column: Name | None = None

    @model_validator(mode="after")
    def _one_source(self) -> "Quantity":
        if (self.always is None) == (self.column is None):
            raise ValueError("name either `always` or `column`")
        return self


class Expected(Reasoned):
    """A column whose meaning is known only for these values; any other rejects the row."""

    column: Name
    values: tuple[str, ...] = Field(min_length=1)


class NotStored(Reasoned):
    """Columns of which nothing is kept; `damaged` says whether lost characters there matter."""

    columns: tuple[Name, ...] = Field(min_length=1)
    damaged: Literal["allowed", "reject"]


class Profile(Section):
    """Everything decided about one kind of export; every column is either used or not stored."""

    name: Identifier
    title_zh: Name
    title_en: Name
    sheet: Name | None = None
    parts: Name
    columns: Columns
    shapes: dict[Literal["claim", "unit", "fault", "plant", "note"], Shape] = Field(
        default_factory=dict
    )
    stage: Stages
    days: Days
    mileage: Mileage | None = None
    costs: Costs
    currency: Currency
    missing_part: MissingPart
    quantity: Quantity
    expected: tuple[Expected, ...] = ()
    not_stored: tuple[NotStored, ...] = ()

    def used_columns(self) -> tuple[str, ...]:
        """Every column that a row must have, each once, in the order of this profile."""
        return tuple(dict.fromkeys(column for column in self._uses() if column is not None))

    def _uses(self) -> Iterator[str | None]:
        yield from self.columns.model_dump().values()
        yield from (rule.when.column for rule in self.stage.rules)
        yield from (component.column for component in self.costs.components.values())
        yield from self.costs.total.columns if self.costs.total else ()
        yield from (self.currency.column, self.quantity.column)
        yield from (expected.column for expected in self.expected)

    @model_validator(mode="after")
    def _whole(self) -> "Profile":
        listed = [column for group in self.not_stored for column in group.columns]
        twice = {column for column in listed if listed.count(column) > 1}
        if both := twice | (set(listed) & set(self.used_columns())):
            raise ValueError(f"listed more than once: {', '.join(sorted(both))}")
        if (self.columns.mileage is None) != (self.mileage is None):
            raise ValueError("`columns.mileage` and the table `mileage` belong together")
        return self
