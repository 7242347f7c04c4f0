"""Where are the files kept that events name by their content?"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

CHUNK = 1 << 20
LARGEST = 50 * CHUNK  # bytes; a video is none of the photos, reports and receipts


class UnfitFile(Exception):
    """A file that is no evidence: `code` is "empty", "too-large" or "no-file"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class EvidenceFiles:
    """The folder beside a store: each file under the SHA-256 of its content, never changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def beside(cls, store: Path) -> "EvidenceFiles":
        """The files of the store in that file."""
        return cls(store.with_name(f"{store.name}.files"))

    def add(self, file: Path) -> str:
        """Keep a copy of `file` and name its hash; the same content twice is kept once.

        The copy is complete on disk before it has its name. Raises `UnfitFile` or OSError.
        """
        if not file.is_file():
            raise UnfitFile("no-file")
        size = file.stat().st_size
        if not 0 < size <= LARGEST:
            raise UnfitFile("too-large" if size else "empty")
        self.folder.mkdir(exist_ok=True)
        with NamedTemporaryFile(dir=self.folder, prefix=".", delete=False) as copy:
            try:
                sha256 = _copied(file, copy)
                copy.flush()
                os.fsync(copy.fileno())
                place = self.path_of(sha256)
                place.parent.mkdir(exist_ok=True)
                Path(copy.name).replace(place)
            except BaseException:
                Path(copy.name).unlink(missing_ok=True)
                raise
        return sha256

    def path_of(self, sha256: str) -> Path:
        """Where the file of that hash is, or would be."""
        return self.folder / sha256[:2] / sha256

    def state_of(self, sha256: str) -> str:
        """Whether the file is "stored", "missing" or "altered"."""
        place = self.path_of(sha256)
        if not place.is_file():
            return "missing"
        with place.open("rb") as content:
            found = hashlib.file_digest(content, "sha256").hexdigest()
        return "stored" if found == sha256 else "altered"

    def names(self) -> Iterator[str]:
        """The hash of every file that is kept."""
        if self.folder.is_dir():
            for place in sorted(self.folder.glob("??/*")):
                yield place.name


def _copied(file: Path, copy: IO[bytes]) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while chunk := content.read(CHUNK):
            digest.update(chunk)
            copy.write(chunk)
    return digest.hexdigest()
