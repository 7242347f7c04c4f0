"""Why is an amount, a last day, a hold or a refusal as it is?"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from recourse.aggregates.base import Fact
from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.claim import Claim
from recourse.aggregates.referral import Referral
from recourse.aggregates.returned_part import ReturnedPart
from recourse.aggregates.supplier import Supplier
from recourse.projections.explanations.claims import explain_claim, made_of
from recourse.projections.explanations.holds import explain_hold, explain_referral, explain_refusal
from recourse.projections.explanations.notes import explain_deadline, explain_line, explain_note
from recourse.projections.explanations.sources import Sources
from recourse.projections.explanations.step import Explanation, Step
from recourse.rulebook.book import Rulebook
from recourse.values.money import yuan
from recourse.values.parties import Text

__all__ = ["Explainer", "Explanation", "Step"]


class Explainer:
    """Finds what a name means and tells why it is as it is, from the log itself."""

    def __init__(
        self,
        stream: Callable[[str], Sequence[Fact]],
        held: Callable[[str], Sequence[tuple[str, str]]],
        answer: Callable[[str], Mapping[str, Any] | None],
        book: Rulebook,
    ) -> None:
        self._stream = stream
        self._held = held
        self._answer = answer
        self._book = book

    def explain(self, name: str, day: date) -> Explanation:
        """The explanation of a claim, note, line, tag, last day, hold, referral or refusal.

        "C1", "N1", "T1", "C1/labour" (on its newest live note), "N1/C1/labour", "N1/deadline",
        "S1/hold", "S1", "claim:C1" as the worklist names it, or the reference of a refusal.
        Raises LookupError for an unknown name.
        """
        sources = Sources(self._stream, self._held, self._answer, self._book, day)
        found = _whole(name, sources) or _piece(name, sources)
        if found is None:
            raise LookupError(f"nothing is known by the name {name}")
        return Explanation(name, found, self._book)


def _whole(name: str, sources: Sources) -> Step | None:
    if sources.exists(Chargeback, name):
        return explain_note(name, sources)
    if sources.exists(Claim, name):
        return explain_claim(name, sources)
    if sources.exists(ReturnedPart, name):
        return _part(name, sources)
    if sources.exists(Supplier, name):
        return explain_hold(name, sources)
    if sources.exists(Referral, name):
        return explain_referral(name, sources)
    answer = sources.answer(name)
    return explain_refusal(answer) if answer else None


def _piece(name: str, sources: Sources) -> Step | None:
    whole, _, piece = name.rpartition("/")
    if piece == "deadline" and sources.exists(Chargeback, whole):
        return explain_deadline(whole, sources)
    if piece == "hold" and sources.exists(Supplier, whole):
        return explain_hold(whole, sources)
    if sources.exists(Claim, whole):
        return _line_of_claim(whole, piece, sources)
    note, _, claim = whole.partition("/")
    while claim and not sources.exists(Chargeback, note):
        more, _, claim = claim.partition("/")
        note = f"{note}/{more}"
    return explain_line(note, f"{claim}/{piece}", sources) if claim else None


def _line_of_claim(claim_name: str, component: str, sources: Sources) -> Step | None:
    """The line on the newest live note that has it; without one, what is accepted of it."""
    claim = sources.state(Claim, claim_name)
    line = f"{claim_name}/{component}"
    for note in reversed(sources.notes_of_claim(claim)):
        if note.live and (line in note.amounts or not note.approved):
            try:
                return explain_line(note.id, line, sources)
            except LookupError:
                continue
    amount = claim.accepted.get(component)
    if component == "penalty":
        amount = sum(claim.penalty.values())
    if amount is None:
        return None
    return Step(
        Text(
            f"{line}：{yuan(amount)} 元，不在有效的索赔单上",
            f"{line}: {yuan(amount)} yuan, on no live note",
        ),
        amount=amount,
        clauses=("Z-4.4.2",),
        inputs=(claim_name,),
        steps=made_of(claim, sources),
    )


def _part(tag: str, sources: Sources) -> Step:
    part = sources.state(ReturnedPart, tag)
    claim = sources.state(Claim, part.claim)
    return Step(
        Text(f"旧件 {tag}，属索赔 {claim.id}", f"returned part {tag} of claim {claim.id}"),
        clauses=("Z-3.1.3",),
        inputs=(tag, claim.id),
        steps=made_of(claim, sources),
    )
