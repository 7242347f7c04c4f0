"""What was recorded by each release, and which figures did it reach?

`python -m support.golden FOLDER` plays the demo month with the code at hand and keeps its log and
its figures in FOLDER; done once for a release, with `tests` on the path.
"""

import json
import lzma
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from eventsourcing.persistence import Notification

from recourse.adapters.demo import fill
from recourse.aggregates.base import Fact
from recourse.projections import ReadModels
from recourse.projections.settlements import closed_statements
from recourse.rulebook.book import Rulebook, built_in
from support.engine import fresh

GOLDEN = Path(__file__).parents[1] / "golden"
KINDS = {
    "claim": "claim",
    "returned_part": "part",
    "clearance": "notice",
    "chargeback": "chargeback",
    "supplier": "account",
    "breakdown": "bearers",
}
"""Topic of a stream -> the kind of its figures."""


def stored_in(folder: Path) -> list[Notification]:
    """The events that the release of `folder` stored, as it stored them."""
    lines = lzma.decompress((folder / "log.jsonl.xz").read_bytes()).decode().splitlines()
    return [
        Notification(
            id=position,
            originator_id=stream,
            originator_version=version,
            topic=topic,
            state=state.encode(),
        )
        for position, (stream, version, topic, state) in enumerate(map(json.loads, lines), 1)
    ]


def figures_of(
    models: ReadModels, facts: Sequence[Fact], day: date, book: Rulebook
) -> dict[str, Any]:
    """Every figure of `cases.md` that the log comes to on `day`, and every closed statement."""
    found: dict[str, Any] = {"referrals": models.figures("referrals", None, day, book)}
    for stream in sorted({fact.stream for fact in facts}):
        topic, _, label = stream.partition(":")
        if kind := KINDS.get(topic):
            found[f"{kind} {label}"] = models.figures(kind, label, day, book)
    with models.reading() as connection:
        for supplier, state, statement in closed_statements(connection):
            told = statement.figures.model_dump() | {"state": state}
            found[f"statement {supplier}/{statement.month}"] = told
    return {name: json.loads(json.dumps(told, default=str)) for name, told in found.items()}


def _lines(engine: Any) -> Iterator[str]:
    for stored in engine.store.recorder.select_notifications(0, 10**9, None):
        event = [
            str(stored.originator_id),
            stored.originator_version,
            stored.topic,
            stored.state.decode(),
        ]
        yield json.dumps(event, ensure_ascii=False, separators=(",", ":"))


def keep(folder: Path) -> None:
    """Play the demo month and keep what it recorded and what it comes to."""
    site = fresh()
    filled = fill(site.engine)
    facts = [fact for batch in site.engine.batches() for fact in batch]
    figures = figures_of(site.engine.models, facts, filled.last_day, built_in())
    folder.mkdir(parents=True)
    log = "".join(f"{line}\n" for line in _lines(site.engine))
    (folder / "log.jsonl.xz").write_bytes(lzma.compress(log.encode(), preset=9))
    told = [json.dumps({"day": str(filled.last_day), "events": len(facts)})]
    told += [json.dumps({name: it}, ensure_ascii=False) for name, it in figures.items()]
    (folder / "figures.jsonl").write_text("\n".join([*told, ""]), encoding="utf-8")


def kept_figures(folder: Path) -> tuple[date, int, dict[str, Any]]:
    """The day, the number of events, and the figures that the release of `folder` told."""
    first, *rest = (folder / "figures.jsonl").read_text(encoding="utf-8").splitlines()
    head = json.loads(first)
    figures = {name: it for line in rest for name, it in json.loads(line).items()}
    return date.fromisoformat(head["day"]), head["events"], figures


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
