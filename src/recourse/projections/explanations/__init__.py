"""Why is an amount, a last day, a hold or a refusal as it is?"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from recourse.aggregates.base import Aggregate, Fact
from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.claim import Claim
from recourse.aggregates.clearance import Clearance
from recourse.aggregates.field_claim import FieldClaim
from recourse.aggregates.legal_case import LegalCase
from recourse.aggregates.referral import Referral
from recourse.aggregates.returned_part import ReturnedPart
from recourse.aggregates.supplier import Supplier
from recourse.aggregates.zero_km_job import ZeroKmJob
from recourse.projections.explanations.breakdowns import explain_breakdown
from recourse.projections.explanations.claims import explain_claim, made_of
from recourse.projections.explanations.deadlines import explain_days_to_clear, explain_deadline
from recourse.projections.explanations.disposals import (
    explain_notice,
    explain_unnoted,
    notice_steps,
)
from recourse.projections.explanations.holds import explain_hold, explain_referral, explain_refusal
from recourse.projections.explanations.knowing import unacknowledged
from recourse.projections.explanations.notes import explain_line, explain_note
from recourse.projections.explanations.paths import (
    explain_field_claim,
    explain_job,
    explain_legal_case,
)
from recourse.projections.explanations.sources import Sources
from recourse.projections.explanations.statements import explain_statement
from recourse.projections.explanations.step import Explanation, Step
from recourse.rulebook.book import Rulebook
from recourse.values.money import yuan
from recourse.values.parties import Text
from recourse.values.words import word

__all__ = ["Explainer", "Explanation", "Step"]

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


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
        """The explanation of a thing, a line, a last day, a hold, a month or a refusal.

        "C1", "N1", "T1", "L1", "C1/labour" or "T1/disposal" (on its newest live note),
        "N1/C1/labour", "N1/deadline", "L1/deadline", "S1/hold", "S1", "S1/2026-03", a month's
        breakdown "2026-03", a field claim "FC1", a legal case "LC1", a zero-km job "J1" (or
        "J1/job", as its claim may have the name), a referral "claim:C1" as the worklist names it,
        or the reference of a refusal. Raises LookupError for an unknown name.
        """
        sources = Sources(self._stream, self._held, self._answer, self._book, day)
        found = _whole(name, sources) or explain_breakdown(name, sources) or _piece(name, sources)
        if found is None:
            raise LookupError(f"nothing is known by the name {name}")
        told = Explanation(name, found, self._book)
        unknown = unacknowledged(told.inputs, told.clauses, sources)
        return replace(told, unacknowledged=unknown)


def _whole(name: str, sources: Sources) -> Step | None:
    for kind, explain in _WHOLES:
        if sources.exists(kind, name):
            return explain(name, sources)
    answer = sources.answer(name)
    return explain_refusal(answer) if answer else None


def _piece(name: str, sources: Sources) -> Step | None:
    whole, _, piece = name.rpartition("/")
    for kind, wanted, explain in _PIECES:
        if piece == wanted and sources.exists(kind, whole):
            return explain(whole, sources)
    if MONTH.fullmatch(piece) and sources.exists(Supplier, whole):
        return explain_statement(whole, piece, sources)
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
    charged = _charged(line, sources.notes_of_claim(claim), sources)
    if charged:
        return charged
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


def _line_of_part(tag: str, sources: Sources) -> Step | None:
    """The line on the newest live note that has it; without one, what it would be charged at."""
    line, notes = f"{tag}/disposal", sources.notes_of_part(tag)
    return _charged(line, notes, sources) or explain_unnoted(
        sources.state(ReturnedPart, tag), sources
    )


def _charged(line: str, notes: Sequence[Chargeback], sources: Sources) -> Step | None:
    """`line` on the newest live one of `notes` that has it."""
    for note in reversed(notes):
        if note.live and (line in note.amounts or not note.approved):
            try:
                return explain_line(note.id, line, sources)
            except LookupError:
                continue
    return None


def _part(tag: str, sources: Sources) -> Step:
    part = sources.state(ReturnedPart, tag)
    claim, place = sources.state(Claim, part.claim), word(part.place)
    notice = (part.notice,) if part.notice else ()
    return Step(
        Text(
            f"旧件 {tag}，属索赔 {claim.id}：{place.zh}",
            f"returned part {tag} of claim {claim.id}: {place.en}",
        ),
        clauses=("Z-3.1.3",),
        inputs=(tag, claim.id, *notice),
        steps=(
            *made_of(claim, sources),
            *(step for name in notice for step in notice_steps(name, sources)),
        ),
    )


_PIECES: tuple[tuple[type[Aggregate], str, Callable[[str, Sources], Step | None]], ...] = (
    (Chargeback, "deadline", explain_deadline),
    (Clearance, "deadline", explain_days_to_clear),
    (Supplier, "hold", explain_hold),
    (ReturnedPart, "disposal", _line_of_part),
    (ZeroKmJob, "job", explain_job),
)
"""What a name with a stroke means first, before it means a line of a claim or of a note."""

_WHOLES: tuple[tuple[type[Aggregate], Callable[[str, Sources], Step]], ...] = (
    (Chargeback, explain_note),
    (Claim, explain_claim),
    (ReturnedPart, _part),
    (Clearance, explain_notice),
    (Supplier, explain_hold),
    (FieldClaim, explain_field_claim),
    (LegalCase, explain_legal_case),
    (ZeroKmJob, explain_job),
    (Referral, explain_referral),
)
"""What a name without a stroke means, the first one first."""
