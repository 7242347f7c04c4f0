"""How does a site keep a running log: of steps, never of persons, and never in anybody's way?"""

import os
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from logging import CRITICAL, DEBUG, ERROR, INFO, WARNING
from queue import Full, Queue
from threading import Thread
from typing import Any, Protocol, TextIO, cast

import structlog

LEVELS = {"debug": DEBUG, "info": INFO, "warning": WARNING, "error": ERROR}
OFF = CRITICAL  # nothing is told at it
MOST = 10_000  # lines that wait to be written; more are dropped, and counted
LAST_SECONDS = 1.0  # what is still to be written when the process ends
KEYS = {
    *("event", "level", "timestamp", "kind", "name", "state", "outcome", "code"),
    *("answered", "refused", "count", "seconds", "position", "lag", "lost", "port"),
    *("command", "exit", "problem", "error", "where", "task", "worker"),
}
"""What a line may tell; nothing else is written, so no name of a person ever is."""
PLAIN = re.compile(r"[\x20-\x7e]{0,120}")
HIDDEN = "***"


class Log(Protocol):
    """Takes a line: what happened, and with which figures."""

    def debug(self, event: str, **about: object) -> None:
        """What only a developer wants to know."""

    def info(self, event: str, **about: object) -> None:
        """That something went on as it should."""

    def warning(self, event: str, **about: object) -> None:
        """That something waits or is tried again."""

    def error(self, event: str, **about: object) -> None:
        """That something ended."""


class RunningLog:
    """The log of one process; `lines` takes what is told."""

    def __init__(self, level: str, form: str, stream: TextIO | None = None) -> None:
        """Lines from `level` on, as "json" or "text", or "auto": text on a terminal."""
        stream = stream or sys.stderr
        self._writer = _Writer(stream)
        as_text = form == "text" or (form == "auto" and stream.isatty())
        render: Any = (
            structlog.dev.ConsoleRenderer(colors=False)
            if as_text
            else structlog.processors.JSONRenderer(ensure_ascii=True)
        )
        logger = structlog.wrap_logger(
            self._writer,
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                _without_persons,
                render,
            ],
            wrapper_class=structlog.make_filtering_bound_logger(LEVELS.get(level, OFF)),
        )
        self.lines = cast("Log", logger)

    @property
    def lost(self) -> int:
        """How many lines could not be written."""
        return self._writer.lost

    def close(self) -> None:
        """Write what still waits, for a moment at most."""
        self._writer.close()


def about_error(error: BaseException) -> Mapping[str, object]:
    """What may be told of an error: its kind and its place in the program, not what it quotes."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{_module(frame.filename)}:{frame.lineno}" for frame in frames]
    return {"error": type(error).__name__, "where": places[-1] if places else ""}


def _module(path: str) -> str:
    """The file below its package, so that no folder of this machine is told."""
    return "/".join(path.replace(os.sep, "/").split("/")[-2:])


def _without_persons(
    _logger: object, _method: str, about: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Only what is known to be no name: known keys, and plain values under them."""
    return {key: _plain(value) for key, value in about.items() if key in KEYS}


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    return value if isinstance(value, str) and PLAIN.fullmatch(value) else HIDDEN


class _Writer:
    """Writes lines in a thread of its own, so that nobody waits for a full pipe or a full disk."""

    def __init__(self, stream: TextIO) -> None:
        self.lost = 0
        self._stream = stream
        self._descriptor = _own_descriptor(stream)
        self._waiting: Queue[str | None] = Queue(MOST)
        self._thread: Thread | None = None

    def msg(self, line: str) -> None:
        """Take a line; drop it where too many wait."""
        if self._thread is None:
            self._thread = Thread(target=self._write_all, name="running log", daemon=True)
            self._thread.start()
        try:
            self._waiting.put_nowait(line)
        except Full:
            self.lost += 1

    debug = info = warning = error = msg

    def close(self) -> None:
        if self._thread is None:
            return
        try:
            self._waiting.put_nowait(None)
        except Full:
            return
        self._thread.join(LAST_SECONDS)

    def _write_all(self) -> None:
        while (line := self._waiting.get()) is not None:
            try:
                self._write(f"{line}\n")
            except (OSError, ValueError):  # closed, full, gone: the work is worth more than this
                self.lost += 1

    def _write(self, line: str) -> None:
        if self._descriptor is None:
            self._stream.write(line)
            return
        left = line.encode()
        while left:
            left = left[os.write(self._descriptor, left) :]


def _own_descriptor(stream: TextIO) -> int | None:
    """Where the stream leads, without its buffer: a stuck one would hinder the end of a process."""
    try:
        return os.dup(stream.fileno())
    except (OSError, ValueError, AttributeError):
        return None
