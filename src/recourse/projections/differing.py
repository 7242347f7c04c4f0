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
    rows: dict[str, int] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)


def recount(models: ReadModels, batches: Batches) -> Recounted:
    """Every read model beside the same rebuilt from the log, as of its own position.

    Others may write meanwhile: almost all is rebuilt before the live rows are read, and what was
    taken in since then while they are, so that this takes but a moment.
    """
    rebuilt = ReadModels.in_memory()
    with models.reading() as live:
        reached = _reached(live)
    rebuilt.build_until(reached, batches(0))
    with models.reading() as live:
        now = _reached(live)
        rebuilt.build_until(now, batches(min(reached.values())))
        found = Recounted(now)
        with rebuilt.reading() as anew:
            for each in READ_MODELS:
                count, digest = each.digest(live)
                found.rows[each.name] = count
                if digest != each.digest(anew)[1]:
                    found.differences += _differences(each, live, anew)
    return found


def _reached(live: Connection) -> dict[str, int]:
    return dict.fromkeys((each.name for each in READ_MODELS), 0) | positions(live)


def _differences(
    projection: Projection, live: Connection, anew: Connection
) -> Iterator[Difference]:
    for table in projection.tables:
        names = [column.name for column in table.primary_key]
        for there, right in _side_by_side(_rows(table, live), _rows(table, anew)):
            if there == right:
                continue
            some = there or right or {}
            key = {name: some[name] for name in names}
            differ = [name for name in some if not there or not right or there[name] != right[name]]
            told = [each and {name: each[name] for name in differ} for each in (there, right)]
            yield Difference(projection.name, table.name, key, *told)


def _rows(table: Table, connection: Connection) -> Iterator[tuple[tuple[Any, ...], Row]]:
    """Every row under its key, in the order of the keys."""
    keys = list(table.primary_key)
    for row in connection.execute(select(table).order_by(*keys)).mappings():
        yield tuple(row[column.name] for column in keys), dict(row)


def _side_by_side(
    live: Iterator[tuple[tuple[Any, ...], Row]], anew: Iterator[tuple[tuple[Any, ...], Row]]
) -> Iterator[tuple[Row | None, Row | None]]:
    """Rows of the same key together; None beside one that has no other."""
    left, right = next(live, None), next(anew, None)
    while left or right:
        before = right is None or (left is not None and left[0] < right[0])
        after = left is None or (right is not None and right[0] < left[0])
        yield None if after else left and left[1], None if before else right and right[1]
        left = left if after else next(live, None)
        right = right if before else next(anew, None)
