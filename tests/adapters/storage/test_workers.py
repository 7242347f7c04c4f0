"""Do the processes of one store know of each other: who does what alone, and who is alive?"""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

from recourse.application import Beat
from recourse.application.store import BEATS_KEPT

NOON = datetime(2026, 3, 9, 4, tzinfo=UTC)
BOUND = 60  # seconds after which a thread counts as hanging


def beat(task="policies", who="one", state="working", **more):
    return Beat(**{"task": task, "who": who, "state": state, "position": 7, "lag": 2} | more)


def in_a_thread(do):
    found = []
    thread = Thread(target=lambda: found.append(do()), daemon=True)
    thread.start()
    thread.join(BOUND)
    return found


def may(store, name):
    with store.alone(name) as alone:
        return alone


def test_what_one_does_alone_nobody_else_does_meanwhile(store):
    with store.alone("relay") as alone:
        others = [may(store, "relay"), *in_a_thread(lambda: may(store, "relay"))]

    assert (alone, others) == (True, [False, False])


def test_it_can_be_done_again_when_it_is_over_and_when_it_failed(store):
    assert may(store, "relay")
    with pytest.raises(KeyError), store.alone("relay"):
        raise KeyError

    assert may(store, "relay")


def test_who_was_told_no_does_not_let_go_of_what_another_does(store):
    with store.alone("relay"):
        assert not may(store, "relay")
        assert not may(store, "relay")


def test_different_things_are_done_at_once(store):
    with store.alone("relay") as one, store.alone("mail/批次 1") as other:
        assert (one, other) == (True, True)


def test_it_is_done_alone_while_a_batch_is_being_written(store):
    with store.writing(), store.alone("relay") as alone:
        store.advance("relay", 1)

    assert (alone, store.position("relay")) == (True, 1)


def test_a_store_remembers_the_last_beat_of_each_task_of_each_worker(store):
    one, other = beat(at=NOON), beat(who="two", at=NOON)
    days = beat(task="days", position=None, lag=None, at=NOON)
    store.beat([one, days])
    store.beat([other])

    later = beat(state="broken", position=9, lag=0, at=NOON + timedelta(seconds=10))
    store.beat([later])

    assert store.beats() == [days, later, other]


def test_a_beat_that_is_long_over_is_forgotten(store):
    gone = beat(who="gone", at=NOON - BEATS_KEPT - timedelta(microseconds=1))
    kept = beat(who="kept", at=NOON - BEATS_KEPT)
    store.beat([gone, kept])

    now = beat(who="now", at=NOON)
    store.beat([now])

    assert store.beats() == [kept, now]


def test_the_beats_are_there_for_the_next_process(reopened):
    reopened().beat([beat(at=NOON)])

    assert reopened().beats() == [beat(at=NOON)]


def test_beats_are_not_part_of_the_log(store):
    store.beat([beat(at=NOON)])

    assert store.recorder.max_notification_id() is None
