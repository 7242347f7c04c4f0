"""Is a log read as the library's own recorder reads it?"""

from eventsourcing.persistence import StoredEvent
from eventsourcing.popo import POPOApplicationRecorder
from hypothesis import given, settings
from hypothesis import strategies as st

STREAMS = ("claim:C1", "claim:C10", "claim:索赔1")
TOPICS = ("claim.received.v1", "claim.amended.v1", "note.voided.v2")
PLACES = st.none() | st.integers(-2, 30)
LIMITS = st.integers(1, 30)


def told(stored):
    """What is stored, without saying what kind of record tells it."""
    return [
        (each.originator_id, each.originator_version, each.topic, each.state) for each in stored
    ]


@st.composite
def logs(draw):
    streams = draw(st.lists(st.sampled_from(STREAMS), max_size=25))
    return [
        StoredEvent(
            stream, streams[: index + 1].count(stream), draw(st.sampled_from(TOPICS)), b"{}"
        )
        for index, stream in enumerate(streams)
    ]


STREAM_ASKED = st.fixed_dictionaries(
    {
        "originator_id": st.sampled_from(STREAMS),
        "gt": PLACES,
        "lte": PLACES,
        "desc": st.booleans(),
        "limit": st.none() | LIMITS,
    }
)
LOG_ASKED = st.fixed_dictionaries(
    {
        "start": PLACES,
        "limit": LIMITS,
        "stop": PLACES,
        "topics": st.lists(st.sampled_from(TOPICS), max_size=2),
        "inclusive_of_start": st.booleans(),
    }
)


def filled(store, log):
    """The store's recorder and the library's, both with the events of `log`."""
    recorders = store.recorder, POPOApplicationRecorder()
    for recorder in recorders:
        recorder.insert_events(log)
    return recorders


@settings(deadline=None, max_examples=30)
@given(log=logs(), asked=st.lists(STREAM_ASKED, min_size=5, max_size=20))
def test_a_stream_is_read_as_the_library_reads_it(new_store, log, asked):
    ours, theirs = filled(new_store(), log)

    for each in asked:
        assert told(ours.select_events(**each)) == told(theirs.select_events(**each))


@settings(deadline=None, max_examples=30)
@given(log=logs(), asked=st.lists(LOG_ASKED, min_size=5, max_size=20))
def test_the_log_is_read_as_the_library_reads_it(new_store, log, asked):
    ours, theirs = filled(new_store(), log)

    assert ours.max_notification_id() == theirs.max_notification_id()
    for each in asked:
        assert ours.select_notifications(**each) == theirs.select_notifications(**each)
