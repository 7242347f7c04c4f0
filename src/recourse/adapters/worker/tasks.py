"""Which tasks does a worker have, each a step at a time?

Several workers may have the same ones: what a step writes is written with its position, so the
second of two finds nothing left to do.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Protocol, runtime_checkable

from recourse.application import Recourse
from recourse.application.engine import REACTIONS
from recourse.values.parties import business_day


class Task(Protocol):
    """Something that goes on for ever, in steps that are whole."""

    name: str

    def step(self, at: datetime) -> int:
        """Do the next piece, a few seconds' work at most; how many things it did, 0 for nothing.

        Raises whatever hinders it; it is then asked again.
        """


@runtime_checkable
class Following(Protocol):
    """A task that follows the log, and so can lag behind it."""

    def position(self) -> int:
        """The last position in the log that it has dealt with."""


class BeginDays:
    """Lets the days begin, once a business day; an empty log has none to begin."""

    name = "days"

    def __init__(self, engine: Recourse) -> None:
        self._engine = engine
        self._begun: date | None = None

    def step(self, at: datetime) -> int:
        """Let every day begin up to that of `at`."""
        today = business_day(at)
        if self._begun == today or not self._engine.store.recorder.max_notification_id():
            return 0
        waited = self._engine.react_to_page(at)  # for many pages would make one long step
        if not waited:
            self._engine.begin_days(at)
            self._begun = today
        return waited or 1


class React:
    """Lets the policies react to what was recorded."""

    name = REACTIONS

    def __init__(self, engine: Recourse) -> None:
        self._engine = engine

    def step(self, at: datetime) -> int:
        """React to a page of the log."""
        return self._engine.react_to_page(at)

    def position(self) -> int:
        """Up to where the policies have reacted."""
        return self._engine.store.position(REACTIONS)


class KeepReadModels:
    """Lets the read models reflect what was recorded."""

    name = "projections"

    def __init__(self, engine: Recourse) -> None:
        self._engine = engine

    def step(self, at: datetime) -> int:
        """Take in a page of the log."""
        del at
        return self._engine.take_in_page()

    def position(self) -> int:
        """Up to where every read model reflects the log."""
        return self._engine.models.position()


TASKS: Mapping[str, Callable[[Recourse], Task]] = {
    each.name: each for each in (BeginDays, React, KeepReadModels)
}
"""The tasks that every site has, in the order of their turns."""
