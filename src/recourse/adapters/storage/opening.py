"""Which store does a URL name, and how does an engine begin to work on it?"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from recourse.adapters.storage.connection import connect, make_safe
from recourse.adapters.storage.memory import MemoryStore
from recourse.adapters.storage.sqlite import SqliteStore
from recourse.application import Recourse
from recourse.application.law import must_be_in_force
from recourse.projections import ReadModels
from recourse.rulebook.book import Rulebook
from recourse.rulebook.calendar import published_calendar
from recourse.values.parties import Text

MEMORY = "memory:"
FILE = "sqlite:///"


class UnknownStore(Exception):
    """No store of this version can be reached under the URL; nothing was written."""

    def __init__(self, url: str, why: Text, remedy: Text) -> None:
        super().__init__(url)
        self.what = Text(f"无法连接存储 {url}。", f"The store {url} cannot be reached.")
        self.why = why
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.what.en} {self.why.en} {self.remedy.en}"


def open_engine(
    url: str, book: Rulebook, *, new_log_id: Callable[[], str], chosen: bool = False
) -> Recourse:
    """An engine on the store at `url`, with read models that reflect the whole log.

    `url` is a file path, `sqlite:///path` or `memory:`. A store that is not there yet begins as
    `new_log_id()`. Where an edition of the book is published in the log, that text governs; a
    `book` that a person has `chosen` must then be that text. Raises `UnknownStore`,
    `UnusableStore`, `LawDiffers` or `LawDamaged`.
    """
    path = path_of(url)
    if path is None:
        return Recourse(MemoryStore(new_log_id()), book, published_calendar())
    store = SqliteStore(path, new_log_id())
    try:
        engine = Recourse(store, book, published_calendar(), _BesideTheLog(_database(path)))
        if chosen:
            must_be_in_force(engine.stream, book)
        engine.follow_law()
        engine.follow_calendar()
        _catch_up(engine)
    except BaseException:
        store.close()
        raise
    return engine


def close_engine(engine: Recourse) -> None:
    """Let go of the file that `open_engine` opened."""
    if isinstance(engine.models, _BesideTheLog):
        engine.models.close()
    if isinstance(engine.store, SqliteStore):
        engine.store.close()


def path_of(url: str) -> Path | None:
    """The file that `url` names, or None for memory; raises `UnknownStore`."""
    if url == MEMORY:
        return None
    scheme, separator, _ = url.partition("://")
    if not separator:
        return Path(url)
    if url.startswith(FILE) and url != FILE:
        return Path(url.removeprefix(FILE))
    if scheme.partition("+")[0] in {"postgresql", "postgres"}:
        raise _not_in_this_version(f"{scheme}://...")  # what follows may hold a password
    raise _unknown_scheme(f"{scheme}://...")


@contextmanager
def open_log(url: str, *, new_log_id: Callable[[], str]) -> Iterator[MemoryStore | SqliteStore]:
    """The log alone, for who asks whether it can be read at all; raises `UnknownStore` too."""
    path = path_of(url)
    if path is None:
        yield MemoryStore(new_log_id())
        return
    store = SqliteStore(path, new_log_id())
    try:
        yield store
    finally:
        store.close()


def must_exist(url: str) -> None:
    """Refuse a file that is not there, so that a mistyped path does not begin a new store."""
    path = path_of(url)
    if path is not None and not path.exists():
        raise UnknownStore(
            url,
            Text(f"没有文件 {path}。", f"There is no file {path}."),
            Text(
                "新建存储请先运行 `recourse init`；已有存储的，核对路径(--store)。",
                "Run `recourse init` first to begin a store, or correct the path (--store).",
            ),
        )


class _BesideTheLog(ReadModels):
    """Read models in the file of the log: several may read while one process writes."""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._database.execution_options(only_reads=True).connect() as connection:
            yield connection

    def close(self) -> None:
        """Let go of the file."""
        self._database.dispose()


def _database(path: Path) -> Engine:
    url = URL.create("sqlite", database=str(path))
    database = create_engine(url, creator=lambda: connect(path))

    @event.listens_for(database, "connect")
    def _connected(connection: Any, _record: object) -> None:
        make_safe(connection)

    @event.listens_for(database, "begin")
    def _begin(connection: Connection) -> None:
        # A position must not move between being read and being written back.
        only_reads = connection.get_execution_options().get("only_reads", False)
        connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")

    return database


def _catch_up(engine: Recourse) -> None:
    """Take in what a process recorded that ended before its read models reflected it."""
    for batch in engine.batches(engine.models.position()):
        engine.models.take_in(batch)


def _not_in_this_version(url: str) -> UnknownStore:
    return UnknownStore(
        url,
        Text("本版本不支持 PostgreSQL。", "PostgreSQL is not available in this version."),
        Text(
            "请使用文件路径、sqlite:///路径 或 memory: 。",
            "Use a file path, sqlite:///path or memory: instead.",
        ),
    )


def _unknown_scheme(url: str) -> UnknownStore:
    return UnknownStore(
        url,
        Text("不认识这种地址。", "This kind of address is not known."),
        Text(
            "请使用文件路径、sqlite:///路径 或 memory: 。",
            "Use a file path, sqlite:///path or memory: instead.",
        ),
    )
