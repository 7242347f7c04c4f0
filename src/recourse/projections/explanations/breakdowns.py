"""Who bears how much of a month's cost, who signed for it, and what became of objections?"""

import re
from collections.abc import Mapping

from recourse.aggregates.breakdown import Breakdown
from recourse.aggregates.claim.division import sums
from recourse.projections.explanations.sources import Sources
from recourse.projections.explanations.step import Step, told
from recourse.values.money import total, yuan
from recourse.values.parties import Text
from recourse.values.words import word

Borne = Mapping[str, Mapping[str, int]]
"""Claim -> bearer -> fen."""
MONTH = re.compile(r"(?:breakdown/)?(\d{4}-(?:0[1-9]|1[0-2]))")


def explain_breakdown(name: str, sources: Sources) -> Step | None:
    """The breakdown of the month that `name` is, such as "2026-09" or "breakdown/2026-09".

    None for any other name, and for a month in which nothing was received.
    """
    named = MONTH.fullmatch(name)
    if named is None:
        return None
    month = named[1]
    borne = {claim.id: sums(claim.bearing) for claim in sources.received_in(month)}
    if not borne:
        return None
    facts = sources.facts(Breakdown, month)
    accepted = sum(total(parts) for parts in borne.values())
    state = Text("已发送", "sent") if facts else Text("尚未发送", "not sent yet")
    return Step(
        Text(
            f"{month} 接收的索赔，已确认费用 {yuan(accepted)} 元；费用分解{state.zh}",
            f"claims received in {month}: {yuan(accepted)} yuan accepted; breakdown {state.en}",
        ),
        amount=accepted,
        clauses=("Z-4.5.1a", "ZA23"),
        inputs=(month, *borne),
        steps=(
            *_bearers(borne, _sent(month, sources)),
            *map(told, sources.history(Breakdown, month)),
        ),
    )


def _sent(month: str, sources: Sources) -> Borne:
    """What each bearer was told, by claim."""
    for fact in sources.facts(Breakdown, month):
        if isinstance(fact.event, Breakdown.Sent):
            return fact.event.borne
    return {}


def _bearers(borne: Borne, sent: Borne) -> tuple[Step, ...]:
    """One step a bearer, now or when it was sent; below it one a claim."""
    named = sorted({bearer for parts in (*borne.values(), *sent.values()) for bearer in parts})
    return tuple(_bearer(bearer, borne, sent) for bearer in named)


def _bearer(bearer: str, borne: Borne, sent: Borne) -> Step:
    said = word(bearer)
    amounts = {
        claim: (parts.get(bearer, 0), sent.get(claim, {}).get(bearer, 0))
        for claim, parts in borne.items()
    }
    claims = tuple(_part(claim, *pair, sent=sent) for claim, pair in amounts.items() if any(pair))
    now, then = (sum(each) for each in zip(*amounts.values(), strict=True))
    moved = _moved(now, then, sent)
    return Step(
        Text(f"{said.zh}：承担 {moved.zh}", f"{said.en} bears {moved.en}"),
        amount=now,
        clauses=("Z-4.5.1a",),
        steps=claims,
    )


def _part(claim: str, now: int, then: int, *, sent: Borne) -> Step:
    moved = _moved(now, then, sent)
    text = Text(f"索赔 {claim}：{moved.zh}", f"claim {claim}: {moved.en}")
    return Step(text, amount=now, inputs=(claim,))


def _moved(now: int, then: int, sent: Borne) -> Text:
    """An amount, beside what it was when the breakdown was sent where that differs."""
    if not sent or now == then:
        return Text(f"{yuan(now)} 元", f"{yuan(now)} yuan")
    return Text(
        f"{yuan(now)} 元（发送时 {yuan(then)} 元）", f"{yuan(now)} yuan ({yuan(then)} when sent)"
    )
