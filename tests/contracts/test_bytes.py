"""Do the bytes of an event say the same today and in ten years?"""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from eventsourcing.persistence import Notification, StoredEvent
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field, PlainSerializer

from recourse import contracts
from recourse.aggregates.base import DomainEvent, Fact
from recourse.aggregates.supplier import Supplier
from recourse.contracts import EVENTS, UnknownTopic, decode, encode, leaf_bytes
from recourse.values.money import LIMIT_FEN

STATE = (
    '{"recorded_at":"2026-03-02T01:00:00Z","effective_on":"2026-03-02","actor":"采购甲",'
    '"command_id":"c1","caused_by":null,"edition":"zzbs:0123456789ab",'
    '"clauses":["Z-4.3.1a","ZA4"],"name":"甲供方","disposal":"takes_back"}'
)
STORED = StoredEvent("supplier:供方1", 1, "supplier.registered.v1", STATE.encode())
REGISTERED = Supplier.Registered(
    recorded_at=datetime(2026, 3, 2, 1, 0, tzinfo=UTC),
    effective_on=date(2026, 3, 2),
    actor="采购甲",
    command_id="c1",
    caused_by=None,
    edition="zzbs:0123456789ab",
    clauses=("Z-4.3.1a", "ZA4"),
    name="甲供方",
    disposal="takes_back",
)
LEAF = (
    rb'["recourse-leaf-v1","log-1",7,"supplier:\u4f9b\u65b91",1,"supplier.registered.v1",'
    rb'"2026-03-02T01:00:00Z","\u91c7\u8d2d\u7532","c1",'
    b'"3c0b4081a92c4e1639a062f915919ba750bdfa8519655ab573ef16979411fe38"]'
)
STATE_HASH = 9


# The state


def test_an_event_is_stored_as_these_bytes():
    assert encode(Fact("supplier:供方1", 1, REGISTERED)) == STORED


def test_these_bytes_are_read_as_the_event():
    assert decode(STORED) == Fact("supplier:供方1", 1, REGISTERED)


def test_an_event_read_from_the_log_knows_its_position():
    assert decode(Notification(**vars(STORED), id=7)).position == 7


@pytest.mark.parametrize(
    "topic", ["supplier.registered.v2", "supplier.registered", "recourse.aggregates.base:Fact", ""]
)
def test_an_event_of_an_unknown_topic_is_never_guessed(topic):
    with pytest.raises(UnknownTopic, match="supplier:供方1@1"):
        decode(replace(STORED, topic=topic))


class Forgetful(DomainEvent):
    TOPIC = "supplier.forgotten"

    name: str = Field(default="", exclude=True)


class Rounding(DomainEvent):
    TOPIC = "supplier.rounded"

    share: Annotated[Decimal, PlainSerializer(lambda share: f"{share:.2f}")]


@pytest.mark.parametrize(
    ("event", "fields"),
    [(Forgetful, {"name": "甲供方"}), (Rounding, {"share": Decimal("0.333")})],
)
def test_an_event_that_would_come_back_different_is_not_stored(event, fields):
    own = REGISTERED.model_dump(exclude={"name", "disposal"})
    happened = event(**own, **fields)

    with pytest.raises(AssertionError, match="supplier:S1@1 does not survive storage"):
        encode(Fact("supplier:S1", 1, happened))


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Any value that a field annotated as `kind` can have."""
    if kind in PLAIN:
        return PLAIN[kind]
    parts = get_args(kind)
    made = {
        Annotated: lambda: constrained(*parts),
        Union: lambda: st.one_of([values(part) for part in parts]),
        UnionType: lambda: st.one_of([values(part) for part in parts]),
        Literal: lambda: st.sampled_from(parts),
        tuple: lambda: st.lists(values(parts[0]), max_size=3).map(tuple),
        dict: lambda: st.dictionaries(values(parts[0]), values(parts[1]), max_size=3),
        None: lambda: instances(kind),
    }
    return made[get_origin(kind)]()


PLAIN = {
    str: st.text(max_size=20),
    int: st.integers(-(2**63), 2**63 - 1),
    bool: st.booleans(),
    type(None): st.none(),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(UTC)),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
}


def constrained(kind: type, *rules: Any) -> st.SearchStrategy[Any]:
    """Amounts in fen are the one kind of value with bounds."""
    assert kind is int and len(rules) == 1, f"teach this test to make {kind} within {rules}"
    return st.integers(-LIMIT_FEN, LIMIT_FEN)


def instances(model: type[BaseModel]) -> st.SearchStrategy[Any]:
    """Any `model` with any values."""
    kinds = get_type_hints(model, include_extras=True)
    return st.builds(model, **{name: values(kinds[name]) for name in model.model_fields})


def recorded(kind: type[DomainEvent]) -> set[type[DomainEvent]]:
    """Every event of ours that is a `kind` and has a topic."""
    own = {each for each in kind.__subclasses__() if each.__module__.startswith("recourse.")}
    return {each for each in own if hasattr(each, "TOPIC")}.union(*map(recorded, own))


def test_every_event_that_can_be_recorded_can_be_read():
    assert set(EVENTS.values()) == recorded(DomainEvent)


@pytest.mark.parametrize("topic", EVENTS)
@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_every_event_survives_storage(topic, data):
    fact = Fact("claim:索赔1", 3, data.draw(instances(EVENTS[topic])))

    stored = encode(fact)

    assert (stored.topic, decode(stored)) == (topic, fact)


# The leaf


def test_the_bytes_that_a_seal_hashes_are_fixed():
    assert leaf_bytes("log-1", 7, STORED) == LEAF


def changed(**said):
    """The event with something else said in its state."""
    return replace(STORED, state=json.dumps(json.loads(STATE) | said).encode())


@pytest.mark.parametrize(
    ("log_id", "position", "stored", "expected"),
    [
        ("log-2", 7, STORED, {1}),
        ("log-1", 8, STORED, {2}),
        ("log-1", 7, replace(STORED, originator_id="supplier:供方2"), {3}),
        ("log-1", 7, replace(STORED, originator_version=2), {4}),
        ("log-1", 7, replace(STORED, topic="supplier.registered.v2"), {5}),
        ("log-1", 7, changed(recorded_at="2026-03-02T01:00:01Z"), {6, STATE_HASH}),
        ("log-1", 7, changed(actor="采购乙"), {7, STATE_HASH}),
        ("log-1", 7, changed(command_id="c2"), {8, STATE_HASH}),
        ("log-1", 7, changed(name="乙供方"), {STATE_HASH}),
        ("log-1", 7, replace(STORED, state=STORED.state + b" "), {STATE_HASH}),
    ],
)
def test_each_part_of_what_is_sealed_changes_its_own_place(log_id, position, stored, expected):
    sealed = json.loads(leaf_bytes("log-1", 7, STORED))

    leaf = json.loads(leaf_bytes(log_id, position, stored))

    assert {place for place in range(10) if leaf[place] != sealed[place]} == expected


def test_another_format_of_leaves_is_told_apart(monkeypatch):
    before = json.loads(leaf_bytes("log-1", 7, STORED))
    monkeypatch.setattr(contracts, "LEAF_FORMAT", "recourse-leaf-v2")

    assert json.loads(leaf_bytes("log-1", 7, STORED)) == ["recourse-leaf-v2", *before[1:]]
