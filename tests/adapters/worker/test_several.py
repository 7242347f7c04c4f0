"""Do several workers on one store do everything once, also when one of them is killed?"""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from random import Random
from time import monotonic, sleep

import pytest

from recourse.adapters.storage.opening import close_engine, open_engine
from recourse.aggregates.day import Days
from recourse.rulebook.book import built_in
from support.engine import fresh, nine
from support.plant import LATER, begin_story, by_stream, doubtful_claim, facts_of
from support.story import LAST_DAY

BOUND = 60  # seconds in which everything is done
LOOK = 0.05  # seconds between two looks
BATCHES, OF = 12, 8


@pytest.fixture(scope="module")
def by_one_engine():
    """What one engine leaves that did everything itself, and nothing twice."""
    site = fresh()
    begin_story(site.engine)
    for batch in batches():
        site.engine.perform(batch)
    site.begin(LATER)
    return by_stream(site.engine)


def batches():
    for first in range(0, BATCHES * OF, OF):
        yield [doubtful_claim(number) for number in range(first, first + OF)]


@pytest.fixture
def store(request, tmp_path):
    """The URL of an empty store of the kind that is asked for."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return str(tmp_path / "plant.db")
    return request.getfixturevalue("postgres").store_url()


@contextmanager
def opened(store):
    engine = open_engine(str(store), built_in(), new_log_id=lambda: "test", catch_up=False)
    try:
        yield engine
    finally:
        close_engine(engine)


@contextmanager
def worker(store, page=1000):
    command = [sys.executable, "-m", "support.worker_driver", str(store), str(LATER), str(page)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def until(condition):
    """Look again and again until it is so."""
    deadline = monotonic() + BOUND
    while not condition():
        assert monotonic() < deadline, "it never came to that"
        sleep(LOOK)


def is_done(engine):
    last = engine.store.recorder.max_notification_id()
    days = [held for held, _ in engine.store.held("day ")]
    return (
        engine.store.position("policies") == engine.models.position() == last
        and days
        and engine.stream(engine.store.holder(days[-1]))[-1].event.day == LATER
    )


def stop(*processes):
    for process in processes:
        process.send_signal(signal.SIGTERM)
    return [(process.wait(BOUND), process.stderr.read()) for process in processes]


def must_be_whole(engine, by_one_engine):
    assert by_stream(engine) == by_one_engine
    facts = facts_of(engine)
    reactions = [(it.event.caused_by, it.stream) for it in facts if it.event.caused_by]
    days = [fact.event.day for fact in facts if isinstance(fact.event, Days.Began)]
    assert len(set(reactions)) == len(reactions) == BATCHES * OF + 1
    assert days == sorted(set(days))
    assert [fact.position for fact in facts] == list(range(1, len(facts) + 1))
    assert not engine.models.disagreements(LATER, engine.book)
    assert all(each.equal for each in engine.compare())


@pytest.mark.parametrize(
    ("store", "count"), [("sqlite", 2), ("sqlite", 3), ("postgres", 3)], indirect=["store"]
)
def test_several_workers_beside_a_writer_do_everything_once(store, by_one_engine, count):
    with opened(store) as writer, ExitStack() as working:
        begin_story(writer)
        workers = [working.enter_context(worker(store)) for _ in range(count)]
        for batch in batches():
            writer.execute_many(batch)

        until(lambda: is_done(writer))
        ended = stop(*workers)

        assert ended == [(0, "")] * count
        must_be_whole(writer, by_one_engine)
        names = {each.who for each in writer.store.beats()}
        assert names == {f"worker-{each.pid}" for each in workers}
        assert {each.lag for each in writer.store.beats()} <= {0, None}


@pytest.mark.parametrize(("store", "seed"), [("sqlite", 1), ("sqlite", 2)], indirect=["store"])
def test_what_a_killed_worker_left_another_one_does(store, by_one_engine, seed):
    moment = Random(seed).randrange(20, BATCHES * OF // 2)
    with opened(store) as writer:
        begin_story(writer)
        for batch in batches():
            writer.execute_many(batch)
        with worker(store, page=10) as killed:
            until(lambda: writer.store.position("policies") >= moment)
            killed.kill()
            killed.wait(BOUND)
        assert not is_done(writer)

        with worker(store, page=10) as other:
            until(lambda: is_done(writer))
            assert stop(other) == [(0, "")]

        must_be_whole(writer, by_one_engine)


def test_a_killed_worker_that_nobody_replaces_is_told_as_stale(store):
    with opened(store) as engine:
        begin_story(engine)
        with worker(store) as killed:
            until(lambda: {each.state for each in engine.store.beats()} == {"working"})
            killed.kill()
            killed.wait(BOUND)

        beats = engine.store.beats()

    assert [each.task for each in beats] == ["days", "policies", "projections"]
    assert not any(each.is_stale(nine(LATER)) for each in beats)
    assert all(each.is_stale(nine(LATER).replace(hour=20)) for each in beats)
    assert LAST_DAY < LATER
