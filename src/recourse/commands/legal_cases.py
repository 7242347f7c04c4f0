"""What can be asked about a legal case against a supplier (P5)?"""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from recourse.aggregates.base import Act
from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.claim import Claim
from recourse.aggregates.legal_case import LegalCase, Outcome, Trigger
from recourse.aggregates.supplier import Supplier
from recourse.commands.base import Command, Desk, EvidencedCommand
from recourse.values.parties import Identifier, Text
from recourse.values.refusal import Refused


def _listed(written: object) -> object:
    return [written] if isinstance(written, str) else written


class OpenLegalCase(Command):
    TITLE = Text("登记法律案件", "open the legal case")
    BY = ("quality_manager",)
    RULES = ("Z-4.6.2", "ZA34")

    legal_case: Identifier
    supplier: Identifier
    trigger: Annotated[tuple[Trigger, ...], BeforeValidator(_listed), Field(min_length=1)]
    joining: tuple[Identifier, ...] = Field(min_length=1)
    claims: tuple[Identifier, ...] = ()
    notes: tuple[Identifier, ...] = ()


def open_legal_case(command: OpenLegalCase, act: Act, desk: Desk) -> None:
    supplier = desk.find(Supplier, command.supplier)
    case = desk.get(LegalCase, command.legal_case)
    case.must_be_new()
    _must_concern(desk, supplier.id, command.claims, command.notes)
    case.open(
        act,
        supplier=supplier.id,
        triggers=command.trigger,
        joining=command.joining,
        claims=command.claims,
        notes=command.notes,
    )


class JoinLegalCase(Command):
    TITLE = Text("增加参加法律案件的部门", "let a department join the legal case")
    BY = ("quality_manager",)
    RULES = ("Z-4.6.2",)

    legal_case: Identifier
    department: Identifier


def join_legal_case(command: JoinLegalCase, act: Act, desk: Desk) -> None:
    desk.find(LegalCase, command.legal_case).join(act, command.department)


class LinkLegalCase(Command):
    TITLE = Text("把索赔或索赔单列入法律案件", "link claims or chargebacks to the legal case")
    BY = ("quality_manager",)
    RULES = ("Z-4.6.2", "ZA34")

    legal_case: Identifier
    claims: tuple[Identifier, ...] = ()
    notes: tuple[Identifier, ...] = ()


def link_legal_case(command: LinkLegalCase, act: Act, desk: Desk) -> None:
    case = desk.find(LegalCase, command.legal_case)
    case.must_be_open()
    _must_concern(desk, case.supplier, command.claims, command.notes)
    case.link(act, command.claims, command.notes)


class CloseLegalCase(EvidencedCommand):
    TITLE = Text("结束法律案件", "close the legal case")
    BY = ("quality_manager",)
    RULES = ("Z-4.6.2",)

    legal_case: Identifier
    outcome: Outcome
    reference: Identifier
    closed_on: date


def close_legal_case(command: CloseLegalCase, act: Act, desk: Desk) -> None:
    case = desk.find(LegalCase, command.legal_case)
    case.close(act, **command.model_dump(exclude={"legal_case", "evidence"}))


def _must_concern(desk: Desk, supplier: str, claims: Sequence[str], notes: Sequence[str]) -> None:
    """Refuse claims and notes nobody knows, and notes of another supplier."""
    for claim in claims:
        desk.find(Claim, claim)
    for name in notes:
        note = desk.find(Chargeback, name)
        if note.supplier != supplier:
            raise Refused(
                "legal-case-of-another-supplier",
                chargeback=name,
                charged=note.supplier,
                supplier=supplier,
            )
