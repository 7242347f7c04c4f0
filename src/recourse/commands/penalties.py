"""What can be asked about the penalty of a zero-km unit?"""

from pydantic import Field

from recourse.aggregates.base import Act
from recourse.aggregates.claim import Claim, Severity
from recourse.aggregates.part import Part
from recourse.commands.base import Command, Desk, ShortText
from recourse.commands.charges import days_of
from recourse.commands.notes import approved_notes_of
from recourse.rulebook.powers import penalty_bounds
from recourse.values.money import Yuan
from recourse.values.parties import Identifier, Text
from recourse.values.refusal import Refused


class SetPenalty(Command):
    TITLE = Text("设定零公里质量考核", "set the penalty")
    BY = ("quality_engineer",)
    RULES = ("Z-4.5.3b", "ZA5", "ZA6")

    claim: Identifier
    severity: Severity
    amount: Yuan
    reason: ShortText
    supplier: Identifier | None = None
    split: dict[Identifier, Yuan] = Field(default_factory=dict)
    again: ShortText | None = None

    def model_post_init(self, _: object) -> None:
        if bool(self.supplier) == bool(self.split):
            raise ValueError("name either the supplier or a split, and not both")

    @property
    def parts(self) -> dict[str, int]:
        """Supplier -> fen."""
        return self.split or {str(self.supplier): self.amount}


def set_penalty(command: SetPenalty, act: Act, desk: Desk) -> None:
    claim = desk.find(Claim, command.claim)
    if claim.closed:
        raise Refused("claim-closed", claim=claim.id)
    _must_be_penalisable(claim, command, desk)
    family = desk.get(Part, claim.received.part).family
    bounds = penalty_bounds(
        desk.book, days_of(claim, act), severity=command.severity, family=family
    )
    claim.set_penalty(
        act,
        command.parts,
        amount=command.amount,
        severity=command.severity,
        again=command.again is not None,
        bounds=bounds,
    )


def _must_be_penalisable(claim: Claim, command: SetPenalty, desk: Desk) -> None:
    for supplier in command.parts:
        if claim.share_of(supplier) is None:
            raise Refused("penalty-without-share", "Z-4.5.3a", supplier=supplier, claim=claim.id)
    if claim.stage != "zero_km":
        raise Refused("not-zero-km", claim=claim.id, stage=claim.stage)
    if claim.penalty or claim.penalty_was_lowered:
        raise Refused("penalty-already-set", "ZA6", claim=claim.id)
    for note in approved_notes_of(desk, claim.id):
        if note.supplier in command.parts:
            raise Refused("note-already-approved", "Z-4.5.2b", chargeback=note.id, claim=claim.id)
    others = desk.all(Claim, f"unit {claim.received.unit} claim ")
    if any(other.penalty for other in others) and command.again is None:
        raise Refused("penalty-on-this-unit", "ZA6", unit=claim.received.unit)


class WithdrawPenalty(Command):
    TITLE = Text("撤销质量考核", "withdraw the penalty")
    BY = ("quality_manager",)
    RULES = ("Z-4.5.3b",)

    claim: Identifier
    reason: ShortText


def withdraw_penalty(command: WithdrawPenalty, act: Act, desk: Desk) -> None:
    claim = desk.find(Claim, command.claim)
    for note in approved_notes_of(desk, claim.id):
        if f"{claim.id}/penalty" in note.amounts:
            raise Refused("note-already-approved", "Z-4.5.2b", chargeback=note.id, claim=claim.id)
    claim.withdraw_penalty(act)
