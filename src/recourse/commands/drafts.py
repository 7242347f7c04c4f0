"""What can be asked about a chargeback until it is issued?"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated

from pydantic import Field

from recourse.aggregates.base import Act
from recourse.aggregates.chargeback import Chargeback, ChargeLine, disposal_of, lines_of
from recourse.aggregates.claim import Claim
from recourse.aggregates.order import must_follow
from recourse.aggregates.returned_part import ReturnedPart
from recourse.aggregates.supplier import Supplier
from recourse.commands.base import Command, Desk, EvidencedCommand, ShortText
from recourse.commands.claims import shut_gates
from recourse.commands.referrals import must_not_be_referred
from recourse.rulebook.book import Rulebook
from recourse.rulebook.months import last_day_of
from recourse.rulebook.powers import approvers, must_be_within_limit
from recourse.values.parties import Identifier, Text
from recourse.values.refusal import Refused

Month = Annotated[str, Field(pattern=r"^[1-9]\d{3}-(0[1-9]|1[0-2])$")]


class DraftChargeback(EvidencedCommand):
    TITLE = Text("起草索赔单", "draft the chargeback")
    BY = ("quality_engineer",)
    RULES = ("Z-4.5.2a",)

    chargeback: Identifier | None = None
    supplier: Identifier
    month: Month
    claims: tuple[Identifier, ...] | None = None
    replaces: Identifier | None = None

    @property
    def about(self) -> str:
        """The note's own name where one is given, else whom and which month it is for."""
        return self.chargeback or f"{self.supplier} {self.month}"


def draft_chargeback(command: DraftChargeback, act: Act, desk: Desk) -> None:
    supplier = desk.find(Supplier, command.supplier)
    named = command.claims
    if named is None:
        named = tuple(_ready(desk, supplier.id, act, last_day_of(command.month)))
    claims, parts = _told_apart(desk, dict.fromkeys(named))
    _must_be_free(desk, claims, parts, supplier.id)
    for claim in claims:
        found = desk.find(Claim, claim)
        if found.closed:
            raise Refused("claim-closed", claim=claim)
        if supplier.id not in found.suppliers_concerned:
            raise Refused("supplier-bears-nothing", claim=claim, supplier=supplier.id)
        must_follow(act, found.began)
    for tag in parts:
        done = desk.get(ReturnedPart, tag).disposal
        if done is None or done.supplier != supplier.id:
            raise Refused("part-not-chargeable", tag=tag, supplier=supplier.id)
        must_follow(act, done.effective_on)
    if command.replaces:
        _must_be_replaceable(desk.find(Chargeback, command.replaces), supplier.id)
    note = desk.get(Chargeback, command.chargeback or _next_name(desk, command.month))
    note.draft(
        act,
        supplier=supplier.id,
        month=command.month,
        claims=claims,
        parts=parts,
        replaces=command.replaces,
    )


def _told_apart(desk: Desk, named: Iterable[str]) -> tuple[list[str], list[str]]:
    """The claims and the tags among `named`; a claim of that name goes before a part."""
    claims: list[str] = []
    parts: list[str] = []
    for name in named:
        is_part = not desk.get(Claim, name).exists and desk.get(ReturnedPart, name).exists
        (parts if is_part else claims).append(name)
    return claims, parts


def _ready(desk: Desk, supplier: str, act: Act, until: date) -> list[str]:
    """The claims received by `until` that pass their gates and may stand on a note now."""
    return [
        claim.id
        for claim in desk.all(Claim, f"supplier {supplier} claim ")
        if claim.received.effective_on <= until
        and supplier in claim.suppliers_concerned
        and not desk.holder(f"claim {claim.id} note {supplier}")
        and not shut_gates(desk, claim, act)
    ]


def _must_be_free(desk: Desk, claims: Sequence[str], parts: Sequence[str], supplier: str) -> None:
    """Refuse what is on another live note of the supplier, before any other state (ZA26)."""
    for claim in claims:
        holder = desk.holder(f"claim {claim} note {supplier}")
        if holder:
            name = holder.partition(":")[2]
            raise Refused("claim-already-charged", "ZA26", claim=claim, chargeback=name)
    for tag in parts:
        holder = desk.holder(f"part {tag} note {supplier}")
        if holder:
            name = holder.partition(":")[2]
            raise Refused("part-already-charged", "ZA26", tag=tag, chargeback=name)


def _must_be_replaceable(note: Chargeback, supplier: str) -> None:
    if note.supplier != supplier or note.stage != "void":
        raise Refused("nothing-to-replace", chargeback=note.id, stage=note.stage)


def _next_name(desk: Desk, month: str) -> str:
    """The next free name of a note of `month`, such as "2026-03-0007"."""
    number = 1
    while desk.get(Chargeback, f"{month}-{number:04d}").exists:
        number += 1
    return f"{month}-{number:04d}"


class ApproveChargeback(Command):
    TITLE = Text("批准索赔单", "approve the chargeback")
    BY = ("quality_manager",)
    RULES = ("Z-4.5.2b", "ZA33", "ZA41")

    chargeback: Identifier
    reason: ShortText | None = None

    @classmethod
    def by(cls, book: Rulebook, day: date) -> tuple[str, ...]:
        """Whoever approves notes of some total by the rulebook."""
        return approvers(book, day)


def approve_chargeback(command: ApproveChargeback, act: Act, desk: Desk) -> None:
    note = desk.find(Chargeback, command.chargeback)
    note.must_be_drafted()
    note.must_not_be_drafter(act)
    lines: list[ChargeLine] = []
    for name in note.claims:
        claim = desk.get(Claim, name)
        shut = shut_gates(desk, claim, act)
        if shut:
            rule = desk.book.clause("gates.required", act.on)
            raise Refused("gates-shut", rule, claim=name, gates=", ".join(shut))
        lines += lines_of(claim, note.supplier)
    for tag in note.parts:
        lines += disposal_of(desk.get(ReturnedPart, tag))
    total = sum(line.amount for line in lines)
    must_be_within_limit(desk.book, act.on, act.roles, note=note.id, total=total)
    note.approve(act, lines)


class ReturnChargeback(Command):
    TITLE = Text("退回索赔单草稿", "return the draft")
    BY = ("quality_manager",)
    RULES = ("Z-4.5.2b", "ZA33")

    chargeback: Identifier
    reason: ShortText | None = None


def return_chargeback(command: ReturnChargeback, act: Act, desk: Desk) -> None:
    desk.find(Chargeback, command.chargeback).send_back(act)


class IssueChargeback(Command):
    TITLE = Text("下发索赔单", "issue the chargeback")
    BY = ("finance",)
    RULES = ("Z-4.5.2c",)

    chargeback: Identifier


def issue_chargeback(command: IssueChargeback, act: Act, desk: Desk) -> None:
    note = desk.find(Chargeback, command.chargeback)
    note.must_be_approved()
    must_not_be_referred(desk, note)
    taken = desk.held(f"number {act.on.year}-")
    last = int(taken[-1][0].rpartition("-")[2]) if taken else 0
    note.issue(act, f"{act.on.year}-{last + 1:06d}")


class RecordDelivery(EvidencedCommand):
    TITLE = Text("登记送达", "record the delivery")
    BY = ("purchasing",)
    RULES = ("Z-4.5.2d", "ZA2")

    chargeback: Identifier
    channel: ShortText


def record_delivery(command: RecordDelivery, act: Act, desk: Desk) -> None:
    note = desk.find(Chargeback, command.chargeback)
    note.record_delivery(act, proof_kind(command.channel))


PROOFS = {
    "signed": ("签收", "签字", "回执", "signed"),
    "courier": ("快递", "邮寄", "挂号", "courier"),
    "mail": ("邮件", "邮箱", "mail"),
    "portal": ("系统", "平台", "portal"),
    "fax": ("传真", "fax"),
}


def proof_kind(written: str) -> str:
    """The kind of proof or channel that `written` names; the words themselves are not kept.

    Free text does not enter events (decision 17 of the architecture).
    """
    for kind, words in PROOFS.items():
        if any(word in written.lower() for word in words):
            return kind
    return "other"
