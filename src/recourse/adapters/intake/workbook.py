"""What stands in the cells of an Excel workbook, as exact text?"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Context, Decimal
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum
from python_calamine import SheetVisibleEnum as Visible

from recourse.adapters.intake.csv_text import Record
from recourse.adapters.intake.problems import FileProblem, unreadable
from recourse.values.parties import Text

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an old .xls, or the envelope of an encrypted xlsx
UNPACKED_MAX = 2 * 1024**3  # bytes; a workbook of 200 MB unpacks to about eight times that
CELLS_MAX = 50_000_000  # the reader keeps 32 bytes for every cell of the used rectangle

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CELL = re.compile(rb"""<(?:\w+:)?c [^>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_CHUNK = 1024 * 1024
_OVERLAP = 128  # longer than the start of any cell
_EXACT_DIGITS = Context(prec=15)  # what Excel keeps and shows of a number; the rest is binary dust
_EXACT_WHOLE = 10**15
_SAVE_AGAIN = Text(
    "用 Excel 打开文件，另存为 xlsx 后再导入。", "Open it in Excel and save it again as xlsx."
)


def open_sheet(data: bytes, name: str, sheet: str | None) -> CalamineSheet:
    """The sheet called `sheet`, or without a name the first visible one."""
    if data.startswith(ZIP):
        _check_package(data, name)
    elif _ENCRYPTED in data:
        raise _protected(name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        chosen = sheet or _first_visible(book)
        if chosen not in book.sheet_names:
            raise _no_sheet(name, sheet, book.sheet_names)
        return book.get_sheet_by_name(chosen)
    except CalamineError as problem:
        raise _damaged(name, str(problem)) from problem


def sheet_records(sheet: CalamineSheet) -> Iterator[Record]:
    """Every row of `sheet`, blank ones as well, numbered as the sheet shows them."""
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield Record(number, [cell_text(value) for value in cells])


def cell_text(value: Any) -> str:
    """`value` of a cell as text: numbers plain and to 15 digits, days ISO, TRUE or FALSE.

    A number of more than 15 digits has already lost some in the sheet: it is written with a
    replacement character, so that nobody takes it for a document number.
    """
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return _number_text(Decimal(repr(value)))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _number_text(number: Decimal) -> str:
    rounded = _EXACT_DIGITS.plus(number)
    if abs(rounded) >= _EXACT_WHOLE:
        return f"{rounded:f}\N{REPLACEMENT CHARACTER}"
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _first_visible(book: CalamineWorkbook) -> str:
    for sheet in book.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == Visible.Visible:
            return sheet.name
    raise CalamineError("no visible worksheet")


def _check_package(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            if "xl/workbook.xml" not in package.namelist():
                raise _not_xlsx(name)
            if sum(member.file_size for member in members) > UNPACKED_MAX:
                raise _too_large(name)
            for member in members:
                if member.filename.startswith("xl/worksheets/") and not member.is_dir():
                    _check_rectangle(package, member, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as problem:
        raise _damaged(name, str(problem)) from problem


def _check_rectangle(package: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> None:
    """Refuse one forgotten cell in the last corner: the reader would run out of memory there."""
    rows, columns, kept = 0, 0, b""
    with package.open(member) as sheet:
        while chunk := sheet.read(_CHUNK):
            text = kept + chunk
            for letters, row in _CELL.findall(text):
                rows, columns = max(rows, int(row)), max(columns, _column_number(letters))
            kept = text[-_OVERLAP:]  # a reference may be cut in two by the end of the chunk
    if rows * columns > CELLS_MAX:
        raise unreadable(
            name,
            Text(
                f"工作表的使用区域达 {rows} 行 × {columns} 列，远处可能有遗留单元格。",
                f"A sheet reaches to row {rows} and column {columns}; "
                "a forgotten cell may stand far away from the table.",
            ),
            Text(
                "在 Excel 中按 Ctrl+End 找到最后的单元格，删除多余的行和列后另存。",
                "Press Ctrl+End in Excel, delete the rows and columns beyond the table, save.",
            ),
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _protected(name: str) -> FileProblem:
    return unreadable(
        name,
        Text("工作簿设有打开密码。", "The workbook is protected by a password."),
        Text(
            "在 Excel 中取消打开密码，另存后再导入。",
            "Remove the password in Excel and save it again.",
        ),
    )


def _damaged(name: str, detail: str) -> FileProblem:
    return unreadable(
        name,
        Text(f"工作簿已损坏或不是工作簿({detail})。", f"It is damaged or no workbook ({detail})."),
        _SAVE_AGAIN,
    )


def _not_xlsx(name: str) -> FileProblem:
    return unreadable(
        name,
        Text("压缩包内没有 xlsx 工作簿。", "The archive holds no xlsx workbook."),
        _SAVE_AGAIN,
    )


def _too_large(name: str) -> FileProblem:
    limit = UNPACKED_MAX // 1024**2
    return unreadable(
        name,
        Text(f"解压后超过 {limit} MB。", f"Unpacked it is larger than {limit} MB."),
        Text("按月份拆成几个文件后再导入。", "Split it into several files, one a month."),
    )


def _no_sheet(name: str, sheet: str | None, names: list[str]) -> FileProblem:
    found = ", ".join(names)
    return unreadable(
        name,
        Text(f"没有工作表“{sheet}”，现有：{found}。", f'It has no sheet "{sheet}", only: {found}.'),
        Text(
            "更正工作表名称，或修改方案中的 sheet。",
            "Rename the sheet, or change `sheet` in the profile.",
        ),
    )
