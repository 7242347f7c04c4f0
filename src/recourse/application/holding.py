"""Which stream holds which key, by the events alone?"""

from typing import NamedTuple

from recourse.aggregates.base import Aggregate
from recourse.application.engine import Recourse
from recourse.contracts import AGGREGATES

PAGE = 1000
KINDS: dict[str, type[Aggregate]] = {kind.TOPIC: kind for kind in AGGREGATES}


class _Turn(NamedTuple):
    """When a key changed hands; with one event it is given up before it is taken."""

    position: int
    taken: bool
    stream: str


def holders(engine: Recourse, last: int) -> dict[str, str]:
    """Every key that is held after the event at `last`, and by which stream.

    One history is read after the other, so that a long log needs no more memory than its keys.
    """
    turns: dict[str, _Turn] = {}
    for stream in _streams(engine, last):
        for key, turn in _turns(engine, stream, last):
            turns[key] = max(turn, turns.get(key, turn))
    return {key: turn.stream for key, turn in turns.items() if turn.taken}


def _turns(engine: Recourse, stream: str, last: int) -> list[tuple[str, _Turn]]:
    kind, _, name = stream.partition(":")
    thing = KINDS[kind](name, [])
    turns = []
    for fact in engine.stream(stream):
        if fact.position > last:
            break
        thing.take(fact)
        changes = ((False, fact.event.frees(thing)), (True, fact.event.takes(thing)))
        turns += [
            (key, _Turn(fact.position, taken, stream)) for taken, keys in changes for key in keys
        ]
    return turns


def _streams(engine: Recourse, last: int) -> dict[str, None]:
    """The name of every history."""
    names: dict[str, None] = {}
    after, recorder = 0, engine.store.recorder
    while page := recorder.select_notifications(after, PAGE, last, inclusive_of_start=False):
        names |= dict.fromkeys(str(each.originator_id) for each in page)
        after = page[-1].id
    return names
