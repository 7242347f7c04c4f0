"""What may an explanation look at?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from recourse.aggregates.account import Account
from recourse.aggregates.base import Aggregate, Fact
from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.claim import Claim
from recourse.aggregates.evidence import Evidence
from recourse.aggregates.returned_part import ReturnedPart
from recourse.rulebook.book import Rulebook

A = TypeVar("A", bound=Aggregate)


@dataclass(frozen=True)
class Sources:
    """The log, the rules and the answers; nothing that may lag."""

    stream: Callable[[str], Sequence[Fact]]
    held: Callable[[str], Sequence[tuple[str, str]]]
    answer: Callable[[str], Mapping[str, Any] | None]
    book: Rulebook
    day: date

    def facts(self, kind: type[Aggregate], name: str) -> Sequence[Fact]:
        """The history of one thing, oldest first."""
        return self.stream(f"{kind.TOPIC}:{name}")

    def history(self, kind: type[Aggregate], name: str) -> Sequence[Fact]:
        """The same, and the evidence about it that came later, in the order of the log."""
        own = self.facts(kind, name)
        later = self.facts(Evidence, f"{kind.TOPIC}:{name}")
        return sorted((*own, *later), key=lambda fact: fact.position)

    def state(self, kind: type[A], name: str, *until: str) -> A:
        """One thing as of now, or as of the last of the events `until` of its own."""
        thing, waits = kind(name, []), set(until)
        for fact in self.facts(kind, name):
            thing.take(fact)
            waits.discard(fact.id)
            if until and not waits:
                break
        return thing

    def exists(self, kind: type[Aggregate], name: str) -> bool:
        """Whether anything was ever recorded of it."""
        return bool(self.facts(kind, name))

    def parts_of(self, claim: str) -> list[str]:
        """The tags of a claim's returned parts."""
        return self._names(f"claim {claim} part ")

    def received_before(self, claim: Claim) -> list[str]:
        """The claims of the same unit that were received earlier."""
        of_unit = self._names(f"unit {claim.received.unit} claim ")
        own = self.facts(Claim, claim.id)[0].position
        return [name for name in of_unit if self.facts(Claim, name)[0].position < own]

    def received_in(self, month: str) -> list[Claim]:
        """The claims received in a month such as "2026-09"."""
        return [self.state(Claim, name) for name in self._names(f"received {month} claim ")]

    def field_claims(self, claim: str) -> list[str]:
        """The field claims that became a claim."""
        return self._names(f"claim {claim} field_claim ")

    def legal_cases(self, claim: str) -> list[str]:
        """The legal cases that concern a claim."""
        return self._names(f"claim {claim} legal_case ")

    def notes_of_supplier(self, supplier: str) -> dict[str, Chargeback]:
        """Every note ever drafted of a supplier."""
        names = self._names(f"supplier {supplier} note ")
        return {name: self.state(Chargeback, name) for name in names}

    def notes_of_claim(self, claim: Claim) -> list[Chargeback]:
        """Every note on which a claim or an old part of it stands or stood, oldest first."""
        own = [
            note
            for supplier in self.suppliers_of(claim)
            for note in self.notes_of_supplier(supplier).values()
            if claim.id in note.claims
        ]
        of_parts = [note for tag in self.parts_of(claim.id) for note in self.notes_of_part(tag)]
        return self._oldest_first([*own, *of_parts])

    def notes_of_part(self, tag: str) -> list[Chargeback]:
        """Every note on which the disposal of a part stands or stood, oldest first."""
        done = self.state(ReturnedPart, tag).disposal
        notes = self.notes_of_supplier(done.supplier).values() if done else ()
        return self._oldest_first([note for note in notes if tag in note.parts])

    def suppliers_of(self, claim: Claim) -> list[str]:
        """The suppliers that ever had a share in a claim or bore some of it."""
        suppliers: dict[str, None] = {}
        past = Claim(claim.id, [])
        for fact in self.facts(Claim, claim.id):
            suppliers |= dict.fromkeys(past.take(fact).suppliers_concerned)
        return list(suppliers)

    def payable(self, supplier: str) -> int:
        """What is payable to a supplier now, in fen."""
        notes = self.notes_of_supplier(supplier).values()
        return self.state(Account, supplier).payable(notes)

    def part_facts(self, tag: str) -> Sequence[Fact]:
        """The history of the parts under a tag, with the evidence that came later."""
        return self.history(ReturnedPart, tag)

    def _oldest_first(self, notes: Sequence[Chargeback]) -> list[Chargeback]:
        each = {note.id: note for note in notes}
        return sorted(each.values(), key=lambda note: self.facts(Chargeback, note.id)[0].position)

    def _names(self, prefix: str) -> list[str]:
        return [stream.partition(":")[2] for _, stream in self.held(prefix)]
