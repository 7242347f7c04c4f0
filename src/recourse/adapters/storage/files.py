"""Where are the files kept that events name by their content?"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from recourse.adapters.storage.file_types import MEDIA_TYPES, media_type_of
from recourse.adapters.storage.unusable import Unfit
from recourse.values.proof import SHA256

CHUNK = 1 << 20
LARGEST = 50 * CHUNK  # bytes; a video is none of the photos, reports and receipts
INCOMING = "incoming"
READ_ONLY = 0o444


class UnfitFile(Unfit):
    """A file that is no evidence: `code` tells why, `facts` with which values."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Which files are taken: at most so many bytes, of types that their first bytes tell."""

    max_bytes: int = LARGEST
    media_types: tuple[str, ...] = MEDIA_TYPES


class EvidenceFiles:
    """The folder beside a store: each file under the SHA-256 of its content, never changed."""

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        self.folder = folder
        self._limits = limits or Limits()

    @classmethod
    def beside(cls, store: Path, limits: Limits | None = None) -> "EvidenceFiles":
        """The files of the store in that file."""
        return cls(store.with_name(f"{store.name}.files"), limits)

    def add(self, file: Path) -> str:
        """Keep a copy of `file` and name its hash; the same content twice is kept once.

        The copy is complete on disk before it has its name, and is never replaced. Raises
        `UnfitFile` or OSError.
        """
        if file.is_symlink() or not file.is_file():
            raise UnfitFile("no-file")
        with file.open("rb") as content:
            return self.keep(content)

    def keep(self, content: BinaryIO) -> str:
        """The same for what `content` yields."""
        with self._adding() as incoming:
            sha256 = self._copied(content, incoming)
            self._must_be_taken(incoming)
            state = self.state_of(sha256)
            if state == "altered":
                raise UnfitFile("altered", place=self.path_of(sha256))
            if state == "missing":
                self._place(incoming, self.path_of(sha256))
        return sha256

    def path_of(self, sha256: str) -> Path:
        """Where the file of that hash is, or would be."""
        return self.folder / sha256[:2] / sha256

    def state_of(self, sha256: str) -> str:
        """Whether the file is "stored", "missing" or "altered"."""
        place = self.path_of(sha256)
        if place.is_symlink() or not place.is_file():
            return "missing"
        with place.open("rb") as content:
            found = hashlib.file_digest(content, "sha256").hexdigest()
        return "stored" if found == sha256 else "altered"

    def names(self) -> Iterator[str]:
        """The hash of every file that is kept."""
        for place in sorted(self.folder.glob("??/*")):
            if SHA256.fullmatch(place.name):
                yield place.name

    @contextmanager
    def _adding(self) -> Iterator[Path]:
        """The one place for a copy: one process at a time, whatever a killed one left is gone."""
        self.folder.mkdir(exist_ok=True)
        lock = os.open(self.folder, os.O_RDONLY)
        incoming = self.folder / INCOMING
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            incoming.unlink(missing_ok=True)
            try:
                yield incoming
            finally:
                incoming.unlink(missing_ok=True)
            os.fsync(lock)
        finally:
            os.close(lock)

    def _copied(self, content: BinaryIO, incoming: Path) -> str:
        """The hash of `content`, of which a copy is on disk."""
        digest, size = hashlib.sha256(), 0
        with incoming.open("xb") as copy:
            while chunk := content.read(CHUNK):
                size += len(chunk)
                if size > self._limits.max_bytes:
                    raise UnfitFile("too-large", most=f"{self._limits.max_bytes:,}")
                digest.update(chunk)
                copy.write(chunk)
            copy.flush()
            os.fsync(copy.fileno())
        if not size:
            raise UnfitFile("empty")
        return digest.hexdigest()

    def _must_be_taken(self, incoming: Path) -> None:
        found, taken = media_type_of(incoming), self._limits.media_types
        if found not in taken:
            raise UnfitFile("unknown-type", found=found or "-", known=", ".join(taken))

    def _place(self, incoming: Path, place: Path) -> None:
        place.parent.mkdir(exist_ok=True)
        incoming.chmod(READ_ONLY)
        incoming.rename(place)
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
