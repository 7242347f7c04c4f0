"""Which events leave the house, on which channel, in which envelope?"""

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from recourse import __version__
from recourse.adapters.catalogue.dictionary import said
from recourse.aggregates.base import DomainEvent
from recourse.projections.telling import sentences
from recourse.values.parties import Text

CONTENT = "application/json"
PAYLOAD = "application/schema+json;version=draft-07"
ABOUT = Text(
    "recourse 的事件中离开本企业系统的部分：三包索赔、旧件、索赔单、月度结算。如何阅读见 README.md",
    "the events of recourse that leave it: claims, old parts, chargebacks, settled months; "
    "README.md says how to read them",
)


class NotDecided(Exception):
    """An event of which nobody said, once, whether it leaves the house."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A stream of messages to others; order holds among those with the same key.

    The key is the name of a history of a kind in `named_by`, and of any other the field `keyed_by`
    of its first event.
    """

    name: str
    address: str
    key: Text
    keyed_by: str
    named_by: tuple[str, ...]
    told: Text
    events: tuple[str, ...]


def channels(events: Mapping[str, type[DomainEvent]]) -> list[Channel]:
    """Where each of `events` that leaves the house goes; raises `NotDecided`."""
    tables = _tables()
    placed = [*tables["kept"]["events"]]
    placed += [topic for table in tables["channels"].values() for topic in table["events"]]
    counted, known = Counter(placed), {event.TOPIC for event in events.values()}
    wrong = known.symmetric_difference(placed) | {name for name in placed if counted[name] > 1}
    if wrong:
        named = ", ".join(sorted(wrong))
        raise NotDecided(f"channels.toml 须恰好各列一次 / has to name exactly once: {named}")
    return [
        Channel(
            name=name,
            address=table["address"],
            key=Text(**table["key"]),
            keyed_by=table["keyed_by"],
            named_by=tuple(table["named_by"]),
            told=Text(**table["told"]),
            events=tuple(table["events"]),
        )
        for name, table in tables["channels"].items()
    ]


def _tables() -> dict[str, Any]:
    text = files("recourse.adapters.catalogue").joinpath("channels.toml").read_text("utf-8")
    return tomllib.loads(text)


def document(where: list[Channel], schemas: Mapping[str, str]) -> dict[str, Any]:
    """The AsyncAPI document of `where`; `schemas` says at which path each stored topic's is.

    Older versions are in it, for the messages of years ago are those versions.
    """
    told = {channel.name: _topics(channel, schemas) for channel in where}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "recourse",
            "version": __version__,
            "description": said(ABOUT),
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": CONTENT,
        "channels": {each.name: _channel(each, told[each.name]) for each in where},
        "operations": {
            f"send_{each.name}": {
                "action": "send",
                "channel": {"$ref": f"#/channels/{each.name}"},
                "summary": said(each.told),
            }
            for each in where
        },
        "components": {
            "schemas": {"cloud_event": headers_of(_tables()["envelope"])},
            "messageBindings": {each.name: _key(each) for each in where},
            "messages": {
                topic: _message(topic, schemas[topic], each.name)
                for each in where
                for topic in told[each.name]
            },
        },
    }


def _topics(channel: Channel, schemas: Mapping[str, str]) -> list[str]:
    return [
        topic for event in channel.events for topic in schemas if topic.rpartition(".")[0] == event
    ]


def _channel(channel: Channel, topics: list[str]) -> dict[str, Any]:
    return {
        "address": channel.address,
        "description": said(channel.told),
        "messages": {topic: {"$ref": f"#/components/messages/{topic}"} for topic in topics},
    }


def headers_of(envelope: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """The schema of the headers of a message, every one of which must be there."""
    headers = {name: dict(rules) for name, rules in envelope.items()}
    properties = {
        name: {
            "type": "string",
            "description": said(Text(rules.pop("zh"), rules.pop("en"))),
            **rules,
        }
        for name, rules in headers.items()
    }
    return {"type": "object", "properties": properties, "required": list(properties)}


def _key(channel: Channel) -> dict[str, Any]:
    return {"kafka": {"key": {"type": "string", "description": said(channel.key)}}}


def _message(topic: str, schema: str, channel: str) -> dict[str, Any]:
    kind = {"type": "object", "properties": {"ce_type": {"const": f"recourse.{topic}"}}}
    return {
        "name": f"recourse.{topic}",
        "title": topic,
        "summary": said(sentences()[topic.rpartition(".")[0]]),
        "contentType": CONTENT,
        "headers": {"allOf": [{"$ref": "#/components/schemas/cloud_event"}, kind]},
        "payload": {"schemaFormat": PAYLOAD, "schema": {"$ref": f"./{schema}"}},
        "bindings": {"$ref": f"#/components/messageBindings/{channel}"},
    }
