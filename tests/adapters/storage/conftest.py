"""Which stores must keep the promises?"""

from collections.abc import Callable
from contextlib import ExitStack, closing, nullcontext
from pathlib import Path

import pytest

from recourse.adapters.storage import MemoryStore, SqliteStore
from recourse.application import Store

STORES = {
    "memory": lambda folder: nullcontext(MemoryStore("a log")),
    "sqlite": lambda folder: closing(SqliteStore(folder / "log.db", "a log")),
}
REOPENABLE = ("sqlite",)


@pytest.fixture(params=STORES, scope="session")
def new_store(request, tmp_path_factory):
    """Makes an empty store of one kind at each call, the one before being closed."""
    with ExitStack() as opened:

        def another() -> Store:
            opened.close()
            folder = tmp_path_factory.mktemp(request.param)
            return opened.enter_context(STORES[request.param](folder))

        yield another


@pytest.fixture
def store(new_store) -> Store:
    """An empty store, once of each kind."""
    return new_store()


@pytest.fixture(params=REOPENABLE)
def reopened(request, tmp_path: Path) -> Callable[[], Store]:
    """Opens a store of one kind, the same one at each call, the one before being closed."""
    with ExitStack() as opened:

        def again() -> Store:
            opened.close()
            return opened.enter_context(STORES[request.param](tmp_path))

        yield again
