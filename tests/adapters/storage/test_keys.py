"""Does a key have one holder, and is what begins alike told apart?"""

import pytest
from eventsourcing.persistence import IntegrityError, StoredEvent
from hypothesis import given, settings
from hypothesis import strategies as st

NOTE = "claim C1 note S1"


def write(store, *changes):
    """Append an event for each (stream, version, takes, frees), in one step."""
    store.recorder.insert_events(
        [StoredEvent(stream, version, "note.v1", b"{}") for stream, version, _, _ in changes],
        keys=[(stream, takes, frees) for stream, _, takes, frees in changes],
    )


def test_a_key_nobody_took_has_no_holder(store):
    assert store.holder(NOTE) is None


def test_a_key_is_held_by_the_stream_that_took_it(store):
    write(store, ("note:N1", 1, [NOTE], []))

    assert store.holder(NOTE) == "note:N1"


def test_a_key_held_by_one_stream_is_not_given_to_another(store):
    write(store, ("note:N1", 1, [NOTE], []))

    with pytest.raises(IntegrityError):
        write(store, ("note:N2", 1, ["number 2", NOTE], []))

    assert store.held("") == [(NOTE, "note:N1")]
    assert store.recorder.max_notification_id() == 1


def test_a_key_is_not_given_to_two_streams_of_one_batch(store):
    with pytest.raises(IntegrityError):
        write(store, ("note:N1", 1, [NOTE], []), ("note:N2", 1, [NOTE], []))

    assert store.held("") == []
    assert store.recorder.max_notification_id() is None


def test_a_stream_may_take_again_what_it_holds(store):
    write(store, ("note:N1", 1, [NOTE], []))

    write(store, ("note:N1", 2, [NOTE], []))

    assert store.held("") == [(NOTE, "note:N1")]


def test_a_key_given_up_can_be_taken_by_another(store):
    write(store, ("note:N1", 1, [NOTE], []))

    write(store, ("note:N1", 2, [], [NOTE]))
    write(store, ("note:N2", 1, [NOTE], []))

    assert store.holder(NOTE) == "note:N2"


def test_a_key_changes_hands_within_one_batch_in_the_order_of_the_events(store):
    write(store, ("note:N1", 1, [NOTE], []))

    write(store, ("note:N1", 2, [], [NOTE]), ("note:N2", 1, [NOTE], []))

    assert store.holder(NOTE) == "note:N2"


def test_a_stream_cannot_give_up_what_another_holds(store):
    write(store, ("note:N1", 1, [NOTE], []))

    with pytest.raises(IntegrityError):
        write(store, ("note:N2", 1, [], [NOTE]))

    assert store.holder(NOTE) == "note:N1"


def test_to_give_up_what_nobody_holds_changes_nothing(store):
    write(store, ("note:N1", 1, [], [NOTE]))

    assert store.held("") == []


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("claim C1 note ", ["claim C1 note S1", "claim C1 note S10"]),
        ("claim C10 note ", ["claim C10 note S1"]),
        ("claim C1", ["claim C1 note S1", "claim C1 note S10", "claim C10 note S1"]),
        ("claim 索赔1 note ", ["claim 索赔1 note 供方1"]),
        ("claim 索赔1", ["claim 索赔1 note 供方1", "claim 索赔10 note 供方1"]),
        ("claim 索", ["claim 索赔1 note 供方1", "claim 索赔10 note 供方1"]),
        ("claim c1 note ", []),
        ("claim _1 note ", []),
        ("claim C% note ", []),
        ("claim [C]1", []),
    ],
)
def test_keys_are_found_by_exactly_how_they_begin(store, prefix, expected):
    keys = [
        "claim C1 note S1",
        "claim C1 note S10",
        "claim C10 note S1",
        "claim 索赔1 note 供方1",
        "claim 索赔10 note 供方1",
    ]
    write(store, ("note:N1", 1, keys[::-1], []))

    assert store.held(prefix) == [(key, "note:N1") for key in expected]


WORDS = st.text(st.sampled_from("aA1_%*[ -é索赔🚛\uffff"), max_size=4)


@settings(deadline=None, max_examples=30)
@given(
    keys=st.lists(WORDS, unique=True, max_size=12),
    prefixes=st.lists(WORDS, min_size=5, max_size=20),
)
def test_any_keys_are_found_by_exactly_how_they_begin(new_store, keys, prefixes):
    store = new_store()
    write(store, ("note:N1", 1, keys, []))

    for prefix in prefixes:
        found = [key for key, _ in store.held(prefix)]
        assert found == sorted(key for key in keys if key.startswith(prefix))
