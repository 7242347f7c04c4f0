"""Which suppliers are pursued under the law, over what, and how did that end (P5)?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from recourse.aggregates.base import Act, Aggregate, DomainEvent, EvidencedEvent
from recourse.aggregates.order import must_follow
from recourse.values.refusal import Refused

Trigger = Literal["injury", "death", "property_loss"]
Outcome = Literal["settled", "won", "partly_won", "lost", "dropped"]


class LegalCase(Aggregate):
    """法律案件: what the quality department pursues under the law, with those who join it.

    It comes on top of the charge (Z-4.6.2): claims and notes are named in it and never changed.
    """

    TOPIC = "legal_case"

    class Opened(DomainEvent):
        TOPIC = "legal_case.opened"

        supplier: str
        triggers: tuple[Trigger, ...]
        joining: tuple[str, ...]
        claims: tuple[str, ...]
        notes: tuple[str, ...]

        def apply(self, case: LegalCase) -> None:
            case.state = "pursued"
            case.opened_on = self.effective_on
            case.supplier = self.supplier
            case.joining = self.joining
            case.claims, case.notes = self.claims, self.notes

        def takes(self, case: LegalCase) -> tuple[str, ...]:
            return (
                f"supplier {self.supplier} legal_case {case.id}",
                *case.keys_of(self.claims, self.notes),
            )

    class Joined(DomainEvent):
        TOPIC = "legal_case.joined"

        department: str

        def apply(self, case: LegalCase) -> None:
            case.joining = (*case.joining, self.department)

    class Linked(DomainEvent):
        TOPIC = "legal_case.linked"

        claims: tuple[str, ...]
        notes: tuple[str, ...]

        def apply(self, case: LegalCase) -> None:
            case.claims = (*case.claims, *self.claims)
            case.notes = (*case.notes, *self.notes)

        def takes(self, case: LegalCase) -> tuple[str, ...]:
            return case.keys_of(self.claims, self.notes)

    class Closed(EvidencedEvent):
        TOPIC = "legal_case.closed"

        outcome: Outcome
        reference: str
        closed_on: date

        def apply(self, case: LegalCase) -> None:
            case.state = "ended"

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.state = ""
        self.opened_on = date.min
        self.supplier = ""
        self.joining: tuple[str, ...] = ()
        self.claims: tuple[str, ...] = ()
        self.notes: tuple[str, ...] = ()

    def keys_of(self, claims: Sequence[str], notes: Sequence[str]) -> tuple[str, ...]:
        """The keys under which claims and notes find the case, also when it is closed."""
        return (
            *(f"claim {claim} legal_case {self.id}" for claim in claims),
            *(f"note {note} legal_case {self.id}" for note in notes),
        )

    def must_be_new(self) -> None:
        """Refuse to open a case of a name that is taken."""
        if self.exists:
            raise Refused("legal-case-already-opened", legal_case=self.id)

    def must_be_open(self) -> None:
        """Refuse whatever is asked of a closed case."""
        if self.state == "ended":
            raise Refused("legal-case-closed", legal_case=self.id)

    def open(
        self,
        act: Act,
        *,
        supplier: str,
        triggers: Sequence[str],
        joining: Sequence[str],
        claims: Sequence[str],
        notes: Sequence[str],
    ) -> None:
        """Open it for what a person found happened; it is about something charged (ZA34)."""
        self.must_be_new()
        if not claims and not notes:
            raise Refused("legal-case-about-nothing", legal_case=self.id)
        self.trigger(
            self.Opened,
            act,
            supplier=supplier,
            triggers=_each_once(triggers),
            joining=_each_once(joining),
            claims=_each_once(claims),
            notes=_each_once(notes),
        )

    def join(self, act: Act, department: str) -> None:
        """Let one more department join; Quality leads in any case (Z-4.6.2)."""
        self.must_be_open()
        if department in self.joining:
            raise Refused("legal-case-already-joined", legal_case=self.id, department=department)
        must_follow(act, self.opened_on)
        self.trigger(self.Joined, act, department=department)

    def link(self, act: Act, claims: Sequence[str], notes: Sequence[str]) -> None:
        """Name more claims and notes that it concerns; those named before stay."""
        self.must_be_open()
        more_claims = _each_once([claim for claim in claims if claim not in self.claims])
        more_notes = _each_once([note for note in notes if note not in self.notes])
        if not more_claims and not more_notes:
            raise Refused("legal-case-nothing-new", legal_case=self.id)
        must_follow(act, self.opened_on)
        self.trigger(self.Linked, act, claims=more_claims, notes=more_notes)

    def close(self, act: Act, *, outcome: str, reference: str, closed_on: date) -> None:
        """Record how it ended; nothing of it is asked afterwards."""
        self.must_be_open()
        if not self.opened_on <= closed_on <= act.today:
            raise Refused(
                "legal-closing-outside-bounds",
                closed_on=closed_on,
                opened_on=self.opened_on,
                today=act.today,
            )
        must_follow(act, self.opened_on)
        self.trigger(self.Closed, act, outcome=outcome, reference=reference, closed_on=closed_on)


def _each_once(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
