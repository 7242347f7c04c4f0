"""How is a worker told to stop, in the midst of waiting or of a step?"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from select import select
from types import FrameType
from typing import Any, Protocol

from recourse.application import Store

SIGNALS = (signal.SIGTERM, signal.SIGINT)


class WakeUps(Protocol):
    """What a store tells of new events, as a hint that nobody relies on."""

    def fileno(self) -> int:
        """Where they come in."""

    def drain(self) -> bool:
        """Take note of all that came; whether more may come."""


def wake_ups(store: Store) -> AbstractContextManager[WakeUps | None]:
    """Those of `store`, or None where one can only look again and again."""
    listening: Callable[[], AbstractContextManager[WakeUps]] | None
    listening = getattr(store, "listening", None)
    return nullcontext() if listening is None else listening()


@contextmanager
def until_told_to_stop(hints: WakeUps | None = None) -> Iterator[Callable[[float], bool]]:
    """Gives what waits so many seconds, or less, and says whether the process is to stop.

    It waits less where `hints` come; when they end, it waits on without them.
    A signal interrupts nothing: it is a byte in a pipe, which is read at the next wait. (An event
    of the threading module can lock itself up when it is set while it is waited for.)
    """
    told, tell = os.pipe()
    os.set_blocking(tell, False)

    def stop(_number: int, _frame: FrameType | None) -> None:
        with suppress(BlockingIOError):  # it was told often enough
            os.write(tell, b".")

    def wait(seconds: float) -> bool:
        nonlocal hints
        lines: list[Any] = [told, hints] if hints is not None and seconds else [told]
        came = select(lines, [], [], seconds)[0]
        if hints is not None and hints in came and not hints.drain():
            hints = None
        return told in came

    before = [(each, signal.signal(each, stop)) for each in SIGNALS]
    try:
        yield wait
    finally:
        for number, handler in before:
            signal.signal(number, handler)
        os.close(told)
        os.close(tell)
