"""A member of a group that keeps the shared read models until it is told to stop, or killed."""

import signal
from datetime import UTC, datetime
from threading import Event

from recourse.adapters.kafka.access import Access
from recourse.adapters.kafka.group import Member
from recourse.adapters.storage.addresses import address_of
from recourse.adapters.storage.shared_rows import SharedRows

SESSION_MS = 6000  # the least that brokers allow


def keep(url: str, bootstrap: str, prefix: str) -> None:
    """Step until SIGTERM."""
    stopped = Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    rows = SharedRows(address_of(url))
    member = Member(rows, Access((bootstrap,), prefix=prefix), "boards", session_ms=SESSION_MS)
    while not stopped.is_set():
        member.step(datetime.now(UTC))
    member.close()
    rows.close()
