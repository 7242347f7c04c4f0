"""Is nothing lost while several threads write and read at once?"""

from contextlib import suppress
from threading import Barrier, Event, Semaphore, Thread

import pytest
from eventsourcing.persistence import IntegrityError, StoredEvent

from recourse.adapters.storage.tailer import PAGE, Tailer

BOUND = 60  # seconds after which a thread counts as hanging
GRACE = 0.2  # seconds in which another thread does what it is wrongly allowed to do
BATCHES = 60


def event(stream, version, topic="claim.received.v1"):
    return StoredEvent(stream, version, topic, b"{}")


def run(*tasks):
    """Begin `tasks` at the same moment, each in a thread, and see them end."""
    together = Barrier(len(tasks))

    def begin(task):
        together.wait(BOUND)
        task()

    threads = [Thread(target=begin, args=[task], daemon=True) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(BOUND)
    assert not any(thread.is_alive() for thread in threads)


def meanwhile(task):
    """Begin `task` in a thread that may have to wait until the present batch is over."""
    thread = Thread(target=task, daemon=True)
    thread.start()
    thread.join(GRACE)
    return thread


def append_pairs(store, stream):
    for version in range(1, 2 * BATCHES, 2):
        with store.writing():
            store.recorder.insert_events([event(stream, version)])
            store.recorder.insert_events([event(stream, version + 1)])


def test_two_threads_that_write_lose_nothing_and_tear_no_batch(store):
    run(lambda: append_pairs(store, "claim:C1"), lambda: append_pairs(store, "claim:C2"))

    log = store.recorder.select_notifications(None, 10**6)
    pairs = list(zip(log[::2], log[1::2], strict=True))
    assert [each.id for each in log] == list(range(1, 4 * BATCHES + 1))
    assert all(first.originator_id == second.originator_id for first, second in pairs)


def test_a_batch_given_up_takes_nothing_of_another_thread_with_it(store):
    with suppress(KeyError), store.writing():
        store.recorder.insert_events([event("claim:C1", 1)])
        other = meanwhile(lambda: store.recorder.insert_events([event("claim:C2", 1)]))
        raise KeyError

    other.join(BOUND)
    (kept,) = store.recorder.select_notifications(None, 10)
    assert (kept.id, kept.originator_id) == (1, "claim:C2")


def test_only_one_of_two_threads_gets_a_key(store):
    lost = []

    def take(stream):
        for version in range(1, BATCHES + 1):
            try:
                store.recorder.insert_events(
                    [event(f"{stream}/{version}", 1)],
                    keys=[(f"{stream}/{version}", [f"number {version}"], [])],
                )
            except IntegrityError:
                lost.append(version)

    run(lambda: take("note:N1"), lambda: take("note:N2"))

    assert sorted(lost) == list(range(1, BATCHES + 1))
    assert store.recorder.max_notification_id() == len(store.held("number ")) == BATCHES


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (lambda store: store.recorder.max_notification_id(), None),
        (lambda store: store.recorder.select_notifications(None, 10), []),
        (lambda store: store.recorder.select_events("claim:C1"), []),
        (lambda store: store.holder("number 1"), None),
        (lambda store: store.held("number "), []),
        (lambda store: store.answer("K1"), None),
        (lambda store: store.position("policies"), 0),
    ],
    ids=["last position", "log", "stream", "holder", "held", "answer", "position"],
)
def test_nobody_reads_what_may_still_be_given_up(store, read, expected):
    seen = []

    with suppress(KeyError), store.writing():
        store.recorder.insert_events([event("claim:C1", 1)], keys=[("claim:C1", ["number 1"], [])])
        store.remember("K1", {})
        store.advance("policies", 1)
        reader = meanwhile(lambda: seen.append(read(store)))
        raise KeyError

    reader.join(BOUND)
    assert seen == [expected]


def test_a_follower_sees_every_event_while_a_thread_appends(store):
    appended, seen = Semaphore(0), []
    tailer = Tailer(store.recorder, wait=lambda _: not appended.acquire(timeout=BOUND))

    def append():
        for version in range(1, BATCHES + 1):
            store.recorder.insert_events([event("claim:C1", version)])
            appended.release()

    def follow():
        for notification in tailer:
            seen.append(notification.id)
            if len(seen) == BATCHES:
                tailer.stop()

    run(append, follow)

    assert seen == list(range(1, BATCHES + 1))


def test_a_follower_that_waits_ends_when_it_is_stopped(store):
    asleep, seen = Event(), []

    def wait(seconds):
        asleep.set()
        return False

    tailer = Tailer(store.recorder, wait=wait)

    run(lambda: seen.extend(tailer), lambda: asleep.wait(BOUND) and tailer.stop())

    assert seen == []


def test_a_follower_that_waits_by_itself_ends_when_it_is_stopped(store):
    store.recorder.insert_events([event("claim:C1", 1)])
    subscription, seen, first = store.recorder.subscribe(), [], Event()

    def follow():
        for notification in subscription:
            seen.append(notification.id)
            first.set()

    run(follow, lambda: first.wait(BOUND) and subscription.stop())

    assert seen == [1]


def test_a_stopped_follower_hands_out_nothing_more_of_its_page(store):
    store.recorder.insert_events([event("claim:C1", 1), event("claim:C1", 2)])

    with store.recorder.subscribe() as subscription:
        next(subscription)

    with pytest.raises(StopIteration):
        next(subscription)


@pytest.mark.parametrize(
    ("gt", "topics", "expected"),
    [
        (None, (), range(1, PAGE + 11)),
        (0, (), range(1, PAGE + 11)),
        (PAGE, (), range(PAGE + 1, PAGE + 11)),
        (PAGE + 10, (), ()),
        (10**6, (), ()),
        (None, ("note.voided.v1",), (3, PAGE + 5)),
        (3, ("note.voided.v1",), (PAGE + 5,)),
    ],
)
def test_a_follower_begins_after_a_place_and_sees_the_topics_it_wants(store, gt, topics, expected):
    voided = (3, PAGE + 5)
    store.recorder.insert_events(
        [
            event("c", each, "note.voided.v1" if each in voided else "claim.received.v1")
            for each in range(1, PAGE + 11)
        ]
    )

    seen = [each.id for each in Tailer(store.recorder, gt, topics, wait=lambda _: True)]

    assert seen == list(expected)
