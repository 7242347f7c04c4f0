"""How is a worker told to stop, in the midst of waiting or of a step?"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from select import select
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def until_told_to_stop() -> Iterator[Callable[[float], bool]]:
    """Gives what waits so many seconds, or less, and says whether the process is to stop.

    A signal interrupts nothing: it is a byte in a pipe, which is read at the next wait. (An event
    of the threading module can lock itself up when it is set while it is waited for.)
    """
    told, tell = os.pipe()
    os.set_blocking(tell, False)

    def stop(_number: int, _frame: FrameType | None) -> None:
        with suppress(BlockingIOError):  # it was told often enough
            os.write(tell, b".")

    before = [(each, signal.signal(each, stop)) for each in SIGNALS]
    try:
        yield lambda seconds: bool(select([told], [], [], seconds)[0])
    finally:
        for number, handler in before:
            signal.signal(number, handler)
        os.close(told)
        os.close(tell)
