"""Is every version of an event that was ever recorded still read, and read as what it meant?"""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from eventsourcing.persistence import StoredEvent
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from recourse import contracts
from recourse.aggregates.base import DomainEvent, Fact
from recourse.contracts import (
    EVENTS,
    READINGS,
    MissingUpcaster,
    Reading,
    UnknownTopic,
    decode,
    encode,
    readings,
)
from recourse.values.money import LIMIT_FEN, Fen
from support.contract import EVENTS_FOLDER, read
from support.schema_states import states


class Weighed(DomainEvent):
    """v1 knew yuan and a supplier; v2 fen and a bearer; v3 any bearer, and which scale it was."""

    TOPIC = "example.weighed"
    class_version = 3

    amount: Fen
    bearer: str
    shares: tuple[Decimal, ...]
    scale: str | None

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        """Until v2 amounts were whole yuan, and who bore them was called the supplier."""
        state["amount"] = state.pop("yuan") * 100
        state["bearer"] = state.pop("supplier")

    @staticmethod
    def upcast_v2_v3(state: dict[str, Any]) -> None:
        """Until v3 only suppliers bore anything, and nobody wrote down the scale."""
        state["bearer"] = f"supplier:{state['bearer']}"
        state["scale"] = None


ABOUT = {
    "recorded_at": "2026-03-02T01:00:00Z",
    "effective_on": "2026-03-02",
    "actor": "q-017",
    "command_id": "c1",
    "caused_by": None,
    "edition": "zzbs:0123456789ab",
    "clauses": ["Z-4.4.2"],
}
OWN = {"yuan": 17, "supplier": "S1", "shares": ["0.30", "0.70"]}
STATES = st.fixed_dictionaries(
    {
        "yuan": st.integers(-LIMIT_FEN // 100, LIMIT_FEN // 100),
        "supplier": st.text(),
        "shares": st.lists(st.decimals(allow_nan=False, allow_infinity=False).map(str)),
    }
)
WEIGHED = readings([Weighed])


def as_v1(own: dict[str, Any]) -> bytes:
    return json.dumps(ABOUT | own).encode()


def directly(own: dict[str, Any]) -> Weighed:
    """What `own`, a state of version 1, means today: told in one step, without the chain."""
    return Weighed(
        recorded_at=datetime(2026, 3, 2, 1, tzinfo=UTC),
        effective_on=date(2026, 3, 2),
        actor="q-017",
        command_id="c1",
        caused_by=None,
        edition="zzbs:0123456789ab",
        clauses=("Z-4.4.2",),
        amount=own["yuan"] * 100,
        bearer=f"supplier:{own['supplier']}",
        shares=tuple(map(Decimal, own["shares"])),
        scale=None,
    )


@given(own=STATES)
def test_the_whole_chain_says_what_the_direct_way_says(own):
    assert WEIGHED["example.weighed.v1"].read(as_v1(own)) == directly(own)


@given(own=STATES)
def test_the_same_old_state_is_read_the_same_each_time(own):
    state = as_v1(own)
    reading = WEIGHED["example.weighed.v1"]

    assert reading.read(state).model_dump_json() == reading.read(state).model_dump_json()


@given(own=STATES)
def test_a_version_half_way_takes_the_rest_of_the_chain(own):
    half = ABOUT | own
    Weighed.upcast_v1_v2(half)

    read = WEIGHED["example.weighed.v2"].read(json.dumps(half).encode())

    assert read == directly(own)


@given(own=STATES)
def test_an_upcast_event_written_anew_is_read_without_any_step(own):
    event = directly(own)

    stored = encode(Fact("example:1", 1, event))

    assert stored.topic == "example.weighed.v3"
    assert WEIGHED[stored.topic].read(stored.state) == event


def test_the_version_of_today_takes_no_step():
    assert WEIGHED["example.weighed.v3"] == Reading(Weighed, ())


def test_the_log_gives_an_old_event_as_the_event_of_today(monkeypatch):
    monkeypatch.setattr(contracts, "READINGS", READINGS | WEIGHED)
    stored = StoredEvent("example:1", 4, "example.weighed.v1", as_v1(OWN))

    assert decode(stored) == Fact("example:1", 4, directly(OWN))


def test_a_version_yet_to_come_is_never_guessed(monkeypatch):
    monkeypatch.setattr(contracts, "READINGS", READINGS | WEIGHED)
    stored = StoredEvent("example:1", 4, "example.weighed.v1", as_v1(OWN))

    with pytest.raises(UnknownTopic, match=r"example\.weighed\.v4"):
        decode(replace(stored, topic="example.weighed.v4"))


def test_an_old_state_that_was_tampered_with_is_refused():
    with pytest.raises(ValidationError):
        WEIGHED["example.weighed.v1"].read(as_v1(OWN | {"yuan": "17.5"}))


def versioned(version: int, *steps: str) -> type[DomainEvent]:
    """An event at `version` that has the upcasters named."""
    own = {step: staticmethod(lambda state: None) for step in steps}
    said = {"TOPIC": "example.grown", "class_version": version, "__module__": __name__}
    return type("Grown", (DomainEvent,), said | own)


@pytest.mark.parametrize(
    ("version", "steps", "named"),
    [
        (2, (), "upcast_v1_v2"),
        (3, ("upcast_v2_v3",), "upcast_v1_v2"),
        (4, ("upcast_v1_v2", "upcast_v3_v4"), "upcast_v2_v3"),
        (1, ("upcast_v1_v2",), "upcast_v1_v2"),
        (2, ("upcast_v1_v2", "upcast_v1_v3"), "upcast_v1_v3"),
    ],
)
def test_a_chain_with_a_gap_or_a_step_too_many_stops_the_import(version, steps, named):
    with pytest.raises(MissingUpcaster, match=f"example.grown .* {named}$"):
        readings([versioned(version, *steps)])


def test_an_event_that_never_changed_needs_no_upcaster():
    assert list(readings([versioned(1)])) == ["example.grown.v1"]


def test_every_event_written_today_is_read_by_its_own_class():
    assert {topic: READINGS[topic] for topic in EVENTS} == {
        topic: Reading(event) for topic, event in EVENTS.items()
    }


# The event that really changed

FOLDER = EVENTS_FOLDER / "supplier" / "rulebook_acknowledged"
OLD_ACKNOWLEDGEMENT = "supplier.rulebook_acknowledged.v1"


@settings(deadline=None)
@given(state=states(read(FOLDER / "v1.schema.json")))
def test_an_acknowledgement_of_old_names_its_clauses_and_no_text(state):
    event = READINGS[OLD_ACKNOWLEDGEMENT].read(json.dumps(state).encode())

    told = event.model_dump(mode="json", exclude={"content", "acknowledged", "recorded_at"})
    assert (event.content, event.acknowledged) == ("", dict.fromkeys(state["acknowledged"], ""))
    assert told == {name: state[name] for name in told}


def test_an_acknowledgement_of_old_is_an_event_of_today():
    stored = StoredEvent(
        "supplier:G031", 2, OLD_ACKNOWLEDGEMENT, (FOLDER / "v1.sample.json").read_bytes()
    )

    assert decode(stored).event.acknowledged == {"Z-4.6.1": "", "Z-4.6.3": ""}
