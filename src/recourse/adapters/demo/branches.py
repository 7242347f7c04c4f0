"""Which events show that something that can happen did happen?"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from recourse.aggregates.base import DomainEvent, Fact
from recourse.application import Recourse
from recourse.values.parties import Text
from recourse.values.words import word


class Past(list[DomainEvent]):
    """What had happened to the same thing before; `log` is the same of everything, by stream."""

    def __init__(self, log: Mapping[str, "Past"]) -> None:
        super().__init__()
        self.log = log

    def of_event(self, name: str) -> DomainEvent:
        """The event of that name, such as "claim:C1@3"."""
        stream, _, version = name.rpartition("@")
        return self.log[stream][int(version) - 1]


Test = Callable[[Any, Past], bool]
"""(the event, its past): whether the event shows it."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One thing that can happen: the events of `topic` for which every one of `tests` holds.

    An event shows it only where none of the topics in `never` follows in the same stream.
    """

    title: Text
    topic: str
    tests: tuple[Test, ...] = field(default=(), compare=False)
    names: str = ".*"
    never: tuple[str, ...] = ()

    def named(self, names: str) -> "Branch":
        """The same, only for things whose whole name matches the pattern `names`."""
        return replace(self, names=names)

    def for_ever(self, *topics: str) -> "Branch":
        """The same, only where none of `topics` ever follows."""
        return replace(self, never=topics)

    def shown_by(self, fact: Fact, past: Past) -> bool:
        """Whether `fact`, after its past, shows it."""
        return (
            self.topic == fact.event.TOPIC
            and re.fullmatch(self.names, fact.stream.partition(":")[2]) is not None
            and all(test(fact.event, past) for test in self.tests)
        )


def found_in(engine: Recourse, branches: Iterable[Branch]) -> dict[Branch, list[Fact]]:
    """The facts in the log that show each branch."""
    found: dict[Branch, list[Fact]] = {branch: [] for branch in branches}
    pasts: dict[str, Past] = {}
    for facts in engine.batches():
        for fact in facts:
            past = pasts.setdefault(fact.stream, Past(pasts))
            for branch, shown in found.items():
                if branch.shown_by(fact, past):
                    shown.append(fact)
            past.append(fact.event)
    return {
        branch: [fact for fact in shown if not _followed(fact, pasts, branch.never)]
        for branch, shown in found.items()
    }


def _followed(fact: Fact, pasts: Mapping[str, Past], topics: Iterable[str]) -> bool:
    return any(event.TOPIC in topics for event in pasts[fact.stream][fact.version :])


def has(**values: object) -> Test:
    """The event's fields have these values."""
    return lambda event, _: all(getattr(event, name) == value for name, value in values.items())


def after(*topics: str) -> Test:
    """The first of `topics` had happened, then the second, and so on."""

    def happened(_: DomainEvent, past: Past) -> bool:
        so_far = iter(event.TOPIC for event in past)
        return all(topic in so_far for topic in topics)

    return happened


def before(*topics: str) -> Test:
    """None of `topics` had happened."""
    return lambda _, past: not {event.TOPIC for event in past}.intersection(topics)


def latest(past: Past, topic: str) -> Any:
    """The last event of `topic`, or None."""
    return next((event for event in reversed(past) if topic == event.TOPIC), None)


def one(zh: str, en: str, topic: str, *tests: Test) -> Branch:
    """The branch of that title."""
    return Branch(Text(zh, en), topic, tests)


def contains(name: str, value: str) -> Test:
    """The event's field `name` has `value` among others."""
    return lambda event, _: value in getattr(event, name)


def caused_by_command(topic: str) -> Test:
    """The event follows from one that was recorded in the same step as one of `topic`."""

    def caused(event: DomainEvent, past: Past) -> bool:
        if event.caused_by is None:
            return False
        cause = past.of_event(event.caused_by)
        beside = past.log[event.caused_by.rpartition("@")[0]]
        return any(topic == e.TOPIC and e.command_id == cause.command_id for e in beside)

    return caused


def each(title: Text, topic: str, name: str, values: Iterable[str]) -> list[Branch]:
    """One branch for each of the values that the field `name` can have."""
    return [
        one(f"{title.zh}：{word(value).zh}", f"{title.en}: {word(value).en}", topic, test)
        for value in values
        for test in [has(**{name: value})]
    ]
