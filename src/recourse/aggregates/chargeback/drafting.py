"""Who drafted, approved and issued a note, and what stands on it?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from recourse.aggregates.base import Act, Aggregate, DomainEvent, EvidencedEvent, MoneyEvent
from recourse.aggregates.chargeback.lines import ChargeLine
from recourse.aggregates.chargeback.movement import Movement, MovementKind
from recourse.aggregates.order import must_follow
from recourse.values.money import total
from recourse.values.refusal import Refused


class Drafting(Aggregate):
    """The part of a note from the draft to the issue (Z-4.5.2)."""

    TOPIC = "chargeback"

    class Drafted(EvidencedEvent, MoneyEvent):
        TOPIC = "chargeback.drafted"

        supplier: str
        month: str
        claims: tuple[str, ...]
        replaces: str | None = None
        parts: tuple[str, ...] = ()  # tags of parts disposed of at the supplier's cost (ZA25)

        def apply(self, note: Drafting) -> None:
            note.stage = "drafted"
            note.drafted_by = self.actor
            note.supplier = self.supplier
            note.month = self.month
            note.claims = self.claims
            note.parts = self.parts
            note.replaces = self.replaces

        def takes(self, note: Drafting) -> tuple[str, ...]:
            return (f"supplier {self.supplier} note {note.id}", *note.charged_keys)

    class Approved(MoneyEvent):
        TOPIC = "chargeback.approved"

        lines: tuple[ChargeLine, ...]

        def apply(self, note: Drafting) -> None:
            note.stage = "approved"
            note.approved_on = self.effective_on
            note.approved = {line.name: line for line in self.lines}
            note.amounts = {line.name: line.amount for line in self.lines}

    class Returned(DomainEvent):
        TOPIC = "chargeback.returned"

        def apply(self, note: Drafting) -> None:
            note.stage = "void"

        def frees(self, note: Drafting) -> tuple[str, ...]:
            return note.charged_keys

    class Issued(DomainEvent):
        TOPIC = "chargeback.issued"

        number: str

        def apply(self, note: Drafting) -> None:
            note.stage = "issued"
            note.issued_on = self.effective_on
            note.number = self.number
            note.move("charged", total(note.amounts), self.effective_on)

        def takes(self, note: Drafting) -> tuple[str, ...]:
            del note
            return (f"number {self.number}",)

    class Delivered(EvidencedEvent):
        TOPIC = "chargeback.delivered"

        channel: str

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.stage = ""
        self.supplier = ""
        self.month = ""
        self.drafted_by = ""
        self.claims: tuple[str, ...] = ()
        self.parts: tuple[str, ...] = ()
        self.replaces: str | None = None
        self.approved: dict[str, ChargeLine] = {}
        self.amounts: dict[str, int] = {}  # line -> fen as it stands now
        self.approved_on = date.min
        self.issued_on = date.min
        self.number = ""
        self.movements: list[Movement] = []

    @property
    def charged_keys(self) -> tuple[str, ...]:
        """The keys that let a claim or part stand on one live note of a supplier (ZA26)."""
        return (
            *(f"claim {claim} note {self.supplier}" for claim in self.claims),
            *(f"part {tag} note {self.supplier}" for tag in self.parts),
        )

    @property
    def live(self) -> bool:
        """Whether it was drafted and is not void."""
        return self.stage not in {"", "void"}

    @property
    def is_issued(self) -> bool:
        """Whether it was issued and is not void."""
        return self.stage in {"issued", "received"}

    @property
    def is_approved(self) -> bool:
        """Whether it was approved and is not void."""
        return self.stage == "approved" or self.is_issued

    def move(self, kind: MovementKind, amount: int, on: date) -> None:
        """Remember that its latest event added `amount` fen to what the supplier owes."""
        if amount:
            moved = Movement(event=self.latest, chargeback=self.id, kind=kind, amount=amount, on=on)
            self.movements.append(moved)

    def must_live(self) -> None:
        """Refuse whatever is asked of a void note."""
        if self.stage == "void":
            raise Refused("note-is-void", chargeback=self.id)

    def draft(
        self,
        act: Act,
        *,
        supplier: str,
        month: str,
        claims: Sequence[str],
        parts: Sequence[str] = (),
        replaces: str | None,
    ) -> None:
        """Draft a note of `supplier` for `claims` and `parts` that may stand on it (Z-4.5.2a)."""
        if self.exists:
            raise Refused("note-already-drafted", chargeback=self.id)
        if not claims and not parts:
            raise Refused("nothing-to-draft", supplier=supplier, month=month)
        self.trigger(
            self.Drafted,
            act,
            supplier=supplier,
            month=month,
            claims=tuple(claims),
            parts=tuple(parts),
            replaces=replaces,
        )

    def must_be_drafted(self) -> None:
        """Refuse what can only be asked of a draft."""
        self.must_live()
        if self.stage != "drafted":
            raise Refused("note-not-a-draft", chargeback=self.id, stage=self.stage)

    def must_not_be_drafter(self, act: Act) -> None:
        """Refuse what the person who drafted must leave to another (ZA33)."""
        if act.actor == self.drafted_by:
            raise Refused("drafter-decides", "ZA33", chargeback=self.id, person=act.actor)

    def approve(self, act: Act, lines: Sequence[ChargeLine]) -> None:
        """Fix `lines` as what is charged (Z-4.5.2b); gates are for who asks to judge first."""
        if not lines:
            raise Refused("nothing-to-charge", "Z-4.5.2a", chargeback=self.id)
        self.trigger(self.Approved, act, lines=tuple(lines))

    def send_back(self, act: Act) -> None:
        """Return the draft; it is void and what stood on it is free."""
        self.must_be_drafted()
        self.trigger(self.Returned, act)

    def must_be_approved(self) -> None:
        """Refuse the issue of what is not approved, or was issued before."""
        self.must_live()
        if self.stage != "approved":
            raise Refused("note-not-approved", chargeback=self.id, stage=self.stage)

    def issue(self, act: Act, number: str) -> None:
        """Issue it under the next number of the year; numbers have no gaps (Z-4.5.2c)."""
        must_follow(act, self.approved_on)
        self.trigger(self.Issued, act, number=number)

    def record_delivery(self, act: Act, channel: str) -> None:
        """Record one delivery to the supplier; it does not start the clock (Z-4.5.2d, ZA2)."""
        self.must_be_issued()
        must_follow(act, self.issued_on)
        self.trigger(self.Delivered, act, channel=channel)

    def must_be_issued(self, *rules: str) -> None:
        """Refuse what needs a note that was issued, under `rules` where they say so themselves."""
        self.must_live()
        if not self.is_issued:
            raise Refused("note-not-issued", *rules, chargeback=self.id, stage=self.stage)
