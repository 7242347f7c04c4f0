"""What has a vehicle network charged us for one field repair, and who bears it?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from recourse.aggregates.base import Act, DomainEvent, EvidencedEvent
from recourse.aggregates.claim.penalty import PenalisedLine
from recourse.values.refusal import Refused


class Claim(PenalisedLine):
    """三包索赔: one line of the network's recovery note, its three confirmations, its bearers."""

    class GateWaived(DomainEvent):
        TOPIC = "claim.gate_waived"

        gate: str

        def apply(self, claim: Claim) -> None:
            claim.waived[self.gate] = f"{claim.stream}@{claim.version}"

    class NotReturned(EvidencedEvent):
        """The old part was not returned as prescribed: invalid service (Z-4.2.1c)."""

        TOPIC = "claim.not_returned"

        def apply(self, claim: Claim) -> None:
            claim.valid = False

    class NotReturnedWithdrawn(DomainEvent):
        TOPIC = "claim.not_returned_withdrawn"

        def apply(self, claim: Claim) -> None:
            claim.valid = True

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.waived: dict[str, str] = {}  # gate -> the event that waived it
        self.valid = True

    def waive(self, act: Act, gate: str, *, missing: Sequence[str]) -> None:
        """Let `gate`, one of those `missing`, count as passed for good (ZA41)."""
        if gate not in missing:
            raise Refused("gate-not-missing", gate=gate, claim=self.id)
        self.trigger(self.GateWaived, act, gate=gate)

    def mark_not_returned(self, act: Act) -> None:
        """Find that the old part was not returned as prescribed (Z-4.2.1c)."""
        if not self.valid:
            raise Refused("already-not-returned", claim=self.id)
        self.trigger(self.NotReturned, act)

    def withdraw_not_returned(self, act: Act) -> None:
        """Take that finding back: it is reversible (ZA12)."""
        if self.valid:
            raise Refused("not-marked-not-returned", claim=self.id)
        self.trigger(self.NotReturnedWithdrawn, act)
