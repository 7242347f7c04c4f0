"""Which servers may every test talk to?"""

import pytest

from support.postgres import running


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server of the tests' own, started by the first that needs it."""
    with running() as server:
        yield server
