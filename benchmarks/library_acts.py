"""How is each ask of the month answered by the library's aggregates?"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Protocol, TypeVar
from uuid import UUID

from eventsourcing.application import Repository
from eventsourcing.domain import Aggregate
from library_claim import Claim
from library_note import Note, lines_of
from library_things import Act, Part, ReturnedPart, Supplier, must

from recourse.application import Ask
from recourse.commands.answers import (
    AppealChargeback,
    ConfirmChargeback,
    RecheckAppeal,
    RecordReceipt,
)
from recourse.commands.claims import (
    AttributeClaim,
    ConfirmCost,
    ConfirmInformation,
    ReceiveClaim,
    WaiveGate,
)
from recourse.commands.collections import ChooseCollection, CollectChargeback
from recourse.commands.drafts import (
    ApproveChargeback,
    DraftChargeback,
    IssueChargeback,
    RecordDelivery,
    last_day_of,
    proof_kind,
)
from recourse.commands.parts import RegisterPart
from recourse.commands.penalties import SetPenalty
from recourse.commands.returned_parts import (
    ConfirmPart,
    ConfirmPartOnline,
    CountParts,
    InspectPart,
    ReceivePart,
)
from recourse.commands.suppliers import PaySupplier, RecordPayable, RegisterSupplier
from recourse.rulebook.book import built_in
from recourse.rulebook.calendar import published_calendar
from recourse.rulebook.charging import Measures
from recourse.values.calendar import deadline
from recourse.values.parties import UNDETERMINED, business_day

EDITION = built_in().edition
A = TypeVar("A", bound=Aggregate)


class View(Protocol):
    """What the desk looks up in the read models."""

    def ready(self, supplier: str, until: str) -> list[str]:
        """The claims that may be drafted for `supplier`."""

    def tags(self, claim: str) -> list[str]:
        """The tags of the old parts of `claim`."""

    def last_number(self) -> int:
        """The last number issued."""

    def deducted(self, supplier: str) -> int:
        """What was deducted from the supplier's payables."""

    def held(self, supplier: str) -> int:
        """What its unanswered, lapsed or appealed notes hold."""

    def overcharged(self, note: str) -> bool:
        """Whether a line of the note charges more than the supplier bears."""


class Desk:
    """The aggregates of one save: loaded once, saved together."""

    def __init__(self, repository: Repository[UUID], view: View) -> None:
        self.view = view
        self.saved: dict[UUID, Aggregate] = {}
        self._repository = repository
        self._issued = 0

    def get(self, kind: type[A], name: str) -> A:
        """The aggregate of that name; raises `AggregateNotFoundError`."""
        number = kind.create_id(name)
        found = self.saved.get(number)
        if found is None:
            found = self.saved[number] = self._repository.get(number)
        assert isinstance(found, kind)
        return found

    def add(self, new: Aggregate) -> None:
        """Take in a new aggregate."""
        self.saved[new.id] = new

    def next_number(self) -> int:
        """The next number for a note."""
        self._issued += 1
        return self.view.last_number() + self._issued


def act_of(ask: Ask) -> Act:
    """What every event of `ask` carries."""
    return {
        "on": str(ask.on or business_day(ask.at)),
        "actor": ask.by.name,
        "command_id": ask.command_id,
        "caused_by": ask.caused_by,
        "edition": EDITION,
        "clauses": list(ask.command.RULES),
        "currency": "CNY",
    }


def answer(ask: Ask, desk: Desk) -> None:
    """Do on `desk` what is asked."""
    ANSWERS[type(ask.command)](ask.command, act_of(ask), desk)


def _register_supplier(asked: RegisterSupplier, act: Act, desk: Desk) -> None:
    desk.add(Supplier(asked.supplier, act, asked.name, asked.disposal))


def _register_part(asked: RegisterPart, act: Act, desk: Desk) -> None:
    desk.get(Supplier, asked.supplier)
    desk.add(Part(asked.part, act, asked.name, asked.supplier, None, None, [], []))


def _record_payable(asked: RecordPayable, act: Act, desk: Desk) -> None:
    supplier = desk.get(Supplier, asked.supplier)
    supplier.record_payable(act, asked.document, asked.amount, str(asked.due_on))


def _receive(asked: ReceiveClaim, act: Act, desk: Desk) -> None:
    unused = {"claim", *Measures.model_fields}  # no repair of the month has measures
    details = asked.model_dump(mode="json", exclude=unused) | {"costs": asked.costs}
    desk.add(Claim(name=asked.claim, act=act, **details))


def _attribute(asked: AttributeClaim, act: Act, desk: Desk) -> None:
    for bearer in asked.shares:
        kind, _, name = bearer.partition(":")
        if kind == "supplier":
            desk.get(Supplier, name)
    shares = {bearer: str(share) for bearer, share in asked.shares.items()}
    desk.get(Claim, asked.claim).attribute(act, shares)


def _penalise(asked: SetPenalty, act: Act, desk: Desk) -> None:
    claim = desk.get(Claim, asked.claim)
    claim.set_penalty(act, asked.parts, asked.severity, again=asked.again is not None)


def _receive_part(asked: ReceivePart, act: Act, desk: Desk) -> None:
    desk.get(Claim, asked.claim)
    desk.add(ReturnedPart(asked.tag, act, asked.claim, asked.listed))


def _confirm_part(asked: ConfirmPart, act: Act, desk: Desk) -> None:
    old = desk.get(ReturnedPart, asked.tag)
    part = desk.get(Part, desk.get(Claim, old.claim).part)
    must(act["actor"] == f"person-of-{part.supplier}", "not the maker")
    old.answer(act, asked.answer)


def _draft(asked: DraftChargeback, act: Act, desk: Desk) -> None:
    desk.get(Supplier, asked.supplier)
    claims = desk.view.ready(asked.supplier, str(last_day_of(asked.month)))
    must(claims, "nothing to draft")
    desk.add(Note(str(asked.chargeback), act, asked.supplier, asked.month, claims, None))


def _approve(asked: ApproveChargeback, act: Act, desk: Desk) -> None:
    note = desk.get(Note, asked.chargeback)
    lines = []
    for name in note.claims:
        claim = desk.get(Claim, name)
        parts = [desk.get(ReturnedPart, tag) for tag in desk.view.tags(name)]
        must(not claim.missing(parts), "gates are shut")
        lines += lines_of(claim, note.supplier)
    note.approve(act, lines)


def _issue(asked: IssueChargeback, act: Act, desk: Desk) -> None:
    must(not desk.view.overcharged(asked.chargeback), "charges more than borne")
    number = f"{act['on'][:4]}-{desk.next_number():06d}"
    desk.get(Note, asked.chargeback).issue(act, number)


def _record_receipt(asked: RecordReceipt, act: Act, desk: Desk) -> None:
    book, day = built_in(), asked.received_on
    computed = deadline(
        day,
        book.count("appeal.days", day),
        kind=book.choice("days.kind", day),
        rest_day=book.choice("days.rest_day", day),
        calendar=published_calendar(),
        known_on=date.fromisoformat(act["on"]),
    )
    kept: dict[str, Any] = {
        "started_on": str(computed.started_on),
        "days": computed.days,
        "kind": computed.kind,
        "rest_day": computed.rest_day,
        "official": str(computed.official),
        "statutory": str(computed.statutory),
        "last_day": str(computed.last_day),
        "calendar": computed.calendar,
    }
    note = desk.get(Note, asked.chargeback)
    note.receive(act, str(day), proof_kind(asked.proof), kept)


def _recheck(asked: RecheckAppeal, act: Act, desk: Desk) -> None:
    note = desk.get(Note, asked.chargeback)
    outcomes = list(_outcomes(asked, note))
    before = dict(note.amounts)
    note.recheck(act, outcomes, UNDETERMINED)
    for name, amount in note.amounts.items():
        if amount != before[name]:
            line = note.lines[name]
            claim = desk.get(Claim, line["claim"])
            claim.lower(act, note.supplier, line["component"], amount, UNDETERMINED)


def _outcomes(asked: RecheckAppeal, note: Note) -> Iterator[dict[str, Any]]:
    for line in note.appealed:
        outcome = asked.outcomes.get(line) or asked.outcomes.get(line.rpartition("/")[0], "upheld")
        stands = note.amounts[line]
        if isinstance(outcome, str):
            amount = 0 if outcome == "withdrawn" else stands
            yield {"line": line, "outcome": outcome, "amount": amount}
        else:
            must(0 <= outcome.reduced_to <= stands, "no line is raised")
            yield {"line": line, "outcome": "reduced", "amount": outcome.reduced_to}


def _collect(asked: CollectChargeback, act: Act, desk: Desk) -> None:
    must(not desk.view.overcharged(asked.chargeback), "charges more than borne")
    note = desk.get(Note, asked.chargeback)
    supplier = desk.get(Supplier, note.supplier)
    payable = supplier.recorded - supplier.paid - desk.view.deducted(note.supplier)
    note.collect(act, asked.amount or note.open_amount, payable)


def _pay(asked: PaySupplier, act: Act, desk: Desk) -> None:
    deducted, held = desk.view.deducted(asked.supplier), desk.view.held(asked.supplier)
    desk.get(Supplier, asked.supplier).pay(act, asked.amount, deducted, held)


ANSWERS: dict[type, Callable[[Any, Act, Desk], None]] = {
    RegisterSupplier: _register_supplier,
    RegisterPart: _register_part,
    RecordPayable: _record_payable,
    ReceiveClaim: _receive,
    ConfirmInformation: lambda c, act, desk: desk.get(Claim, c.claim).confirm_information(act),
    ConfirmCost: lambda c, act, desk: desk.get(Claim, c.claim).confirm_cost(act, c.accepted),
    AttributeClaim: _attribute,
    SetPenalty: _penalise,
    WaiveGate: lambda c, act, desk: desk.get(Claim, c.claim).waive(act, c.gate),
    ReceivePart: _receive_part,
    CountParts: lambda c, act, desk: desk.get(ReturnedPart, c.tag).count(act, c.counted),
    InspectPart: lambda c, act, desk: desk.get(ReturnedPart, c.tag).inspect(act, c.finding),
    ConfirmPart: _confirm_part,
    ConfirmPartOnline: lambda c, act, desk: desk.get(ReturnedPart, c.tag).confirm_online(act),
    DraftChargeback: _draft,
    ApproveChargeback: _approve,
    IssueChargeback: _issue,
    RecordDelivery: lambda c, act, desk: desk.get(Note, c.chargeback).deliver(
        act, proof_kind(c.channel)
    ),
    RecordReceipt: _record_receipt,
    ConfirmChargeback: lambda c, act, desk: desk.get(Note, c.chargeback).confirm(act),
    AppealChargeback: lambda c, act, desk: desk.get(Note, c.chargeback).appeal(act, list(c.lines)),
    RecheckAppeal: _recheck,
    ChooseCollection: lambda c, act, desk: desk.get(Note, c.chargeback).choose(act, c.way),
    CollectChargeback: _collect,
    PaySupplier: _pay,
}
