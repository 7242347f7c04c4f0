"""A process that lets relays run and die in children of its own, as the lines that it reads say.

Each line is a JSON list: the URL of the store, bootstrap, prefix, point, how many times that point
is passed before the fault, and the fault: "kill", "hang" (for some seconds, then killed), "raise"
or "" for none. For each it writes one: how the child ended. It is a process of its own, so that
nothing but the relay is in a child that is forked, and no child has to import it all again.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from time import sleep

POINTS = ("claimed", "sent", "acknowledged", "marked", "committed")
"""A message is about to be handed over; was; its future told; in the batch that marks; after it."""
FAULTS = ("kill", "hang", "raise")
IMPORTED = ("kafka.link", "kafka.relay", "storage.opening", "storage.postgres")  # once for all
TESTS = Path(__file__).parents[1]


class Broken(Exception):
    """What a fault of the kind "raise" raises."""


class Fault:
    """Strikes once, when its point is passed for the given time."""

    def __init__(self, point: str, passes: int, kind: str, seconds: float) -> None:
        self._point, self._left, self._kind, self._seconds = point, passes, kind, seconds

    def at(self, point: str) -> None:
        """Strike, if this is when and where."""
        if point != self._point or not self._kind:
            return
        self._left -= 1
        if self._left:
            return
        if self._kind == "raise":
            raise Broken
        if self._kind == "hang":
            sleep(self._seconds)  # that is the fault
        os.kill(os.getpid(), signal.SIGKILL)


class FaultyStore:
    """The store, with the points at which the relay marks what is sent."""

    def __init__(self, store, fault: Fault) -> None:
        self._store, self._fault = store, fault

    def __getattr__(self, name):
        return getattr(self._store, name)

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self._store.writing():
            yield
            self._fault.at("marked")
        self._fault.at("committed")


def faulty_link(fault: Fault):
    """A connection with the points at which a message is on its way."""
    from recourse.adapters.kafka.link import Link  # noqa: PLC0415 - the parent needs no client

    class Faulty(Link):
        """Counts messages that pass."""

        def send(self, message):
            fault.at("claimed")
            going = super().send(message)
            fault.at("sent")
            return Waiting(going)

    class Waiting:
        """A message of it on its way."""

        def __init__(self, going) -> None:
            self._going = going

        def wait(self):
            place = self._going.wait()
            fault.at("acknowledged")
            return place

    return Faulty


def relay(url: str, bootstrap: str, prefix: str, fault: Fault) -> int:
    """Relay all that waits; a fault that raises is survived by the same process."""
    from recourse.adapters.kafka.access import Access  # noqa: PLC0415
    from recourse.adapters.kafka.relay import Relay  # noqa: PLC0415
    from recourse.adapters.storage.opening import open_log  # noqa: PLC0415

    with open_log(url, new_log_id=lambda: "a log") as store:
        access = Access((bootstrap,), prefix=prefix)
        relaying = Relay(FaultyStore(store, fault), access, faulty_link(fault))
        raised = 0
        while True:
            try:
                if not relaying.step(None):
                    return 100 + raised
            except Broken:
                raised += 1


def main() -> None:
    """Let a child do what each line says."""
    for each in IMPORTED:
        import_module(f"recourse.adapters.{each}")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                *where, point, passes, kind, seconds = json.loads(line)
                code = relay(*where, Fault(point, passes, kind, seconds))
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status)
        sys.stdout.write(json.dumps("killed" if killed else os.WEXITSTATUS(status)) + "\n")
        sys.stdout.flush()


@contextmanager
def relays():
    """A function that lets a relay run in a child, and says how it ended: "killed", or its code."""
    paths = [str(TESTS), os.environ.get("PYTHONPATH", "")]
    with subprocess.Popen(
        [sys.executable, "-m", "support.relay_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    ) as process:

        def run(url, access, point="", passes=1, kind="", *, seconds=0.0):
            said = [str(url), access.bootstrap[0], access.prefix, point, passes, kind, seconds]
            process.stdin.write(json.dumps(said) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield run
        process.stdin.close()


if __name__ == "__main__":
    main()
