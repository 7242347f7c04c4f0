"""What does every store promise, whatever it is made of?"""

from contextlib import contextmanager, suppress

import pytest
from eventsourcing.persistence import IntegrityError, ProgrammingError, StoredEvent

RAW = "故障".encode() + bytes(range(256))


def event(stream="claim:C1", version=1, state=b"{}"):
    return StoredEvent(stream, version, "claim.received.v1", state)


def told(stored):
    """What is stored, without saying what kind of record tells it."""
    return [
        (each.originator_id, each.originator_version, each.topic, each.state) for each in stored
    ]


def log_of(store):
    return store.recorder.select_notifications(None, 10**6)


def append(store, stream, version, *, takes=(), frees=()):
    store.recorder.insert_events([event(stream, version)], keys=[(stream, takes, frees)])


class Crash(Exception):
    """Anything that goes wrong before a batch is finished."""


@contextmanager
def lost_batch(store):
    """A batch that crashes when all of it is written."""
    with suppress(Crash), store.writing():
        yield
        raise Crash


# The log


def test_a_new_log_is_empty(store):
    assert log_of(store) == [] and store.recorder.max_notification_id() is None


def test_events_are_read_back_in_the_order_in_which_they_were_appended(store):
    events = [event("claim:C2", 1), event("claim:C1", 1), event("claim:C2", 2)]

    store.recorder.insert_events(events[:2])
    store.recorder.insert_events(events[2:])

    assert told(log_of(store)) == told(events)


def test_the_bytes_of_a_state_come_back_unchanged(store):
    store.recorder.insert_events([event(state=RAW)])

    assert [each.state for each in store.recorder.select_events("claim:C1")] == [RAW]


def test_appending_answers_with_the_positions_given(store):
    store.recorder.insert_events([event("claim:C1")])

    positions = store.recorder.insert_events([event("claim:C2", 1), event("claim:C2", 2)])

    assert list(positions) == [2, 3]


def test_an_event_of_a_stream_knows_its_position_in_the_log(store):
    store.recorder.insert_events([event("claim:C2"), event("claim:C1")])

    (stored,) = store.recorder.select_events("claim:C1")

    assert stored.id == 2


def test_positions_have_no_gap_after_batches_that_were_given_up(store):
    for version in (1, 2, 3):
        with lost_batch(store):
            store.recorder.insert_events([event("claim:C9", 1), event("claim:C9", 2)])
        store.recorder.insert_events([event("claim:C1", version)])

    assert [each.id for each in log_of(store)] == [1, 2, 3]


# All or nothing


@pytest.mark.parametrize("version", [1, 2, 4], ids=["first", "last", "gap"])
def test_an_event_must_follow_the_last_one_of_its_stream(store, version):
    store.recorder.insert_events([event(version=1), event(version=2)])

    with pytest.raises(IntegrityError):
        store.recorder.insert_events([event(version=version)])

    assert len(log_of(store)) == 2


def everything(store):
    """All that a batch can change, as another reader sees it."""
    return (
        told(log_of(store)),
        store.held(""),
        store.answer("K1"),
        store.answer("K2"),
        store.position("policies"),
    )


@pytest.fixture
def begun(store):
    """A store with something of each kind in it."""
    with store.writing():
        append(store, "note:N1", 1, takes=["claim C1 note S1", "number 1"])
        store.remember("K1", {"events": ["note:N1@1"]})
        store.advance("policies", 1)
    return store


def test_a_version_conflict_leaves_nothing_of_its_batch(begun):
    before = everything(begun)

    def conflict():
        with begun.writing():
            append(begun, "note:N2", 1, takes=["number 2"])
            append(begun, "note:N1", 2, frees=["number 1"])
            begun.remember("K2", {"events": []})
            begun.advance("policies", 3)
            append(begun, "note:N1", 2)

    with pytest.raises(IntegrityError):
        conflict()

    assert everything(begun) == before


def test_a_crash_leaves_nothing_of_its_batch(begun):
    before = everything(begun)

    with lost_batch(begun):
        append(begun, "note:N2", 1, takes=["number 2"])
        append(begun, "note:N1", 2, takes=["number 3"], frees=["number 1"])
        begun.remember("K2", {"events": []})
        begun.advance("policies", 2)
        begun.advance("policies", 3)

    assert everything(begun) == before


def test_a_batch_that_conflicts_by_itself_leaves_nothing(begun):
    before = everything(begun)

    with pytest.raises(IntegrityError):
        begun.recorder.insert_events([event("note:N2", 1), event("note:N2", 1)])

    assert everything(begun) == before


def test_a_stream_begun_in_a_lost_batch_can_begin_again(store):
    with lost_batch(store):
        append(store, "note:N1", 1)

    append(store, "note:N1", 1)

    assert told(store.recorder.select_events("note:N1")) == told([event("note:N1", 1)])


def test_a_batch_sees_what_it_has_written_itself(store):
    with store.writing():
        append(store, "note:N1", 1, takes=["number 1"])
        store.remember("K1", {"events": []})
        store.advance("policies", 1)

        seen = everything(store)

    assert seen == everything(store) != ([], [], None, None, 0)


def test_a_batch_within_a_batch_is_refused(begun):
    with pytest.raises(ProgrammingError), begun.writing(), begun.writing():
        pass


def test_after_a_refused_batch_within_a_batch_the_next_one_is_written(begun):
    with pytest.raises(ProgrammingError), begun.writing(), begun.writing():
        pass

    append(begun, "note:N1", 2)

    assert len(log_of(begun)) == 2


@pytest.mark.parametrize(
    "write",
    [lambda store: store.remember("K2", {}), lambda store: store.advance("policies", 9)],
    ids=["an answer", "a position"],
)
def test_answers_and_positions_are_written_in_a_batch_only(begun, write):
    before = everything(begun)

    with pytest.raises(ProgrammingError):
        write(begun)

    assert everything(begun) == before


# Answers and positions


def test_a_command_never_asked_has_no_answer(store):
    assert store.answer("K1") is None


def test_an_answer_comes_back_as_it_was_given(store):
    answer = {"events": ["claim:索赔1@1"], "refused": {"code": "not-found", "facts": {"n": "1"}}}

    with store.writing():
        store.remember("K1", answer)

    assert store.answer("K1") == answer


def test_an_answer_is_kept_as_it_was_when_given(store):
    answer = {"events": ["claim:C1@1"]}
    with store.writing():
        store.remember("K1", answer)

    answer["events"].append("claim:C1@2")

    assert store.answer("K1") == {"events": ["claim:C1@1"]}


def test_a_command_is_answered_once(begun):
    with pytest.raises(IntegrityError), begun.writing():
        begun.remember("K1", {"events": ["claim:C1@9"]})

    assert begun.answer("K1") == {"events": ["note:N1@1"]}


def test_followers_have_a_position_each_and_begin_before_the_log(store):
    with store.writing():
        store.advance("policies", 2)
        store.advance("policies", 3)

    assert (store.position("policies"), store.position("claims")) == (3, 0)


# What outlives the process


def test_all_that_was_written_is_there_when_the_store_is_opened_again(reopened):
    store = reopened()
    with store.writing():
        append(store, "note:N1", 1, takes=["number 1"])
        store.remember("K1", {"events": ["note:N1@1"]})
        store.advance("policies", 1)
    written = everything(store)

    store = reopened()

    assert everything(store) == written


def test_an_opened_log_goes_on_where_it_ended(reopened):
    append(reopened(), "note:N1", 1)

    append(store := reopened(), "note:N1", 2)

    assert [each.id for each in log_of(store)] == [1, 2]
