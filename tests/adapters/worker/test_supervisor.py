"""Do the tasks take turns, does a failed one wait, and does a broken one stop nobody else?"""

from datetime import UTC, datetime, timedelta

import pytest
from eventsourcing.persistence import OperationalError, StoredEvent

from recourse.adapters.storage import MemoryStore
from recourse.adapters.worker import Outside, Supervisor
from recourse.aggregates.base import Fact
from recourse.aggregates.day import Days
from recourse.projections import ProjectionBroke
from recourse.values.refusal import Refused
from support.examples import MONDAY, happened

NOON = datetime(2026, 3, 9, 4, tzinfo=UTC)
LOCKED = OperationalError("database is locked")
REFUSED = Refused("silence-too-long", "Z-4.6.1a", day=MONDAY, last=MONDAY, most=366)


class Does:
    """A task whose steps are told beforehand: how much each does, or why it fails."""

    def __init__(self, name, *steps, then=0):
        self.name = name
        self.at = []
        self._steps = [*steps]
        self._then = then

    def step(self, at):
        self.at.append(at)
        does = self._steps.pop(0) if self._steps else self._then
        if isinstance(does, Exception):
            raise does
        return does


class Follows(Does):
    def position(self):
        return 0


class World:
    """A clock that moves while somebody waits, and an end after so many seconds."""

    def __init__(self, seconds=0):
        self.now = NOON
        self.until = NOON + timedelta(seconds=seconds)
        self.told = []

    def clock(self):
        return self.now

    def wait(self, seconds):
        self.now += timedelta(seconds=seconds)
        return self.now > self.until

    def tell(self, task, state, error):
        self.told.append((task, state, str(error)))


@pytest.fixture
def store():
    return MemoryStore("a log")


def worker(store, world, *tasks, chance=1.0):
    outside = Outside(world.clock, world.wait, lambda: chance, world.tell)
    return Supervisor(store, tasks, "one", outside)


def states(store):
    return {each.task: each.state for each in store.beats()}


def seconds(task):
    return [(at - NOON).total_seconds() for at in task.at]


def broke():
    fact = Fact("day:2026-03", 1, happened(Days.Began, day=MONDAY), 1)
    return ProjectionBroke("ledger", fact, ZeroDivisionError("no share left"))


def test_tasks_take_turns_until_nothing_is_left(store):
    order, world = [], World()
    first, second = Does("a", 1, 1), Does("b", 1)
    for task in (first, second):
        task.step = spy(task, order)

    assert worker(store, world, first, second).run(once=True)

    assert order == ["a", "b", "a", "b", "a", "b"]
    assert states(store) == {"a": "stopped", "b": "stopped"}


def spy(task, order):
    step = task.step
    return lambda at: order.append(task.name) or step(at)


def test_a_worker_with_nothing_to_do_looks_again_every_second(store):
    task, world = Does("a"), World(seconds=3)

    assert worker(store, world, task).run()

    assert seconds(task) == [0, 1, 2, 3]


def test_a_worker_with_much_to_do_stops_after_the_step_in_hand(store):
    world = World(seconds=-1)  # told to stop already
    busy, other = Does("a", then=1), Does("b", then=1)

    assert worker(store, world, busy, other).run()

    assert (len(busy.at), len(other.at)) == (1, 0)
    assert states(store) == {"a": "stopped", "b": "stopped"}


def test_a_failed_task_waits_twice_as_long_each_time_and_a_minute_at_most(store):
    failing, other = Does("a", then=LOCKED), Does("b")
    world = World(seconds=200)

    assert worker(store, world, failing, other).run()

    assert seconds(failing) == [0, 1, 3, 7, 15, 31, 63, 123, 183]
    assert len(other.at) == 201
    assert world.told == [("a", "trouble", "database is locked")]


def test_workers_that_failed_together_do_not_come_back_together(store):
    failing, world = Does("a", LOCKED, LOCKED, LOCKED), World(seconds=20)

    worker(store, world, failing, chance=0.0).run()

    assert seconds(failing)[:4] == [0, 1, 2, 4]  # half the pause, at the next look


def test_a_task_that_succeeds_again_is_told_anew_when_it_fails_anew(store):
    failing, world = Does("a", LOCKED, LOCKED, 1, LOCKED, 1), World(seconds=20)

    assert worker(store, world, failing).run()

    assert world.told == [("a", "trouble", "database is locked")] * 2
    assert seconds(failing)[:5] == [0, 1, 3, 3, 4]
    assert states(store) == {"a": "stopped"}


@pytest.mark.parametrize("error", [broke(), REFUSED], ids=["projection", "refused"])
def test_a_broken_task_is_told_once_and_the_others_go_on(store, error):
    breaks, other, world = Does("a", then=error), Does("b"), World(seconds=130)

    assert not worker(store, world, breaks, other).run()

    assert seconds(breaks) == [0, 60, 120]  # for a repair may come from outside
    assert len(other.at) == 131
    assert world.told == [("a", "broken", str(error))]
    assert states(store) == {"a": "broken", "b": "stopped"}


def test_a_worker_whose_broken_task_was_repaired_ends_well(store):
    breaks, world = Does("a", broke(), 1), World(seconds=130)

    assert worker(store, world, breaks, Does("b")).run()

    assert states(store) == {"a": "stopped", "b": "stopped"}


def test_a_broken_task_that_gets_to_the_same_place_again_is_not_told_again(store):
    breaks = Does("a", *(step for _ in range(3) for step in (1, broke())))
    world, said = World(seconds=130), []
    beat = store.beat
    store.beat = lambda beats: said.append(beats[0].state) or beat(beats)

    assert not worker(store, world, breaks, Does("b")).run()

    assert seconds(breaks) == [0, 0, 60, 60, 120, 120]
    assert len(world.told) == 1
    assert set(said[1:]) == {"broken"}


def test_a_worker_all_of_whose_tasks_are_broken_ends_at_once(store):
    world = World(seconds=1000)

    assert not worker(store, world, Does("a", broke()), Does("b", REFUSED)).run()

    assert world.now == NOON


def test_a_worker_that_is_to_stop_on_trouble_ends_at_once(store):
    other, world = Does("b", then=1), World(seconds=1000)

    assert not worker(store, world, Does("a", broke()), other).run(stop_on_trouble=True)

    assert (world.now, len(other.at)) == (NOON, 1)


def test_a_worker_that_runs_once_tries_again_and_then_gives_up(store):
    recovers, world = Does("a", LOCKED, LOCKED, 1), World(seconds=1000)
    assert worker(store, world, recovers).run(once=True)
    assert seconds(recovers) == [0, 1, 3, 3]

    fails, world = Does("b", then=LOCKED), World(seconds=1000)
    assert not worker(store, world, fails).run(once=True)
    assert seconds(fails) == [0, 1, 3, 7, 15]


def test_a_worker_says_every_ten_seconds_that_it_is_alive(store):
    world, said = World(seconds=25), []
    beat = store.beat
    store.beat = lambda beats: said.append((world.now - NOON).total_seconds()) or beat(beats)

    worker(store, world, Does("a"), Does("b")).run()

    assert said == [0, 10, 20, 26]


def test_a_beat_tells_how_far_a_task_lags(store):
    append(store, 3)
    world = World()

    worker(store, world, Follows("a"), Does("b")).run(once=True)

    assert [(each.task, each.position, each.lag) for each in store.beats()] == [
        ("a", 0, 3),
        ("b", None, None),
    ]


def append(store, count):
    store.insert_events(
        [StoredEvent("c", version, "claim.received.v1", b"{}") for version in range(1, count + 1)]
    )


def test_a_worker_that_cannot_say_so_goes_on_all_the_same(store):
    def locked(_):
        raise LOCKED

    store.beat = locked
    task, world = Does("a", 1, 1), World()

    assert worker(store, world, task).run(once=True)

    assert len(task.at) == 3
