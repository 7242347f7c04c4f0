"""Who is responsible for a claim, and who bears how much of it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from recourse.aggregates.base import Act, DomainEvent, MoneyEvent, Share
from recourse.aggregates.claim.division import Bearing, Lowered, borne, move_excess, parts_of, sums
from recourse.aggregates.claim.received import ReceivedLine, above_nothing
from recourse.rulebook.charging import Charge, Charging, Measures, charge, missing_measures
from recourse.values.money import Fen, total, yuan
from recourse.values.parties import supplier_of
from recourse.values.refusal import Refused


class BorneLine(ReceivedLine):
    """The part of a claim that divides its accepted cost: every fen has exactly one bearer."""

    class Attributed(DomainEvent):
        TOPIC = "claim.attributed"

        shares: tuple[Share, ...]

        def apply(self, claim: BorneLine) -> None:
            claim.states["responsibility"] = "confirmed"
            claim.shares = [(part.bearer, part.share) for part in self.shares]

        def takes(self, claim: BorneLine) -> tuple[str, ...]:
            return claim.supplier_keys

    class CostLowered(MoneyEvent):
        """An appeal left `supplier` at most `at_most` fen of a component (Z-4.6.1c)."""

        TOPIC = "claim.cost_lowered"

        supplier: str
        component: str
        at_most: Fen
        sent_to: str
        chargeback: str

        def apply(self, claim: BorneLine) -> None:
            limits = claim.lowered.setdefault(self.component, {})
            limits[f"supplier:{self.supplier}"] = Lowered(self.at_most, self.sent_to)

    class Divided(MoneyEvent):
        """Every accepted fen has exactly one bearer from now on: these."""

        TOPIC = "claim.divided"

        bearing: dict[str, dict[str, Fen]]
        released: tuple[str, ...] = ()  # suppliers that bore something before and bear nothing now

        def apply(self, claim: BorneLine) -> None:
            claim.bearing = {part: dict(bearers) for part, bearers in self.bearing.items()}
            claim.divided_by = f"{claim.stream}@{claim.version}"

        def takes(self, claim: BorneLine) -> tuple[str, ...]:
            return claim.supplier_keys

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.shares: list[tuple[str, Decimal]] = []
        self.bearing: Bearing = {}
        self.divided_by = ""
        self.lowered: dict[str, dict[str, Lowered]] = {}

    @property
    def suppliers_concerned(self) -> tuple[str, ...]:
        """The suppliers with a share in force or bearing some of the cost."""
        bearers = [bearer for bearer, _ in self.shares]
        bearers += [bearer for parts in self.bearing.values() for bearer in parts]
        return tuple(dict.fromkeys(name for name in map(supplier_of, bearers) if name))

    @property
    def supplier_keys(self) -> tuple[str, ...]:
        """The keys under which each supplier concerned finds the claim."""
        return tuple(f"supplier {name} claim {self.id}" for name in self.suppliers_concerned)

    def share_of(self, supplier: str) -> Decimal | None:
        """The share in force of `supplier`, or None without one."""
        return dict(self.shares).get(f"supplier:{supplier}")

    def borne_by(self, supplier: str, component: str) -> int:
        """What `supplier` bears of `component` now, in fen."""
        return self.bearing.get(component, {}).get(f"supplier:{supplier}", 0)

    def amend(
        self,
        act: Act,
        costs: Mapping[str, int],
        line_version: int | None = None,
        measures: Measures | None = None,
    ) -> None:
        """Replace the costs by those of a newer version; the cost is to be confirmed anew."""
        lowered = ("Z-4.6.1c",) if self.lowered else ()
        self.must_be_undisputed(*lowered)
        self.must_not_be_ruled(*lowered)
        if lowered:
            raise Refused("appeal-lowered-the-cost", *lowered, claim=self.id)
        above_nothing(costs)
        known = self.line_version
        if None not in (known, line_version) and (line_version or 0) < (known or 0):
            raise Refused("older-version", claim=self.id, version=line_version, known=known)
        newer = known if line_version is None else line_version
        self.trigger(self.Amended, act, costs=costs, line_version=newer, measures=measures)
        self.divide(act)

    def confirm_cost(
        self, act: Act, accepted: Mapping[str, int], charging: Charging | None = None
    ) -> None:
        """Accept `accepted` of the components named, the others as claimed, never more.

        `charging` are the rules by which suppliers are charged; without, cost is passed on as it
        is. A measure that a formula needs must be known.
        """
        self.must_be_undisputed()
        self.must_not_be_ruled()
        amounts = self.within_claimed(accepted)
        if charging:
            self._must_be_measured(charging, amounts)
        self.trigger(self.CostConfirmed, act, accepted=amounts, charging=charging)
        self.divide(act)

    def _must_be_measured(self, charging: Charging, accepted: Mapping[str, int]) -> None:
        for component, measure, rule in missing_measures(charging, self.repair(accepted)):
            raise Refused(
                "measure-missing",
                rule.clause,
                claim=self.id,
                component=component,
                measure=measure,
            )

    def within_claimed(self, accepted: Mapping[str, int], *also: str) -> dict[str, int]:
        """`accepted` of the components named, the others as claimed; refuses more than claimed.

        `also` are rules that are cited beside Z-4.4.2.
        """
        amounts = {**self.claimed, **accepted}
        for component, amount in amounts.items():
            if amount > self.claimed.get(component, 0):
                raise Refused(
                    "accepted-exceeds-claimed",
                    "Z-4.4.2",
                    *also,
                    component=component,
                    accepted=yuan(amount),
                    claimed=yuan(self.claimed.get(component, 0)),
                )
        above_nothing(amounts)
        return amounts

    def attribute(self, act: Act, shares: Sequence[tuple[str, Decimal]], on_note: str) -> None:
        """Confirm who is responsible: `shares` above nothing that sum to one (ZA24).

        `on_note` is a live note the claim stands on, or "".
        """
        self.must_be_attributable(on_note)
        for bearer, share in shares:
            if share <= 0:
                raise Refused(
                    "share-not-above-nothing", "Z-4.4.2", "ZA24", bearer=bearer, share=share
                )
        if sum(share for _, share in shares) != 1:
            raise Refused("shares-not-one", "ZA24", sum=sum(share for _, share in shares))
        parts = tuple(Share(bearer=bearer, share=share) for bearer, share in shares)
        self.trigger(self.Attributed, act, shares=parts)
        self.divide(act)

    def must_be_attributable(self, on_note: str) -> None:
        """Refuse to change who is responsible under a dispute, once closed, or on a live note."""
        self.must_be_undisputed()
        if on_note:
            raise Refused("claim-on-a-live-note", "Z-4.4.2", claim=self.id, chargeback=on_note)

    def lower(
        self, act: Act, supplier: str, component: str, *, at_most: int, to: str, chargeback: str
    ) -> None:
        """Leave `supplier` at most `at_most` of `component`; what it bears beyond falls on `to`."""
        limits = self.lowered.get(component, {})
        if supplier_of(to) and (to in limits or to == f"supplier:{supplier}"):
            raise Refused("moved-to-a-released-supplier", "Z-4.6.1c", bearer=to, claim=self.id)
        self.trigger(
            self.CostLowered,
            act,
            supplier=supplier,
            component=component,
            at_most=at_most,
            sent_to=to,
            chargeback=chargeback,
        )
        parts = dict(self.bearing.get(component, {}))
        bearer = f"supplier:{supplier}"
        cost = parts_of(self.accepted, self.shares).get(component, {}).get(bearer, 0)
        move_excess(parts, bearer, at_most, to, cost=cost)
        bearing = {**self.bearing, component: parts}
        self._bear(act, {name: borne_by for name, borne_by in bearing.items() if borne_by})

    def divide(self, act: Act) -> None:
        """Divide what is accepted afresh by the shares in force (ZA24)."""
        charged = self._charged if self.charging else None
        self._bear(act, borne(self.accepted, self.shares, self.lowered, charged))

    def charge_of(self, supplier: str, share: Decimal, own: Mapping[str, int]) -> Charge:
        """What the rules on charges make of the `own` part of a supplier (which must be there)."""
        assert self.charging
        return charge(self.charging, self.repair(), supplier, share, own)

    def _charged(self, supplier: str, share: Decimal, own: Mapping[str, int]) -> Mapping[str, int]:
        return self.charge_of(supplier, share, own).amounts

    def _bear(self, act: Act, bearing: Bearing) -> None:
        if bearing != self.bearing:
            released = [bearer for bearer in sums(self.bearing) if bearer not in sums(bearing)]
            suppliers = tuple(name for name in map(supplier_of, released) if name)
            self.trigger(self.Divided, act, bearing=bearing, released=suppliers)
        assert total({k: total(v) for k, v in self.bearing.items()}) == total(self.accepted)
