"""Which servers may every test talk to?"""

import os

import pytest

from support import broker as brokers
from support.postgres import running

NOT_DURABLE = "Apache Kafka is not set up: make .kafka/libs/ready, with Java and Maven installed"


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server of the tests' own, started by the first that needs it."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def broker():
    """A Kafka broker of the tests' own, started by the first that needs it."""
    with brokers.running() as started:
        yield started


@pytest.fixture
def durable_broker(broker):
    """The same, where it keeps what it acknowledged; as well off afterwards as before."""
    if not broker.durable:
        if os.environ.get("CI"):
            pytest.fail(NOT_DURABLE)
        pytest.skip(NOT_DURABLE)
    yield broker
    broker.heal()
