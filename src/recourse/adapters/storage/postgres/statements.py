"""Which SQL does a store in PostgreSQL speak?"""

from collections.abc import Sequence
from typing import Any

from eventsourcing.persistence import StoredEvent

LAST = "SELECT coalesce(max(seq), 0) FROM events"
# Readers of the log never pass over an event, because positions are given and committed under one
# lock (D1, D2): the lock is let go by the commit. It names the table, so each store has its own.
BEGIN = (
    "BEGIN ISOLATION LEVEL READ COMMITTED;"
    " SELECT pg_advisory_xact_lock(1, 'events'::regclass::oid::int)"
)
APPEND = (
    "INSERT INTO events (seq, stream, version, topic, state)"
    " SELECT (SELECT coalesce(max(seq), 0) FROM events) + each.n,"
    " each.stream, each.version, each.topic, each.state"
    " FROM unnest(%b::text[], %b::int[], %b::text[], %b::bytea[])"
    " WITH ORDINALITY AS each (stream, version, topic, state, n) RETURNING seq"
)
COPY = "COPY events (seq, stream, version, topic, state) FROM STDIN (FORMAT BINARY)"
COLUMNS = ("int8", "text", "int4", "text", "bytea")
WAKE = "SELECT pg_notify(current_schema() || '.events', '')"
STREAM = (
    "SELECT seq, stream, version, topic, state FROM events"
    " WHERE stream = %s AND version > %s AND version <= %s ORDER BY version ASC LIMIT %s"
)
STREAM_FROM_ITS_END = STREAM.replace("ASC", "DESC")
PAGE = (
    "SELECT seq, stream, version, topic, state FROM events"
    " WHERE seq > %s AND seq <= %s ORDER BY seq LIMIT %s"
)
PAGE_OF_TOPICS = PAGE.replace("ORDER", "AND topic = ANY(%s) ORDER")
HOLDERS = (
    "SELECT DISTINCT ON (key) key, stream, turn FROM keys"
    " WHERE key = ANY(%s) ORDER BY key, turn DESC"
)
HELD = (
    "SELECT key, stream FROM (SELECT DISTINCT ON (key) key, stream FROM keys"
    " WHERE key >= %s AND key < %s ORDER BY key, turn DESC) AS latest"
    " WHERE stream IS NOT NULL ORDER BY key"
)


def columns(events: Sequence[StoredEvent]) -> tuple[list[Any], ...]:
    """The values of `APPEND`."""
    return (
        [str(each.originator_id) for each in events],
        [each.originator_version for each in events],
        [each.topic for each in events],
        [each.state for each in events],
    )


def up_to(last: int | None) -> int:
    """`last`, or beyond any position."""
    return 2**63 - 1 if last is None else last
