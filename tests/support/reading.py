"""Events in, rows out: read models that take in a few events and nothing else."""

from typing import Any

from sqlalchemy import Table, select

from recourse.aggregates.base import DomainEvent, Fact
from recourse.projections import ReadModels
from recourse.rulebook.book import built_in
from support.examples import MONDAY


def facts(*happened: tuple[str, DomainEvent]) -> list[Fact]:
    """The (stream, event) pairs as they follow each other in a log."""
    versions: dict[str, int] = {}
    numbered = []
    for position, (stream, event) in enumerate(happened, start=1):
        versions[stream] = versions.get(stream, 0) + 1
        numbered.append(Fact(stream, versions[stream], event, position))
    return numbered


def of(stream: str, *events: DomainEvent) -> list[tuple[str, DomainEvent]]:
    """`events` of one stream."""
    return [(stream, event) for event in events]


def taken_in(*happened: tuple[str, DomainEvent]) -> ReadModels:
    """Read models that have seen this, once as it came and once again."""
    models = ReadModels.in_memory()
    for _ in range(2):
        models.take_in(facts(*happened))
    return models


def rows(models: ReadModels, table: Table, *columns: str) -> list[Any]:
    """Every row in the order of its key; of one column only its values."""
    query = select(*(table.c[name] for name in columns)).order_by(*table.primary_key)
    with models.reading() as connection:
        found = [tuple(row) for row in connection.execute(query)]
    return [row[0] for row in found] if len(columns) == 1 else found


def figures(models: ReadModels, kind: str, label: str = "") -> dict[str, Any]:
    """The figures of `cases.md` section 6, at a day and by the book of the examples."""
    return models.figures(kind, label, MONDAY, built_in())
