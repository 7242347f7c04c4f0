"""What does the service centre make of a fault in the field, and who disputes that (P1)?"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from recourse.aggregates.base import Act, Aggregate, DomainEvent, EvidencedEvent
from recourse.aggregates.claim import Claim
from recourse.aggregates.order import must_follow, must_have_come
from recourse.values.refusal import Refused

Opinion = Literal["claim_justified", "claim_partly_justified", "claim_refused"]
"""What is said of a field claim, by the service centre first and by the group at last."""

Party = Literal["company", "centre", "branch", "station", "end_user"]
"""Who may be at odds over a field claim; the clause names nobody (ZA13)."""


class FieldClaim(Aggregate):
    """现场索赔: a claim as it is handled in the field, before and beside the transfer note.

    Its dispute is path P1 and ends with the group's ruling. The dispute of a received claim
    (P2) is another matter, and neither changes the other.
    """

    TOPIC = "field_claim"

    class Proposed(EvidencedEvent):
        TOPIC = "field_claim.proposed"

        unit: str
        part: str
        opinion: Opinion
        found_on: date

        def apply(self, field_claim: FieldClaim) -> None:
            field_claim.state = "proposed"
            field_claim.since = self.effective_on
            field_claim.proposed_by = self.actor
            field_claim.unit = self.unit

    class Approved(DomainEvent):
        """The centre's manager agrees, and the quality department knows from now on."""

        TOPIC = "field_claim.approved"

        def apply(self, field_claim: FieldClaim) -> None:
            field_claim.state = "approved"
            field_claim.since = self.effective_on

    class Linked(DomainEvent):
        TOPIC = "field_claim.linked"

        claim: str

        def apply(self, field_claim: FieldClaim) -> None:
            field_claim.claim = self.claim

        def takes(self, field_claim: FieldClaim) -> tuple[str, ...]:
            linked = f"claim {self.claim} field_claim {field_claim.id}"
            return (linked, *(field_claim.dispute_keys if field_claim.state == "disputed" else ()))

    class Disputed(EvidencedEvent):
        TOPIC = "field_claim.disputed"

        party: Party
        against: Party

        def apply(self, field_claim: FieldClaim) -> None:
            field_claim.state = "disputed"
            field_claim.since = self.effective_on
            field_claim.disputed_by = self.actor

        def takes(self, field_claim: FieldClaim) -> tuple[str, ...]:
            return field_claim.dispute_keys

    class Ruled(EvidencedEvent):
        """The group ruled, outside the Company and for good (Z-4.1.3d)."""

        TOPIC = "field_claim.ruled"

        ruling: Opinion
        reference: str
        ruled_on: date

        def apply(self, field_claim: FieldClaim) -> None:
            field_claim.state = "ruled"
            field_claim.since = self.effective_on

        def frees(self, field_claim: FieldClaim) -> tuple[str, ...]:
            return field_claim.dispute_keys

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.state = ""
        self.since = date.min
        self.unit = ""
        self.claim: str | None = None
        self.proposed_by = ""
        self.disputed_by = ""

    @property
    def dispute_keys(self) -> tuple[str, ...]:
        """The key that shuts the gate of the received claim while the dispute is open (ZA41)."""
        return (f"claim {self.claim} field {self.id}",) if self.claim else ()

    def propose(self, act: Act, *, unit: str, part: str, opinion: str, found_on: date) -> None:
        """Give an opinion; it replaces an earlier one that nobody has approved (Z-4.1.3b)."""
        if self.state not in {"", "proposed"}:
            raise Refused("handling-already-approved", field_claim=self.id)
        if self.claim:
            self._must_be_of(unit, self.claim, self.unit)
        must_follow(act, self.since)
        must_have_come(found_on, act)
        self.trigger(self.Proposed, act, unit=unit, part=part, opinion=opinion, found_on=found_on)

    def approve(self, act: Act) -> None:
        """Approve the opinion of another person and tell it to the quality department."""
        if self.state != "proposed":
            raise Refused("handling-already-approved", field_claim=self.id)
        if act.actor == self.proposed_by:
            raise Refused("own-handling", "ZA33", field_claim=self.id, person=act.actor)
        must_follow(act, self.since)
        self.trigger(self.Approved, act)

    def link(self, act: Act, claim: Claim) -> None:
        """Say which received claim it became; possible at any time, once."""
        if self.claim:
            raise Refused("field-claim-already-linked", field_claim=self.id, claim=self.claim)
        self._must_be_of(self.unit, claim.id, claim.received.unit)
        self.trigger(self.Linked, act, claim=claim.id)

    def dispute(self, act: Act, *, party: str, against: str) -> None:
        """Take up a dispute between two parties about what was approved, once (Z-4.1.3d)."""
        self._must_not_be_ruled()
        if self.state == "proposed":
            raise Refused("handling-not-approved", field_claim=self.id)
        if self.state == "disputed":
            raise Refused("field-claim-already-disputed", field_claim=self.id)
        if party == against:
            raise Refused("one-party-only", "ZA13", field_claim=self.id, party=party)
        must_follow(act, self.since)
        self.trigger(self.Disputed, act, party=party, against=against)

    def record_ruling(self, act: Act, *, ruling: str, reference: str, ruled_on: date) -> None:
        """Record what the group ruled; nobody approves it and nothing follows it (Z-4.1.3d)."""
        self._must_not_be_ruled()
        if self.state != "disputed":
            raise Refused("field-claim-not-disputed", field_claim=self.id)
        if act.actor == self.disputed_by:
            raise Refused("own-field-dispute", "ZA33", field_claim=self.id, person=act.actor)
        if not self.since <= ruled_on <= act.today:
            raise Refused(
                "field-ruling-outside-bounds",
                ruled_on=ruled_on,
                disputed_on=self.since,
                today=act.today,
            )
        must_follow(act, self.since)
        self.trigger(self.Ruled, act, ruling=ruling, reference=reference, ruled_on=ruled_on)

    def _must_not_be_ruled(self) -> None:
        if self.state == "ruled":
            raise Refused("field-claim-ruled", field_claim=self.id)

    def _must_be_of(self, unit: str, claim: str, repaired: str) -> None:
        """Refuse to be about another unit than the one `repaired` under the received claim."""
        if unit != repaired:
            raise Refused(
                "field-claim-of-another-unit",
                field_claim=self.id,
                unit=unit,
                claim=claim,
                repaired=repaired,
            )
