"""Which rows does a CSV or Excel file hold, and can every one of them be told apart?"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from recourse.adapters.intake import workbook
from recourse.adapters.intake.csv_text import Record, decode, records
from recourse.adapters.intake.problems import CellProblem, FileProblem, Rejection, unreadable
from recourse.values.parties import Text

BYTES_MAX = 200 * 1024**2
ROWS_MAX = 1_000_000

_FOREIGN = {
    b"%PDF": ("PDF 文件", "a PDF document"),
    b"<": ("网页或 XML 文件", "a web page or XML"),
    b"{\\rtf": ("RTF 文档", "an RTF document"),
}
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ufffd]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; with a `problem` its cells cannot be told apart and it has none."""

    number: int
    cells: Mapping[str, str]
    problem: Rejection | None = None


@dataclass(frozen=True)
class Table:
    """The header of a file and its rows, which are read anew at every iteration of `rows`.

    `encoding` is that of the text, or "workbook"; `sha256` is that of the bytes; `count` is the
    number of rows.
    """

    header: tuple[str, ...]
    sha256: str
    encoding: str
    count: int
    _start: int = field(repr=False)
    _width: int = field(repr=False)
    _records: Callable[[], Iterator[Record]] = field(repr=False)

    @property
    def rows(self) -> Iterator[Row]:
        """Every row below the header that is not blank, in the order of the file."""
        for record in self._records():
            if record.number > self._start and not _blank(record):
                yield _row(record, self.header, self._width)


def read_table(path: Path, *, sheet: str | None = None) -> Table:
    """The table in the file at `path`; raises `FileProblem` where it cannot be read as a whole.

    A workbook gives the sheet called `sheet`, or the first visible one; a CSV file has none.
    """
    data = _bytes_of(path)
    sha256 = hashlib.sha256(data).hexdigest()
    if data.startswith((workbook.ZIP, workbook.OLE)):
        opened = workbook.open_sheet(data, path.name, sheet)
        return _table(path.name, sha256, "workbook", partial(workbook.sheet_records, opened))
    _check_text(data, path.name)
    text, encoding = decode(data, path.name)
    return _table(path.name, sha256, encoding, partial(records, text))


def _bytes_of(path: Path) -> bytes:
    if path.is_dir():
        raise unreadable(
            path.name,
            Text("这是文件夹。", "It is a folder."),
            Text("请指定其中的一个文件。", "Name one of the files in it."),
        )
    try:
        size = path.stat().st_size
        if size > BYTES_MAX:
            raise _too_many(path.name, f"{size} 字节", f"{size} bytes", BYTES_MAX)
        return path.read_bytes()
    except OSError as problem:
        detail = problem.strerror or type(problem).__name__
        raise unreadable(
            path.name,
            Text(
                f"文件不存在或无权读取({detail})。",
                f"It does not exist or may not be read ({detail}).",
            ),
            Text("核对路径和权限。", "Check the path and the permissions."),
        ) from problem


def _check_text(data: bytes, name: str) -> None:
    for mark, (chinese, english) in _FOREIGN.items():
        if data.lstrip().startswith(mark):
            raise unreadable(
                name,
                Text(f"内容是{chinese}，不是表格。", f"It is {english}, not a table."),
                Text("请导出为 CSV 或 xlsx。", "Export it as CSV or xlsx."),
            )


def _table(name: str, sha256: str, encoding: str, read: Callable[[], Iterator[Record]]) -> Table:
    filled = (record for record in read() if not _blank(record))
    first = next(filled, None)
    if first is None:
        raise _nothing(name, Text("文件是空的。", "It is empty."))
    header = _header(first, name)
    count = sum(1 for _ in filled)
    if count == 0:
        raise _nothing(name, Text("只有表头，没有数据行。", "It has a header and no rows."))
    if count > ROWS_MAX:
        raise _too_many(name, f"{count} 行", f"{count} rows", ROWS_MAX)
    return Table(header, sha256, encoding, count, first.number, len(first.cells or ()), read)


def _header(first: Record, name: str) -> tuple[str, ...]:
    names = [" ".join(cell.split()) for cell in first.cells or ()]
    while names and not names[-1]:
        names.pop()
    wrong = [column for column in names if not column or _CONTROL.search(column)]
    twice = sorted({column for column in names if names.count(column) > 1})
    if names and not wrong and not twice:
        return tuple(names)
    shown = ", ".join(repr(column) for column in wrong or twice) or "?"
    raise unreadable(
        name,
        Text(
            f"第 {first.number} 行的表头有空白、重复或无法辨认的列名：{shown}。",
            f"The header in row {first.number} has a column name that is empty, occurs twice "
            f"or is unreadable: {shown}.",
        ),
        Text(
            "给每一列一个唯一的名称，表头放在第一行。",
            "Give every column one name of its own, in the first row.",
        ),
    )


def _blank(record: Record) -> bool:
    return record.cells is not None and not any(cell.strip() for cell in record.cells)


def _row(record: Record, header: tuple[str, ...], width: int) -> Row:
    if record.cells is None:
        return Row(record.number, {}, _quotes().at(record.number, "", ""))
    if len(record.cells) != width or any(cell.strip() for cell in record.cells[len(header) :]):
        problem = _ragged(len(record.cells), len(header))
        return Row(record.number, {}, problem.at(record.number, "", str(len(record.cells))))
    return Row(record.number, dict(zip(header, record.cells, strict=False)))


def _quotes() -> CellProblem:
    return CellProblem(
        Text(
            "引号不成对，无法分清各列。", "Its quotes do not match, so cells cannot be told apart."
        ),
        Text(
            "字段内的引号写成两个引号，字段首尾各一个引号。",
            "Double every quote inside a field and close the field with one.",
        ),
    )


def _ragged(found: int, wanted: int) -> CellProblem:
    return CellProblem(
        Text(
            f"该行有 {found} 列，表头有 {wanted} 列，或表头之外还有内容。",
            f"The row has {found} cells and the header {wanted}, or text stands beyond the header.",
        ),
        Text(
            "核对漏写的分隔符或未加引号的逗号，更正后再导入该行。",
            "Look for a missing separator or a comma without quotes, correct it, import again.",
        ),
    )


def _nothing(name: str, why: Text) -> FileProblem:
    return unreadable(
        name,
        why,
        Text("核对导出条件，重新导出。", "Check what was selected for the export, export again."),
    )


def _too_many(name: str, chinese: str, english: str, limit: int) -> FileProblem:
    return unreadable(
        name,
        Text(f"共 {chinese}，上限为 {limit}。", f"It has {english}; the limit is {limit}."),
        Text("按月份拆成几个文件后再导入。", "Split it into several files, one a month."),
    )
