"""Does the official parser accept what we publish, and does only that leave the house?"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from recourse.adapters.catalogue.asks import asks
from recourse.adapters.catalogue.channels import NotDecided, channels
from recourse.adapters.catalogue.yaml_text import yaml
from recourse.aggregates.base import DomainEvent
from recourse.contracts import EVENTS, READINGS
from support.contract import EVENTS_FOLDER

CHECK = Path(__file__).parent / "asyncapi"
DOCUMENT = EVENTS_FOLDER / "asyncapi.yaml"


def published():
    return {topic for channel in channels(EVENTS) for topic in channel.events}


@pytest.fixture(scope="module")
def parser():
    """A function that asks the official parser about a file."""
    if not (CHECK / "node_modules" / "ready").exists() or shutil.which("node") is None:
        reason = "the AsyncAPI parser is not installed: it needs node and npm, then `make test`"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)

    def parse(path):
        asked = ["node", str(CHECK / "check.mjs"), str(path)]
        return subprocess.run(asked, capture_output=True, text=True, check=False)

    return parse


def test_the_official_parser_accepts_the_document(parser):
    answer = parser(DOCUMENT)

    assert (answer.returncode, answer.stderr) == (0, "")


def test_the_official_parser_finds_every_message(parser):
    messages = [topic for topic in READINGS if topic.rpartition(".")[0] in published()]

    assert parser(DOCUMENT).stdout.strip() == str(len(messages) + len(asks()))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('action: "send"', 'action: "shout"'),
        ("./claim/divided/v1.schema.json", "./claim/divided/v9.schema.json"),
        ('asyncapi: "3.0.0"', 'asyncapi: "9.0.0"'),
        ("#/components/messages/claim.divided.v1", "#/components/messages/claim.doubled.v1"),
    ],
)
def test_the_official_parser_refuses_a_broken_document(parser, tmp_path, right, wrong):
    folder = shutil.copytree(EVENTS_FOLDER, tmp_path / "events")
    broken = folder / "asyncapi.yaml"
    broken.write_text(broken.read_text("utf-8").replace(right, wrong, 1), "utf-8")

    answer = parser(broken)

    assert answer.returncode == 1 and answer.stderr


def test_the_official_parser_refuses_a_schema_that_is_none(parser, tmp_path):
    folder = shutil.copytree(EVENTS_FOLDER, tmp_path / "events")
    schema = folder / "claim" / "divided" / "v1.schema.json"
    schema.write_text(schema.read_text("utf-8").replace('"type": "object"', '"type": "thing"', 1))

    assert parser(folder / "asyncapi.yaml").returncode == 1


@pytest.mark.parametrize(
    "topic", ["day.began", "referral.raised", "breakdown.sent", "account.paid"]
)
def test_what_is_the_houses_own_business_is_not_published(topic):
    assert topic not in published() and topic not in DOCUMENT.read_text("utf-8")


class Whispered(DomainEvent):
    TOPIC = "claim.whispered"


def test_an_event_of_which_nobody_decided_whether_it_leaves_is_refused():
    with pytest.raises(NotDecided, match=r"claim\.whispered"):
        channels(EVENTS | {"claim.whispered.v1": Whispered})


def test_a_decision_about_an_event_that_does_not_exist_is_refused():
    known = {topic: event for topic, event in EVENTS.items() if topic != "day.began.v1"}

    with pytest.raises(NotDecided, match=r"day\.began"):
        channels(known)


def test_the_lock_of_the_parser_says_what_to_expect_and_not_where_from():
    lock = (CHECK / "package-lock.json").read_text("utf-8")

    assert '"resolved"' not in lock
    assert lock.count('"integrity": "sha512-') == len(
        re.findall(r'^    "node_modules/', lock, re.MULTILINE)
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": "1"}, 'a: "1"\n'),
        ({"$ref": "#/x"}, '$ref: "#/x"\n'),
        ({"a b": True}, '"a b": true\n'),
        ({"a": {}, "b": []}, "a: {}\nb: []\n"),
        ({"a": {"b": ["c", {"d": 1, "e": 2}]}}, 'a:\n  b:\n    - "c"\n    - d: 1\n      e: 2\n'),
        ({"a": '说: "x"\n'}, 'a: "说: \\"x\\"\\n"\n'),
    ],
)  # fmt: skip
def test_yaml_says_the_document(value, text):
    assert yaml(value) == text
