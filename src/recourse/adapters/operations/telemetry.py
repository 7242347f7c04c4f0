"""What is told of a step while it is done: a span, how long it took, how it ended?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from recourse.adapters.operations.metrics import Metrics
from recourse.adapters.operations.running_log import Log, about_error
from recourse.adapters.operations.traces import Spans

Noted = dict[str, int]
"""Figures that a step notes of itself; count = 0: it found nothing to do."""


@dataclass(frozen=True)
class Telemetry:
    """Where a process tells what it does; each part may be missing."""

    log: Log | None = None
    metrics: Metrics | None = None
    spans: Spans = field(default_factory=Spans)

    @contextmanager
    def during(self, kind: str, name: str, *, holds_others: bool = True) -> Iterator[Noted]:
        """Tell of the step of that kind and name: its figures, and nothing of what it is about.

        Steps inside it are told as its parts if it `holds_others`.
        """
        noted: Noted = {}
        began = perf_counter()
        try:
            with self.spans.span(f"{kind} {name}".strip(), noted, holds_others):
                yield noted
        except Exception as error:
            if self.metrics:
                self.metrics.failures.labels(kind, name).inc()
            self._tell_failure(kind, name, error)
            raise
        if noted.get("count") == 0:
            return
        seconds = perf_counter() - began
        if self.metrics:
            self.metrics.steps.labels(kind, name).observe(seconds)
        if self.log:
            told = self.log.info if kind in {"commands", "task"} else self.log.debug
            told("step", kind=kind, name=name, seconds=round(seconds, 6), **noted)

    def _tell_failure(self, kind: str, name: str, error: Exception) -> None:
        if self.log:
            self.log.error("step-failed", kind=kind, name=name, **about_error(error))
