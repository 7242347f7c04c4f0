"""What can be asked about evidence that comes later?"""

from pydantic import Field

from recourse.aggregates.base import Act
from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.claim import Claim
from recourse.aggregates.clearance import Clearance
from recourse.aggregates.evidence import Evidence
from recourse.aggregates.returned_part import ReturnedPart
from recourse.commands.base import Command, Desk, WrittenProof
from recourse.values.parties import Identifier, Text
from recourse.values.refusal import Refused

ABOUT = (Claim, ReturnedPart, Clearance, Chargeback)


class AddEvidence(Command):
    """Files about a claim, old parts, a notice or a note that were not there when it was asked."""

    TITLE = Text("补充证据", "add the evidence")
    BY = ("quality_engineer", "purchasing", "finance")
    RULES = ("ZA42",)

    label: Identifier
    evidence: tuple[WrittenProof, ...] = Field(min_length=1)


def add_evidence(command: AddEvidence, act: Act, desk: Desk) -> None:
    if not any(desk.get(kind, command.about).exists for kind in ABOUT):
        raise Refused("not-found", kind="evidence", name=command.about)
    desk.get(Evidence, command.about).add(act)
