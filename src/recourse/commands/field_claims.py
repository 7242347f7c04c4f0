"""What can be asked about a field claim, from the centre's opinion to the group's ruling (P1)?"""

from datetime import date

from recourse.aggregates.base import Act
from recourse.aggregates.claim import Claim
from recourse.aggregates.field_claim import FieldClaim, Opinion, Party
from recourse.commands.base import Command, Desk, EvidencedCommand, ShortText
from recourse.values.parties import Identifier, Text


class ProposeHandling(EvidencedCommand):
    TITLE = Text("提出现场索赔处理意见", "propose the handling of the field claim")
    BY = ("service_centre",)
    RULES = ("Z-4.1.3b", "Z-4.1.3a", "ZA29")

    field_claim: Identifier
    unit: Identifier
    part: Identifier
    opinion: Opinion
    found_on: date
    claim: Identifier | None = None


def propose_handling(command: ProposeHandling, act: Act, desk: Desk) -> None:
    claim = desk.find(Claim, command.claim) if command.claim else None
    field_claim = desk.get(FieldClaim, command.field_claim)
    field_claim.propose(act, **command.model_dump(exclude={"field_claim", "claim", "evidence"}))
    if claim and claim.id != field_claim.claim:
        field_claim.link(act, claim)


class ApproveHandling(Command):
    TITLE = Text("批准处理意见并告知质量部", "approve the handling and tell the quality department")
    BY = ("service_centre",)
    RULES = ("Z-4.1.3b", "Z-4.1.3c", "ZA33")

    field_claim: Identifier


def approve_handling(command: ApproveHandling, act: Act, desk: Desk) -> None:
    desk.find(FieldClaim, command.field_claim).approve(act)


class LinkFieldClaim(Command):
    TITLE = Text("关联现场索赔与收到的索赔", "link the field claim to the claim received")
    BY = ("quality_engineer", "service_centre")
    RULES = ("Z-4.1.3c", "Z-4.4.2")

    field_claim: Identifier
    claim: Identifier


def link_field_claim(command: LinkFieldClaim, act: Act, desk: Desk) -> None:
    field_claim = desk.find(FieldClaim, command.field_claim)
    field_claim.link(act, desk.find(Claim, command.claim))


class DisputeFieldClaim(EvidencedCommand):
    TITLE = Text("对现场索赔提出争议", "dispute the field claim")
    BY = ("quality_engineer", "service_centre")
    RULES = ("Z-4.1.3d", "ZA13")

    field_claim: Identifier
    party: Party
    against: Party
    reason: ShortText


def dispute_field_claim(command: DisputeFieldClaim, act: Act, desk: Desk) -> None:
    field_claim = desk.find(FieldClaim, command.field_claim)
    field_claim.dispute(act, party=command.party, against=command.against)


class RecordFieldRuling(EvidencedCommand):
    TITLE = Text("登记集团对现场索赔的裁定", "record the group's ruling on the field claim")
    BY = ("quality_engineer",)
    RULES = ("Z-4.1.3d", "ZA13", "ZA33")

    field_claim: Identifier
    ruling: Opinion
    reference: Identifier
    ruled_on: date


def record_field_ruling(command: RecordFieldRuling, act: Act, desk: Desk) -> None:
    field_claim = desk.find(FieldClaim, command.field_claim)
    field_claim.record_ruling(act, **command.model_dump(exclude={"field_claim", "evidence"}))


def in_field_dispute(desk: Desk, claim: str) -> bool:
    """Whether a dispute about the field claim behind `claim` is open."""
    return bool(desk.held(f"claim {claim} field "))
