"""What quality assessment was set for one zero-km unit?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recourse.aggregates.base import Act, MoneyEvent
from recourse.aggregates.claim.disputed import DisputedLine
from recourse.rulebook.kinds import Severity
from recourse.rulebook.powers import Bounds
from recourse.values.money import Fen, total, yuan
from recourse.values.refusal import Refused


class PenalisedLine(DisputedLine):
    """The part of a claim that carries the penalty of Z-4.5.3b, once a claim (ZA6)."""

    class PenaltySet(MoneyEvent):
        TOPIC = "claim.penalty_set"

        split: dict[str, Fen]  # supplier -> fen
        severity: Severity
        again: bool  # a reason was given for another penalty on the same unit

        def apply(self, claim: PenalisedLine) -> None:
            claim.penalty = dict(self.split)
            claim.penalty_set_by = f"{claim.stream}@{claim.version}"
            claim.penalty_was_set = self

    class PenaltyWithdrawn(MoneyEvent):
        TOPIC = "claim.penalty_withdrawn"

        suppliers: tuple[str, ...]

        def apply(self, claim: PenalisedLine) -> None:
            claim.penalty = {}

    class PenaltyLowered(MoneyEvent):
        """An appeal left `supplier` this much of the penalty; the rest ends."""

        TOPIC = "claim.penalty_lowered"

        supplier: str
        amount: Fen
        chargeback: str

        def apply(self, claim: PenalisedLine) -> None:
            claim.penalty[self.supplier] = self.amount
            claim.penalty_was_lowered = True

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.penalty: dict[str, int] = {}
        self.penalty_set_by = ""
        self.penalty_was_set: PenalisedLine.PenaltySet | None = None
        self.penalty_was_lowered = False

    def set_penalty(
        self,
        act: Act,
        split: Mapping[str, int],
        *,
        amount: int,
        severity: str,
        again: bool,
        bounds: Bounds,
    ) -> None:
        """Assess `amount` fen within `bounds`, both included, divided by `split` (Z-4.5.3b, ZA6).

        What other claims and notes say about it is for who asks to judge first.
        """
        if not bounds.least <= amount <= bounds.most:
            raise Refused(
                "penalty-out-of-range",
                bounds.clause,
                amount=yuan(amount),
                least=yuan(bounds.least),
                most=yuan(bounds.most),
            )
        if total(split) != amount or min(split.values()) < 0:
            raise Refused(
                "penalty-split-differs", "ZA6", amount=yuan(amount), sum=yuan(total(split))
            )
        self.trigger(self.PenaltySet, act, split=split, severity=severity, again=again)

    def withdraw_penalty(self, act: Act) -> None:
        """Take the penalty away; nothing of it is charged from now on."""
        if not self.penalty:
            raise Refused("no-penalty", claim=self.id)
        self.trigger(self.PenaltyWithdrawn, act, suppliers=tuple(self.penalty))

    def lower_penalty(self, act: Act, supplier: str, *, amount: int, chargeback: str) -> None:
        """Leave `supplier` `amount` fen of the penalty; it is never set again (ZA6)."""
        self.trigger(
            self.PenaltyLowered, act, supplier=supplier, amount=amount, chargeback=chargeback
        )
