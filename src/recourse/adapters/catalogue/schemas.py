"""What does one event look like to a program that never saw our code?"""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from recourse.adapters.catalogue.dictionary import explained, meaning, said
from recourse.aggregates.base import DomainEvent
from recourse.projections.telling import sentences

DRAFT = "http://json-schema.org/draft-07/schema#"
DECIMAL = r"^-?[0-9]+(\.[0-9]+)?(E[+-]?[0-9]+)?$"


class Positional(Exception):
    """An event with a list whose places differ in kind: draft-07 has no word for it."""


class Draft07(GenerateJsonSchema):
    """JSON Schema within what draft-07, and so AsyncAPI, understands."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        """An exact decimal, which is a string so that no reader makes a float of it."""
        del schema
        return {"type": "string", "pattern": DECIMAL}

    def tuple_schema(self, schema: core_schema.TupleSchema) -> JsonSchemaValue:
        """A list of one kind."""
        made = super().tuple_schema(schema)
        if "prefixItems" in made:
            raise Positional(f"{made} / 事件中不得有按位置区分的列表")
        return made

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """A field with what it is where it is absent, also where that is an empty mapping."""
        made = super().default_schema(schema)
        factory = schema.get("default_factory")
        return made | {"default": factory()} if factory is dict else made


def schema_of(topic: str, event: type[DomainEvent]) -> JsonSchemaValue:
    """The JSON Schema of `event` as stored under `topic`, every field explained.

    It is open: a field that it does not name may come with a later revision, and is to be skipped.
    """
    made = event.model_json_schema(mode="serialization", schema_generator=Draft07)
    models = made.get("$defs", {})
    schema = {
        "$schema": DRAFT,
        "title": topic,
        "description": said(sentences()[event.TOPIC]),
        **_object(event.TOPIC, made),
    }
    if models:
        schema["$defs"] = {
            name: {"description": said(meaning(name, "")), **_object(name, model)}
            for name, model in models.items()
        }
    return schema


def _object(owner: str, made: JsonSchemaValue) -> JsonSchemaValue:
    properties = {
        name: {"description": explained(owner, name, field), **plain(field)}
        for name, field in made["properties"].items()
    }
    return {"type": "object", "properties": properties, "required": made.get("required", [])}


def plain(field: dict[str, Any]) -> JsonSchemaValue:
    """`field` without a title; draft-07 reads nothing beside a reference, so that is wrapped."""
    kept = {key: value for key, value in field.items() if key not in {"title", "description"}}
    reference = kept.pop("$ref", None)
    return {"allOf": [{"$ref": reference}], **kept} if reference else kept
