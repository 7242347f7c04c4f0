"""Which notes hold a supplier's payment, why, and how much?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol, Self

from recourse.rulebook.book import Rulebook


class HoldingNote(Protocol):
    """What the hold looks at in a note."""

    @property
    def is_issued(self) -> bool:
        """Whether it was issued and is not void."""

    @property
    def open_amount(self) -> int:
        """What is still to be collected, in fen."""

    @property
    def answer(self) -> str:
        """What the supplier answered."""


@dataclass(frozen=True, slots=True)
class HoldRule:
    """How far a payment is held: `scope` "all" or "amount" (ZA8); under appeal or not (ZA9)."""

    scope: str
    appealed: bool

    @classmethod
    def on(cls, day: date, book: Rulebook) -> Self:
        """The rule in force on `day` of payment or enquiry."""
        return cls(book.choice("hold.scope", day), book.switch("hold.appealed", day))

    @staticmethod
    def clauses(day: date, book: Rulebook) -> tuple[str, ...]:
        """That payment stops, and the clauses of `book` that say how far on `day`."""
        said = (book.clause(key, day) for key in ("hold.scope", "hold.appealed"))
        return ("Z-4.6.3b", *dict.fromkeys(said))


@dataclass(frozen=True, slots=True)
class Hold:
    """The notes that hold, each with its reason and its open amount in fen."""

    reasons: dict[str, str]
    open_amount: int
    scope: str

    def of(self, payable: int) -> int:
        """How much of `payable` fen is held (Z-4.6.3b); nothing where nothing is payable."""
        if not self.reasons or payable <= 0:
            return 0
        return payable if self.scope == "all" else min(self.open_amount, payable)


def reason(note: HoldingNote, rule: HoldRule) -> str | None:
    """Why `note` holds: "unanswered", "lapsed" or "under_appeal"; None where it does not."""
    if not note.is_issued or note.open_amount <= 0:
        return None
    reasons = {"none": "unanswered", "lapsed": "lapsed"}
    if rule.appealed:
        reasons |= {"appealed": "under_appeal", "rechecked": "under_appeal"}
    return reasons.get(note.answer)


def hold(notes: Mapping[str, HoldingNote], rule: HoldRule) -> Hold:
    """What `notes` of one supplier hold together."""
    reasons = {name: why for name, note in notes.items() if (why := reason(note, rule))}
    return Hold(reasons, sum(notes[name].open_amount for name in reasons), rule.scope)
