"""What could the engine not settle by itself, so that a person must?"""

from __future__ import annotations

from typing import Any

from recourse.aggregates.base import Act, Aggregate, DomainEvent
from recourse.values.refusal import Refused


class Referral(Aggregate):
    """待办转人工: what a policy could not do, or must not do by itself."""

    TOPIC = "referral"

    class Raised(DomainEvent):
        TOPIC = "referral.raised"

        about: str
        code: str
        asked: str  # the reaction that was refused, or the review that found it

        def apply(self, referral: Referral) -> None:
            referral.about = self.about
            referral.code = self.code
            referral.open = True

    class Closed(DomainEvent):
        TOPIC = "referral.closed"

        def apply(self, referral: Referral) -> None:
            referral.open = False

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.about = ""
        self.code = ""
        self.open = False

    def raise_(self, act: Act, *, about: str, code: str, asked: str) -> None:
        """Put it before a person."""
        if not self.open:
            self.trigger(self.Raised, act, about=about, code=code, asked=asked)

    def must_be_open(self) -> None:
        """Refuse to close it twice."""
        if not self.open:
            raise Refused("referral-already-closed", referral=self.id, about=self.about)

    def close(self, act: Act) -> None:
        """Its cause is gone, or a person has dealt with it."""
        if self.open:
            self.trigger(self.Closed, act)
