"""K3: when nobody hears that a commit was done, does everything still happen exactly once?

The line to the server is cut after it has committed and before it has said so, at each act that a
person can ask for and at each of its commits in turn.
"""

from itertools import cycle

import pytest

from assurance.copying import copied, log_of, opened
from assurance.faults import cut_line
from support.engine import Site
from support.every_act import EXAMPLES
from support.story import do

COMMITS = (1, 2, 3)  # of the days, of what is asked, of the read models
ASKED = 10_000  # commands of any history
IN_TURN = cycle(COMMITS)
ONE_EACH = [(act, next(IN_TURN)) for act in EXAMPLES]
ALL = [(act, commit) for act in EXAMPLES for commit in COMMITS]


@pytest.fixture(scope="module")
def line(postgres):
    """A line to the server that can be cut."""
    with cut_line(postgres.port) as line:
        yield line


def test_every_act_is_done_once_and_answered_though_its_commit_is_not_acknowledged(
    postgres, line, many, noted
):
    cuts = 0
    for act, commit in many(ONE_EACH[::2], ALL):
        cuts += cut_at(act, commit, postgres, line)

    noted("K3", f"{cuts} lost acknowledgements, one effect and the right answer each")
    assert cuts >= len(many(ONE_EACH[::2], ALL)) * 2 // 3


def cut_at(act, commit, postgres, line):
    """Ask for the act in memory and, with a cut, on the server: the logs must be the same."""
    example = EXAMPLES[act]
    alone = example.history()
    url = postgres.store_url()
    copied(alone.engine.store, url)
    before = line.cuts
    through = url.replace(str(postgres.port), str(line.port))
    with opened(through, alone.engine.book) as engine:
        site = Site(engine)
        line.cut_after = commit
        ask(site, example, act)
        line.cut_after = 0
        ask(alone, example, act)
        assert log_of(engine.store) == log_of(alone.engine.store), (act, commit)
        told = log_of(engine.store)
        ask(site, example, act)
        assert log_of(engine.store) == told, (act, commit)
        assert all(each.equal for each in engine.compare()), (act, commit)
    return line.cuts - before


def ask(site, example, act):
    """Under the same command id for both, which the history did not use."""
    site.asked_before(ASKED)
    do(site, example.asked_on, example.by, act, **example.fields)
