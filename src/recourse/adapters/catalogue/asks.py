"""What may other systems ask of this one, and what does one such message look like?"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic.json_schema import JsonSchemaValue

from recourse.adapters.catalogue.dictionary import (
    NotInTheDictionary,
    Schema,
    dictionary,
    said,
    with_names,
)
from recourse.adapters.catalogue.schemas import DRAFT, Draft07, plain
from recourse.commands import PUBLIC, Command
from recourse.values.parties import Text

FOLDER = "inbox"
VERSION = 1
TYPE = "recourse.ask."


@cache
def _tables() -> Mapping[str, Any]:
    text = files("recourse.adapters.catalogue").joinpath("asks.toml").read_text("utf-8")
    return tomllib.loads(text)


def asks() -> dict[str, type[Command]]:
    """What may be asked from outside, by the name of the act."""
    return {act: PUBLIC[act] for act in _tables()["channel"]["acts"]}


def channel() -> tuple[str, Text, Text]:
    """On which topic, with which key, and what it is for."""
    told = _tables()["channel"]
    return told["address"], Text(**told["key"]), Text(**told["told"])


def envelope() -> dict[str, dict[str, str]]:
    """The headers that every message needs, and what each may be."""
    return {name: dict(rules) for name, rules in _tables()["envelope"].items()}


def type_of(act: str) -> str:
    """The `ce_type` of a message that asks for `act`."""
    return f"{TYPE}{act}.v{VERSION}"


@cache
def schema_of_ask(act: str) -> JsonSchemaValue:
    """The JSON Schema of what is said when `act` is asked for from outside.

    It is closed: a field that it does not name is a mistake of the sender, and is not passed over.
    """
    command = asks()[act]
    made = command.model_json_schema(mode="serialization", schema_generator=Draft07)
    left_out = _tables()["channel"]["left_out"]
    return {
        "$schema": DRAFT,
        "title": type_of(act),
        "description": said(command.TITLE),
        "type": "object",
        "properties": {
            name: {"description": _explained(name, field), **plain(field)}
            for name, field in made["properties"].items()
            if name not in left_out
        },
        "required": made.get("required", []),
        "additionalProperties": False,
    }


def _explained(name: str, schema: Schema) -> str:
    own = _tables()["fields"].get(name)
    text = Text(**own) if own else dictionary()["fields"].get(name)
    if text is None:
        raise NotInTheDictionary(f'asks.toml 没有解释 "{name}" / does not say what it means')
    return said(with_names(text, name, schema))
