"""How does one of several processes on a machine do something alone, and no dead one stop it?"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER_ONLY = 0o600


@contextmanager
def held_alone(path: Path) -> Iterator[bool]:
    """Whether the lock on the file `path` is held until the end of the block; never waits.

    The file is never removed: whoever waits for a removed one would be alone beside another.
    """
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, OWNER_ONLY)
    try:
        yield _taken(lock)
    finally:
        os.close(lock)


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
