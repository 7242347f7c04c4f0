"""What can be asked about claims?"""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer

from recourse.aggregates.base import Act
from recourse.aggregates.claim import Claim, Stage
from recourse.aggregates.claim.doubts import Agreed, Arrival, examine
from recourse.aggregates.claim.gates import WAIVABLE, missing
from recourse.aggregates.part import Part
from recourse.aggregates.returned_part import ReturnedPart
from recourse.aggregates.supplier import Supplier
from recourse.commands.base import Command, Desk, EvidencedCommand, ShortText
from recourse.commands.charges import Measured, charging_of
from recourse.commands.field_claims import in_field_dispute
from recourse.commands.notes import live_note_of
from recourse.rulebook.charging import Measures
from recourse.values.money import Component, Yuan
from recourse.values.parties import Bearer, Identifier, Text, supplier_of

Costs = dict[Component, Yuan]


def _share(written: object) -> Decimal:
    if not isinstance(written, str) or not written.isascii():
        raise ValueError('a share is written between quotes, such as "0.70"')
    share = Decimal(written) if written.replace(".", "", 1).lstrip("-").isdigit() else None
    if share is None or len(written) > 20:
        raise ValueError(f'{written!r} is not a share such as "0.70"')
    return share


ShareText = Annotated[Decimal, BeforeValidator(_share), PlainSerializer(str)]


class ReceiveClaim(Measured):
    TITLE = Text("接收索赔", "receive the claim")
    BY = ("quality_engineer",)
    RULES = ("Z-4.4.2",)

    unit: Identifier
    part: Identifier
    stage: Stage
    repaired_on: date
    costs: Costs
    note: Identifier | None = None
    line: Identifier | None = None
    line_version: int | None = Field(default=None, ge=0)
    plant: Identifier | None = None
    built_on: date | None = None
    sold_on: date | None = None
    mileage_km: int | None = Field(default=None, ge=0)
    fault: str | None = Field(default=None, max_length=40)
    quantity: int = 1
    source: dict[str, str] = Field(default_factory=dict)


def receive_claim(command: ReceiveClaim, act: Act, desk: Desk) -> None:
    line = command.model_dump(exclude={"claim", *Measures.model_fields})
    line |= {"costs": command.costs, "measures": command.measures}
    take_in(desk.get(Claim, command.claim), line, act, desk)


LOOKED_AT = frozenset(each.name for each in fields(Arrival))
"""What of a line the checks on arrival look at."""


def take_in(claim: Claim, line: dict[str, Any], act: Act, desk: Desk) -> None:
    """Receive `line`, checked against what was agreed and what the unit's earlier claims say."""
    arrived = Arrival(**{name: value for name, value in line.items() if name in LOOKED_AT})
    agreed, applied = _agreed(arrived, line["unit"], desk)
    earlier = desk.all(Claim, f"unit {line['unit']} claim ")
    doubts, unchecked = examine(arrived, earlier, agreed)
    claim.receive(act, **line, doubts=doubts, unchecked=unchecked, applied=applied)


def _agreed(arrived: Arrival, unit: str, desk: Desk) -> tuple[Agreed, dict[str, str]]:
    """What was agreed for the part; where no terms were, those of the rulebook for its kind."""
    part = desk.get(Part, arrived.part)
    agreed, applied = part.agreed(arrived.repaired_on, arrived.sold_on)
    if "terms" in applied or arrived.sold_on is None:
        return agreed, applied
    days = {"sold": arrived.sold_on, "repaired": arrived.repaired_on}
    edition = desk.book.found("terms.warranty", days)
    if edition is None:
        return agreed, applied
    maker = part.supplier_of(unit, arrived.built_on or arrived.repaired_on)
    says = edition.row({"supplier": maker, "family": part.family, "stage": arrived.stage}).says
    months, mileage_km = (
        int(str(says[name])) if name in says else None for name in ("months", "mileage_km")
    )
    terms = replace(agreed, months=months, mileage_km=mileage_km)
    return terms, applied | {"terms": f"rulebook {edition.clause}"}


class AmendClaim(Measured):
    TITLE = Text("更正索赔", "amend the claim")
    BY = ("quality_engineer",)
    RULES = ("Z-4.4.2",)

    costs: Costs
    line_version: int | None = Field(default=None, ge=0)


def amend_claim(command: AmendClaim, act: Act, desk: Desk) -> None:
    claim = desk.find(Claim, command.claim)
    claim.amend(act, command.costs, command.line_version, command.measures)


class AssignClaim(Command):
    TITLE = Text("指定专人确认", "assign the claim")
    BY = ("quality_manager",)
    RULES = ("Z-4.4.2",)

    claim: Identifier
    to: Identifier


def assign_claim(command: AssignClaim, act: Act, desk: Desk) -> None:
    desk.find(Claim, command.claim).assign(act, command.to)


class ConfirmInformation(Command):
    TITLE = Text("确认服务信息", "confirm the information")
    BY = ("quality_engineer",)
    RULES = ("Z-4.4.2",)

    claim: Identifier


def confirm_information(command: ConfirmInformation, act: Act, desk: Desk) -> None:
    desk.find(Claim, command.claim).confirm_information(act)


class ConfirmCost(Command):
    TITLE = Text("确认费用", "confirm the cost")
    BY = ("quality_engineer",)
    RULES = ("Z-4.4.2",)

    claim: Identifier
    accepted: Costs = Field(default_factory=dict)


def confirm_cost(command: ConfirmCost, act: Act, desk: Desk) -> None:
    claim = desk.find(Claim, command.claim)
    claim.confirm_cost(act, command.accepted, charging_of(claim, act, desk))


class AttributeClaim(Command):
    TITLE = Text("判定责任", "attribute the claim")
    BY = ("quality_engineer",)
    RULES = ("Z-4.4.2", "Z-4.4.1a", "ZA24")

    claim: Identifier
    shares: dict[Bearer, ShareText]
    reason: ShortText | None = None


def attribute_claim(command: AttributeClaim, act: Act, desk: Desk) -> None:
    attribute(desk.find(Claim, command.claim), command.shares, act, desk)


def attribute(claim: Claim, shares: dict[Bearer, Decimal], act: Act, desk: Desk) -> None:
    """Confirm the shares of responsibility, of known suppliers, on no live note (Z-4.4.2)."""
    for name in map(supplier_of, shares):
        if name:
            desk.find(Supplier, name)
    claim.attribute(act, list(shares.items()), live_note_of(desk, claim.id))


class WaiveGate(Command):
    TITLE = Text("免除一道关卡", "waive the gate")
    BY = ("quality_manager",)
    RULES = ("ZA41",)

    claim: Identifier
    gate: str
    reason: ShortText


def waive_gate(command: WaiveGate, act: Act, desk: Desk) -> None:
    claim = desk.find(Claim, command.claim)
    shut = shut_gates(desk, claim, act)
    claim.waive(act, command.gate, missing=[gate for gate in shut if gate in WAIVABLE])


class MarkNotReturned(EvidencedCommand):
    TITLE = Text("认定旧件未按规定返回", "mark the part as not returned")
    BY = ("quality_engineer",)
    RULES = ("Z-4.2.1c", "ZA11", "ZA12")

    claim: Identifier
    reason: ShortText


def mark_not_returned(command: MarkNotReturned, act: Act, desk: Desk) -> None:
    desk.find(Claim, command.claim).mark_not_returned(act)


class WithdrawNotReturned(Command):
    TITLE = Text("撤回未按规定返回的认定", "withdraw the finding of no return")
    BY = ("quality_engineer",)
    RULES = ("Z-4.2.1c", "ZA11", "ZA12")

    claim: Identifier
    reason: ShortText


def withdraw_not_returned(command: WithdrawNotReturned, act: Act, desk: Desk) -> None:
    desk.find(Claim, command.claim).withdraw_not_returned(act)


def parts_of(desk: Desk, claim: str) -> list[ReturnedPart]:
    """The returned parts of `claim`, by their tags."""
    return desk.all(ReturnedPart, f"claim {claim} part ")


def shut_gates(desk: Desk, claim: Claim, act: Act) -> list[str]:
    """The gates of `claim` that are neither passed nor waived (ZA41)."""
    field_dispute = in_field_dispute(desk, claim.id)
    required = desk.book.value("gates.required", act.on)
    return missing(claim, parts_of(desk, claim.id), required, field_dispute=field_dispute)
