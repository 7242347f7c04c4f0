"""Given a history, when something is asked, then what is recorded, or why is it refused?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from recourse.aggregates.base import Aggregate, DomainEvent, Fact
from recourse.values.refusal import Refused

LABELS = {
    "claim": "C1",
    "chargeback": "N1",
    "returned_part": "T1",
    "part": "P1",
    "clearance": "L1",
    "breakdown": "2026-03",
    "field_claim": "FC1",
    "legal_case": "LC1",
    "zero_km_job": "J1",
    "message": "chargeback:N1",
}


def given(kind: type[Aggregate], *history: DomainEvent) -> Given:
    return Given(kind, history)


def folded(kind: type[Aggregate], history: tuple[DomainEvent, ...], journal: list[Fact]) -> Any:
    """The aggregate after `history`, its events numbered as they come."""
    aggregate = kind(LABELS.get(kind.TOPIC, "S1"), journal)
    for version, event in enumerate(history, start=1):
        aggregate.take(Fact(aggregate.stream, version, event))
    return aggregate


class Given:
    def __init__(self, kind: type[Aggregate], history: tuple[DomainEvent, ...]) -> None:
        self.kind = kind
        self.history = history

    def when(self, asked: Callable[[Any], object]) -> Outcome:
        journal: list[Fact] = []
        aggregate = folded(self.kind, self.history, journal)
        try:
            asked(aggregate)
        except Refused as refused:
            return Outcome(journal, refused)
        replayed = folded(self.kind, (*self.history, *(fact.event for fact in journal)), journal)
        assert vars(replayed) == vars(aggregate)
        return Outcome(journal, None)


class Outcome:
    def __init__(self, journal: list[Fact], refused: Refused | None) -> None:
        self.events = [fact.event for fact in journal]
        self.said = refused and (refused.code, refused.rules)

    def then(self, event: type[DomainEvent], **fields: Any) -> None:
        self.then_each((event, fields))

    def then_each(self, *expected: tuple[type[DomainEvent], dict[str, Any]]) -> None:
        """Exactly these events; who, when and by which rules is taken as it came."""
        came = [{key: getattr(it, key) for key in DomainEvent.model_fields} for it in self.events]
        pairs = zip(expected, came, strict=True) if not self.said else ()
        assert (self.said, self.events) == (None, [one(**it, **rest) for (one, rest), it in pairs])

    def then_refused(self, code: str, *rules: str) -> None:
        """No `rules` mean that the first one of the act is cited."""
        assert (self.said, self.events) == ((code, rules), [])
