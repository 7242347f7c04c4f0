"""What became of a doubt about a claim between us and the user service centre (path P2)?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from recourse.aggregates.base import Act, DomainEvent, EvidencedEvent, MoneyEvent
from recourse.aggregates.claim.borne import BorneLine
from recourse.aggregates.claim.received import above_nothing
from recourse.aggregates.order import must_follow
from recourse.rulebook.charging import Charging, Measures
from recourse.values.money import Fen
from recourse.values.refusal import Refused

Aspect = Literal["information", "cost", "finding"]
Ruling = Literal["stands", "reduced", "refused"]


class DisputedLine(BorneLine):
    """The part of a claim that is returned, verified, consulted on, referred, ruled (Z-4.4.3)."""

    class Objected(EvidencedEvent):
        TOPIC = "claim.objected"

        aspect: Aspect
        doubts: tuple[str, ...] = ()  # where the checks on arrival objected

        def apply(self, claim: DisputedLine) -> None:
            claim.aspect = "responsibility" if self.aspect == "finding" else self.aspect
            claim.states[claim.aspect] = "objected"
            claim.dispute = "returned"
            claim.since = self.effective_on
            claim.objected_by = self.actor

    class Verified(DomainEvent):
        """The centre looked again: the line stands."""

        TOPIC = "claim.verified"

        def apply(self, claim: DisputedLine) -> None:
            claim.dispute = "verified"
            claim.since = self.effective_on

    class Corrected(MoneyEvent):
        """The centre looked again: these costs replace the ones claimed."""

        TOPIC = "claim.corrected"

        costs: dict[str, Fen]
        measures: Measures | None = None

        def apply(self, claim: DisputedLine) -> None:
            claim.measures = claim.measures.updated(self.measures)
            claim.claimed = dict(self.costs)
            claim.accepted = {}
            if claim.states["cost"] != "objected":
                claim.states["cost"] = "open"
            claim.dispute = "verified"
            claim.since = self.effective_on

    class Withdrawn(DomainEvent):
        """The centre looked again: it no longer charges the line, which is closed."""

        TOPIC = "claim.withdrawn"

        def apply(self, claim: DisputedLine) -> None:
            claim.close()

    class ConsultationAccepted(DomainEvent):
        TOPIC = "claim.consultation_accepted"

        def apply(self, claim: DisputedLine) -> None:
            claim.dispute = "none"
            claim.states[claim.aspect] = "open"

    class ConsultationRefused(DomainEvent):
        """Both sides agreed that the line is refused, which is closed."""

        TOPIC = "claim.consultation_refused"

        def apply(self, claim: DisputedLine) -> None:
            claim.close()

    class ConsultationFailed(DomainEvent):
        TOPIC = "claim.consultation_failed"

        def apply(self, claim: DisputedLine) -> None:
            claim.dispute = "unresolved"
            claim.since = self.effective_on

    class Referred(DomainEvent):
        TOPIC = "claim.referred"

        def apply(self, claim: DisputedLine) -> None:
            claim.dispute = "referred"
            claim.referred_on = self.effective_on
            claim.since = self.effective_on

    class GroupRuled(EvidencedEvent, MoneyEvent):
        """The group quality department ruled; it is final (Z-4.4.3d)."""

        TOPIC = "claim.group_ruled"

        ruling: Ruling
        accepted: dict[str, Fen]
        reference: str
        ruled_on: date
        charging: Charging | None = None  # the rules on charges that govern the claim

        def apply(self, claim: DisputedLine) -> None:
            claim.take_ruling(self.accepted)
            claim.take_charging(self.charging)
            claim.since = self.effective_on

    class GroupRulingCorrected(GroupRuled):
        """The ruling had been entered wrongly; this is what the group ruled."""

        TOPIC = "claim.group_ruling_corrected"

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.aspect = ""
        self.objected_by = ""
        self.referred_on = date.min
        self.since = date.min  # the day of the latest step of the dispute

    def close(self) -> None:
        """Remember that nothing of the line is charged any more."""
        self.closed = True
        self.dispute = "none"
        self.accepted = {}

    def take_ruling(self, accepted: Mapping[str, int]) -> None:
        """Remember what the group left of the line."""
        self.dispute = "ruled"
        self.accepted = dict(accepted)
        self.states |= {"information": "confirmed", "cost": "confirmed"}
        if self.states["responsibility"] == "objected":
            self.states["responsibility"] = "open"

    def object(self, act: Act, aspect: Aspect, doubts: tuple[str, ...] = ()) -> None:
        """Return the line to the centre, for it to verify `aspect` again (Z-4.4.3a)."""
        if self.dispute != "none":
            raise Refused("already-disputed", claim=self.id, dispute=self.dispute)
        if self.closed:
            raise Refused("claim-closed", claim=self.id)
        self.trigger(self.Objected, act, aspect=aspect, doubts=doubts)

    def verify_again(
        self,
        act: Act,
        result: str,
        costs: Mapping[str, int] | None,
        measures: Measures | None = None,
    ) -> None:
        """Record what the centre found: it "stands", is "corrected" to `costs`, or "withdrawn"."""
        self._must_be("returned")
        if (costs is not None) != (result == "corrected"):
            raise Refused("costs-only-when-corrected", claim=self.id, result=result)
        must_follow(act, self.since)
        if result == "corrected":
            assert costs is not None
            above_nothing(costs)
            self.trigger(self.Corrected, act, costs=costs, measures=measures)
        else:
            self.trigger(self.Verified if result == "stands" else self.Withdrawn, act)
        self.divide(act)

    def consult(self, act: Act, result: str) -> None:
        """Record how the consultation ended: "accepted", "refused" or "unresolved" (Z-4.4.3b)."""
        self._must_be("verified")
        must_follow(act, self.since)
        ends = {"accepted": self.ConsultationAccepted, "refused": self.ConsultationRefused}
        self.trigger(ends.get(result, self.ConsultationFailed), act)
        self.divide(act)

    def refer(self, act: Act) -> None:
        """Put the unresolved item before the group quality department (Z-4.4.3c)."""
        self._must_be("unresolved")
        must_follow(act, self.since)
        self.trigger(self.Referred, act)

    def record_ruling(self, act: Act, ruling: Ruling, **said: Any) -> None:
        """Record the group's final word, by another person than who objected (ZA33).

        `said` are `accepted`, fen of the components named where the ruling is "reduced", the
        `reference`, `ruled_on`, a day from the referral to today, and the `charging` in force.
        """
        self._must_be("referred")
        if act.actor == self.objected_by:
            raise Refused("objector-records", "ZA33", claim=self.id, person=act.actor)
        self._rule(self.GroupRuled, act, ruling, **said)

    def correct_ruling(self, act: Act, ruling: Ruling, **said: Any) -> None:
        """Correct a ruling that was entered wrongly; the cost is divided afresh."""
        self._must_be("ruled")
        self._rule(self.GroupRulingCorrected, act, ruling, **said)

    def _rule(
        self,
        event: type[MoneyEvent],
        act: Act,
        ruling: Ruling,
        *,
        accepted: Mapping[str, int] | None,
        **said: Any,
    ) -> None:
        if (accepted is not None) != (ruling == "reduced"):
            raise Refused("amounts-only-when-reduced", claim=self.id, ruling=ruling)
        must_follow(act, self.since)
        if not self.referred_on <= said["ruled_on"] <= act.today:
            raise Refused(
                "ruling-outside-bounds",
                ruled_on=said["ruled_on"],
                referred_on=self.referred_on,
                today=act.today,
            )
        left = {} if ruling == "refused" else self.within_claimed(accepted or {}, "Z-4.4.3d")
        self.trigger(event, act, ruling=ruling, accepted=left, **said)
        self.divide(act)

    def _must_be(self, dispute: str) -> None:
        if self.dispute != dispute:
            raise Refused("dispute-not-there", claim=self.id, dispute=self.dispute, needs=dispute)
