"""Which of the clauses that an explanation cites did a supplier never acknowledge?"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.claim import Claim
from recourse.aggregates.clearance import Clearance
from recourse.aggregates.returned_part import ReturnedPart
from recourse.aggregates.supplier import Supplier
from recourse.projections.explanations.sources import Sources
from recourse.projections.explanations.step import Step
from recourse.rulebook.keys import DAYS

Unacknowledged = dict[str, dict[str, str]]
"""Supplier -> clause -> "never", or "other_wording" where it acknowledged another text."""


class _Cited(NamedTuple):
    """A clause, and the days that select what it says of the matter for which it is cited."""

    clause: str
    days: tuple[tuple[str, date], ...]


def unacknowledged(root: Step, sources: Sources) -> Unacknowledged:
    """Of every supplier that the explanation is about, by what each clause said of its matter."""
    known: dict[str, Mapping[str, date]] = {}
    cited = dict.fromkeys(_cited(root, (), sources.day, known, sources))
    inputs = dict.fromkeys(label for step in root.walk() for label in step.inputs)
    found: Unacknowledged = {}
    for name in dict.fromkeys(_suppliers(inputs, sources)):
        supplier = sources.state(Supplier, name)
        missing = {
            it.clause: "other_wording" if it.clause in supplier.acknowledged else "never"
            for it in cited
            if not supplier.knows(it.clause, dict(it.days), sources.book)
        }
        if missing:
            found[name] = missing
    return found


def _cited(
    step: Step,
    inputs: tuple[str, ...],
    decided: date,
    known: dict[str, Mapping[str, date]],
    sources: Sources,
) -> Iterator[_Cited]:
    """What a step and those below cite; a step without things or events is about those above."""
    inputs = step.inputs or inputs
    decided = max((it.fact.event.effective_on for it in step.walk() if it.fact), default=decided)
    days = dict.fromkeys(DAYS, decided)
    for label in reversed(inputs):
        if label not in known:
            known[label] = _days_of(label, sources)
        days |= known[label]
    for clause in step.clauses:
        if clause in sources.book.clauses:
            yield _Cited(clause, tuple(days.items()))
    for each in step.steps:
        yield from _cited(each, inputs, decided, known, sources)


def _days_of(label: str, sources: Sources) -> Mapping[str, date]:
    """The days of a note, a notice or a claim that select what a rule says of it."""
    days: dict[str, date | None] = {}
    if sources.exists(Claim, label):
        received = sources.state(Claim, label).received
        days |= {"sold": received.sold_on, "repaired": received.repaired_on}
        days |= {"received": received.effective_on}
    if sources.exists(Clearance, label):
        notice = sources.state(Clearance, label)
        days |= {"received": notice.received_on, "issued": notice.notified_on}
    if sources.exists(Chargeback, label):
        note = sources.state(Chargeback, label)
        days |= {"received": note.received_on, "issued": note.issued_on}
    return {name: day for name, day in days.items() if day}


def _suppliers(inputs: Iterable[str], sources: Sources) -> Iterable[str]:
    for label in inputs:
        if sources.exists(Supplier, label):
            yield label
        if sources.exists(Chargeback, label):
            yield sources.state(Chargeback, label).supplier
        if sources.exists(Clearance, label):
            yield sources.state(Clearance, label).supplier
        if sources.exists(ReturnedPart, label):
            label = sources.state(ReturnedPart, label).claim  # noqa: PLW2901 - its claim
        if sources.exists(Claim, label):
            yield from sources.state(Claim, label).suppliers_concerned
