"""A process that does what messages ask and dies at one point of that, by kill -9.

Messages lie in a file, one a line; another says how many were acknowledged, as Kafka would.
"""

import os
import signal
from contextlib import contextmanager
from pathlib import Path

from adapters.kafka.sending import AT, SOURCES, message
from recourse.adapters.kafka.inbox import Inbox
from recourse.adapters.storage.opening import close_engine, open_engine
from recourse.rulebook.book import built_in

BATCH = 7
BOOK = built_in()  # read once for all that are forked
POINTS = (
    "polled",
    *(f"{when} {number}" for number in range(1, 4) for when in ("before", "after")),
    "not acknowledged",
    "acknowledged",
)
"""After polling; before and after each commit of a step; before and after the acknowledgement."""


class Line:
    """Messages in a file; `acknowledged` survives the process."""

    def __init__(self, folder: Path, point: str) -> None:
        self._folder = folder
        self._point = point
        self._polled = 0

    def poll(self):
        acknowledged = self._folder / "acknowledged"
        begin = int(acknowledged.read_text()) if acknowledged.exists() else 0
        lines = (self._folder / "messages").read_text().splitlines()[begin : begin + BATCH]
        self._polled = begin + len(lines)
        polled = []
        for offset, line in enumerate(lines, begin):
            number, amount = line.split()
            fields = {"supplier": "S1", "amount": amount}
            polled.append(message("pay_supplier", number, key=b"S1", fields=fields, at=offset))
        die_at(self._point, "polled")
        return polled

    def acknowledge(self):
        die_at(self._point, "not acknowledged")
        fresh = self._folder / "acknowledged.new"
        fresh.write_text(str(self._polled))
        fresh.rename(self._folder / "acknowledged")
        die_at(self._point, "acknowledged")


def die_at(point, here):
    if point == here:
        os.kill(os.getpid(), signal.SIGKILL)


def watch(store, point):
    """Let the process die right before or after the n-th commit of the store."""
    writing, commits = store.writing, iter(range(1, 1000))

    @contextmanager
    def watched():
        number = next(commits)
        with writing():
            yield
            die_at(point, f"before {number}")
        die_at(point, f"after {number}")

    store.writing = watched


def run(url, folder, point):
    """Steps until nothing waits, or death."""
    engine = open_engine(url, BOOK, new_log_id=lambda: "killed")
    line = Line(Path(folder), point)
    inbox = Inbox(engine, line, SOURCES)
    watch(engine.store, point)
    while inbox.step(AT):
        pass
    close_engine(engine)
