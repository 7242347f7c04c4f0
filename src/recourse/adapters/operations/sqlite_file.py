"""Is a store in a file kept by an SQLite, and in a way, that loses nothing?"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from recourse.adapters.operations.finding import Outcome, found
from recourse.adapters.operations.site import Site
from recourse.adapters.storage.connection import has_reset_bug, make_safe
from recourse.adapters.storage.sqlite import FORMAT

FULL = 2
WAL = "wal"
SAFE_JOURNALS = ("delete", "truncate", "persist", WAL)


def owner(site: Site) -> Outcome:
    """Whether the file is this user's: what SQLite writes beside it must be readable to all."""
    path = site.address
    assert isinstance(path, Path)
    of_file, user = path.stat().st_uid, os.geteuid()
    code = "ok" if of_file == user else "other"
    return found(code, path=path, owner=of_file, user=user)


def reset_bug(site: Site, version: tuple[int, ...] = sqlite3.sqlite_version_info) -> Outcome:
    """Whether this SQLite has the bug, and the store a journal in which it bites (D13)."""
    named = ".".join(map(str, version))
    if not has_reset_bug(version):
        return found("ok", version=named)
    journal = site.look.one("PRAGMA journal_mode")
    return found("exposed" if journal == WAL else "guarded", version=named)


def journal(site: Site) -> Outcome:
    """Whether what is acknowledged is on the disk by then."""
    mode = str(site.look.one("PRAGMA journal_mode"))
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        make_safe(connection)
        synchronous = int(connection.execute("PRAGMA synchronous").fetchone()[0])
    safe = mode in SAFE_JOURNALS and synchronous >= FULL
    return found("ok" if safe else "careless", mode=mode, synchronous=synchronous)


def integrity(site: Site) -> Outcome:
    """Whether every page of the file is as SQLite wrote it."""
    told = str(site.look.one("PRAGMA integrity_check(1)"))
    return found("ok") if told == "ok" else found("damaged", detail=told.partition("\n")[0])


def format_of_file(site: Site) -> Outcome:
    """Whether this version knows the format of the file."""
    there = site.look.one("SELECT value FROM about WHERE name = 'format'")
    return found("ok" if there == FORMAT else "other", found=there or "-", needed=FORMAT)
