"""How is a store kept in a second place, and how does it come back from there unaltered?

A backup is a folder: the log as a file, the files of evidence, and a manifest that names every
file with its size and SHA-256, the number of events and the RFC 6962 root over them. It is taken
while people work, and stands under its name only when it is whole.
"""

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from recourse import __version__
from recourse.adapters.storage.addresses import PostgresAddress
from recourse.adapters.storage.copies.log_file import Summary, UnfitLog, check_log, write_log
from recourse.adapters.storage.copies.moments import moment_of
from recourse.adapters.storage.files import EvidenceFiles, Limits
from recourse.adapters.storage.unusable import Unfit
from recourse.application.verifying import proofs_in

FORMAT = "recourse backup 1"
LOG, FILES, MANIFEST = "log.jsonl", "files", "manifest.json"


class UnfitBackup(Unfit):
    """A folder that is not a whole backup: `code` tells why, `facts` with which values."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds."""

    made_at: str
    version: str
    log: Summary
    files: dict[str, dict[str, Any]]  # name -> {size, sha256}
    not_kept: list[str]  # files that an event names and that were missing or altered then

    def as_json(self) -> str:
        """As it stands in the folder."""
        told = {"format": FORMAT, **asdict(self)}
        return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def take_backup(
    address: Path | PostgresAddress, evidence: EvidenceFiles, folder: Path, at: datetime
) -> Manifest:
    """Back the store up into `folder`, which must not be there yet.

    Files of evidence are copied after the log, so that every file that the log names is there.
    Raises `UnfitBackup`, `UnfitLog` or OSError, and leaves nothing behind then.
    """
    if folder.exists():
        raise UnfitBackup("taken", folder=folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    half_made = Path(mkdtemp(prefix=f".{folder.name}.", suffix=".half-made", dir=folder.parent))
    try:
        manifest = _fill(half_made, address, evidence, at)
        half_made.rename(folder)
        _sync(folder.parent)
    except BaseException:
        shutil.rmtree(half_made, ignore_errors=True)
        raise
    return manifest


def _fill(
    folder: Path, address: Path | PostgresAddress, evidence: EvidenceFiles, at: datetime
) -> Manifest:
    with moment_of(address) as moment, (folder / LOG).open("wb") as out:
        summary = write_log(moment, out)
        named = {proof.sha256 for _, proof in proofs_in(moment.events())}
    whole = [each for each in evidence.names() if evidence.state_of(each) == "stored"]
    for sha256 in whole:
        copy = folder / FILES / sha256[:2] / sha256
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(evidence.path_of(sha256), copy)
    described = {str(path.relative_to(folder)): _described(path) for path in _all_files(folder)}
    lost = sorted(named.difference(whole))
    manifest = Manifest(at.isoformat(), __version__, summary, described, lost)
    (folder / MANIFEST).write_text(manifest.as_json(), "utf-8")
    for path in (*_all_files(folder), *(each for each in folder.rglob("*") if each.is_dir())):
        _sync(path)
    return manifest


def check_backup(folder: Path) -> Manifest:
    """What the backup holds; raises `UnfitBackup` for one that is not whole and unaltered."""
    manifest = _manifest_of(folder)
    found = {str(path.relative_to(folder)) for path in _all_files(folder)} - {MANIFEST}
    for name in sorted(found ^ set(manifest.files)):
        raise UnfitBackup("missing" if name in manifest.files else "not-named", name=name)
    for name, described in manifest.files.items():
        called = described.get("sha256") if name == LOG else Path(name).name
        found_now = _described(folder / name)
        if found_now != described or found_now["sha256"] != called:
            raise UnfitBackup("altered", name=name)
    try:
        found_log = check_log(folder / LOG)
    except UnfitLog as unfit:
        raise UnfitBackup("altered", name=LOG) from unfit
    if found_log != manifest.log:
        raise UnfitBackup("altered", name=MANIFEST)
    return manifest


def restore_files(folder: Path, into: Path) -> int:
    """Keep every file of evidence of a checked backup in the folder `into`; how many there are.

    What was taken once is taken back, whatever the settings allow now.
    """
    evidence = EvidenceFiles(into, Limits(max_bytes=sys.maxsize))
    kept = list(_all_files(folder / FILES))
    for path in kept:
        with path.open("rb") as content:
            evidence.keep(content)
    return len(kept)


def _manifest_of(folder: Path) -> Manifest:
    path = folder / MANIFEST
    if not path.is_file():
        raise UnfitBackup("no-backup", folder=folder)
    try:
        told = json.loads(path.read_text("utf-8"))
        if told.pop("format") != FORMAT:
            raise UnfitBackup("no-backup", folder=folder)
        return Manifest(**told | {"log": Summary(**told["log"])})
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnfitBackup("altered", name=MANIFEST) from error


def _all_files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() or path.is_symlink())


def _described(path: Path) -> dict[str, Any]:
    with path.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    return {"size": path.stat().st_size, "sha256": sha256}


def _sync(path: Path) -> None:
    """On disk before anything is said about it."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
