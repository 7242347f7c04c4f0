"""What can be asked about an issued chargeback: receipt, answer, recheck, arbitration?"""

from datetime import date
from string import ascii_lowercase
from typing import Literal

from pydantic import BaseModel, ConfigDict

from recourse.aggregates.base import Act
from recourse.aggregates.chargeback import Chargeback, ChargeLine, LineOutcome
from recourse.aggregates.claim import Claim
from recourse.aggregates.deadline import RecordedDeadline
from recourse.aggregates.returned_part import ReturnedPart
from recourse.aggregates.supplier import Supplier
from recourse.commands.base import Command, Desk, EvidencedCommand, ShortText, supplier_in_charge
from recourse.commands.drafts import proof_kind
from recourse.commands.periods import period_after
from recourse.commands.referrals import overcharging
from recourse.rulebook.rule import Days
from recourse.values.money import Yuan
from recourse.values.parties import ENGINE, UNDETERMINED, Bearer, Identifier, Text, supplier_of


class ReducedTo(BaseModel):
    """A line is left with this much."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reduced_to: Yuan


Outcomes = dict[str, Literal["upheld", "withdrawn"] | ReducedTo]


class RecordReceipt(EvidencedCommand):
    TITLE = Text("登记供方收到索赔单", "record the receipt")
    BY = ("purchasing",)
    RULES = ("Z-4.6.1a", "ZA1", "ZA2")

    chargeback: Identifier
    received_on: date
    proof: ShortText


def record_receipt(command: RecordReceipt, act: Act, desk: Desk) -> None:
    note = desk.find(Chargeback, command.chargeback)
    note.must_be_receivable()
    note.must_fit(act, command.received_on)  # before a last day is reckoned from it
    note.record_receipt(
        act,
        command.received_on,
        proof=proof_kind(command.proof),
        deadline=time_to_appeal(note, command.received_on, act, desk),
    )


class CorrectReceipt(EvidencedCommand):
    TITLE = Text("更正收到日期", "correct the receipt")
    BY = ("purchasing",)
    RULES = ("Z-4.6.1a", "ZA33")

    chargeback: Identifier
    received_on: date
    reason: ShortText


def correct_receipt(command: CorrectReceipt, act: Act, desk: Desk) -> None:
    note = desk.find(Chargeback, command.chargeback)
    note.must_be_correctable(act)
    note.must_fit(act, command.received_on)
    period = time_to_appeal(note, command.received_on, act, desk)
    note.correct_receipt(act, command.received_on, deadline=period)


def time_to_appeal(note: Chargeback, received_on: date, act: Act, desk: Desk) -> RecordedDeadline:
    """Until when a note received on that day can be appealed against."""
    return period_after(received_on, "appeal.days", act, desk, issued_on=note.issued_on)


class LapseAppeal(Command):
    TITLE = Text("申诉期届满", "let the appeal lapse")
    BY = (ENGINE,)
    RULES = ("Z-4.6.1a", "ZA10")

    chargeback: Identifier


def lapse_appeal(command: LapseAppeal, act: Act, desk: Desk) -> None:
    note = desk.get(Chargeback, command.chargeback)
    received_on = note.received_on or act.on
    either = {"received": received_on, "issued": note.issued_on}
    consent = desk.book.choice("appeal.silence", either) == "deemed_accepted"
    supplier = desk.get(Supplier, note.supplier)
    day = desk.book.rules["appeal.silence"].day(either)
    known = any(supplier.knows(clause, day, desk.book) for clause in _appeal_clauses(either, desk))
    deem = consent and known and not overcharging(desk, note)
    note.lapse(act, by=act.on, deem=deem)


def _appeal_clauses(either: Days, desk: Desk) -> set[str]:
    """The clause that gives the days to appeal, and the one that it is a lettered part of."""
    clause = desk.book.rules["appeal.days"].on(either).clause
    return {clause, clause.rstrip(ascii_lowercase)}


class ConfirmChargeback(Command):
    TITLE = Text("确认索赔单", "confirm the chargeback")
    BY = ("supplier",)
    RULES = ("Z-4.6.3a",)

    chargeback: Identifier


def confirm_chargeback(command: ConfirmChargeback, act: Act, desk: Desk) -> None:
    note = desk.find(Chargeback, command.chargeback)
    supplier_in_charge(act, note.supplier, name=note.id)
    note.confirm(act)


class AppealChargeback(EvidencedCommand):
    TITLE = Text("申诉", "appeal against the chargeback")
    BY = ("supplier",)
    RULES = ("Z-4.6.1a", "ZA10")

    chargeback: Identifier
    lines: tuple[str, ...]
    reason: ShortText


def appeal_chargeback(command: AppealChargeback, act: Act, desk: Desk) -> None:
    note = desk.find(Chargeback, command.chargeback)
    supplier_in_charge(act, note.supplier, name=note.id)
    note.appeal(act, command.lines)


class AdmitLateAppeal(Command):
    TITLE = Text("受理迟到的申诉", "admit the late appeal")
    BY = ("quality_manager",)
    RULES = ("ZA10",)

    chargeback: Identifier
    reason: ShortText


def admit_late_appeal(command: AdmitLateAppeal, act: Act, desk: Desk) -> None:
    desk.find(Chargeback, command.chargeback).admit_late_appeal(act)


class RecheckAppeal(Command):
    TITLE = Text("复核申诉", "recheck the appeal")
    BY = ("quality_engineer",)
    RULES = ("Z-4.6.1b", "Z-4.6.1c", "ZA33")

    chargeback: Identifier
    outcomes: Outcomes
    moves_to: Bearer = UNDETERMINED


def recheck_appeal(command: RecheckAppeal, act: Act, desk: Desk) -> None:
    note = desk.find(Chargeback, command.chargeback)
    note.must_be_rechecked()
    note.must_not_be_drafter(act)
    outcomes = _judged(note, command.outcomes)
    before = dict(note.amounts)
    note.recheck(act, outcomes, command.moves_to)
    _move(note, act, desk, before, command.moves_to)


class RequestArbitration(EvidencedCommand):
    TITLE = Text("申请仲裁", "request the arbitration")
    BY = ("supplier",)
    RULES = ("Z-4.6.1d",)

    chargeback: Identifier
    lines: tuple[str, ...]
    reason: ShortText


def request_arbitration(command: RequestArbitration, act: Act, desk: Desk) -> None:
    note = desk.find(Chargeback, command.chargeback)
    supplier_in_charge(act, note.supplier, name=note.id)
    note.request_arbitration(act, command.lines)


class ArbitrateAppeal(Command):
    TITLE = Text("仲裁", "arbitrate the appeal")
    BY = ("deputy_gm",)
    RULES = ("Z-4.6.1d", "ZA40")

    chargeback: Identifier
    outcomes: Outcomes
    moves_to: Bearer = UNDETERMINED


def arbitrate_appeal(command: ArbitrateAppeal, act: Act, desk: Desk) -> None:
    note = desk.find(Chargeback, command.chargeback)
    note.must_be_at_arbitration()
    outcomes = _judged(note, command.outcomes)
    before = dict(note.amounts)
    note.arbitrate(act, outcomes, command.moves_to)
    _move(note, act, desk, before, command.moves_to)


def _judged(note: Chargeback, outcomes: Outcomes) -> list[LineOutcome]:
    return note.judged(
        {
            name: outcome.reduced_to if isinstance(outcome, ReducedTo) else outcome
            for name, outcome in outcomes.items()
        }
    )


def _move(note: Chargeback, act: Act, desk: Desk, before: dict[str, int], to: str) -> None:
    """Let each lowered cost fall on its new bearer, and credit what was taken too much."""
    new_supplier = supplier_of(to)
    if new_supplier:
        desk.find(Supplier, new_supplier)
    for name, amount in note.amounts.items():
        if amount != before[name]:
            _lower(note, note.approved[name], act, desk, to=to)
    note.credit_excess(act)


def _lower(note: Chargeback, line: ChargeLine, act: Act, desk: Desk, *, to: str) -> None:
    """Keep what the outcome left of the line; only a loss falls on somebody else (ZA32)."""
    left, supplier = note.amounts[line.name], note.supplier
    if line.kind == "disposal":
        part = desk.get(ReturnedPart, line.claim)
        part.lower_disposal(act, supplier, amount=left, chargeback=note.id)
        return
    claim = desk.get(Claim, line.claim)
    if line.kind == "penalty":
        claim.lower_penalty(act, supplier, amount=left, chargeback=note.id)
    else:
        claim.lower(act, supplier, line.component, at_most=left, to=to, chargeback=note.id)
