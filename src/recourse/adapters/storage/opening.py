"""Which store does a URL name, and how does an engine begin to work on it?"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from recourse.adapters.storage.addresses import Address, PostgresAddress, UnknownStore, address_of
from recourse.adapters.storage.memory import MemoryStore
from recourse.adapters.storage.sqlite import SqliteStore
from recourse.application import Recourse, Store
from recourse.application.law import must_be_in_force
from recourse.projections import ReadModels
from recourse.rulebook.book import Rulebook
from recourse.rulebook.calendar import published_calendar
from recourse.values.parties import Text

# ruff: noqa: PLC0415 - who keeps everything in one file needs no driver of PostgreSQL


def open_engine(
    url: str,
    book: Rulebook,
    *,
    new_log_id: Callable[[], str],
    chosen: bool = False,
    catch_up: bool = True,
) -> Recourse:
    """An engine on the store at `url`, with read models that reflect the whole log.

    Who mends them, or lets them `catch_up` later, opens it with those that are there.

    `url` is a file path, `sqlite:///path`, `postgresql://...` or `memory:`. A file that is not
    there yet begins as `new_log_id()`; a schema must have been laid out. Where an edition is
    published in the log, that text governs; a `book` that a person has `chosen` must then be that
    text. Raises `UnknownStore`, `UnusableStore`, `LawDiffers`, `LawDamaged`, `LawUnreadable` or
    `ProjectionBroke`.
    """
    address = address_of(url)
    store = _log(address, new_log_id)
    if address is None:
        return Recourse(store, book, published_calendar())
    try:
        engine = Recourse(store, book, published_calendar(), _models(address))
        must_be_in_force(store, engine.stream, book, chosen=chosen)
        engine.follow_law()
        engine.follow_calendar()
        if catch_up:
            engine.catch_up()
    except BaseException:
        _close(store)
        raise
    return engine


def close_engine(engine: Recourse) -> None:
    """Let go of what `open_engine` opened."""
    _close(engine.models)
    _close(engine.store)


@contextmanager
def open_log(url: str, *, new_log_id: Callable[[], str]) -> Iterator[Store]:
    """The log alone, for who asks whether it can be read at all; raises `UnknownStore` too."""
    store = _log(address_of(url), new_log_id)
    try:
        yield store
    finally:
        _close(store)


def prepare(url: str, *, role: str | None = None) -> None:
    """Lay out the schema that `url` names, and let `role` work with it; by its owner.

    A file is laid out when it is opened.
    """
    address = address_of(url)
    if isinstance(address, PostgresAddress):
        _must_have_driver(address)
        from recourse.adapters.storage.postgres.upgrading import upgrade

        upgrade(address, role=role)


def throw_away(url: str) -> None:
    """Drop the schema that `url` names, with everything in it."""
    address = address_of(url)
    if isinstance(address, PostgresAddress):
        from recourse.adapters.storage.postgres.upgrading import remove

        remove(address)


def must_exist(url: str) -> None:
    """Refuse a file that is not there, so that a mistyped path does not begin a new store."""
    path = address_of(url)
    if isinstance(path, Path) and not path.exists():
        raise UnknownStore(
            url,
            Text(f"没有文件 {path}。", f"There is no file {path}."),
            Text(
                "新建存储请先运行 `recourse init`；已有存储的，核对路径(--store)。",
                "Run `recourse init` first to begin a store, or correct the path (--store).",
            ),
        )


def _log(address: Address, new_log_id: Callable[[], str]) -> Store:
    if address is None:
        return MemoryStore(new_log_id())
    if isinstance(address, Path):
        return SqliteStore(address, new_log_id())
    _must_have_driver(address)
    from recourse.adapters.storage.postgres.store import PostgresStore

    return PostgresStore(address, new_log_id())


def _models(address: Path | PostgresAddress) -> ReadModels:
    from recourse.adapters.storage.read_models import beside_file, in_schema

    return beside_file(address) if isinstance(address, Path) else in_schema(address)


def _must_have_driver(address: PostgresAddress) -> None:
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise UnknownStore(
            address.shown,
            Text("没有安装 PostgreSQL 的驱动。", "The driver of PostgreSQL is not installed."),
            Text("请安装 recourse[postgres]。", "Install recourse[postgres]."),
        ) from error


def _close(opened: object) -> None:
    if hasattr(opened, "close"):
        opened.close()
