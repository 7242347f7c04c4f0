"""What is a file, whatever its name says?"""

from codecs import getincrementaldecoder
from pathlib import Path

BEGINNING = 4096  # bytes
MARKS = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftyphei", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"PK\x03\x04", "application/zip"),  # office documents and electronic invoices too
)
TEXT = "text/plain"
MEDIA_TYPES = (*dict.fromkeys(media_type for _, _, media_type in MARKS), TEXT)
"""What can be told apart."""


def media_type_of(file: Path) -> str | None:
    """One of `MEDIA_TYPES` by the first bytes of `file`, or None for anything else."""
    with file.open("rb") as content:
        begins = content.read(BEGINNING)
    for at, mark, media_type in MARKS:
        if begins[at : at + len(mark)] == mark:
            return media_type
    return TEXT if _is_text(begins) else None


def _is_text(begins: bytes) -> bool:
    """Whether it is UTF-8 without control characters; the last character may be cut off."""
    decoder = getincrementaldecoder("utf-8-sig")()
    try:
        text = decoder.decode(begins, final=len(begins) < BEGINNING)
    except UnicodeDecodeError:
        return False
    return all(sign.isprintable() or sign in "\r\n\t\f" for sign in text)
