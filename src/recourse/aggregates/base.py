"""What is a fact, and what is a thing with a history of facts?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict

from recourse.values.money import CURRENCY
from recourse.values.parties import business_day, supplier_of
from recourse.values.proof import Proof
from recourse.values.refusal import Refused


@dataclass(frozen=True, slots=True)
class Act:
    """Who asks for something, when, under which rules."""

    actor: str
    roles: frozenset[str]
    recorded_at: datetime  # UTC
    on: date  # the effective day
    command_id: str
    edition: str  # of the rulebook
    clauses: tuple[str, ...]
    caused_by: str | None = None
    evidence: tuple[Proof, ...] = ()

    @property
    def today(self) -> date:
        """The business day on which the act is recorded."""
        return business_day(self.recorded_at)

    @property
    def suppliers(self) -> frozenset[str]:
        """The ids of the suppliers for whom the person may answer."""
        return frozenset(name for name in map(supplier_of, self.roles) if name)


class DomainEvent(BaseModel):
    """A fact that has happened: never edited, never deleted, only followed by others."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    TOPIC: ClassVar[str]  # stored with the event, so it outlives every class and module name
    class_version: ClassVar[int] = 1

    recorded_at: datetime
    effective_on: date
    actor: str
    command_id: str
    caused_by: str | None
    edition: str
    clauses: tuple[str, ...]

    def apply(self, aggregate: Any) -> None:
        """Let `aggregate` know what happened; assigns and never judges."""

    def takes(self, aggregate: Any) -> tuple[str, ...]:
        """The keys that `aggregate` holds from now on; a key has one holder at a time."""
        del aggregate
        return ()

    def frees(self, aggregate: Any) -> tuple[str, ...]:
        """The keys that `aggregate` gives up."""
        del aggregate
        return ()


class MoneyEvent(DomainEvent):
    """A fact with amounts, all in fen of `currency`."""

    currency: str = CURRENCY


class EvidencedEvent(DomainEvent):
    """A fact that files bear out: findings, receipts, objections, notes (ZA42)."""

    evidence: tuple[Proof, ...] = ()


class Share(BaseModel):
    """One bearer's part of a cost, a fraction above 0 and at most 1."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bearer: str
    share: Decimal


@dataclass(frozen=True, slots=True)
class Fact:
    """An event at its place: the `version`-th of `stream`, and `position` in the log if stored."""

    stream: str
    version: int
    event: DomainEvent
    position: int = 0
    takes: tuple[str, ...] = field(default=(), compare=False)
    frees: tuple[str, ...] = field(default=(), compare=False)

    @property
    def id(self) -> str:
        """The event's own name, such as "claim:C1@3"."""
        return f"{self.stream}@{self.version}"


class Aggregate:
    """Checks what is asked against its own history and records the facts that result."""

    TOPIC: ClassVar[str]
    BEGINS: ClassVar[bool] = True  # whether people do nothing to it before the day it came to be

    def __init__(self, name: str, journal: list[Fact]) -> None:
        self.id = name
        self.version = 0
        self.began = date.min  # the effective day of its first event
        self._journal = journal

    @property
    def stream(self) -> str:
        """The name of its history in the log, such as "claim:C1"."""
        return f"{self.TOPIC}:{self.id}"

    @property
    def exists(self) -> bool:
        """Whether anything was ever recorded of it."""
        return self.version > 0

    @property
    def latest(self) -> str:
        """The name of its latest event."""
        return f"{self.stream}@{self.version}"

    def take(self, fact: Fact) -> Self:
        """Itself, after `fact`, which must be the next of its history."""
        assert fact.version == self.version + 1, f"{fact.id} does not follow version {self.version}"
        self.version = fact.version
        if fact.version == 1:
            self.began = fact.event.effective_on
        fact.event.apply(self)
        return self

    def trigger(
        self, event: type[DomainEvent], act: Act, *, clauses: tuple[str, ...] = (), **fields: Any
    ) -> None:
        """Record that `event` happened by `act`; `clauses` where others decided than asked for.

        Refuses a day before the thing was there; a reaction has the day of its cause.
        """
        if self.BEGINS and not act.caused_by and act.on < self.began:
            raise Refused("before-its-cause", on=act.on, since=self.began)
        if issubclass(event, EvidencedEvent):
            fields["evidence"] = act.evidence
        happened = event(
            recorded_at=act.recorded_at,
            effective_on=act.on,
            actor=act.actor,
            command_id=act.command_id,
            caused_by=act.caused_by,
            edition=act.edition,
            clauses=clauses or act.clauses,
            **fields,
        )
        self.take(Fact(self.stream, self.version + 1, happened))
        self._journal.append(
            Fact(
                self.stream,
                self.version,
                happened,
                takes=happened.takes(self),
                frees=happened.frees(self),
            )
        )
