"""Which photos and papers does the demo have, and of what are they made?"""

import hashlib
import struct
import zlib
from collections.abc import Iterator
from typing import get_args

from recourse.values.proof import ProofKind

SIDE = 16  # pixels of a photo, across and down


class Papers:
    """Every file that the stories name as evidence, by its hash; all invented."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}

    def paper(self, kind: ProofKind, about: str) -> str:
        """A file of that kind about something, as an act names it."""
        assert kind in get_args(ProofKind)
        content = _photo(about) if kind == "photo" else _page(kind, about)
        sha256 = hashlib.sha256(content).hexdigest()
        self.contents[sha256] = content
        return f"{kind}:{sha256}"


def _page(kind: str, about: str) -> bytes:
    return f"演示文件，内容虚构 / a paper of the demo, invented\n{kind}: {about}\n".encode()


def _photo(about: str) -> bytes:
    """A small grey picture in PNG that no other thing has."""
    digest = hashlib.sha256(about.encode()).digest()
    rows = b"".join(b"\x00" + bytes(_row(digest, row)) for row in range(SIDE))
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _row(digest: bytes, row: int) -> Iterator[int]:
    for column in range(SIDE):
        yield digest[(row // 4 * 4 + column // 4) % len(digest)]


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
