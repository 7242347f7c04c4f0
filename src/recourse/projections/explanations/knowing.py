"""Which of the clauses that an explanation cites did a supplier never acknowledge?"""

from collections.abc import Iterable

from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.claim import Claim
from recourse.aggregates.clearance import Clearance
from recourse.aggregates.returned_part import ReturnedPart
from recourse.aggregates.supplier import Supplier
from recourse.projections.explanations.sources import Sources

Unacknowledged = dict[str, dict[str, str]]
"""Supplier -> clause -> "never", or "other_wording" where it acknowledged another text."""


def unacknowledged(
    inputs: Iterable[str], clauses: Iterable[str], sources: Sources
) -> Unacknowledged:
    """Of every supplier that the explanation is about, by what the clauses say on that day."""
    told = [clause for clause in clauses if clause in sources.book.clauses]
    found: Unacknowledged = {}
    for name in dict.fromkeys(_suppliers(inputs, sources)):
        supplier = sources.state(Supplier, name)
        missing = {
            clause: "other_wording" if clause in supplier.acknowledged else "never"
            for clause in told
            if not supplier.knows(clause, sources.day, sources.book)
        }
        if missing:
            found[name] = missing
    return found


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
