"""Which keys may programs count on in what a command writes?"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

DOCUMENT, LIST = "", "[]"


@cache
def json_keys() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Command -> list in its document -> keys of each entry; "" and "[]" for the document."""
    text = files(__package__).joinpath("json_keys.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def shape_of(command: str) -> str:
    """What the command writes, such as `{month, statements: [{supplier}]}`; empty if not fixed."""
    keys = json_keys().get(command, {})
    if LIST in keys:
        return f"[{_shape(keys, LIST)}]"
    return _shape(keys, DOCUMENT) if keys else ""


def _shape(keys: Mapping[str, Sequence[str]], of: str) -> str:
    inner = [f"{key}: [{_shape(keys, key)}]" if key in keys else key for key in keys[of]]
    return f"{{{', '.join(inner)}}}"
