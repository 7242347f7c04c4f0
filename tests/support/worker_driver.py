"""A worker on a store, at a day of the story, for the tests that run several and kill them.

python -m support.worker_driver STORE DAY PAGE
"""

import os
import sys
from datetime import date, timedelta
from time import monotonic

from recourse.adapters.storage.opening import open_engine
from recourse.adapters.worker import TASKS, Outside, Supervisor, until_told_to_stop
from recourse.application import engine as pages
from recourse.rulebook.book import built_in
from support.engine import nine


def work(store: str, day: date) -> bool:
    """Works from nine o'clock on `day` until it is told to stop; whether all was well."""
    engine = open_engine(store, built_in(), new_log_id=lambda: "test", catch_up=False)
    began = monotonic()
    with until_told_to_stop() as wait:
        outside = Outside(
            clock=lambda: nine(day) + timedelta(seconds=monotonic() - began),
            wait=wait,
            chance=lambda: 0.5,
            tell=lambda *told: sys.stderr.write(f"{told}\n") and None,
        )
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        tasks = [make(engine) for make in TASKS.values()]
        return Supervisor(engine.store, tasks, f"worker-{os.getpid()}", outside).run()


if __name__ == "__main__":
    pages.PAGE = int(sys.argv[3])
    sys.exit(0 if work(sys.argv[1], date.fromisoformat(sys.argv[2])) else 1)
