"""Do the events, the answers, the followers and the read models agree with one another?"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from eventsourcing.persistence import PersistenceError

from recourse.aggregates.base import Fact
from recourse.application.engine import REACTIONS, Recourse
from recourse.application.holding import holders
from recourse.application.store import Snapshot
from recourse.application.verifying import verify
from recourse.contracts import READINGS
from recourse.projections import READ_MODELS
from recourse.projections.differing import recount
from recourse.values.parties import ENGINE

TOLD = 1000  # findings of one check; how many there are is told beside them
PAGE = 1000

Finding = Mapping[str, Any]
"""`code` tells of which kind, the rest where it is and with which values."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: figures about it, and what is wrong, each with its place."""

    name: str
    detail: Mapping[str, Any]
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


Looks = Callable[[Recourse, Snapshot], tuple[Mapping[str, Any], Iterator[Finding]]]
"""Looks at one thing as of the snapshot, or later: figures about it, and what is wrong."""


def reconcile(engine: Recourse) -> list[Check]:
    """Every check, each on its own, while others may write; the read models as they are.

    A check that an event breaks says so; which event it is, the check of the log tells.
    """
    seen = engine.store.snapshot()
    return [_looked_at(name, looks, engine, seen) for name, looks in CHECKS.items()]


def _looked_at(name: str, looks: Looks, engine: Recourse, seen: Snapshot) -> Check:
    try:
        detail, found = looks(engine, seen)
        findings = tuple(islice(found, TOLD))
        rest = sum(1 for _ in found)
    except PersistenceError:  # the store's trouble
        raise
    except Exception as error:  # noqa: BLE001 - an event can break in any way
        return Check(name, {}, ({"code": "broke", "why": f"{type(error).__name__}: {error}"},))
    more = {"not_shown": rest} if rest else {}
    return Check(name, {**detail, **more}, findings)


def _log(engine: Recourse, seen: Snapshot) -> tuple[Mapping[str, Any], Iterator[Finding]]:
    """Every event reads, none is missing, and none was cut off since the keys and answers."""
    found = verify(engine.store, engine.store.log_id, seen.last)
    detail = {"events": seen.last, "root": found.root}
    return detail, (asdict(each) for each in found.findings)


def _topics(engine: Recourse, seen: Snapshot) -> tuple[Mapping[str, Any], Iterator[Finding]]:
    """How many events of each kind there are, all of them kinds that are known."""
    counts: Counter[str] = Counter()
    after = 0
    recorder = engine.store.recorder
    while page := recorder.select_notifications(after, PAGE, seen.last, inclusive_of_start=False):
        counts.update(each.topic for each in page)
        after = page[-1].id
    unknown = ({"code": "unknown-topic", "topic": each} for each in counts if each not in READINGS)
    return {"kinds": len(counts), "events": dict(sorted(counts.items()))}, unknown


def _read_models(engine: Recourse, _seen: Snapshot) -> tuple[Mapping[str, Any], Iterator[Finding]]:
    """Every row is what the events say, and every read model as far as the others."""
    left_out = engine.models.quarantined()
    found = recount(engine.models, engine.batches)
    last = engine.store.recorder.max_notification_id() or 0
    farthest = max((each for each in found.positions.values() if each <= last), default=0)

    def findings() -> Iterator[Finding]:
        for name, position in found.positions.items():
            if position > last or position < farthest:
                code = "beyond" if position > last else "behind"
                facts = {"position": position, "expected": farthest}
                yield {"code": code, "read_model": name, **facts}
        for each in left_out:
            yield {"code": "quarantined", **each}
        for differs in found.differences:
            yield {"code": "row", **asdict(differs)}

    rows = {each.name: found.rows[each.name] for each in READ_MODELS}
    return {"position": min(found.positions.values()), "rows": rows}, findings()


def _keys(engine: Recourse, seen: Snapshot) -> tuple[Mapping[str, Any], Iterator[Finding]]:
    """Every key is held by whom the events say; what waits in an outbox is such a key."""
    live, recounted = dict(seen.keys), holders(engine, seen.last)
    differ = sorted(key for key in live | recounted if live.get(key) != recounted.get(key))
    findings = (
        {"code": "key", "key": key, "live": live.get(key), "rebuilt": recounted.get(key)}
        for key in differ
    )
    return {"keys": len(live)}, findings


def _answers(engine: Recourse, seen: Snapshot) -> tuple[Mapping[str, Any], Iterator[Finding]]:
    """Every event that an answer names is there, and what a person did has its answer."""
    named = {command: json.loads(answer)["events"] for command, answer in seen.answers}
    waiting = {event: command for command, events in named.items() for event in events}

    def findings() -> Iterator[Finding]:
        for fact in _facts(engine, seen.last):
            command = fact.event.command_id
            answered = waiting.pop(fact.id, None)
            if answered is None and fact.event.actor != ENGINE:
                yield _of(fact, "no-answer", command=command)
            elif answered is not None and answered != command:
                yield _of(fact, "other-answer", command=command, named_by=answered)
        for event, command in waiting.items():
            yield {"code": "no-event", "event": event, "command": command}

    return {"answers": len(named)}, findings()


def _followers(engine: Recourse, seen: Snapshot) -> tuple[Mapping[str, Any], Iterator[Finding]]:
    """No follower is beyond the log, and nothing is done already that one has yet to do.

    What a follower notes under its own name and more, such as the end of a topic elsewhere, is no
    position in the log.
    """
    names = {name for name, _ in seen.positions}
    reached = {
        name: position
        for name, position in seen.positions
        if not any(name.startswith(f"{other} ") for other in names)
    }

    def findings() -> Iterator[Finding]:
        for name, position in reached.items():
            if position > seen.last:
                yield {"code": "beyond", "follower": name, "position": position, "last": seen.last}
        yield from _done_already(engine, seen, reached.get(REACTIONS, seen.last))

    return {name: seen.last - position for name, position in reached.items()}, findings()


def _done_already(engine: Recourse, seen: Snapshot, position: int) -> Iterator[Finding]:
    """Reactions to events that the policies are yet to see: they would be done twice."""
    ahead: dict[str, int] = {}
    for fact in _facts(engine, seen.last, position):
        ahead[fact.id] = fact.position
        cause = fact.event.caused_by
        if fact.event.actor == ENGINE and cause in ahead:
            yield _of(fact, "done-already", follower=REACTIONS, cause=ahead[cause])


def _facts(engine: Recourse, last: int, after: int = 0) -> Iterator[Fact]:
    for batch in engine.batches(after, last):
        yield from batch


def _of(fact: Fact, code: str, **more: Any) -> Finding:
    return {"code": code, "position": fact.position, "event": fact.id, **more}


CHECKS: dict[str, Looks] = {
    "log": _log,
    "topics": _topics,
    "read models": _read_models,
    "keys": _keys,
    "answers": _answers,
    "followers": _followers,
}
"""All that is looked at, in this order; what enters and leaves elsewhere adds its own."""
