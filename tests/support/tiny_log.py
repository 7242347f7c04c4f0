"""A log that is nothing but a few events, for a desk that only looks."""

from recourse.aggregates.base import DomainEvent, Fact
from recourse.commands import Desk
from recourse.contracts import AGGREGATES
from recourse.rulebook.book import built_in
from recourse.rulebook.calendar import published_calendar


class TinyLog:
    """What a desk reads: `streams` of events by name, and the keys that they hold."""

    def __init__(self, streams: dict[str, tuple[DomainEvent, ...]]) -> None:
        self._facts: dict[str, list[Fact]] = {}
        self._keys: dict[str, str] = {}
        kinds = {kind.TOPIC: kind for kind in AGGREGATES}
        for stream, events in streams.items():
            topic, _, name = stream.partition(":")
            thing = kinds[topic](name, [])
            for version, event in enumerate(events, start=1):
                fact = Fact(stream, version, event)
                self._facts.setdefault(stream, []).append(fact)
                thing.take(fact)
                for key in event.frees(thing):
                    del self._keys[key]
                self._keys |= dict.fromkeys(event.takes(thing), stream)

    def stream(self, name: str) -> list[Fact]:
        return self._facts.get(name, [])

    def holder(self, key: str) -> str | None:
        return self._keys.get(key)

    def held(self, prefix: str) -> list[tuple[str, str]]:
        return sorted(pair for pair in self._keys.items() if pair[0].startswith(prefix))


def desk(streams: dict[str, tuple[DomainEvent, ...]]) -> Desk:
    """A desk over `streams`, with the built-in book and calendar."""
    return Desk(TinyLog(streams), built_in(), published_calendar())
