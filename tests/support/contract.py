"""Where is the published contract, and which files belong to which stored topic?"""

import json
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

EVENTS_FOLDER = Path(__file__).parents[2] / "events"


def files(kind: str, root: Path = EVENTS_FOLDER) -> list[Path]:
    """Every "schema" or every "sample" of an event below `root`; what is asked has its own."""
    found = sorted(root.rglob(f"*.{kind}.json"))
    return [path for path in found if path.relative_to(root).parts[0] != "inbox"]


def topic_of(path: Path) -> str:
    """The stored topic that a schema or sample is of: claim/received/v1.1.sample.json -> .v1."""
    version = path.name.split(".")[0]
    return ".".join((*path.parts[-3:-1], version))


def twin(path: Path) -> Path:
    """The sample of a schema, or the schema of a sample."""
    ours, theirs = ("schema", "sample") if ".schema." in path.name else ("sample", "schema")
    return path.with_name(path.name.replace(f".{ours}.", f".{theirs}."))


def read(path: Path) -> Any:
    """The document in `path`."""
    return json.loads(path.read_text(encoding="utf-8"))


def gaps(topics: Iterable[str], root: Path = EVENTS_FOLDER) -> list[str]:
    """Those of `topics` of which the first schema or sample is missing below `root`."""
    return [
        f"{topic}: {kind}"
        for topic in topics
        for kind in ("schema", "sample")
        if not (root / "/".join(topic.split("."))).with_suffix(f".{kind}.json").is_file()
    ]


def strays(topics: Collection[str], root: Path = EVENTS_FOLDER) -> list[str]:
    """What lies below `root` and belongs to no stored topic, or has no twin."""
    known = {"README.md", "asyncapi.yaml", "frozen.sha256"}
    found = [path for path in sorted(root.rglob("*")) if path.is_file()]
    return [
        path.relative_to(root).as_posix()
        for path in found
        if path.relative_to(root).as_posix() not in known
        and not (
            path.name.endswith((".schema.json", ".sample.json"))
            and topic_of(path) in topics
            and twin(path).is_file()
        )
    ]
