"""Which words does the command line use, in Chinese and in English?"""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, NamedTuple

from recourse.values.parties import Text


class Wording(NamedTuple):
    """A kind of problem: how the command ends, its stable title, and the three sentences."""

    status: int
    title: Text
    what: Text
    why: Text
    remedy: Text


def _wording(said: Mapping[str, Any]) -> Wording:
    title, what, why, remedy = (Text(**said[part]) for part in Wording._fields[1:])
    return Wording(said["status"], title, what, why, remedy)


_WRITTEN = tomllib.loads(files("recourse.adapters.cli").joinpath("words.toml").read_text("utf-8"))

SAYINGS = {code: Text(**said) for code, said in _WRITTEN["sayings"].items()}
PROBLEMS = {code: _wording(said) for code, said in _WRITTEN["problems"].items()}
"""Every problem that the command line itself can have, by its stable code."""

UNFIT = {code: Text(**said) for code, said in _WRITTEN["unfit"].items()}
"""Why a log or a backup cannot be used, by the code of what is wrong with it."""


def say(code: str, language: str, **facts: object) -> str:
    """The saying of that code in "zh" or "en", with the actual values."""
    return pick(SAYINGS[code], language).format(**facts)


def pick(text: Text, language: str) -> str:
    """`text` in "zh", or in English."""
    return text.zh if language == "zh" else text.en
