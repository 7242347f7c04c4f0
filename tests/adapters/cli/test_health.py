"""Does `recourse health` say whether the site is ready, once or for as long as it is let?"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

import recourse

ENVIRONMENT = {name: value for name, value in os.environ.items() if "RECOURSE" not in name}


@pytest.fixture
def server(month):
    """A process that serves health, and its port; ended in any case."""
    command = (sys.executable, "-m", "recourse", "health", "--serve", ":0")
    process = subprocess.Popen(
        command,
        cwd=month,
        env=ENVIRONMENT | {"PYTHONPATH": str(Path(recourse.__file__).parents[1])},
        stderr=subprocess.PIPE,
        text=True,
    )
    port = int(re.search(r"\d+", process.stderr.readline())[0])
    yield process, port
    process.kill()
    process.wait()
    process.stderr.close()


def test_a_site_that_is_ready_ends_with_0(month, run):
    ended = run("health", "--format", "json")

    assert (ended.code, ended.document["ready"], ended.document["reasons"]) == (0, True, [])


def test_a_site_that_is_not_says_why_and_ends_with_6(here, run):
    ended = run("health", "--format", "json", "--lang", "en")

    assert (ended.code, ended.document["ready"]) == (6, False)
    (reason,) = ended.document["reasons"]
    assert reason["check"] == "store"
    assert "recourse.db" in reason["detail"]


def test_a_server_answers_until_it_is_told_to_stop(server):
    process, port = server
    with urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=10) as answer:
        ready = json.load(answer)

    process.send_signal(signal.SIGTERM)

    assert ready == {"ready": True, "reasons": []}
    assert process.wait(10) == 0


def test_an_address_that_is_none_is_told(month, run):
    told = run("health", "--serve", "localhost", "--format", "json")

    assert told.code == 2
    assert "localhost" in told.document["why"]


def test_an_address_that_is_taken_is_told(month, run):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        told = run("health", "--serve", place, "--format", "json")

    assert (told.code, told.document["code"]) == (7, "cannot-listen")
    assert place in told.document["what"]
