"""How does a person learn which rows were not taken, and what to do about each?"""

import csv
import os
import re
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from recourse.adapters.intake.problems import FileProblem, Rejection
from recourse.values.parties import Text

COLUMNS = ("行 / row", "列 / column", "值 / value", "原因 / reason", "处理办法 / remedy")
VALUE_LENGTH = 200

_HEADER = (",".join(COLUMNS) + "\r\n").encode("utf-8-sig")
_OLDER_HEADER = "row,column,value,reason,remedy\r\n".encode("utf-8-sig")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


class Rejects:
    """The rejections of one file on their way to `path`, where they come whole or not at all.

    Until `publish` they wait in a temporary file without a name, of which nothing remains after a
    crash. The file is CSV in UTF-8 with mark, so that Excel shows the Chinese; it has one line a
    problem, with reason and remedy in Chinese and English.
    """

    def __init__(self, path: Path) -> None:
        """Raises `FileProblem` where `path` cannot be written, or is no rejects file."""
        _must_be_ours(path)
        self.path = path
        self.count = 0
        self._waiting = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115
        self._lines = csv.writer(self._waiting)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._waiting.close()

    def add(self, found: Rejection) -> None:
        """One line more."""
        self._lines.writerow(_cells(found))
        self.count += 1

    def publish(self) -> Path | None:
        """Put the file in the place of an older one; without rejections remove the older one.

        An older one that stayed would send somebody after rows that have all been taken.
        """
        if self.count == 0:
            self.path.unlink(missing_ok=True)
            return None
        handle, written = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerow(COLUMNS)
                self._waiting.seek(0)
                shutil.copyfileobj(self._waiting, file)
                file.flush()
                os.fsync(file.fileno())
            Path(written).chmod(0o644)  # mkstemp lets nobody else read it, but colleagues must
            Path(written).replace(self.path)
        except BaseException:
            Path(written).unlink(missing_ok=True)
            raise
        return self.path


def _must_be_ours(path: Path) -> None:
    """Refuse before the first row, not after the last, what could not be put there in the end."""
    try:
        folder = path.parent
        if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
            raise _unwritable(path, f"{folder} 不存在或无权写入", f"{folder} is missing or closed")
        if path.exists() and not _is_rejects_file(path):
            raise _unwritable(path, "那里已有别的文件", "something else is there already")
    except OSError as problem:
        raise _unwritable(path, str(problem.strerror), str(problem.strerror)) from problem


def _is_rejects_file(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_HEADER)).startswith((_HEADER, _OLDER_HEADER))


def _unwritable(path: Path, chinese: str, english: str) -> FileProblem:
    return FileProblem(
        Text(f"无法写入拒收文件 {path}。", f"The rejects file {path} cannot be written."),
        Text(f"{chinese}。", f"The reason: {english}."),
        Text(
            "另指定拒收文件的路径；没有导入任何行。",
            "Name another path for the rejects file; no row was taken.",
        ),
    )


def _cells(found: Rejection) -> tuple[str, ...]:
    return (
        str(found.row),
        _harmless(found.column),
        _harmless(_short(found.value)),
        _harmless(f"{found.reason_zh} / {found.reason_en}"),
        _harmless(f"{found.remedy_zh} / {found.remedy_en}"),
    )


def _short(value: str) -> str:
    return value if len(value) <= VALUE_LENGTH else f"{value[:VALUE_LENGTH]}…"


def _harmless(text: str) -> str:
    """`text` on one line, and never a formula to a spreadsheet."""
    defused = f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
    return _CONTROL.sub(lambda sign: f"\\x{ord(sign.group()):02x}", defused)
