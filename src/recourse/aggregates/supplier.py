"""Who is a supplier, and what has it agreed to?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from recourse.aggregates.base import Act, Aggregate, DomainEvent
from recourse.rulebook.book import Rulebook
from recourse.rulebook.rule import Days
from recourse.values.refusal import Refused

Disposal = Literal["takes_back", "entrusted"]
Channel = Literal["mail"]
UNKNOWN_TEXT = ""


class Mailbox(NamedTuple):
    """A system for notices, by an opaque name: its address is personal data and not in the log."""

    channel: str
    id: str


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Which text was acknowledged, on which day, by which event."""

    content: str
    on: date
    event: str


class Supplier(Aggregate):
    """供方: its name, how its old parts are disposed of, which clauses it acknowledged."""

    TOPIC = "supplier"
    BEGINS = False  # the acknowledgement may be older than the entry in this log

    class Registered(DomainEvent):
        TOPIC = "supplier.registered"

        name: str
        disposal: Disposal

        def apply(self, supplier: Supplier) -> None:
            supplier.name = self.name
            supplier.disposal = self.disposal

    class RulebookAcknowledged(DomainEvent):
        """The supplier knows these clauses, each by the hash of what it then said.

        `content` is the hash of the whole text.
        """

        TOPIC = "supplier.rulebook_acknowledged"
        class_version = 2

        content: str
        acknowledged: dict[str, str]

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            """Until v2 an acknowledgement named clauses, and no text."""
            state["content"] = UNKNOWN_TEXT
            state["acknowledged"] = dict.fromkeys(state["acknowledged"], UNKNOWN_TEXT)

        def apply(self, supplier: Supplier) -> None:
            known = Acknowledged(self.content, self.effective_on, supplier.latest)
            for clause, sha256 in self.acknowledged.items():
                supplier.acknowledged.setdefault(clause, {})[sha256] = known

    class MailboxAgreed(DomainEvent):
        """By the agreement, what enters this mailbox has reached the supplier (Civil Code 137)."""

        TOPIC = "supplier.mailbox_agreed"

        channel: str
        mailbox: str
        since: date

        def apply(self, supplier: Supplier) -> None:
            supplier.mailboxes.append((self.since, Mailbox(self.channel, self.mailbox)))

    class MailboxWithdrawn(DomainEvent):
        """From that day on the agreement names no mailbox."""

        TOPIC = "supplier.mailbox_withdrawn"

        since: date

        def apply(self, supplier: Supplier) -> None:
            supplier.mailboxes.append((self.since, None))

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.name = ""
        self.disposal = ""
        self.mailboxes: list[tuple[date, Mailbox | None]] = []  # since when, as recorded
        self.acknowledged: dict[str, dict[str, Acknowledged]] = {}  # clause -> hash -> by what

    def register(self, act: Act, *, name: str, disposal: str) -> None:
        """Enter the supplier with its quality assurance agreement (Z-4.3.1a, ZA4)."""
        if self.exists:
            raise Refused("supplier-already-registered", supplier=self.id)
        self.trigger(self.Registered, act, name=name, disposal=disposal)

    def acknowledge(self, act: Act, content: str, clauses: Mapping[str, str]) -> None:
        """Record that the supplier acknowledged `clauses` of the text `content` (ZA10)."""
        self.trigger(self.RulebookAcknowledged, act, content=content, acknowledged=clauses)

    def agree_mailbox(self, act: Act, box: Mailbox, since: date) -> None:
        """Name the mailbox for notices from the day `since` on, in place of any other (ZA2)."""
        _must_not_be_before(since, act)
        self.trigger(self.MailboxAgreed, act, channel=box.channel, mailbox=box.id, since=since)

    def withdraw_mailbox(self, act: Act, since: date) -> None:
        """Name none from the day `since` on; refuses where none is named then (ZA2)."""
        _must_not_be_before(since, act)
        self.must_have_mailbox(since)
        self.trigger(self.MailboxWithdrawn, act, since=since)

    def mailbox_on(self, day: date) -> Mailbox | None:
        """The mailbox that the agreement names on `day`; what was recorded last goes first."""
        return next((box for since, box in reversed(self.mailboxes) if since <= day), None)

    def must_have_mailbox(self, day: date) -> Mailbox:
        """The mailbox on `day`; refuses where the agreement names none (ZA2)."""
        box = self.mailbox_on(day)
        if box is None:
            raise Refused("no-mailbox-agreed", "ZA2", supplier=self.id, day=day)
        return box

    def known(self, clause: str, days: Days, book: Rulebook) -> list[Acknowledged]:
        """The acknowledgements of what `clause` of `book` says on `days`.

        That is the clause in the whole text of the book, or the same words and values in another
        text. An acknowledgement from before texts were told counts for any.
        """
        by_words = {UNKNOWN_TEXT, book.clause_sha256(clause, days)}
        return [
            each
            for sha256, each in self.acknowledged.get(clause, {}).items()
            if sha256 in by_words or each.content == book.sha256
        ]

    def knows(self, clause: str, days: Days, book: Rulebook) -> bool:
        """Whether it acknowledged that."""
        return bool(self.known(clause, days, book))


def _must_not_be_before(since: date, act: Act) -> None:
    """Refuse a mailbox named for days before it was: what had arrived was judged by then."""
    if since < act.on:
        raise Refused("before-its-cause", on=since, since=act.on)
