"""Into which file goes the schema of an event, when a released file is never written again?"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

FILE = re.compile(r"v(\d+)(?:\.(\d+))?\.(schema|sample)\.json")
WORDS = ("title", "description")
NAMED = ("properties", "$defs")


class ReleasedEventChanged(Exception):
    """A released event would say something else under the same version."""


def revisions(folder: Path, version: int, kind: str = "schema") -> list[Path]:
    """The files of one version in the order they came: v1.schema.json, v1.1.schema.json, ..."""
    numbered = {
        int(found[2] or 0): path
        for path in folder.glob(f"v{version}.*")
        if (found := FILE.fullmatch(path.name)) and (int(found[1]), found[3]) == (version, kind)
    }
    return [path for _, path in sorted(numbered.items())]


def place(
    folder: Path, version: int, schema: Mapping[str, Any], released: Collection[Path]
) -> Path | None:
    """Where `schema` is written; None where the last released file says the same.

    A version that was released gains optional fields by a further revision, which leaves the
    released file alone. Raises `ReleasedEventChanged` for any other change.
    """
    known = revisions(folder, version)
    kept = [path for path in known if path in released]
    for path in kept:
        if not only_adds(schema, json.loads(path.read_text("utf-8"))):
            raise ReleasedEventChanged(
                f"{path}：已发布的事件只能增加可选字段，其他改动须用新版本 / "
                "a released event gains optional fields only; any other change is a new version"
            )
    if kept and shape(schema) == shape(json.loads(kept[-1].read_text("utf-8"))):
        return None
    if known and known[-1] not in released:
        return known[-1]
    return folder / f"v{version}{f'.{len(known)}' if known else ''}.schema.json"


def shape(schema: object) -> object:
    """What `schema` asks for, without its words, which may be put better at any time."""
    if isinstance(schema, list):
        return [shape(each) for each in schema]
    if not isinstance(schema, Mapping):
        return schema
    return {
        key: {name: shape(each) for name, each in value.items()} if key in NAMED else shape(value)
        for key, value in schema.items()
        if key not in WORDS
    }


def only_adds(new: object, old: object) -> bool:
    """Whether whatever `old` promises holds of `new`, which may have more optional fields."""
    return not list(_broken(shape(new), shape(old), names=False))


def _broken(new: object, old: object, *, names: bool) -> Iterator[str]:
    """What of `old` is otherwise in `new`; `names` where they map names to schemas."""
    if not (isinstance(new, dict) and isinstance(old, dict)):
        if new != old:
            yield str(old)
        return
    added = set() if names else new.keys() - old.keys() - {"$defs"}
    yield from (*(old.keys() - new.keys()), *added)
    for key in old.keys() & new.keys():
        yield from _broken(new[key], old[key], names=key in NAMED and not names)
