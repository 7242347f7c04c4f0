"""What did the Company itself put right on site before a unit was used, and at what cost?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from recourse.aggregates.base import Act, Aggregate, DomainEvent, MoneyEvent
from recourse.aggregates.claim.received import above_nothing
from recourse.aggregates.order import must_follow, must_have_come
from recourse.values.money import Fen
from recourse.values.refusal import Refused

JobOutcome = Literal["repaired", "replaced", "not_found"]


class Spares(BaseModel):
    """So many pieces of one part."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    part: str
    quantity: int


class ZeroKmJob(Aggregate):
    """零公里现场服务: a visit with spares and labour, whose cost becomes a claim (Z-4.5.3a)."""

    TOPIC = "zero_km_job"

    class Opened(DomainEvent):
        TOPIC = "zero_km_job.opened"

        unit: str
        part: str
        reported_on: date
        fault: str | None = None
        plant: str | None = None

        def apply(self, job: ZeroKmJob) -> None:
            job.opened = self

    class SparesRequested(DomainEvent):
        TOPIC = "zero_km_job.spares_requested"

        spares: tuple[Spares, ...]

        def apply(self, job: ZeroKmJob) -> None:
            for each in self.spares:
                job.requested[each.part] = job.requested.get(each.part, 0) + each.quantity

    class SparesIssued(DomainEvent):
        TOPIC = "zero_km_job.spares_issued"

        spares: tuple[Spares, ...]

        def apply(self, job: ZeroKmJob) -> None:
            for each in self.spares:
                job.issued[each.part] = job.issued.get(each.part, 0) + each.quantity

    class Finished(MoneyEvent):
        TOPIC = "zero_km_job.finished"

        served_on: date
        outcome: JobOutcome
        quantity: int  # of the parts that were replaced and are to come back
        costs: dict[str, Fen]
        claim: str  # the number under which the cost is received

        def apply(self, job: ZeroKmJob) -> None:
            job.over = "finished"
            job.finished = self

    class Cancelled(DomainEvent):
        TOPIC = "zero_km_job.cancelled"

        def apply(self, job: ZeroKmJob) -> None:
            job.over = "cancelled"

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.opened: ZeroKmJob.Opened
        self.finished: ZeroKmJob.Finished
        self.over = ""
        self.requested: dict[str, int] = {}  # part -> pieces
        self.issued: dict[str, int] = {}

    @property
    def state(self) -> str:
        """What it waits for: "opened", "requested", "supplied"; or how it is over."""
        if self.over or not self.requested:
            return self.over or "opened"
        return "supplied" if self.issued == self.requested else "requested"

    def open(
        self,
        act: Act,
        *,
        unit: str,
        part: str,
        reported_on: date,
        fault: str | None = None,
        plant: str | None = None,
    ) -> None:
        """Take in a report from a plant that `part` of `unit` fails before use (ZA22)."""
        if self.exists:
            raise Refused("job-already-opened", job=self.id)
        must_have_come(reported_on, act)
        self.trigger(
            self.Opened,
            act,
            unit=unit,
            part=part,
            reported_on=reported_on,
            fault=fault,
            plant=plant,
        )

    def request_spares(self, act: Act, spares: Mapping[str, int]) -> None:
        """Ask for spares; what is asked for again comes on top (Z-4.7.1)."""
        self._must_go_on()
        _must_be_pieces(spares)
        must_follow(act, self.opened.effective_on)
        self.trigger(self.SparesRequested, act, spares=_listed(spares))

    def issue_spares(self, act: Act, spares: Mapping[str, int]) -> None:
        """Issue spares, of each part at most what is requested and not yet issued (Z-3.3.2)."""
        self._must_go_on()
        _must_be_pieces(spares)
        for part, quantity in spares.items():
            left = self.requested.get(part, 0) - self.issued.get(part, 0)
            if quantity > left:
                raise Refused(
                    "spares-not-requested", job=self.id, part=part, quantity=quantity, left=left
                )
        must_follow(act, self.opened.effective_on)
        self.trigger(self.SparesIssued, act, spares=_listed(spares))

    def finish(
        self,
        act: Act,
        *,
        served_on: date,
        outcome: str,
        quantity: int,
        costs: Mapping[str, int],
        claim: str,
    ) -> None:
        """Record the visit: what came of it, what was replaced, what it cost (Z-4.7.3)."""
        self._must_go_on()
        if not self.opened.reported_on <= served_on <= act.on:
            raise Refused(
                "served-outside-bounds",
                served_on=served_on,
                reported_on=self.opened.reported_on,
                on=act.on,
            )
        if quantity < 0 or (quantity > 0) != (outcome == "replaced"):
            raise Refused("replaced-parts-differ", outcome=outcome, quantity=quantity)
        above_nothing(costs)
        self.trigger(
            self.Finished,
            act,
            served_on=served_on,
            outcome=outcome,
            quantity=quantity,
            costs=costs,
            claim=claim,
        )

    def cancel(self, act: Act) -> None:
        """Give it up before the visit; spares already issued stay with Quality (Z-4.7.1)."""
        self._must_go_on()
        must_follow(act, self.opened.effective_on)
        self.trigger(self.Cancelled, act)

    def _must_go_on(self) -> None:
        if self.over:
            raise Refused("job-already-over", job=self.id, state=self.over)


def _must_be_pieces(spares: Mapping[str, int]) -> None:
    for part, quantity in spares.items():
        if quantity < 1:
            raise Refused("spares-not-above-nothing", part=part, quantity=quantity)


def _listed(spares: Mapping[str, int]) -> tuple[Spares, ...]:
    return tuple(Spares(part=part, quantity=quantity) for part, quantity in spares.items())
