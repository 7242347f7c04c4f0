"""In which rows does a read model differ from what the events say?"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, select

from recourse.aggregates.base import Fact
from recourse.projections import READ_MODELS, ReadModels
from recourse.projections.base import Projection, Row, positions

Batches = Callable[[int], Iterable[Sequence[Fact]]]
"""The facts of the log after a position, page by page."""
Keyed = tuple[tuple[Any, ...], Row]
"""A row under its key."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One row: which, and the values in which it differs; None where there is no such row."""

    read_model: str
    table: str
    key: Row
    live: Row | None
    rebuilt: Row | None


@dataclass
class Recounted:
    """How far each read model has come, how many rows it has, and every row that differs."""

    positions: dict[str, int]
    rows: dict[str, int]
    differences: list[Difference] = field(default_factory=list)


def recount(models: ReadModels, batches: Batches) -> Recounted:
    """Every read model beside the same rebuilt from the log, as of its own position.

    Others may write meanwhile: the live rows are read at one go, and the log never while they are
    read, for in a file a writer who waits for the one lets nobody begin the other. Only where a
    read model differs are its rows read a second time, to tell which.
    """
    with models.reading() as live:
        reached = _reached(live)
        digests = {each.name: each.digest(live) for each in READ_MODELS}
    rebuilt = ReadModels.in_memory()
    rebuilt.build_until(reached, batches(0))
    with rebuilt.reading() as anew:
        differ = [each for each in READ_MODELS if each.digest(anew) != digests[each.name]]
    rows = {name: count for name, (count, _) in digests.items()}
    if not differ:
        return Recounted(reached, rows)
    with models.reading() as live:
        now = _reached(live)
        kept = [(each, table, list(_rows(table, live))) for each in differ for table in each.tables]
    rebuilt.build_until(now, batches(min(reached.values())))
    with rebuilt.reading() as anew:
        differences = [
            found
            for each, table, there in kept
            for found in _differences(each, table, there, list(_rows(table, anew)))
        ]
    return Recounted(now, rows, differences)


def _reached(live: Connection) -> dict[str, int]:
    return dict.fromkeys((each.name for each in READ_MODELS), 0) | positions(live)


def _differences(
    projection: Projection, table: Table, live: Sequence[Keyed], anew: Sequence[Keyed]
) -> Iterator[Difference]:
    names = [column.name for column in table.primary_key]
    for there, right in _side_by_side(iter(live), iter(anew)):
        if there == right:
            continue
        some = there or right or {}
        key = {name: some[name] for name in names}
        differ = [name for name in some if not there or not right or there[name] != right[name]]
        told = [each and {name: each[name] for name in differ} for each in (there, right)]
        yield Difference(projection.name, table.name, key, *told)


def _rows(table: Table, connection: Connection) -> Iterator[Keyed]:
    """Every row under its key, in the order of the keys."""
    keys = list(table.primary_key)
    for row in connection.execute(select(table).order_by(*keys)).mappings():
        yield tuple(row[column.name] for column in keys), dict(row)


def _side_by_side(
    live: Iterator[Keyed], anew: Iterator[Keyed]
) -> Iterator[tuple[Row | None, Row | None]]:
    """Rows of the same key together; None beside one that has no other."""
    left, right = next(live, None), next(anew, None)
    while left or right:
        before = right is None or (left is not None and left[0] < right[0])
        after = left is None or (right is not None and right[0] < left[0])
        yield None if after else left and left[1], None if before else right and right[1]
        left = left if after else next(live, None)
        right = right if before else next(anew, None)
