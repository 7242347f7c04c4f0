"""Which files came to light about something after it was recorded (ZA42)?"""

from __future__ import annotations

from typing import Any

from recourse.aggregates.base import Act, Aggregate, EvidencedEvent, Fact
from recourse.values.refusal import Refused


class Evidence(Aggregate):
    """证据: photos, reports and receipts about one thing, which its name labels: "claim:C1"."""

    TOPIC = "evidence"
    BEGINS = False  # its first entry may be for a later day than the next one

    class Added(EvidencedEvent):
        TOPIC = "evidence.added"

        def apply(self, evidence: Evidence) -> None:
            evidence.known |= {each.sha256 for each in self.evidence}

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.known: set[str] = set()

    def must_be_new(self, act: Act) -> None:
        """Refuse a file that was added to the same thing before."""
        for each in act.evidence:
            if each.sha256 in self.known:
                name = self.id.partition(":")[2]
                raise Refused("evidence-already-added", name=name, sha256=each.sha256)

    def add(self, act: Act) -> None:
        """Record the files that the act names; none is ever taken away."""
        self.trigger(self.Added, act)


def about(fact: Fact) -> str:
    """The label of what `fact` is about: "claim:C1" also where only its evidence was added to."""
    return fact.stream.removeprefix(f"{Evidence.TOPIC}:")
