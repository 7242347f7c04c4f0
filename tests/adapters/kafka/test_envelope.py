"""Is a message what events/asyncapi.yaml says of it, and whose order does its key keep?"""

import json
from dataclasses import replace
from functools import cache
from urllib.parse import unquote, urlsplit

import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary
from cloudevents.core.formats.json import JSONFormat
from eventsourcing.persistence import Notification
from jsonschema import Draft7Validator

from recourse.adapters.catalogue.channels import channels, document
from recourse.adapters.catalogue.contract import folder_of
from recourse.adapters.kafka.envelope import Envelopes
from recourse.contracts import EVENTS, READINGS, UnknownTopic
from support.contract import EVENTS_FOLDER, read
from support.golden import GOLDEN, stored_in

LOG = "0b1f6a"
RELEASES = ("before-0.1.0", "0.1.0")


def envelopes(log, log_id=LOG, **more):
    first = {each.originator_id: each for each in log if each.originator_version == 1}
    return Envelopes(log_id, first.__getitem__, **more)


@cache
def log_of(release):
    return tuple(stored_in(GOLDEN / release))


@cache
def messages(release):
    log = log_of(release)
    told = envelopes(log)
    return [(each, message) for each in log if (message := told.message(each))]


def one_of_each():
    """The first message of every stored topic that any release recorded."""
    found = {each.topic: (each, told) for name in RELEASES for each, told in messages(name)}
    return [pytest.param(*pair, id=topic) for topic, pair in sorted(found.items())]


@pytest.mark.parametrize(("stored", "message"), one_of_each())
def test_a_message_is_what_its_published_schemas_say(stored, message):
    version = stored.topic.rpartition(".")[2]
    payload = read(folder_of(EVENTS_FOLDER, stored.topic) / f"{version}.schema.json")
    told = document(channels(EVENTS), dict.fromkeys(READINGS, ""))["components"]
    headers = {name: value.decode() for name, value in message.headers}

    Draft7Validator(payload).validate(json.loads(message.value))
    checked = Draft7Validator(
        told["schemas"]["cloud_event"], format_checker=Draft7Validator.FORMAT_CHECKER
    )
    checked.validate(headers)
    assert list(headers) == told["schemas"]["cloud_event"]["required"]
    kind = told["messages"][stored.topic]["headers"]["allOf"][1]["properties"]["ce_type"]["const"]
    assert headers["ce_type"] == kind


@pytest.mark.parametrize(("stored", "message"), one_of_each())
def test_the_official_sdk_of_cloudevents_reads_a_message(stored, message):
    kafka = KafkaMessage(dict(message.headers), message.key, message.value)

    event = from_binary(kafka, JSONFormat())

    kept = json.loads(stored.state)
    assert event.get_id() == f"{stored.originator_id}@{stored.originator_version}"
    assert event.get_source() == f"/recourse/logs/{LOG}"
    assert event.get_subject() == stored.originator_id
    assert event.get_time().isoformat() == kept["recorded_at"].replace("Z", "+00:00")
    assert event.get_extension("partitionkey") == message.key.decode()
    assert event.get_data() == kept


@pytest.mark.parametrize("release", RELEASES)
def test_the_value_is_the_event_byte_for_byte_in_the_version_in_which_it_was_recorded(release):
    for stored, message in messages(release):
        assert message.value == stored.state
        assert dict(message.headers)["ce_type"] == f"recourse.{stored.topic}".encode()


@pytest.mark.parametrize("release", RELEASES)
def test_what_leaves_is_what_has_a_channel_and_nothing_else(release):
    leaves = {topic for channel in channels(EVENTS) for topic in channel.events}
    told = {stored.id for stored, _ in messages(release)}

    due = {each.id for each in log_of(release) if each.topic.rpartition(".")[0] in leaves}

    assert told == due and len(told) < len(log_of(release))


def test_old_parts_go_with_their_claim_and_everything_of_a_supplier_with_it():
    said = {}
    for stored, message in messages("0.1.0"):
        told = json.loads(stored.state)
        kind = stored.originator_id.partition(":")[0]
        whose = told.get("claim" if message.topic == "recourse.claims" else "supplier")
        if stored.originator_version == 1 and whose and kind != "claim":
            said[stored.originator_id] = whose
    keys = {stored.originator_id: message.key.decode() for stored, message in messages("0.1.0")}

    assert {kind.partition(":")[0] for kind in said} == {"returned_part", "chargeback", "clearance"}
    assert {stream: keys[stream] for stream in said} == said
    named = {stream for stream in keys if stream not in said}
    assert {kind.partition(":")[0] for kind in named} == {"claim", "supplier", "settlement"}
    assert all(keys[stream] == stream.partition(":")[2] for stream in named)


def test_every_channel_knows_whose_each_of_its_events_is():
    first = {"returned_part": "received", "chargeback": "drafted", "clearance": "notified"}
    for channel in channels(EVENTS):
        for kind in {topic.partition(".")[0] for topic in channel.events} - set(channel.named_by):
            event = EVENTS[f"{kind}.{first[kind]}.v1"]

            assert channel.keyed_by in event.model_fields


def test_an_event_of_a_newer_version_is_neither_sent_nor_passed_over():
    (newer, *_) = (replace_topic(each) for each, _ in messages("0.1.0"))

    with pytest.raises(UnknownTopic, match=r"v99"):
        envelopes(log_of("0.1.0")).message(newer)


def replace_topic(stored: Notification) -> Notification:
    return replace(stored, topic=f"{stored.topic.rpartition('.')[0]}.v99")


def test_a_log_of_any_name_is_a_source_that_may_stand_in_a_reference():
    log = log_of("0.1.0")
    told = envelopes(log, "甲 厂/1?#")

    source = urlsplit(told.source)

    assert (source.query, source.fragment, source.path) == ("", "", told.source)
    assert unquote(source.path) == "/recourse/logs/甲 厂/1?#" and source.path.count("/") == 3


def test_a_prefix_stands_before_the_name_of_every_topic():
    told = envelopes(log_of("0.1.0"), prefix="plant1.")

    assert told.topics == ("plant1.recourse.claims", "plant1.recourse.suppliers")
    sent = {message.topic for each in log_of("0.1.0") if (message := told.message(each))}
    assert sent == set(told.topics)
