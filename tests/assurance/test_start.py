"""S5: sixteen processes begin on the same database at the same moment: does each begin, or wait?"""

import subprocess
import sys
from contextlib import ExitStack

import psycopg
import pytest

from recourse.adapters.storage.addresses import address_of
from recourse.adapters.storage.postgres.upgrading import upgrade
from recourse.projections.base import METADATA

PROCESSES = 16
BOUND = 300  # seconds after which a process counts as hanging
BEGIN = """
import sys
from recourse.adapters.storage.opening import close_engine, open_engine, prepare
from recourse.rulebook.book import built_in

print("ready", flush=True)
sys.stdin.readline()
prepare(sys.argv[1])
engine = open_engine(sys.argv[1], built_in(), new_log_id=lambda: sys.argv[2])
print(engine.store.log_id)
close_engine(engine)
"""


def empty(url):
    """Nothing is there."""


def existing(url):
    """Everything is there."""
    upgrade(address_of(url))


def half_made(url):
    """The schema is there, the tables of the read models are not all."""
    existing(url)
    with psycopg.connect(address_of(url).conninfo, autocommit=True) as connection:
        for table in METADATA.sorted_tables[::2]:
            connection.execute(f"DROP TABLE {table.name}")


@pytest.mark.parametrize("found", [empty, existing, half_made], ids=lambda found: found.__name__)
def test_all_begin_at_once(postgres, found, noted):
    url = postgres.new_url()
    found(url)
    with ExitStack() as ended:
        begun = [ended.enter_context(process(url, n)) for n in range(PROCESSES)]
        for each in begun:
            ended.callback(each.kill)
            assert each.stdout.readline() == "ready\n"
        for each in begun:
            each.stdin.write("\n")
            each.stdin.flush()
        told = [(*each.communicate(timeout=BOUND), each.returncode) for each in begun]

    assert not [error for _, error, code in told if error or code]
    assert len({out for out, _, _ in told}) == 1, "all work on one log"
    noted("S5", f"{PROCESSES} of {PROCESSES} began at once, database {found.__name__}")


def process(url, number):
    return subprocess.Popen(
        [sys.executable, "-c", BEGIN, url, str(number)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
