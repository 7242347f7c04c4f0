"""Is everything beside the events read as of one moment?"""

import json
from contextlib import suppress
from threading import Thread

from eventsourcing.persistence import StoredEvent

BATCHES = 40
BOUND = 60  # seconds after which a thread counts as hanging


def write(store, number):
    """One batch: an event, a key, an answer and a position, all of that number."""
    with store.writing():
        event = StoredEvent(f"claim:C{number}", 1, "claim.received.v1", b"{}")
        store.recorder.insert_events([event], keys=[(f"claim:C{number}", [f"key {number}"], [])])
        store.remember(f"K{number}", {"events": [f"claim:C{number}@1"], "about": "索赔"})
        store.advance("policies", number)


def test_an_empty_store_holds_nothing(store):
    seen = store.snapshot()

    assert (seen.last, *map(list, (seen.keys, seen.answers, seen.positions))) == (0, [], [], [])


def test_everything_beside_the_events_is_read_in_the_order_of_its_names(store):
    for number in (1, 2):
        write(store, number)
    with store.writing():
        store.advance("mail", 1)

    seen = store.snapshot()

    assert seen.last == 2
    assert list(seen.keys) == [("key 1", "claim:C1"), ("key 2", "claim:C2")]
    assert [name for name, _ in seen.answers] == ["K1", "K2"]
    assert json.loads(seen.answers[0][1]) == {"events": ["claim:C1@1"], "about": "索赔"}
    assert list(seen.positions) == [("mail", 1), ("policies", 2)]


def test_a_key_that_was_given_up_is_held_by_nobody(store):
    write(store, 1)
    store.recorder.insert_events(
        [StoredEvent("claim:C1", 2, "claim.closed.v1", b"{}")], keys=[("claim:C1", [], ["key 1"])]
    )

    assert list(store.snapshot().keys) == []


def test_nothing_of_a_batch_that_is_given_up_is_read(store):
    write(store, 1)
    with suppress(KeyError), store.writing():
        store.remember("K2", {})
        store.advance("policies", 9)
        raise KeyError

    seen = store.snapshot()

    assert [name for name, _ in seen.answers] == ["K1"]
    assert list(seen.positions) == [("policies", 1)]


def test_what_is_read_while_a_thread_writes_is_of_one_moment(store):
    def write_all():
        for number in range(1, BATCHES + 1):
            write(store, number)

    writer = Thread(target=write_all, daemon=True)
    writer.start()
    torn = []
    while writer.is_alive():
        seen = store.snapshot()
        counts = {seen.last, len(seen.keys), len(seen.answers), *dict(seen.positions).values()}
        if len(counts) > 1:
            torn.append(counts)
    writer.join(BOUND)

    assert torn == []
    assert store.snapshot().last == BATCHES
