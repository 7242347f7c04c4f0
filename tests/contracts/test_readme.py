"""Does the consumer's example in `events/README.md` do what it says?"""

import re

import pytest

from support.contract import EVENTS_FOLDER

README = (EVENTS_FOLDER / "README.md").read_text(encoding="utf-8")
EXAMPLE = re.search(r"```python\n(.*?)```", README, re.DOTALL)[1]
DIVIDED = {
    "ce_source": "/recourse/logs/log-1",
    "ce_id": "claim:2026-000123@7",
    "ce_type": "recourse.claim.divided.v1",
    "ce_subject": "claim:2026-000123",
}
VALUE = (EVENTS_FOLDER / "claim" / "divided" / "v1.sample.json").read_bytes()
BORNE = {"2026-000123": {"supplier:G031": 123200, "department:装配车间": 52800}}


@pytest.fixture
def consumer():
    """What the example defines."""
    defined = {}
    exec(EXAMPLE, defined)
    return defined


def test_the_example_reads_the_sample(consumer):
    consumer["take"](DIVIDED, VALUE)

    assert consumer["borne"] == BORNE


def test_the_example_skips_what_comes_again(consumer):
    consumer["take"](DIVIDED, VALUE)
    consumer["take"](DIVIDED, b"would not even be read")

    assert consumer["borne"] == BORNE


def test_the_example_skips_a_topic_that_it_does_not_know(consumer):
    consumer["take"](DIVIDED | {"ce_type": "recourse.claim.received.v1"}, VALUE)

    assert consumer["borne"] == {}


def test_the_example_never_guesses_at_a_version_that_it_does_not_know(consumer):
    with pytest.raises(AssertionError, match="unknown version: 2"):
        consumer["take"](DIVIDED | {"ce_type": "recourse.claim.divided.v2"}, VALUE)

    assert not consumer["borne"] and not consumer["seen"]


def test_the_example_is_short_and_needs_nothing_else():
    assert len([line for line in EXAMPLE.splitlines() if line.strip()]) <= 15
    assert re.findall(r"^(?:import|from) (\S+)", EXAMPLE, re.MULTILINE) == ["json"]
