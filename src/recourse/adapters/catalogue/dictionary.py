"""What does each field of an event mean, in words?"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from recourse.values.money import LIMIT_FEN, WRITTEN
from recourse.values.parties import Text
from recourse.values.words import word

Schema = dict[str, "Schema | list[Schema] | str | int | None"]
FEN = Text("整数，以分为单位", "an integer, in fen: hundredths of the unit of the currency")

YUAN = Text('以元书写的字符串，如 "1730.00"', 'a string in yuan such as "1730.00"')


class NotInTheDictionary(Exception):
    """A field or model that the dictionary does not explain: nobody could read it in ten years."""


@cache
def dictionary() -> Mapping[str, Mapping[str, Text]]:
    """Owner -> field -> meaning; owner "fields" for what a field means anywhere else.

    An owner is an event's topic or a model; its field "" is the model itself.
    """
    text = files("recourse.adapters.catalogue").joinpath("dictionary.toml").read_text("utf-8")
    return {
        owner: {field: Text(told["zh"], told["en"]) for field, told in fields.items()}
        for owner, fields in tomllib.loads(text).items()
    }


def meaning(owner: str, field: str) -> Text:
    """What `field` means in `owner`; raises `NotInTheDictionary`."""
    own, common = dictionary().get(owner, {}), dictionary()["fields"]
    found = own.get(field) or common.get(field)
    if found is None:
        raise NotInTheDictionary(
            f'dictionary.toml 没有解释 {owner} 的 "{field}" / does not say what it means'
        )
    return found


def said(text: Text) -> str:
    """Both languages in one line, Chinese first."""
    return f"{text.zh} / {text.en}"


def explained(owner: str, field: str, schema: Schema) -> str:
    """What `field` means, in which unit it is, and what its values are called."""
    text = meaning(owner, field)
    if any(each.get("maximum") == LIMIT_FEN for each in _within(schema)):
        text = Text(f"{text.zh}；{FEN.zh}", f"{text.en}; {FEN.en}")
    return said(with_names(text, field, schema))


def with_names(text: Text, field: str, schema: Schema) -> Text:
    """`text` and what the values of `field` are called, or that it is an amount in yuan."""
    for each in _within(schema):
        if each.get("pattern") == WRITTEN["pattern"]:
            text = Text(f"{text.zh}；{YUAN.zh}", f"{text.en}; {YUAN.en}")
        if isinstance(names := each.get("enum"), list):
            words = [(name, word(name, of=field)) for name in names]
            zh = "、".join(f"{name} {told.zh}" for name, told in words)
            en = ", ".join(f"{name}: {told.en}" for name, told in words)
            text = Text(f"{text.zh}（{zh}）", f"{text.en} ({en})")
    return text


def _within(schema: object) -> list[Schema]:
    """`schema` and every schema inside it, down to the references."""
    if isinstance(schema, dict):
        return [schema, *(found for each in schema.values() for found in _within(each))]
    if isinstance(schema, list):
        return [found for each in schema for found in _within(each)]
    return []
