"""Which records does the text of a CSV file hold, however it is encoded and quoted?"""

import codecs
import csv
import re
from collections.abc import Iterator
from typing import NamedTuple

from recourse.adapters.intake.problems import unreadable
from recourse.values.parties import Text

_SEPARATORS = (",", ";", "\t")
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE_AGAIN = Text(
    "在 Excel 中另存为“CSV UTF-8”或 xlsx 后再导入。",
    'Save it again from Excel as "CSV UTF-8" or as xlsx.',
)


class Record(NamedTuple):
    """One row as a person counts it; `cells` is None where its quotes cannot be understood."""

    number: int
    cells: list[str] | None


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of `data` and the encoding it was found in: utf-8-sig, utf-8 or gb18030."""
    if data.startswith(_UTF_16):
        why = Text("文件编码为 UTF-16。", "It is encoded in UTF-16.")
        raise unreadable(name, why, _SAVE_AGAIN)
    marked = data.startswith(codecs.BOM_UTF8)  # then it says what it is: nothing else is tried
    encodings = ["utf-8-sig"] if marked else ["utf-8", "gb18030"]
    failed = []
    for encoding in encodings:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError as problem:
            mark = len(codecs.BOM_UTF8) if marked else 0
            failed.append((encoding, problem.start + mark + 1))
    raise unreadable(
        name,
        Text(
            "".join(f"按 {encoding} 读取时，第 {at} 个字节无法解码。" for encoding, at in failed),
            " ".join(f"As {encoding}, byte {at} cannot be decoded." for encoding, at in failed),
        ),
        _SAVE_AGAIN,
    )


class _Lines(Iterator[str]):
    """The physical lines of a text, which can be read again from any of them."""

    def __init__(self, text: str) -> None:
        self.lines: list[str] = _LINE.findall(text)
        self.position = 0

    def __next__(self) -> str:
        if self.position == len(self.lines):
            raise StopIteration
        self.position += 1
        return self.lines[self.position - 1]


def records(text: str) -> Iterator[Record]:
    """Every record of `text`, blank ones as well, numbered from 1 as a spreadsheet shows them.

    A quote that is never closed swallows the rows after it. So a record that runs over several
    lines and makes no sense, or has another number of cells than the first, gives up its first line
    only, and reading goes on with the second: no row disappears inside another.
    """
    lines = _Lines(text)
    separator = _separator(lines)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    number, width = 0, 0
    while (start := lines.position) < len(lines.lines):
        number += 1
        try:
            cells = next(reader)
        except csv.Error:
            cells = None
        if lines.position > start + 1 and (cells is None or len(cells) != (width or len(cells))):
            lines.position, cells = start + 1, None
        if cells is None:
            reader = csv.reader(lines, delimiter=separator, strict=True)
        elif any(cells):
            width = width or len(cells)
        yield Record(number, cells)


def _separator(lines: _Lines) -> str:
    """The separator that occurs most often in the first line with text, outside quotes."""
    first = next((line for line in lines.lines if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    return max(_SEPARATORS, key=outside.count)
