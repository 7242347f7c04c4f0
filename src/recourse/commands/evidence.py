"""What can be asked about evidence that comes later than what it bears out?"""

from typing import Annotated

from pydantic import AfterValidator, Field

from recourse.aggregates.base import Act, Aggregate
from recourse.aggregates.breakdown import Breakdown
from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.claim import Claim
from recourse.aggregates.clearance import Clearance
from recourse.aggregates.evidence import Evidence
from recourse.aggregates.field_claim import FieldClaim
from recourse.aggregates.legal_case import LegalCase
from recourse.aggregates.order import must_follow
from recourse.aggregates.returned_part import ReturnedPart
from recourse.aggregates.zero_km_job import ZeroKmJob
from recourse.commands.base import Command, Desk, Proofs, must_have_role, supplier_in_charge
from recourse.commands.returned_parts import maker_of
from recourse.values.parties import Text, identifier

ABOUT: dict[str, type[Aggregate]] = {
    kind.TOPIC: kind
    for kind in (
        *(Claim, ReturnedPart, Chargeback, Clearance),
        *(Breakdown, FieldClaim, LegalCase, ZeroKmJob),
    )
}
"""What evidence can be about; a claim and a part may share a name, so the kind is named too."""

OURS = ("quality_engineer", "purchasing", "finance", "service_centre")


def label(written: str) -> str:
    """`written`, the kind and name of something: "claim:C1", "returned_part:T1", ..."""
    kind, _, name = written.partition(":")
    if kind not in ABOUT or not name:
        raise ValueError(
            f"{written!r} is no label: write KIND:NAME, KIND one of {', '.join(ABOUT)}"
        )
    identifier(name)
    return written


Label = Annotated[str, AfterValidator(label)]


class AddEvidence(Command):
    """Files about something on record that were not there when it was recorded."""

    TITLE = Text("补充证据", "add the evidence")
    BY = (*OURS, "supplier")
    RULES = ("ZA42",)

    label: Label
    evidence: Annotated[Proofs, Field(min_length=1)]

    @property
    def about(self) -> str:
        """The name alone, as people know it."""
        return self.label.partition(":")[2]


def add_evidence(command: AddEvidence, act: Act, desk: Desk) -> None:
    kind, _, name = command.label.partition(":")
    thing = desk.find(ABOUT[kind], name)
    if not act.roles.intersection(OURS):
        _must_answer_for(thing, act, desk)
    evidence = desk.get(Evidence, command.label)
    evidence.must_be_new(act)
    must_follow(act, thing.began)
    evidence.add(act)


def _must_answer_for(thing: Aggregate, act: Act, desk: Desk) -> None:
    """Refuse a supplier's person where the thing is not its supplier's own."""
    match thing:
        case Chargeback() | Clearance():
            supplier_in_charge(act, thing.supplier, name=thing.id)
        case ReturnedPart():
            supplier_in_charge(act, maker_of(thing, desk), name=thing.id)
        case _:
            must_have_role(act, *OURS)
