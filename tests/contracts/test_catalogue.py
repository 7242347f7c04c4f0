"""Does `events/` say of every event ever recorded what the code does, in a sample and a schema?"""

import json
import shutil

import jsonschema
import pytest
from eventsourcing.persistence import StoredEvent
from hypothesis import given, settings
from hypothesis import strategies as st

from recourse.adapters.catalogue.asks import asks
from recourse.adapters.catalogue.contract import generated
from recourse.adapters.catalogue.dictionary import dictionary
from recourse.adapters.catalogue.schemas import Positional, schema_of
from recourse.aggregates.base import DomainEvent
from recourse.contracts import EVENTS, READINGS, decode, encode
from recourse.values.money import LIMIT_FEN
from support.contract import EVENTS_FOLDER, files, gaps, read, strays, topic_of, twin
from support.schema_states import states

DATES = jsonschema.FormatChecker(["date"])


def named(path):
    return path.relative_to(EVENTS_FOLDER).as_posix()


each_sample = pytest.mark.parametrize("sample", files("sample"), ids=named)
each_schema = pytest.mark.parametrize("schema", files("schema"), ids=named)


def test_every_event_ever_recorded_has_a_schema_and_a_sample():
    assert gaps(READINGS) == []


def test_an_event_without_its_files_is_noticed():
    assert gaps(["claim.forgotten.v1"]) == [
        "claim.forgotten.v1: schema",
        "claim.forgotten.v1: sample",
    ]


def test_nothing_in_the_contract_is_stray():
    assert strays([*READINGS, *(f"inbox.{act}.v1" for act in asks())]) == []


@pytest.mark.parametrize(
    "name",
    ["claim/received/v9.sample.json", "claim/notes.txt", "claim/received/v1.7.schema.json"],
)
def test_a_stray_file_is_noticed(tmp_path, name):
    folder = shutil.copytree(EVENTS_FOLDER, tmp_path / "events")
    (folder / name).write_text("{}")

    assert name in strays(READINGS, folder)


@each_sample
def test_a_sample_is_read_as_an_event_of_its_topic(sample):
    topic = topic_of(sample)

    fact = decode(StoredEvent("example:1", 2, topic, sample.read_bytes()))

    assert topic.startswith(f"{fact.event.TOPIC}.v")


@each_sample
def test_a_sample_written_anew_is_the_same_document(sample):
    topic = topic_of(sample)
    if topic not in EVENTS:
        pytest.skip("an older version is not written any more")

    event = EVENTS[topic].model_validate_json(sample.read_bytes())

    told = event.model_dump_json(exclude_unset=True)
    assert told == json.dumps(read(sample), ensure_ascii=False, separators=(",", ":"))


@each_sample
def test_a_sample_shows_every_field_of_its_schema(sample):
    assert set(read(sample)) == set(read(twin(sample))["properties"])


@each_sample
def test_a_sample_is_set_to_be_read_by_people(sample):
    assert sample.read_text("utf-8") == (
        json.dumps(read(sample), ensure_ascii=False, indent=2) + "\n"
    )


@each_sample
def test_a_sample_keeps_to_its_schema(sample):
    judge = jsonschema.Draft7Validator(read(twin(sample)), format_checker=DATES)

    assert [error.message for error in judge.iter_errors(read(sample))] == []


def keeps_to_the_schema_of_today(fact):
    stored = encode(fact)
    return jsonschema.Draft7Validator(
        schema_of(stored.topic, type(fact.event)), format_checker=DATES
    ).is_valid(json.loads(stored.state))


@each_sample
def test_what_a_sample_is_today_keeps_to_the_schema_of_today(sample):
    fact = decode(StoredEvent("example:1", 2, topic_of(sample), sample.read_bytes()))

    assert keeps_to_the_schema_of_today(fact)


@each_schema
@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_whatever_keeps_to_a_schema_is_read_and_always_alike(schema, data):
    state = json.dumps(data.draw(states(read(schema)))).encode()
    stored = StoredEvent("example:1", 2, topic_of(schema), state)

    first, again = decode(stored), decode(stored)

    assert first == again and keeps_to_the_schema_of_today(first)


@pytest.mark.parametrize(
    "change",
    [
        {"repaired_on": "2026-02-30"},
        {"stage": "after_lunch"},
        {"costs": {"labour": 320.5}},
        {"costs": {"labour": LIMIT_FEN + 1}},
        {"measures": {"hours": 2.5}},
        {"measures": {"hours": "two"}},
        {"actor": None},
    ],
)
def test_a_document_that_breaks_its_schema_is_noticed(change):
    folder = EVENTS_FOLDER / "claim" / "received"
    judge = jsonschema.Draft7Validator(read(folder / "v1.schema.json"), format_checker=DATES)

    assert not judge.is_valid(read(folder / "v1.sample.json") | change)


@each_schema
def test_a_schema_is_draft_07(schema):
    jsonschema.Draft7Validator.check_schema(read(schema))

    assert "prefixItems" not in schema.read_text("utf-8")


def objects(schema):
    """The schema itself and the models within it: all that has fields."""
    return [schema, *schema.get("$defs", {}).values()]


@each_schema
def test_a_schema_explains_every_field_in_both_languages(schema):
    silent = [
        name
        for each in objects(read(schema))
        for name, field in each["properties"].items()
        if " / " not in field["description"]
    ]

    assert silent == []


def within(schema):
    if isinstance(schema, dict):
        yield schema
    for each in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(each, dict | list):
            yield from within(each)


@each_schema
def test_a_schema_says_of_every_amount_that_it_is_in_fen(schema):
    silent = [
        name
        for each in objects(read(schema))
        for name, field in each["properties"].items()
        if any(part.get("maximum") == LIMIT_FEN for part in within(field))
        and not ("以分为单位" in field["description"] and "in fen" in field["description"])
    ]

    assert silent == []


@each_schema
def test_a_schema_leaves_room_for_fields_to_come(schema):
    assert [
        part for part in within(read(schema)) if part.get("additionalProperties") is False
    ] == []


def test_the_generated_files_are_what_the_code_says():
    stale = [
        named(path)
        for path, text in generated(EVENTS_FOLDER).items()
        if not path.is_file() or path.read_bytes() != text.encode()
    ]

    assert stale == [], "run `make contracts` and look at what it changed"


def test_a_list_whose_places_differ_in_kind_is_refused():
    class Paired(DomainEvent):
        TOPIC = "claim.assigned"

        pair: tuple[str, int]

    with pytest.raises(Positional):
        schema_of("claim.assigned.v1", Paired)


def test_the_dictionary_explains_nothing_that_no_event_has():
    used = {"fields": set()}
    for topic, event in EVENTS.items():
        schema = schema_of(topic, event)
        owners = {event.TOPIC: schema} | schema.get("$defs", {})
        for owner, each in owners.items():
            own = dictionary().get(owner, {})
            used.setdefault(owner, {""} if each is not schema else set()).update(each["properties"])
            used["fields"] |= each["properties"].keys() - own.keys()

    idle = [
        f"{owner}.{field}"
        for owner, fields in dictionary().items()
        for field in fields
        if field not in used.get(owner, ())
    ]
    assert idle == []
