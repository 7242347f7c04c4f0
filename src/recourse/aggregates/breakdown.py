"""Who was told what it bears of a month's cost, who signed for it, and who objected?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from recourse.aggregates.base import Act, Aggregate, DomainEvent, EvidencedEvent, MoneyEvent
from recourse.aggregates.order import must_follow
from recourse.values.money import Fen
from recourse.values.refusal import Refused

Outcome = Literal["kept", "changed"]


class Breakdown(Aggregate):
    """费用分解: a month's accepted cost, divided to every bearer, internal ones too (Z-4.5.1)."""

    TOPIC = "breakdown"

    class Sent(MoneyEvent):
        """What each bearer was told: claim -> bearer -> fen."""

        TOPIC = "breakdown.sent"

        borne: dict[str, dict[str, Fen]]

        def apply(self, breakdown: Breakdown) -> None:
            breakdown.sent = True

    class Signed(DomainEvent):
        """Signing for it is receipt, not consent (ZA35)."""

        TOPIC = "breakdown.signed"

        bearer: str

        def apply(self, breakdown: Breakdown) -> None:
            breakdown.signed.add(self.bearer)

    class Appealed(EvidencedEvent):
        TOPIC = "breakdown.appealed"

        bearer: str
        claims: tuple[str, ...]

        def apply(self, breakdown: Breakdown) -> None:
            breakdown.appeals |= {(self.bearer, claim): self.effective_on for claim in self.claims}

    class AppealDecided(DomainEvent):
        TOPIC = "breakdown.appeal_decided"

        bearer: str
        claim: str
        outcome: Outcome

        def apply(self, breakdown: Breakdown) -> None:
            breakdown.appeals.pop((self.bearer, self.claim), None)

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.sent = False
        self.signed: set[str] = set()
        self.appeals: dict[tuple[str, str], date] = {}  # (bearer, claim) to decide on -> since when

    def send(self, act: Act, borne: Mapping[str, Mapping[str, int]]) -> None:
        """Send every bearer its part of what is accepted of the month, once (Z-4.5.1a)."""
        if self.sent:
            raise Refused("breakdown-already-sent", month=self.id)
        if not borne:
            raise Refused("nothing-to-break-down", month=self.id)
        self.trigger(self.Sent, act, borne=borne)

    def sign(self, act: Act, bearers: Sequence[str]) -> None:
        """Record that those of `bearers` who have not signed yet received it (Z-4.5.1b, ZA35)."""
        unsigned = [bearer for bearer in bearers if bearer not in self.signed]
        if not unsigned:
            raise Refused("breakdown-already-signed", month=self.id, bearer=", ".join(bearers))
        for bearer in unsigned:
            self.trigger(self.Signed, act, bearer=bearer)

    def appeal(self, act: Act, claims: Mapping[str, Sequence[str]]) -> None:
        """Object for each bearer to what it bears of its `claims`, signed or not (Z-4.5.1c, ZA35).

        What a bearer objects to already is left out; a claim of which nothing is left is refused.
        """
        new = {
            bearer: tuple(claim for claim in of if (bearer, claim) not in self.appeals)
            for bearer, of in claims.items()
        }
        left = {claim for of in new.values() for claim in of}
        waiting = dict.fromkeys(
            claim for of in claims.values() for claim in of if claim not in left
        )
        if waiting:
            raise Refused(
                "breakdown-appeal-waits", bearer=", ".join(claims), claims=", ".join(waiting)
            )
        for bearer, of in new.items():
            if of:
                self.trigger(self.Appealed, act, bearer=bearer, claims=of)

    def decide(self, act: Act, bearer: str, claim: str, outcome: Outcome) -> None:
        """Keep or change what `bearer` bears of `claim`; who asks divides it (Z-4.5.1c)."""
        if (bearer, claim) not in self.appeals:
            raise Refused("no-breakdown-appeal", month=self.id, bearer=bearer, claim=claim)
        must_follow(act, self.appeals[bearer, claim])
        self.trigger(self.AppealDecided, act, bearer=bearer, claim=claim, outcome=outcome)
