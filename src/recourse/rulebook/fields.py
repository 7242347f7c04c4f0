"""Does what stands under a name in a file of the book have the right form?"""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from recourse.rulebook.mistakes import Place
from recourse.values.parties import identifier


def toml(written: str, here: Place) -> dict[str, Any] | None:
    """What a text in TOML says; None where it is none, which is noted."""
    try:
        return tomllib.loads(written)
    except RecursionError:
        here.note("too-deep")
    except ValueError as error:  # also a whole number with thousands of digits
        here.note("not-toml", reason=error)
    return None


def must_be_known(written: Mapping[str, Any], allowed: Sequence[str], here: Place) -> None:
    """Note every name that has no meaning here."""
    for name in written:
        if name not in allowed:
            here.at(name).note("unknown-key", written[name], close=close_to(name, allowed))


def table(written: object, here: Place) -> dict[str, Any] | None:
    """Names with values."""
    if isinstance(written, dict):
        return written
    here.note("missing" if written is None else "not-a-table", written)
    return None


def listed(written: object, here: Place) -> list[Any] | None:
    """A list; None where something else stands there, which is noted."""
    if isinstance(written, list):
        return written
    here.note("not-a-list", written)
    return None


def text(written: Mapping[str, Any], name: str, here: Place) -> str | None:
    """The text under `name`, which must be there."""
    found = written.get(name)
    if isinstance(found, str) and found.strip():
        return found
    here.at(name).note("not-text" if name in written else "missing", found)
    return None


def day(written: Mapping[str, Any], name: str, here: Place) -> date | None:
    """The day under `name`, which must be there."""
    found = written.get(name)
    if isinstance(found, date) and not isinstance(found, datetime):
        return found
    here.at(name).note("not-a-day" if name in written else "missing", found)
    return None


def must_be_a_name(written: str, here: Place) -> None:
    """Note a name with spaces, or one that is too long."""
    try:
        identifier(written)
    except ValueError:
        here.note("not-a-name", written)


def close_to(written: str, known: Sequence[str]) -> str:
    """Those of `known` that may be meant; all of them where none is close."""
    return ", ".join(get_close_matches(written, known) or known)
