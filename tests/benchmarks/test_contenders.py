"""Do all contenders of the benchmarks still play the month, and come to the same?"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
CONTENDERS = (("ours.py",), ("library.py",), ("library.py", "--tuned"))


@pytest.fixture(scope="module")
def played():
    """What each contender says of a small month."""
    return [json.loads(told("month", "40", *words)) for words in CONTENDERS]


def told(what, number, script, *options):
    command = [sys.executable, str(BENCHMARKS / script), what, number, *options]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("figure", ["commands", "events", "balances"])
def test_all_contenders_do_the_same(played, figure):
    assert len({each[figure] for each in played}) == 1
