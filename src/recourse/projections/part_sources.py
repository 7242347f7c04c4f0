"""Who makes which part, as the part master says?"""

from collections.abc import Iterable
from typing import Any

from recourse.aggregates.base import Fact
from recourse.aggregates.part import Part, Source
from recourse.projections.base import Projection, Rows, table

PART_SOURCES = table("part_sources", "part", "entry", text=("source",))


def _registered(fact: Fact, event: Part.Registered, rows: Rows) -> None:
    part, entry = fact.stream.partition(":")[2], f"{fact.version:09d}"
    rows.put(PART_SOURCES, part, entry, source=event.source.model_dump_json())


PART_MASTER = Projection(
    name="part_sources",
    money=False,
    tables=(PART_SOURCES,),
    takes={Part.Registered: _registered},
)
"""One row an entry, in the order in which they were made."""


def sources_of(rows: Iterable[dict[str, Any]]) -> dict[str, list[Source]]:
    """Part -> its entries, given the rows in the order of their keys."""
    found: dict[str, list[Source]] = {}
    for row in rows:
        found.setdefault(row["part"], []).append(Source.model_validate_json(row["source"]))
    return found
