"""How does a history that was made in memory get onto a server?"""

from contextlib import closing, contextmanager

from recourse.adapters.storage.addresses import address_of
from recourse.adapters.storage.opening import close_engine, open_engine
from recourse.adapters.storage.postgres.store import PostgresStore
from recourse.application.engine import REACTIONS
from recourse.rulebook.book import built_in


def log_of(store):
    """Everything in the log of `store`, as it is written there."""
    return [
        (each.id, each.originator_id, each.originator_version, each.topic, bytes(each.state))
        for each in store.recorder.select_notifications(None, 10**7)
    ]


def copied(store, url):
    """The log of `store`, its keys and how far the policies are, in the schema at `url`."""
    with closing(PostgresStore(address_of(url), "a log")) as there, there.writing():
        events = store.recorder.select_notifications(None, 10**7)
        keys = [(stream, (key,), ()) for key, stream in store.held("")]
        there.recorder.insert_events(events, keys=keys)
        there.advance(REACTIONS, store.position(REACTIONS))


@contextmanager
def opened(url, book=None):
    """An engine on the store at `url`, with the built-in book or another."""
    engine = open_engine(url, book or built_in(), new_log_id=lambda: "none")
    try:
        yield engine
    finally:
        close_engine(engine)
