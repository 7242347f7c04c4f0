"""What can be asked about returned old parts?"""

from recourse.aggregates.base import Act
from recourse.aggregates.claim import Claim
from recourse.aggregates.part import Part
from recourse.aggregates.returned_part import Answer, Finding, ReturnedPart
from recourse.commands.base import Command, Desk, EvidencedCommand, ShortText, supplier_in_charge
from recourse.values.parties import Identifier, Text


class ReceivePart(Command):
    TITLE = Text("接收旧件", "receive the old part")
    BY = ("quality_engineer",)
    RULES = ("Z-3.1.3",)

    tag: Identifier
    claim: Identifier
    listed: int


def receive_part(command: ReceivePart, act: Act, desk: Desk) -> None:
    claim = desk.find(Claim, command.claim)
    desk.get(ReturnedPart, command.tag).receive(act, claim=claim.id, listed=command.listed)


class CountParts(EvidencedCommand):
    TITLE = Text("清点旧件", "count the old parts")
    BY = ("quality_engineer",)
    RULES = ("Z-4.2.2a", "ZA39")

    tag: Identifier
    counted: int


def count_parts(command: CountParts, act: Act, desk: Desk) -> None:
    desk.find(ReturnedPart, command.tag).count(act, command.counted)


class InspectPart(EvidencedCommand):
    TITLE = Text("鉴定旧件", "inspect the old part")
    BY = ("quality_engineer",)
    RULES = ("Z-3.1.5", "ZA44")

    tag: Identifier
    finding: Finding


def inspect_part(command: InspectPart, act: Act, desk: Desk) -> None:
    desk.find(ReturnedPart, command.tag).inspect(act, command.finding)


class ConfirmPart(EvidencedCommand):
    TITLE = Text("确认旧件", "answer for the old part")
    BY = ("supplier",)
    RULES = ("Z-4.2.2b", "ZA31")

    tag: Identifier
    answer: Answer
    reason: ShortText | None = None


def confirm_part(command: ConfirmPart, act: Act, desk: Desk) -> None:
    part = desk.find(ReturnedPart, command.tag)
    supplier_in_charge(act, maker_of(part, desk), name=part.id)
    part.record_answer(act, command.answer)


def maker_of(part: ReturnedPart, desk: Desk) -> str:
    """The supplier that made the returned part by the part master, or "" where it says nothing."""
    claim = desk.get(Claim, part.claim).received
    day = claim.built_on or claim.repaired_on
    return desk.get(Part, claim.part).supplier_of(claim.unit, day) or ""


class ConfirmPartOnline(Command):
    TITLE = Text("网上确认旧件", "confirm the old part online")
    BY = ("quality_engineer",)
    RULES = ("Z-4.2.3",)

    tag: Identifier


def confirm_part_online(command: ConfirmPartOnline, act: Act, desk: Desk) -> None:
    desk.find(ReturnedPart, command.tag).confirm_online(act)
