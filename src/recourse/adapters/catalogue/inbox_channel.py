"""What does the AsyncAPI document say of the channel on which other systems ask?"""

from collections.abc import Mapping
from typing import Any

from recourse.adapters.catalogue import asks
from recourse.adapters.catalogue.channels import CONTENT, PAYLOAD, Channel, headers_of
from recourse.adapters.catalogue.dictionary import said

NAME = "inbox"
HEADERS = "asking_cloud_event"


def asked_on() -> Channel:
    """The channel on which others ask."""
    address, key, told = asks.channel()
    return Channel(NAME, address, key, "document", (), told, ())


def with_inbox(document: Mapping[str, Any], schemas: Mapping[str, str]) -> dict[str, Any]:
    """`document` and the channel of what may be asked; `schemas` says at which path each act's is.

    Who sends there knows the system as its own: it is the one that receives.
    """
    ours, components = asked_on(), document["components"]
    reference = "#/components/messages/ask."
    channel = {
        "address": ours.address,
        "description": said(ours.told),
        "messages": {f"ask.{act}": {"$ref": f"{reference}{act}"} for act in schemas},
    }
    receives = {
        "action": "receive",
        "channel": {"$ref": f"#/channels/{NAME}"},
        "summary": said(ours.told),
    }
    binding = {"kafka": {"key": {"type": "string", "description": said(ours.key)}}}
    messages = {f"ask.{act}": _message(act, schema) for act, schema in schemas.items()}
    return {
        **document,
        "channels": {**document["channels"], NAME: channel},
        "operations": {**document["operations"], f"receive_{NAME}": receives},
        "components": {
            "schemas": {**components["schemas"], HEADERS: headers_of(asks.envelope())},
            "messageBindings": {**components["messageBindings"], NAME: binding},
            "messages": {**components["messages"], **messages},
        },
    }


def _message(act: str, schema: str) -> dict[str, Any]:
    kind = {"type": "object", "properties": {"ce_type": {"const": asks.type_of(act)}}}
    return {
        "name": asks.type_of(act),
        "title": act,
        "summary": said(asks.asks()[act].TITLE),
        "contentType": CONTENT,
        "headers": {"allOf": [{"$ref": f"#/components/schemas/{HEADERS}"}, kind]},
        "payload": {"schemaFormat": PAYLOAD, "schema": {"$ref": f"./{schema}"}},
        "bindings": {"$ref": f"#/components/messageBindings/{NAME}"},
    }
