"""What happened to a claim: who, when recorded, when effective, which clause, before and after?"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from recourse.aggregates.base import Aggregate, Fact
from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.claim import Claim
from recourse.aggregates.claim.division import sums
from recourse.aggregates.returned_part import ReturnedPart
from recourse.projections.explanations.sources import Sources
from recourse.projections.explanations.step import evidence_of
from recourse.projections.telling import tell
from recourse.rulebook.book import Rulebook
from recourse.values.money import total, yuan


def claim_history(
    stream: Callable[[str], Sequence[Fact]],
    held: Callable[[str], Sequence[tuple[str, str]]],
    book: Rulebook,
    name: str,
) -> list[dict[str, Any]]:
    """Every event of a claim, its returned parts and its notes, in the order of the log.

    Evidence that came later about one of them is there too; it changes nothing.
    `before` and `after` hold only what the event changed. Raises LookupError for an unknown claim.
    """
    sources = Sources(stream, held, lambda _: None, book, date.min)
    if not sources.exists(Claim, name):
        raise LookupError(f"there is no claim {name}")
    claim = sources.state(Claim, name)
    rows = _rows(sources, Claim, name)
    for tag in sources.parts_of(name):
        rows += _rows(sources, ReturnedPart, tag)
    for note in sources.notes_of_claim(claim):
        rows += _rows(sources, Chargeback, note.id)
    return sorted(rows, key=lambda row: int(row["position"]))


def _rows(sources: Sources, kind: type[Aggregate], name: str) -> list[dict[str, Any]]:
    thing, rows = kind(name, []), []
    before: dict[str, Any] = {}
    for fact in sources.history(kind, name):
        after = _visible(thing.take(fact)) if fact.stream == thing.stream else before
        changed = [key for key in after if after[key] != before.get(key)]
        rows.append(_row(fact, {key: before.get(key) for key in changed}, changed, after))
        before = after
    return rows


def _row(
    fact: Fact, before: dict[str, Any], changed: list[str], after: dict[str, Any]
) -> dict[str, Any]:
    event, said = fact.event, tell(fact.event)
    return {
        "position": fact.position,
        "recorded_at": event.recorded_at.isoformat(),
        "effective_on": str(event.effective_on),
        "actor": event.actor,
        "event": f"{fact.id} {event.TOPIC}",
        "zh": said.zh,
        "en": said.en,
        "clauses": list(event.clauses),
        "evidence": [each.model_dump() for each in evidence_of(fact)],
        "rulebook": event.edition,
        "caused_by": event.caused_by,
        "before": before,
        "after": {key: after[key] for key in changed},
    }


def _visible(thing: Aggregate) -> dict[str, Any]:
    """What people see of a thing; amounts in yuan."""
    match thing:
        case Claim():
            return _claim(thing)
        case Chargeback():
            return _note(thing)
        case ReturnedPart():
            shown = ("listed", "counted", "finding", "answer", "place")
            disposal = yuan(thing.chargeable) if thing.disposal else None
            return {name: getattr(thing, name) for name in shown} | {"disposal": disposal}
    return {}


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        **claim.states,
        "dispute": claim.dispute,
        "closed": claim.closed,
        "doubts": list(claim.received.doubts),
        "claimed": yuan(total(claim.claimed)),
        "accepted": yuan(total(claim.accepted)),
        "shares": {bearer: str(share) for bearer, share in claim.shares},
        "bearers": {bearer: yuan(fen) for bearer, fen in sums(claim.bearing).items()},
        "at_most": {
            component: {supplier: yuan(limit.at_most) for supplier, limit in limits.items()}
            for component, limits in claim.lowered.items()
        },
        "penalty": {supplier: yuan(fen) for supplier, fen in claim.penalty.items()},
        "waived": list(claim.waived),
        "valid": claim.valid,
    }


def _note(note: Chargeback) -> dict[str, Any]:
    return {
        "stage": note.stage,
        "answer": note.answer,
        "lines": {name: yuan(fen) for name, fen in note.amounts.items()},
        "received_on": str(note.received_on) if note.received_on else None,
        "last_day": str(note.last_day) if note.last_day else None,
        "late_appeal": note.late_appeal,
        "way": note.way,
        "collected": yuan(note.collected),
        "credited": yuan(note.credited),
        "open": yuan(note.open_amount) if note.is_issued else None,
    }
