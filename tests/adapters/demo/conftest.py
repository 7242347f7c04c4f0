"""Which demo month do the tests look at?"""

import pytest

from recourse.adapters.demo import fill
from support.engine import fresh


@pytest.fixture(scope="session")
def site():
    return fresh()


@pytest.fixture(scope="session")
def filled(site):
    return fill(site.engine)
