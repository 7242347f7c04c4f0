"""Which demo month do the tests look at?"""

import io
from contextlib import redirect_stdout

import pytest

from recourse.adapters.demo import fill
from recourse.adapters.demo.__main__ import main
from support.engine import fresh


@pytest.fixture(scope="session")
def site():
    return fresh()


@pytest.fixture(scope="session")
def filled(site):
    return fill(site.engine)


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """Where `make demo` makes the month; nobody writes to it afterwards."""
    return tmp_path_factory.mktemp("made") / "demo"


@pytest.fixture(scope="session")
def printed(folder) -> str:
    """What it prints."""
    out = io.StringIO()
    with redirect_stdout(out):
        assert main([str(folder)]) == 0
    return out.getvalue()
