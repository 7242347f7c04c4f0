"""Which figures does a site give to whoever watches it, and none about persons?"""

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from recourse.adapters.operations.state import State

TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60)


class Metrics:
    """The figures of one process, in a registry of its own, and those of the store."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.commands = Counter(
            "recourse_commands",
            "Commands that this process answered, by outcome: done or refused.",
            ["outcome"],
            registry=self._registry,
        )
        self.steps = Histogram(
            "recourse_step_seconds",
            "How long a batch of commands, a reaction, read models or a task of a worker took.",
            ["kind", "name"],
            buckets=SECONDS,
            registry=self._registry,
        )
        self.failures = Counter(
            "recourse_failed_steps",
            "Steps that ended with an error.",
            ["kind", "name"],
            registry=self._registry,
        )

    def watch(self, state: Callable[[], State]) -> None:
        """Tell the figures of the store too, asked for at each reading."""
        self._registry.register(_OfTheStore(state))

    def page(self) -> bytes:
        """What Prometheus reads."""
        return generate_latest(self._registry)


class _OfTheStore(Collector):
    def __init__(self, state: Callable[[], State]) -> None:
        self._state = state

    def describe(self) -> Iterator[Metric]:
        """Nothing: the store is not asked for the names."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """One state, told as figures."""
        state = self._state()
        yield _gauge("recourse_store_up", "Whether the store answers.", int(state.reachable))
        if not state.reachable:
            return
        yield _gauge("recourse_ready", "Whether the site is ready.", int(not state.amiss))
        yield _gauge("recourse_log_events", "Events in the log.", state.events)
        yield _gauge("recourse_parked_messages", "Messages that wait for a person.", state.parked)
        lags = _family("recourse_lag_events", "Events not yet dealt with.", "follower")
        for name, lag in state.lags.items():
            lags.add_metric([name], lag)
        yield lags
        ages = _family("recourse_beat_age_seconds", "Since a task was heard of.", "task")
        broken = _family("recourse_task_broken", "Whether a task waits for a person.", "task")
        for beat in state.beats:
            ages.add_metric([beat.task], (state.at - beat.at).total_seconds())
            broken.add_metric([beat.task], int(beat.state == "broken"))
        yield from (ages, broken)
        without = _family("recourse_quarantined_events", "Events done without.", "read_model")
        for name, count in state.quarantined.items():
            without.add_metric([name], count)
        yield without


def _gauge(name: str, said: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, said, value=value)


def _family(name: str, said: str, label: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, said, labels=[label])
