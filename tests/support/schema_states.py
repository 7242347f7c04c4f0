"""Which documents keep to one of our schemas, drawn at random?"""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from hypothesis import strategies as st

Schema = Mapping[str, Any]
STRINGS = {
    "date": st.dates().map(str),
    "date-time": st.datetimes(timezones=st.just(UTC)).map(
        lambda instant: instant.isoformat().replace("+00:00", "Z")
    ),
}
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False).map(str)


def states(schema: Schema, root: Schema | None = None) -> st.SearchStrategy[Any]:
    """Any document that `schema`, a part of `root`, allows; optional fields come or stay away."""
    root = root or schema
    if "$ref" in schema:
        return states(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    if "allOf" in schema:
        return states(schema["allOf"][0], root)
    if "anyOf" in schema:
        return st.one_of([states(each, root) for each in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    return KINDS[schema["type"]](schema, root)


def _object(schema: Schema, root: Schema) -> st.SearchStrategy[Any]:
    if "properties" not in schema:
        inner = states(schema["additionalProperties"], root)
        return st.dictionaries(st.text(max_size=8), inner, max_size=3)
    fields = {name: states(field, root) for name, field in schema["properties"].items()}
    needed = {name: field for name, field in fields.items() if name in schema["required"]}
    others = {name: field for name, field in fields.items() if name not in needed}
    return st.fixed_dictionaries(needed, optional=others)


KINDS = {
    "object": _object,
    "array": lambda schema, root: st.lists(states(schema["items"], root), max_size=3),
    "string": lambda schema, _: (
        DECIMALS if "pattern" in schema else STRINGS.get(schema.get("format"), st.text(max_size=20))
    ),
    "integer": lambda schema, _: st.integers(
        schema.get("minimum", -(2**63)), schema.get("maximum", 2**63 - 1)
    ),
    "boolean": lambda *_: st.booleans(),
    "null": lambda *_: st.none(),
}
