"""Which files of the contract were released, and so are never changed again?"""

import hashlib
from pathlib import Path

LIST = "frozen.sha256"
HEAD = """\
# 各版本已发布的契约文件，不得再改。核对：sha256sum --check frozen.sha256
# Contract files released with each version, never to change. `make freeze` appends to it.
"""


class NotAsReleased(Exception):
    """A released file is gone or says something else."""


class Unfinished(Exception):
    """The contract lacks a file, so that it cannot be released."""


def released(root: Path) -> dict[Path, str]:
    """The SHA-256 of every released file below `root`, as it was."""
    lines = _lines(root)
    pairs = (line.split("  ", 1) for line in lines if line and not line.startswith("#"))
    return {root / name: digest for digest, name in pairs}


def releases(root: Path) -> list[str]:
    """The versions of recourse that released files, in their order."""
    marks = (line.removeprefix("# recourse ") for line in _lines(root) if line.startswith("# rec"))
    return list(marks)


def must_be_as_released(root: Path) -> None:
    """Raise `NotAsReleased` for files that are gone or changed since their release."""
    for path, digest in released(root).items():
        if not path.is_file() or digest_of(path) != digest:
            raise NotAsReleased(
                f"{path}：已发布，不得更改或删除；请从版本库恢复 / "
                "was released and must not be changed or removed; restore it"
            )


def freeze(root: Path, version: str) -> list[Path]:
    """Append every schema and sample not yet released to the list, under `version`.

    Raises `NotAsReleased`, and `Unfinished` where a schema has no sample.
    """
    must_be_as_released(root)
    known = released(root)
    new = [path for path in contract_files(root) if path not in known]
    for path in new:
        twin = path.with_name(path.name.replace(".schema.", ".sample."))
        if not twin.is_file():
            raise Unfinished(f"{twin}：缺少样例，请编写 / the sample is missing; write it")
    lines = [] if version in releases(root) else [f"# recourse {version}"]
    lines += [f"{digest_of(path)}  {path.relative_to(root).as_posix()}" for path in new]
    text = "\n".join(_lines(root)) + "\n" if known else HEAD
    (root / LIST).write_text(text + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return new


def contract_files(root: Path) -> list[Path]:
    """Every schema and sample below `root`, whatever version it is of."""
    return sorted(path for kind in ("schema", "sample") for path in root.rglob(f"*.{kind}.json"))


def digest_of(path: Path) -> str:
    """The SHA-256 of its bytes, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _lines(root: Path) -> list[str]:
    path = root / LIST
    return path.read_text("utf-8").splitlines() if path.is_file() else []
