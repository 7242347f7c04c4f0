"""How many old parts came under a tag, what was found, and what does their maker say?"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from recourse.aggregates.base import Act, Aggregate, DomainEvent, EvidencedEvent
from recourse.aggregates.record import Record, must_differ
from recourse.values.refusal import Refused

Finding = Literal[
    "part_defect",
    "assembly_defect",
    "misuse",
    "transport_damage",
    "no_fault_found",
    "undetermined",
]
Answer = Literal["agreed", "refused"]


class InspectedPart(Aggregate):
    """The part of an old part that is known: received, counted, inspected, answered (Z-4.2)."""

    TOPIC = "returned_part"

    class Received(DomainEvent):
        TOPIC = "returned_part.received"

        claim: str
        listed: int

        def apply(self, part: InspectedPart) -> None:
            part.claim = self.claim
            part.listed = self.listed
            part.facts.append("received")
            part.since = self.effective_on

        def takes(self, part: InspectedPart) -> tuple[str, ...]:
            return (f"claim {self.claim} part {part.id}",)

    class Counted(EvidencedEvent):
        TOPIC = "returned_part.counted"

        counted: int

        def apply(self, part: InspectedPart) -> None:
            part.counted = self.counted
            part.note("counted")
            part.records["counted"] = Record.of(self, part)

    class CountCorrected(EvidencedEvent):
        """`counted` came and not what `corrects`, an event, said."""

        TOPIC = "returned_part.count_corrected"

        counted: int
        was: int
        corrects: str

        def apply(self, part: InspectedPart) -> None:
            part.counted = self.counted
            part.records["counted"] = Record.of(self, part)

    class Inspected(EvidencedEvent):
        TOPIC = "returned_part.inspected"

        finding: Finding

        def apply(self, part: InspectedPart) -> None:
            part.finding = self.finding
            part.note("inspected")
            part.records["inspected"] = Record.of(self, part)

    class FindingCorrected(EvidencedEvent):
        """The finding is this and not what `corrects`, an event, said."""

        TOPIC = "returned_part.finding_corrected"

        finding: Finding
        was: Finding
        corrects: str

        def apply(self, part: InspectedPart) -> None:
            part.finding = self.finding
            part.records["inspected"] = Record.of(self, part)

    class Answered(EvidencedEvent):
        """The supplier was shown the part; "refused" is an answer too (Z-4.2.2b)."""

        TOPIC = "returned_part.answered"

        answer: Answer

        def apply(self, part: InspectedPart) -> None:
            part.answer = self.answer
            part.note("confirmed")

    class ConfirmedOnline(DomainEvent):
        TOPIC = "returned_part.confirmed_online"

        def apply(self, part: InspectedPart) -> None:
            part.note("online")

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.claim = ""
        self.listed = 0
        self.counted: int | None = None
        self.finding: str | None = None
        self.answer: str | None = None
        self.facts: list[str] = []
        self.records: dict[str, Record] = {}  # "counted", "inspected": who recorded it last
        self.since = date.min  # the day on which people brought it where it is

    def note(self, fact: str) -> None:
        """Remember that `fact` is on record."""
        if fact not in self.facts:
            self.facts.append(fact)

    def receive(self, act: Act, *, claim: str, listed: int) -> None:
        """Take the tagged parts into the store; `listed` is what the old-part list says."""
        if self.exists:
            raise Refused("part-already-received", tag=self.id)
        _at_least_nothing(listed)
        self.trigger(self.Received, act, claim=claim, listed=listed)

    def count(self, act: Act, counted: int) -> None:
        """Count what came; a recount replaces the count, both numbers are kept (ZA39)."""
        _at_least_nothing(counted)
        self.trigger(self.Counted, act, counted=counted)

    def correct_count(self, act: Act, counted: int) -> None:
        """Put another number in the place of the last one; both stay visible (ZA39)."""
        if self.counted is None:
            raise Refused("nothing-recorded-yet", tag=self.id)
        record = self.records["counted"]
        record.must_be_anothers(act, self.id)
        _at_least_nothing(counted)
        must_differ(self.id, was=self.counted, now=counted)
        self.trigger(
            self.CountCorrected, act, counted=counted, was=self.counted, corrects=record.event
        )

    def inspect(self, act: Act, finding: str) -> None:
        """Record the finding, once (Z-3.1.5, ZA44)."""
        if self.finding is not None:
            raise Refused("part-already-inspected", tag=self.id, finding=self.finding)
        self.trigger(self.Inspected, act, finding=finding)

    def correct_finding(self, act: Act, finding: str) -> None:
        """Put another finding in the place of the last one; both stay visible (ZA44)."""
        if self.finding is None:
            raise Refused("nothing-recorded-yet", tag=self.id)
        record = self.records["inspected"]
        record.must_be_anothers(act, self.id)
        must_differ(self.id, was=self.finding, now=finding)
        self.trigger(
            self.FindingCorrected, act, finding=finding, was=self.finding, corrects=record.event
        )

    def record_answer(self, act: Act, answer: str) -> None:
        """Record what the supplier says of the part, once (Z-4.2.2b)."""
        if self.answer is not None:
            raise Refused("part-already-answered", tag=self.id, answer=self.answer)
        self.trigger(self.Answered, act, answer=answer)

    def confirm_online(self, act: Act) -> None:
        """Confirm it online, after the physical count (Z-4.2.3)."""
        if self.counted is None:
            raise Refused("part-not-counted", tag=self.id)
        if "online" in self.facts:
            raise Refused("part-already-online", tag=self.id)
        self.trigger(self.ConfirmedOnline, act)


def _at_least_nothing(number: int) -> None:
    if number < 0:
        raise Refused("quantity-below-nothing", quantity=number)
