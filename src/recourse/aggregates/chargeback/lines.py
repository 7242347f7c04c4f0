"""What does a supplier owe for one claim or one old part, line by line?"""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from recourse.aggregates.claim import Claim
from recourse.aggregates.returned_part import ReturnedPart
from recourse.values.money import CHARGED, Fen, yuan

Kind = Literal["loss", "penalty", "disposal"]
PENALTY = "penalty"
DISPOSAL = "disposal"


class ChargeLine(BaseModel):
    """One line of a note: what is charged, how it was reckoned, from which facts, under what."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    claim: str  # of a disposal: the tag
    component: str
    kind: Kind
    amount: Fen
    formula: str
    inputs: dict[str, str]  # name -> value, or the event it comes from
    clauses: tuple[str, ...]

    @property
    def name(self) -> str:
        """The line's name, such as "C1/labour" or "T1/disposal"."""
        return f"{self.claim}/{self.component}"


class LineOutcome(BaseModel):
    """What a recheck or an arbitration left of one appealed line, in fen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: str
    outcome: Literal["upheld", "reduced", "withdrawn"]
    amount: Fen


def lines_of(claim: Claim, supplier: str) -> list[ChargeLine]:
    """The lines that `claim` puts on a note of `supplier` now; empty when it bears nothing.

    Accepted cost is passed on without mark-up (Z-4.5.2a) unless the book charges by rules of its
    own, which each line then cites. The penalty stands on a line of its own and only beside a loss
    line of the same claim (Z-4.5.3, ZA7).
    """
    lines = [
        _loss(claim, supplier, component)
        for component in CHARGED
        if claim.borne_by(supplier, component)
    ]
    penalty = claim.penalty.get(supplier, 0)
    if lines and penalty:
        lines.append(
            ChargeLine(
                claim=claim.id,
                component=PENALTY,
                kind="penalty",
                amount=penalty,
                formula="penalty as set",
                inputs={"set": yuan(penalty), "set_by": claim.penalty_set_by},
                clauses=("Z-4.5.3b", "ZA7"),
            )
        )
    return lines


def _loss(claim: Claim, supplier: str, component: str) -> ChargeLine:
    share = claim.share_of(supplier)
    inputs = {
        "accepted": yuan(claim.accepted.get(component, 0)),
        "share": "-" if share is None else str(share),
        "divided_by": claim.divided_by,
    }
    limit = claim.lowered.get(component, {}).get(f"supplier:{supplier}")
    if limit:
        inputs["at_most"] = yuan(limit.at_most)
    rules: tuple[str, ...] = ()
    if claim.charging and share is not None:  # what an appeal moved to it is cost, passed on
        decide = {f"charge.{component}", "charge.shares"}
        rules = tuple(rule.clause for rule in claim.charging.rules if rule.key in decide)
        inputs["charged_by"] = claim.charged_by
    zero_km = ("Z-4.5.3a",) if claim.stage == "zero_km" else ()
    return ChargeLine(
        claim=claim.id,
        component=component,
        kind="loss",
        amount=claim.borne_by(supplier, component),
        formula="part of the accepted cost that the supplier bears",
        inputs=inputs,
        clauses=tuple(dict.fromkeys(("Z-4.5.2a", *zero_km, *rules))),
    )


def disposal_of(part: ReturnedPart) -> list[ChargeLine]:
    """The line that `part` puts on a note now; none where its disposal is to cost nothing (ZA25).

    What an appeal left of the cost is charged, never more.
    """
    done = part.disposal
    if done is None or not part.chargeable:
        return []
    inputs = {"cost": yuan(done.cost), "disposed_by": part.disposed_by, "notice": part.notice}
    if part.chargeable < done.cost:
        inputs["at_most"] = yuan(part.chargeable)
    return [
        ChargeLine(
            claim=part.id,
            component=DISPOSAL,
            kind="disposal",
            amount=part.chargeable,
            formula="cost of the disposal",
            inputs=inputs,
            clauses=("Z-4.3.2b" if done.notice else "Z-4.3.1b", "ZA25"),
        )
    ]


def named(lines: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """Those of `lines` that `wanted` names, a bare claim or tag meaning all of its lines.

    A name that means no line comes back as it is, so that the caller can refuse it.
    """
    chosen: dict[str, None] = {}
    for name in wanted:
        own = [line for line in lines if line.rpartition("/")[0] == name]
        chosen.update(dict.fromkeys(own or [name]))
    return list(chosen)
