"""What are claims, parts, notes and suppliers when written as the library's documentation does?

Dataclass aggregates with decorated methods, one event each, with the facts and fields of
recourse's own events; `act` holds what every one of ours carries besides.
"""

# ruff: noqa: ARG002 - the library makes the arguments of a method the fields of its event

from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import Aggregate, event

Act = dict[str, Any]
Bearing = dict[str, dict[str, int]]


class Refusal(Exception):
    """A rule forbids it."""


def must(condition: object, why: str) -> None:
    """Refuse unless `condition`."""
    if not condition:
        raise Refusal(why)


def id_of(kind: str, name: str) -> UUID:
    """The id of the `kind` of thing that people call `name`."""
    return uuid5(NAMESPACE_URL, f"/{kind}/{name}")


@dataclass
class Day(Aggregate, created_event_name="Began"):
    """A day of the plant."""

    name: str
    act: Act

    @classmethod
    def create_id(cls, name: str) -> UUID:
        """The day's id."""
        return id_of("day", name)


@dataclass
class Supplier(Aggregate, created_event_name="Registered"):
    """A supplier and its account."""

    name: str
    act: Act
    title: str
    disposal: str
    recorded: int = field(default=0, init=False)
    paid: int = field(default=0, init=False)
    documents: list[str] = field(default_factory=list, init=False)

    @classmethod
    def create_id(cls, name: str) -> UUID:
        """The supplier's id."""
        return id_of("supplier", name)

    def record_payable(self, act: Act, document: str, amount: int, due_on: str) -> None:
        """Record what is payable for goods, once a document."""
        must(document not in self.documents and amount > 0, "already recorded")
        self._record_payable(act, document, amount, due_on)

    @event("PayableRecorded")
    def _record_payable(self, act: Act, document: str, amount: int, due_on: str) -> None:
        self.recorded += amount
        self.documents.append(document)

    def pay(self, act: Act, amount: int, deducted: int, held: int) -> None:
        """Pay at most what is payable and not held."""
        must(0 < amount <= self.recorded - self.paid - deducted - held, "held or not payable")
        self._pay(act, amount)

    @event("Paid")
    def _pay(self, act: Act, amount: int) -> None:
        self.paid += amount


@dataclass
class Part(Aggregate, created_event_name="Registered"):
    """A bought-in part and who makes it."""

    name: str
    act: Act
    title: str
    supplier: str
    since: str | None
    until: str | None
    lots: list[str]
    serials: list[str]

    @classmethod
    def create_id(cls, name: str) -> UUID:
        """The part's id."""
        return id_of("part", name)


@dataclass
class ReturnedPart(Aggregate, created_event_name="Received"):
    """The old parts under one tag."""

    name: str
    act: Act
    claim: str
    listed: int
    counted: int | None = field(default=None, init=False)
    finding: str | None = field(default=None, init=False)
    said: str | None = field(default=None, init=False)
    online: bool = field(default=False, init=False)

    @classmethod
    def create_id(cls, name: str) -> UUID:
        """The tag's id."""
        return id_of("returned_part", name)

    @event("Counted")
    def count(self, act: Act, counted: int) -> None:
        """Count what came."""
        self.counted = counted

    def inspect(self, act: Act, finding: str) -> None:
        """Record the finding, once."""
        must(self.finding is None, "already inspected")
        self._inspect(act, finding)

    @event("Inspected")
    def _inspect(self, act: Act, finding: str) -> None:
        self.finding = finding

    def answer(self, act: Act, answer: str) -> None:
        """Record what the supplier says, once."""
        must(self.said is None, "already answered")
        self._answer(act, answer)

    @event("Answered")
    def _answer(self, act: Act, answer: str) -> None:
        self.said = answer

    def confirm_online(self, act: Act) -> None:
        """Confirm it online, once, after the count."""
        must(self.counted is not None and not self.online, "not counted, or online already")
        self._confirm_online(act)

    @event("ConfirmedOnline")
    def _confirm_online(self, act: Act) -> None:
        self.online = True
