"""Who recorded the fact that is in force, and who may correct it?"""

from dataclasses import dataclass
from datetime import date
from typing import Self

from recourse.aggregates.base import Act, Aggregate, DomainEvent
from recourse.aggregates.order import must_follow
from recourse.values.refusal import Refused


@dataclass(frozen=True, slots=True)
class Record:
    """Who recorded a fact, or corrected it last, and by which event."""

    by: str
    event: str
    on: date

    @classmethod
    def of(cls, event: DomainEvent, thing: Aggregate) -> Self:
        """The record that `event`, the latest of `thing`, has left."""
        return cls(event.actor, thing.latest, event.effective_on)

    def must_be_anothers(self, act: Act, name: str) -> None:
        """Refuse a correction of `name` by who recorded what is in force, or before it (ZA33)."""
        if act.actor == self.by:
            raise Refused("own-record-corrected", "ZA33", record=name, person=act.actor)
        must_follow(act, self.on)


def must_differ(name: str, *, was: object, now: object) -> None:
    """Refuse a correction of `name` that changes nothing."""
    if was == now:
        raise Refused("nothing-to-correct", record=name, value=now)
