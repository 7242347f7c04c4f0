"""Why can a file or a database not be the store, and what helps?"""

import os
from pathlib import Path

from recourse.values.parties import Text


class UnusableStore(Exception):
    """The path or URL given cannot be the store; nothing was written there.

    `what` names it, `why` the cause, `remedy` what a person can do about it.
    """

    def __init__(self, place: Path | str, why: Text, remedy: Text) -> None:
        super().__init__(place)
        self.what = Text(f"不能打开存储 {place}。", f"Cannot open the store {place}.")
        self.why = why
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.what.en} {self.why.en} {self.remedy.en}"


class Unfit(Exception):
    """A file that is not what it must be: `code` tells why, `facts` with which values."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def must_be_reachable(path: Path) -> None:
    """Refuse a path that no store can be read from and written to."""
    folder = path.parent
    if not folder.is_dir():
        raise UnusableStore(
            path,
            Text(f"没有文件夹 {folder}。", f"There is no folder {folder}."),
            Text("请先建立该文件夹，或换一个路径。", "Create the folder, or name another path."),
        )
    if path.is_dir():
        raise not_a_store(path)
    for needed in (folder, path):
        if needed.exists() and not _writable(needed):
            raise UnusableStore(
                path,
                Text(f"没有写入 {needed} 的权限。", f"You may not write to {needed}."),
                Text(
                    "请让管理员授予该文件夹和文件的读写权限。",
                    "Have yourself granted reading and writing of the folder and the file.",
                ),
            )


def not_a_store(path: Path) -> UnusableStore:
    """It holds something else."""
    return UnusableStore(
        path,
        Text("它不是 recourse 的存储文件。", "It is not a store of recourse."),
        Text(
            "请指定存储文件，或指定一个尚不存在的文件以新建存储。",
            "Name a store, or a file that does not exist yet to begin a new one.",
        ),
    )


def unknown_format(path: Path, found: str, known: str) -> UnusableStore:
    """It was written by a version of recourse that is not this one."""
    return UnusableStore(
        path,
        Text(
            f"它的格式是 {found}，而本版本只认识格式 {known}。",
            f"Its format is {found}, and this version knows only format {known}.",
        ),
        Text(
            "请使用写入它的 recourse 版本。",
            "Use the version of recourse that wrote it.",
        ),
    )


def _writable(path: Path) -> bool:
    return os.access(path, os.R_OK | os.W_OK, effective_ids=os.access in os.supports_effective_ids)
