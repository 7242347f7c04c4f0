"""What can be asked in a dispute with the user service centre about a received claim?"""

from datetime import date
from typing import Any, Literal

from recourse.aggregates.base import Act
from recourse.aggregates.claim import Aspect, Claim, Ruling
from recourse.commands.base import Command, Desk, EvidencedCommand, ShortText
from recourse.commands.charges import Measured, charging_of
from recourse.values.money import Component, Yuan
from recourse.values.parties import ENGINE, Identifier, Text
from recourse.values.refusal import Refused

Amounts = dict[Component, Yuan]


class ObjectToClaim(EvidencedCommand):
    TITLE = Text("退回重新核实", "object to the claim")
    BY = ("quality_engineer",)
    RULES = ("Z-4.4.3a",)

    claim: Identifier
    aspect: Aspect
    reason: ShortText


def object_to_claim(command: ObjectToClaim, act: Act, desk: Desk) -> None:
    desk.find(Claim, command.claim).object(act, command.aspect)


class ReturnDoubtfulClaim(Command):
    TITLE = Text("退回有疑点的索赔", "return the doubtful claim")
    BY = (ENGINE,)
    RULES = ("Z-4.4.3a", "ZA20", "ZA21")

    claim: Identifier


def return_doubtful_claim(command: ReturnDoubtfulClaim, act: Act, desk: Desk) -> None:
    claim = desk.find(Claim, command.claim)
    claim.object(act, "information", claim.received.doubts)


class VerifyAgain(Measured):
    TITLE = Text("再次核实", "verify the claim again")
    BY = ("service_centre",)
    RULES = ("Z-4.4.3a",)

    result: Literal["stands", "corrected", "withdrawn"]
    costs: Amounts | None = None


def verify_again(command: VerifyAgain, act: Act, desk: Desk) -> None:
    claim = desk.find(Claim, command.claim)
    claim.verify_again(act, command.result, command.costs, command.measures)


class ConsultOnClaim(Command):
    TITLE = Text("与用户服务中心协商", "consult on the claim")
    BY = ("quality_engineer",)
    RULES = ("Z-4.4.3b",)

    claim: Identifier
    result: Literal["accepted", "refused", "unresolved"]


def consult_on_claim(command: ConsultOnClaim, act: Act, desk: Desk) -> None:
    desk.find(Claim, command.claim).consult(act, command.result)


class ReferToGroup(Command):
    TITLE = Text("提请集团公司质量部裁定", "refer the claim to the group")
    BY = ("service_centre", "quality_engineer")
    RULES = ("Z-4.4.3c", "ZA14")

    claim: Identifier


def refer_to_group(command: ReferToGroup, act: Act, desk: Desk) -> None:
    if "service_centre" not in act.roles and desk.book.choice("referral.by", act.on) == "centre":
        rule = desk.book.clause("referral.by", act.on)
        raise Refused("only-the-centre-refers", "Z-4.4.3c", rule, claim=command.claim)
    desk.find(Claim, command.claim).refer(act)


class _GroupRuling(EvidencedCommand):
    """What the group ruled: a document of its own, recorded and not decided here."""

    claim: Identifier
    ruling: Ruling
    accepted: Amounts | None = None
    reference: Identifier
    ruled_on: date

    @property
    def said(self) -> dict[str, Any]:
        """Everything but the claim and the evidence."""
        said = set(_GroupRuling.model_fields) - {"claim", "evidence"}
        return {name: getattr(self, name) for name in said}


class RecordGroupRuling(_GroupRuling):
    TITLE = Text("登记集团公司质量部的裁定", "record the group's ruling")
    BY = ("quality_engineer",)
    RULES = ("Z-4.4.3d", "ZA33")


def record_group_ruling(command: RecordGroupRuling, act: Act, desk: Desk) -> None:
    claim = desk.find(Claim, command.claim)
    claim.record_ruling(act, charging=charging_of(claim, act, desk), **command.said)


class CorrectGroupRuling(_GroupRuling):
    TITLE = Text("更正登记有误的裁定", "correct the ruling entered wrongly")
    BY = ("quality_manager",)
    RULES = ("Z-4.4.3d",)

    reason: ShortText


def correct_group_ruling(command: CorrectGroupRuling, act: Act, desk: Desk) -> None:
    claim = desk.find(Claim, command.claim)
    claim.correct_ruling(act, charging=charging_of(claim, act, desk), **command.said)
