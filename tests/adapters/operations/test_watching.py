"""Is the engine's work told in figures, lines and spans, and not changed by being told?"""

import json
from io import StringIO

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import get_current_span
from prometheus_client.parser import text_string_to_metric_families

from recourse.adapters.operations.metrics import Metrics
from recourse.adapters.operations.running_log import RunningLog
from recourse.adapters.operations.telemetry import Telemetry
from recourse.adapters.operations.traces import Spans, spans_for
from recourse.adapters.operations.watching import watched, watched_task
from recourse.adapters.storage.memory import MemoryStore
from recourse.aggregates.day import Days
from recourse.application import Recourse
from recourse.policies import POLICIES, Policy, PolicyBroke
from recourse.rulebook.book import built_in
from recourse.rulebook.calendar import published_calendar
from recourse.values.parties import Text
from support.sites import BUYER, NOON, register

SECRET = "canary"


class Told:
    """Everything that an engine told."""

    def __init__(self):
        self.exporter = InMemorySpanExporter()
        provider = TracerProvider(shutdown_on_exit=False)
        provider.add_span_processor(SimpleSpanProcessor(self.exporter))
        self.metrics, self._stream = Metrics(), StringIO()
        self._log = RunningLog("debug", "json", self._stream)
        self.telemetry = Telemetry(self._log.lines, self.metrics, Spans(provider))

    @property
    def spans(self):
        return {span.name: span for span in self.exporter.get_finished_spans()}

    @property
    def lines(self):
        self._log.close()
        return [json.loads(line) for line in self._stream.getvalue().splitlines()]

    @property
    def figures(self):
        families = text_string_to_metric_families(self.metrics.page().decode())
        samples = [sample for family in families for sample in family.samples]
        return {(sample.name, *sample.labels.values()): sample.value for sample in samples}

    @property
    def everything(self):
        spans = [span.to_json() for span in self.exporter.get_finished_spans()]
        return "\n".join([*spans, *map(str, self.lines), self.metrics.page().decode()])


@pytest.fixture
def told():
    return Told()


def engine(policies=POLICIES):
    return Recourse(MemoryStore("a log"), built_in(), published_calendar(), policies=policies)


def breaks(_fact, _desk):
    raise RuntimeError(SECRET)
    yield


class Task:
    """A task that does what it is told to do."""

    name = "outbox"

    def __init__(self, *did):
        self._did = iter(did)

    def step(self, _at):
        did = next(self._did)
        if isinstance(did, Exception):
            raise did
        return did


class Follower(Task):
    """The same, and it follows the log."""

    def position(self):
        return 7


def test_a_watched_engine_answers_and_records_as_one_that_is_not(told):
    plain, other = engine(), watched(engine(), told.telemetry)

    for each in (plain, other):
        answers = [register(each), register(each, "S2")]
        assert [answer.refusal for answer in answers] == [None, None]

    logs = [each.store.recorder.select_notifications(1, 100) for each in (plain, other)]
    assert logs[0] == logs[1]
    assert [each.name for each in other.policies] == [each.name for each in POLICIES]
    assert all(each.equal for each in other.compare())


def test_what_was_answered_and_refused_is_counted(told):
    site = watched(engine(), told.telemetry)

    register(site)
    refused = register(site, again="again")

    assert refused.refusal is not None
    assert told.figures["recourse_commands_total", "done"] == 1
    assert told.figures["recourse_commands_total", "refused"] == 1
    assert told.figures["recourse_step_seconds_count", "commands", ""] == 2
    assert [line["refused"] for line in told.lines if line.get("kind") == "commands"] == [0, 1]


def test_read_models_are_a_part_of_the_batch_that_they_follow(told):
    register(watched(engine(), told.telemetry))

    batch, models = told.spans["commands"], told.spans["read models"]
    assert models.parent.span_id == batch.context.span_id
    assert dict(batch.attributes) == {"recourse.answered": 1, "recourse.refused": 0}


def test_a_policy_that_breaks_is_told_by_its_name_and_kind_of_error_alone(told):
    breaking = Policy(Text("出错", "breaks"), (Days.Began,), breaks)
    site = watched(engine([breaking]), told.telemetry)

    with pytest.raises(PolicyBroke):
        register(site)

    span = told.spans["policy breaks"]
    assert dict(span.attributes) == {"error.type": "RuntimeError"}
    assert not span.status.is_ok
    assert told.figures["recourse_failed_steps_total", "policy", "breaks"] == 1
    assert {line["error"] for line in told.lines if line["level"] == "error"} >= {"RuntimeError"}
    assert SECRET not in told.everything


def test_no_name_of_a_person_or_supplier_is_told(told):
    register(watched(engine(), told.telemetry))

    assert [each for each in (BUYER.name, "供方", "register S1") if each in told.everything] == []


def test_a_step_of_a_task_is_told_unless_it_found_nothing_to_do(told):
    task = watched_task(Task(3, 0), told.telemetry)

    assert [task.step(NOON), task.step(NOON)] == [3, 0]
    assert told.figures["recourse_step_seconds_count", "task", "outbox"] == 1
    assert [dict(each.attributes) for each in told.exporter.get_finished_spans()] == [
        {"recourse.count": 3}
    ]


def test_a_step_that_fails_is_told_and_fails(told):
    task = watched_task(Task(OSError(SECRET)), told.telemetry)

    with pytest.raises(OSError, match=SECRET):
        task.step(NOON)

    assert told.figures["recourse_failed_steps_total", "task", "outbox"] == 1
    assert SECRET not in told.everything


def test_a_task_that_follows_the_log_still_says_how_far_it_is(told):
    assert watched_task(Follower(), told.telemetry).position() == 7
    assert not hasattr(watched_task(Task(), told.telemetry), "position")


def test_nothing_is_traced_where_nobody_collects_it():
    with spans_for({}).span("commands", {}, holds_others=True):
        assert not get_current_span().is_recording()
