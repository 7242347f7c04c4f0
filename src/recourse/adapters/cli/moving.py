"""How does a log leave a store, come into another, and come back from a backup?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from recourse.adapters.cli.evidence import files_of
from recourse.adapters.cli.problems import Problem
from recourse.adapters.cli.session import HELP_OPTIONS, Session, example
from recourse.adapters.cli.words import say

if TYPE_CHECKING:
    from recourse.adapters.storage.addresses import PostgresAddress
    from recourse.adapters.storage.copies.backup import Manifest
    from recourse.adapters.storage.copies.log_file import Summary
    from recourse.application import Store

exports = typer.Typer(
    name="export",
    help="导出 / what leaves the store",
    no_args_is_help=True,
    context_settings=HELP_OPTIONS,
)


@exports.callback()
def _noun() -> None:
    """导出 / what leaves the store."""


@exports.command("log", epilog=example("recourse export log --out plant.jsonl"))
def export_log(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="新文件 / a new file")],
) -> None:
    """把整个日志导出到一个文件 / write the whole log to one file.

    文件中有全部事件（按原样的字节）、键、答复和进度，末尾有事件数和根；可以在办理业务时导出。

    It holds every event with its bytes, the keys, answers and positions of one moment, and at its
    end their number and the root. People may go on working.
    """
    from recourse.adapters.storage.copies.log_file import write_log
    from recourse.adapters.storage.copies.moments import moment_of

    session: Session = ctx.obj
    address = _kept(session)
    if out.exists():
        why = (f"{out} 已经存在。", f"{out} is there already.")
        raise Problem("usage", why_zh=why[0], why_en=why[1], command="recourse export log")
    half_made = out.with_name(f".{out.name}.half-made")
    try:
        with moment_of(address) as moment, half_made.open("wb") as file:
            summary = write_log(moment, file)
        half_made.rename(out)
    finally:
        half_made.unlink(missing_ok=True)
    with out.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    document = {"file": str(out), "rows": summary.events, "sha256": sha256, "root": summary.root}
    session.show(document, card=document)


def import_log(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="导出的日志 / an exported log")],
) -> None:
    """把导出的日志放进一个空的存储 / put an exported log into an empty store.

    先核对整个文件，再一次写入；序号、字节、键、答复都与原来相同，阅读模型由日志重建。

    The whole file is checked before anything is written, all in one transaction; sequence, bytes,
    keys and answers are as they were, and the read models are built from the log.
    """
    from recourse.adapters.storage.copies.log_file import check_log, load_log

    session: Session = ctx.obj
    summary = check_log(file)
    with _empty(session, summary) as store:
        load_log(file, store)
    _build_read_models(session)
    document = {"file": str(file), "rows": summary.events, "root": summary.root}
    session.show(document, card=document)


def backup(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="新文件夹 / a new folder")],
    check: Annotated[
        bool, typer.Option("--check", help="只核对已有的备份 / only check one that is there")
    ] = False,
) -> None:
    """备份日志和证据文件 / back up the log and the files of evidence.

    可以在办理业务时备份。完成后文件夹才有这个名字；manifest.json 记着事件数、根和每个文件的哈希值。

    People may go on working. The folder has its name only when it is whole; its manifest.json
    tells the number of events, the root, and the hash of every file.
    """
    from recourse.adapters.storage.copies.backup import check_backup, take_backup

    session: Session = ctx.obj
    if check:
        _tell(session, folder, check_backup(folder))
        return
    address = _kept(session)
    _tell(session, folder, take_backup(address, files_of(session), folder, session.at))


def restore(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="备份 / the backup")],
) -> None:
    """从备份恢复到一个空的存储 / bring a backup back into an empty store.

    先核对每个文件、事件数和根；改动过、不完整的备份，或者比存储中的日志旧的备份，一律拒绝。

    Every file, the number of events and the root are checked first. A backup that was altered, is
    not whole, or is older than what the store holds is refused.
    """
    from recourse.adapters.storage.copies.backup import LOG, check_backup, restore_files
    from recourse.adapters.storage.copies.log_file import load_log

    session: Session = ctx.obj
    manifest = check_backup(folder)
    with _empty(session, manifest.log) as store:
        restore_files(folder, files_of(session).folder)  # first, for the log names them
        load_log(folder / LOG, store)
    _build_read_models(session)
    _tell(session, folder, manifest)


def _tell(session: Session, folder: Path, manifest: "Manifest") -> None:
    document: dict[str, Any] = {
        "folder": str(folder),
        "made_at": manifest.made_at,
        "log_id": manifest.log.log_id,
        "events": manifest.log.events,
        "root": manifest.log.root,
        "files": len(manifest.files) - 1,  # without the log
        "not_kept": manifest.not_kept,
    }
    session.show(document, card=document)
    if manifest.not_kept:
        session.note(say("backup-lacks", session.lang, count=len(manifest.not_kept)))


def _kept(session: Session) -> "Path | PostgresAddress":
    """Where the store in use is kept, which must be there already and not in memory."""
    from recourse.adapters.storage.addresses import address_of
    from recourse.adapters.storage.opening import must_exist

    must_exist(session.settings.store)
    address = address_of(session.settings.store)
    if address is None:
        raise Problem("no-files-in-memory", store=session.settings.store)
    return address


@contextmanager
def _empty(session: Session, summary: "Summary") -> "Iterator[Store]":
    """The store in use, begun as the log offered where it is not there; it must be empty."""
    from recourse.adapters.storage.opening import open_log, prepare

    url = session.settings.store
    prepare(url)
    with open_log(url, new_log_id=lambda: summary.log_id) as store:
        there = store.recorder.max_notification_id() or 0
        if store.log_id != summary.log_id:
            raise Problem("another-log", store=url, found=store.log_id, offered=summary.log_id)
        if there > summary.events:
            raise Problem("older-log", store=url, found=there, offered=summary.events)
        if there:
            raise Problem("log-is-there", store=url, found=there)
        yield store


def _build_read_models(session: Session) -> None:
    """An engine that is opened lets them reflect the whole log."""
    session.opened()
