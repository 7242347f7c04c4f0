"""Which stores must keep the promises?"""

from collections.abc import Callable
from contextlib import ExitStack, closing, nullcontext

import pytest

from recourse.adapters.storage import MemoryStore, SqliteStore
from recourse.adapters.storage.addresses import address_of
from recourse.adapters.storage.postgres.store import PostgresStore
from recourse.application import Store

STORES = ("memory", "sqlite", "postgres")
REOPENABLE = ("sqlite", "postgres")


def place(kind, request):
    """Where an empty store of that kind may be: opens it, the same one at each call."""
    if kind == "memory":
        return lambda: nullcontext(MemoryStore("a log"))
    if kind == "sqlite":
        folder = request.getfixturevalue("tmp_path_factory").mktemp(kind)
        return lambda: closing(SqliteStore(folder / "log.db", "a log"))
    address = address_of(request.getfixturevalue("postgres").store_url())
    return lambda: closing(PostgresStore(address, "a log"))


@pytest.fixture(params=STORES, scope="session")
def new_store(request):
    """Makes an empty store of one kind at each call, the one before being closed."""
    with ExitStack() as opened:

        def another() -> Store:
            opened.close()
            return opened.enter_context(place(request.param, request)())

        yield another


@pytest.fixture
def store(new_store) -> Store:
    """An empty store, once of each kind."""
    return new_store()


@pytest.fixture(params=REOPENABLE)
def reopened(request) -> Callable[[], Store]:
    """Opens a store of one kind, the same one at each call, the one before being closed."""
    there = place(request.param, request)
    with ExitStack() as opened:

        def again() -> Store:
            opened.close()
            return opened.enter_context(there())

        yield again
