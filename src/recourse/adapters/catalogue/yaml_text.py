"""How is a document of mappings, lists and plain values written as YAML that people read?"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

PLAIN = re.compile(r"\$?[A-Za-z_][\w.-]*")


def yaml(document: Mapping[str, object]) -> str:
    """`document` in block style; what is not a mapping or a list is written as JSON, which is YAML.

    A mapping or list without anything in it is written as JSON, too.
    """
    return "".join(f"{line}\n" for line in _lines(document))


def _lines(value: object) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        for key, each in value.items():
            yield from _entry(f"{key if PLAIN.fullmatch(key) else json.dumps(key)}:", each)
    elif isinstance(value, Sequence) and value and not isinstance(value, str):
        for each in value:
            first, *rest = _lines(each)
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)
    else:
        yield json.dumps(value, ensure_ascii=False)


def _entry(key: str, value: object) -> Iterator[str]:
    lines = list(_lines(value))
    if isinstance(value, Mapping | list | tuple) and value:
        yield key
        yield from (f"  {line}" for line in lines)
    else:
        yield f"{key} {lines[0]}"
