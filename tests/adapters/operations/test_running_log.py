"""Is the running log one of steps, without a word about persons, and in nobody's way?"""

import json
import os
from contextlib import contextmanager
from io import StringIO
from time import monotonic

import pytest

from recourse.adapters.operations.running_log import HIDDEN, MOST, RunningLog, about_error


def lines(level, tell, form="json"):
    stream = StringIO()
    log = RunningLog(level, form, stream)
    tell(log.lines)
    log.close()
    return stream.getvalue().splitlines()


def every_level(log):
    log.debug("a")
    log.info("b")
    log.warning("c")
    log.error("d")


@contextmanager
def full_pipe():
    """A stream whose reader has stopped reading."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    try:
        while True:
            os.write(writer, b"x" * 4096)
    except BlockingIOError:
        os.set_blocking(writer, True)
    with os.fdopen(writer, "w") as stream:
        try:
            yield stream
        finally:
            os.close(reader)


def test_a_line_is_json_with_time_and_level():
    (line,) = lines("info", lambda log: log.info("step", kind="task", name="policies", count=3))

    told = json.loads(line)
    assert told.pop("timestamp").endswith("Z")
    assert told == {
        "event": "step",
        "level": "info",
        "kind": "task",
        "name": "policies",
        "count": 3,
    }


@pytest.mark.parametrize(
    ("level", "told"),
    [("debug", "abcd"), ("info", "bcd"), ("warning", "cd"), ("error", "d"), ("off", "")],
)
def test_what_is_below_the_level_is_not_told(level, told):
    assert "".join(json.loads(line)["event"] for line in lines(level, every_level)) == told


def test_a_person_at_a_terminal_reads_text():
    (line,) = lines("info", lambda log: log.info("step", name="policies"), form="text")

    assert "policies" in line
    assert not line.startswith("{")


@pytest.mark.parametrize(
    "about",
    [
        {"actor": "canary"},
        {"name": "王五 canary"},
        {"name": ["canary"]},
        {"where": "canary\nforged line"},
        {"canary": 1},
    ],
)
def test_what_may_be_a_person_is_not_written(about):
    (line,) = lines("info", lambda log: log.info("step", **about))

    assert "canary" not in line
    assert json.loads(line).get("name", HIDDEN) == HIDDEN


def test_an_error_is_told_by_kind_and_place_and_not_by_what_it_quotes():
    try:
        int("王五 canary")
    except ValueError as error:
        told = about_error(error)

    assert told["error"] == "ValueError"
    assert told["where"].startswith("operations/test_running_log.py:")
    assert "canary" not in str(told)


def test_a_log_that_nobody_reads_keeps_nobody_waiting():
    with full_pipe() as stream:
        log = RunningLog("info", "json", stream)
        began = monotonic()
        for _ in range(2 * MOST):
            log.lines.info("step")
        told = monotonic() - began
        log.close()
        closed = monotonic() - began - told

    assert log.lost > 0
    assert (told < 10, closed < 3) == (True, True)


def test_a_log_that_is_closed_is_no_error():
    stream = StringIO()
    stream.close()
    log = RunningLog("info", "json", stream)

    log.lines.info("step")
    log.close()

    assert log.lost == 1
