"""What can be asked about bought-in parts: who makes them, what was agreed for them?"""

from datetime import date
from typing import Annotated

from pydantic import Field

from recourse.aggregates.base import Act
from recourse.aggregates.part import Part
from recourse.aggregates.supplier import Supplier
from recourse.commands.base import Command, Desk
from recourse.values.money import Component, Yuan
from recourse.values.parties import Identifier, Text

Title = Annotated[str, Field(min_length=1, max_length=120)]


class RegisterPart(Command):
    TITLE = Text("登记配套件", "register the part")
    BY = ("purchasing",)
    RULES = ("Z-3.2.1",)

    part: Identifier
    name: Title
    supplier: Identifier
    since: date | None = None
    until: date | None = None
    lots: tuple[Identifier, ...] = ()
    serials: tuple[Identifier, ...] = ()
    family: Identifier | None = None


def register_part(command: RegisterPart, act: Act, desk: Desk) -> None:
    desk.find(Supplier, command.supplier)
    source = command.model_dump(exclude={"part"})
    desk.get(Part, command.part).register(act, **source)


class AgreeStandard(Command):
    TITLE = Text("登记约定的费用标准", "record the agreed standard of cost")
    BY = ("quality_manager",)
    RULES = ("Z-4.4.2", "ZA20")

    part: Identifier
    since: date
    costs: dict[Component, Yuan] = Field(min_length=1)


def agree_standard(command: AgreeStandard, act: Act, desk: Desk) -> None:
    desk.find(Part, command.part).agree_standard(act, command.since, command.costs)


class AgreeTerms(Command):
    TITLE = Text("登记三包期限", "record the warranty terms")
    BY = ("quality_manager",)
    RULES = ("ZA21",)

    part: Identifier
    since: date
    months: int | None = Field(default=None, ge=0, le=600)
    mileage_km: int | None = Field(default=None, ge=0)

    def model_post_init(self, _: object) -> None:
        if self.months is None and self.mileage_km is None:
            raise ValueError("give the months, the mileage_km, or both")


def agree_terms(command: AgreeTerms, act: Act, desk: Desk) -> None:
    part = desk.find(Part, command.part)
    part.agree_terms(act, command.since, command.months, command.mileage_km)
