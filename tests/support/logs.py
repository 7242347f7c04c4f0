"""A small log with something of everything in it, and all that a store keeps."""

import json
import sqlite3
from contextlib import closing, contextmanager

from recourse.adapters.storage.opening import close_engine, open_engine, open_log
from recourse.rulebook.book import built_in
from support.engine import Site, fresh
from support.story import STEPS, paths, play


def long_story() -> Site:
    """One claim from the supplier's registration to its end, and what happened beside it."""
    return paths(play(fresh(), STEPS[-1][2]))


def everything(store):
    """All that is kept in `store`, as it is written there."""
    seen = store.snapshot()
    log = [
        (each.id, each.originator_id, each.originator_version, each.topic, bytes(each.state))
        for each in store.recorder.select_notifications(None, 10**6)
    ]
    answers = [(command, json.loads(answer)) for command, answer in seen.answers]
    return store.log_id, log, list(seen.keys), answers, list(seen.positions)


def stored(folder, url=None):
    """That log in a file in `folder`, or at `url`, with read models that reflect all of it."""
    path = folder / "store.db"
    place, made = url or str(path), long_story().engine.store
    kept, log = made.snapshot(), made.recorder
    with open_log(place, new_log_id=lambda: made.log_id) as store, store.writing():
        keys = [(stream, (key,), ()) for key, stream in kept.keys]
        store.recorder.insert_events(log.select_notifications(None, 10**6), keys=keys)
        store.remember_all((command, json.loads(answer)) for command, answer in kept.answers)
        for follower, position in kept.positions:
            store.advance(follower, position)
    with opened(place):
        return path


@contextmanager
def opened(url, *, catch_up=True):
    """An engine on the store at `url`, which is there."""
    engine = open_engine(url, built_in(), new_log_id=lambda: "none", catch_up=catch_up)
    try:
        yield engine
    finally:
        close_engine(engine)


def tampered(path, *statements):
    """Change a store behind the back of everything that keeps it right."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for name in ("changed", "deleted"):
            connection.execute(f"DROP TRIGGER IF EXISTS events_are_never_{name}")
        for statement in statements:
            connection.execute(*([statement] if isinstance(statement, str) else statement))
