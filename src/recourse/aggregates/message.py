"""Was a supplier told, and when did that enter the system which it named for notices?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Literal

from recourse.aggregates.base import Act, Aggregate, DomainEvent
from recourse.aggregates.supplier import Mailbox
from recourse.values.refusal import Refused

ArrivalProof = Literal["dsn", "handover"]
STATEMENT = "statement"  # what the names of messages about a supplier's month begin with
OUTBOX = "outbox "  # what the keys of messages that are still to be sent begin with


class Message(Aggregate):
    """发给供方的消息: what is sent about a note or notice, whose name it bears.

    It is sent once or, where a person asks for it, again; every sending is tried until the next
    server takes it, or until it is given up. To have been taken by a server is not to have arrived.
    """

    TOPIC = "message"

    class Queued(DomainEvent):
        """It is to be sent, for the first time or once more."""

        TOPIC = "message.queued"

        supplier: str
        channel: str
        mailbox: str

        def apply(self, message: Message) -> None:
            message.supplier = self.supplier
            message.box = Mailbox(self.channel, self.mailbox)
            message.sendings += 1
            message.state = "queued"
            message.failures = 0
            message.queued_at = message.not_before = self.recorded_at

        def takes(self, message: Message) -> tuple[str, ...]:
            return (message.outbox_key,)

    class HandedOver(DomainEvent):
        """A server took it; `sha256` is that of the exact bytes it was given."""

        TOPIC = "message.handed_over"

        attempt: int
        reply: int
        sha256: str
        report: bool  # whether that server promised to tell what becomes of it

        def apply(self, message: Message) -> None:
            message.attempts = self.attempt
            message.state = "handed_over"
            message.handed_at[message.sendings] = self.recorded_at

        def frees(self, message: Message) -> tuple[str, ...]:
            return (message.outbox_key,)

    class Deferred(DomainEvent):
        """It could not be handed over now and is tried again."""

        TOPIC = "message.deferred"

        attempt: int
        status: str
        again_at: datetime

        def apply(self, message: Message) -> None:
            message.attempts = self.attempt
            message.state = "deferred"
            message.failures += 1
            message.not_before = self.again_at

    class GivenUp(DomainEvent):
        """It could not be handed over, and is not tried again by itself."""

        TOPIC = "message.given_up"

        attempt: int
        status: str

        def apply(self, message: Message) -> None:
            message.attempts = self.attempt
            message.state = "given_up"

        def frees(self, message: Message) -> tuple[str, ...]:
            return (message.outbox_key,)

    class Arrived(DomainEvent):
        """It entered the supplier's system on the effective day (Civil Code 137)."""

        TOPIC = "message.arrived"

        sending: int
        proof: ArrivalProof
        status: str
        sha256: str | None = None  # of the report that says so

        def apply(self, message: Message) -> None:
            message.state = "arrived"
            message.arrived_on = self.effective_on

        def frees(self, message: Message) -> tuple[str, ...]:
            return (message.outbox_key,)

    class Bounced(DomainEvent):
        """A server refused it for good, at once or by a report."""

        TOPIC = "message.bounced"

        sending: int
        status: str
        sha256: str | None = None  # of the report that says so

        def apply(self, message: Message) -> None:
            message.bounces.add((self.sending, self.sha256))
            if self.sending == message.sendings and message.state != "arrived":
                message.state = "bounced"

        def frees(self, message: Message) -> tuple[str, ...]:
            return () if message.waits else (message.outbox_key,)

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.supplier = ""
        self.box = Mailbox("mail", "")
        self.state = ""
        self.sendings = 0
        self.attempts = 0  # to hand it over, in all its sendings
        self.failures = 0  # for now, in the latest sending
        self.queued_at = self.not_before = datetime.min.replace(tzinfo=UTC)
        self.handed_at: dict[int, datetime] = {}  # by sending
        self.arrived_on: date | None = None
        self.bounces: set[tuple[int, str | None]] = set()

    @property
    def subject(self) -> tuple[str, str]:
        """What it is about, such as ("chargeback", "N1") or ("statement", "S1/2026-03")."""
        kind, _, name = self.id.partition(":")
        return kind, name

    @property
    def waits(self) -> bool:
        """Whether it is still to be handed over."""
        return self.state in {"queued", "deferred"}

    @property
    def stuck(self) -> bool:
        """Whether nothing more becomes of it unless a person acts."""
        return self.state in {"bounced", "given_up"}

    @property
    def outbox_key(self) -> str:
        """The key it holds while it is still to be handed over."""
        return f"{OUTBOX}{self.stream}"

    def due(self, at: datetime) -> bool:
        """Whether it is to be tried at that instant."""
        return self.waits and self.not_before <= at

    def queue(self, act: Act, supplier: str, box: Mailbox) -> None:
        """Send it to the mailbox, or once more unless it is under way or has arrived."""
        if self.waits:
            raise Refused("message-under-way", message=self.id)
        if self.arrived_on:
            raise Refused("message-arrived", message=self.id, arrived_on=self.arrived_on)
        self.trigger(self.Queued, act, supplier=supplier, channel=box.channel, mailbox=box.id)

    def hand_over(self, act: Act, attempt: int, *, reply: int, sha256: str, report: bool) -> None:
        """Record once that a server took it."""
        if self._is_next(attempt):
            self.trigger(
                self.HandedOver, act, attempt=attempt, reply=reply, sha256=sha256, report=report
            )

    def fail(self, act: Act, attempt: int, *, status: str, again_at: datetime | None) -> None:
        """Record once that an attempt failed, and when the next one is; None: never."""
        if self._is_next(attempt):
            if again_at:
                self.trigger(self.Deferred, act, attempt=attempt, status=status, again_at=again_at)
            else:
                self.trigger(self.GivenUp, act, attempt=attempt, status=status)

    def arrive(
        self, act: Act, sending: int, *, proof: ArrivalProof, status: str, sha256: str | None
    ) -> None:
        """Record once that it entered the supplier's system; any of its sendings counts."""
        if self.arrived_on is None and sending in self.handed_at:
            self.trigger(
                self.Arrived, act, sending=sending, proof=proof, status=status, sha256=sha256
            )

    def bounce(self, act: Act, sending: int, *, status: str, sha256: str | None) -> None:
        """Record each refusal once."""
        if (sending, sha256) not in self.bounces and 0 < sending <= self.sendings:
            self.trigger(self.Bounced, act, sending=sending, status=status, sha256=sha256)

    def _is_next(self, attempt: int) -> bool:
        return self.waits and attempt == self.attempts + 1
