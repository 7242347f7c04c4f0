"""What are the columns of a table, and the states in it, called in Chinese and in English?"""

import tomllib
from collections.abc import Mapping
from importlib.resources import files

from recourse.adapters.cli.words import pick
from recourse.values.parties import Text
from recourse.values.words import word

_WORDS = tomllib.loads(files(__package__).joinpath("headings.toml").read_text(encoding="utf-8"))
HEADINGS: Mapping[str, str] = _WORDS["columns"]
STATES: Mapping[str, str] = _WORDS["states"]
TITLES = {name: Text(**told) for name, told in _WORDS["tables"].items()}


def heading(name: str, language: str) -> str:
    """What the column `name` is called; the name itself where nothing better is known."""
    return HEADINGS.get(name, name) if language == "zh" else name.replace("_", " ")


def state(value: str, language: str) -> str:
    """What the state `value` is called; other values stay as they are."""
    if value in STATES:
        return STATES[value] if language == "zh" else value
    return pick(word(value), language)


def key(name: str, language: str) -> str:
    """What the name of an entry is called: a column, a state, or a person's own label."""
    return HEADINGS.get(name) or state(name, language) if language == "zh" else name


def title(name: str, language: str) -> str:
    """What the table `name` is called."""
    return pick(TITLES[name] if name in TITLES else word(name), language)
