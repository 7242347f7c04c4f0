"""Where is the engine watched: around its batches, its policies and its read models?"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import wraps
from typing import Any, Protocol, cast

from recourse.adapters.operations.telemetry import Telemetry
from recourse.aggregates.base import Fact
from recourse.application import Answer, Ask, Recourse
from recourse.commands import Command, Desk
from recourse.policies import Policy
from recourse.projections import ReadModels


class _Watched:
    """Something with some of its methods replaced, for whoever calls them from outside."""

    def __init__(self, inner: object, instead: Mapping[str, Callable[..., Any]]) -> None:
        self._inner = inner
        self._instead = instead

    def __getattr__(self, name: str) -> Any:
        return self._instead.get(name) or getattr(self._inner, name)


def watched(engine: Recourse, telemetry: Telemetry) -> Recourse:
    """The same engine, which tells of what it does; what it does is not changed."""
    engine.policies = [_policy(each, telemetry) for each in engine.policies]
    engine.models = _models(engine.models, telemetry)

    def perform(asks: Sequence[Ask]) -> list[Answer]:
        with telemetry.during("commands", "") as noted:
            answers = engine.perform(asks)
            refused = sum(answer.refusal is not None for answer in answers)
            noted |= {"answered": len(answers), "refused": refused}
        if telemetry.metrics:
            telemetry.metrics.commands.labels("refused").inc(refused)
            telemetry.metrics.commands.labels("done").inc(len(answers) - refused)
        return answers

    return cast("Recourse", _Watched(engine, {"perform": perform}))


def _policy(policy: Policy, telemetry: Telemetry) -> Policy:
    @wraps(policy.then)  # its name is part of the ids of what it asks for
    def then(fact: Fact, desk: Desk) -> Iterator[Command]:
        # What is done between two of its commands is not part of it, and may end it early.
        with telemetry.during("policy", policy.name, holds_others=False) as noted:
            noted["count"] = 0  # a policy that asks for nothing is not told of
            for command in policy.then(fact, desk):
                noted["count"] += 1
                yield command

    return replace(policy, then=then)


def _models(models: ReadModels, telemetry: Telemetry) -> ReadModels:
    def take_in(facts: Sequence[Fact]) -> int:
        with telemetry.during("read models", "") as noted:
            noted["count"] = len(facts)
            return models.take_in(facts)

    return cast("ReadModels", _Watched(models, {"take_in": take_in}))


class Step(Protocol):
    """A task of a worker."""

    name: str

    def step(self, at: datetime) -> int:
        """Do the next piece; how many things it did."""


class _WatchedTask:
    def __init__(self, task: Step, telemetry: Telemetry) -> None:
        self.name = task.name
        self._task: Any = task
        self._telemetry = telemetry

    def step(self, at: datetime) -> int:
        with self._telemetry.during("task", self.name) as noted:
            noted["count"] = self._task.step(at)
        return noted["count"]


class _WatchedFollower(_WatchedTask):
    def position(self) -> int:
        return int(self._task.position())


def watched_task(task: Step, telemetry: Telemetry) -> Step:
    """The same task, which tells of every step that did something or failed."""
    kind = _WatchedFollower if hasattr(task, "position") else _WatchedTask
    return kind(task, telemetry)
