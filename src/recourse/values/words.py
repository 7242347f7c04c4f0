"""How does a value such as "zero_km" or 173000 fen read in Chinese and in English?"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from recourse.values.parties import Text


@cache
def _vocabulary() -> Mapping[str, Text]:
    text = files("recourse.values").joinpath("words.toml").read_text(encoding="utf-8")
    return {word: Text(told["zh"], told["en"]) for word, told in tomllib.loads(text).items()}


def word(value: object, of: str = "") -> Text:
    """`value` as people say it; a name stays itself, a party's kind is put into words.

    `of` tells what it is a value of: "returned" is said otherwise of a dispute than of a part.
    """
    written = str(value)
    kind, _, name = written.partition(":")
    if name and kind in {"supplier", "department"}:
        return Text(f"{'供方' if kind == 'supplier' else '部门'} {name}", f"{kind} {name}")
    known = _vocabulary()
    return known.get(f"{of}.{written}") or known.get(written) or Text(written, written)


def joined(texts: list[Text]) -> Text:
    """`texts` one after the other; a dash for none."""
    if not texts:
        return Text("—", "—")
    return Text("、".join(text.zh for text in texts), ", ".join(text.en for text in texts))
