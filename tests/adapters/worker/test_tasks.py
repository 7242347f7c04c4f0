"""Does each task do a piece at a time, once, and nothing where nothing is to be done?"""

from contextlib import suppress
from datetime import timedelta

import pytest

from recourse.adapters.worker import TASKS
from recourse.aggregates.claim import Claim
from recourse.aggregates.day import Days
from recourse.application import engine as pages
from recourse.policies import PolicyBroke
from recourse.projections import ProjectionBroke
from recourse.projections.claims import CLAIM_BOARD
from support.engine import fresh, nine
from support.plant import LATER, begin_story, doubtful_claim, facts_of
from support.story import LAST_DAY, THIRD


@pytest.fixture
def engine():
    """A note waits for an answer, and nothing else waits."""
    engine = fresh().engine
    begin_story(engine)
    return engine


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr(pages, "PAGE", 2)


def steps(task, at):
    """What each step did, up to the one that did nothing."""
    return list(iter(lambda: task.step(at), 0))


def days(engine):
    return [fact.event.day for fact in facts_of(engine) if isinstance(fact.event, Days.Began)]


def test_the_days_begin_once_a_business_day(engine):
    task = TASKS["days"](engine)

    did = [steps(task, nine(LAST_DAY)), steps(task, nine(LAST_DAY))]
    next_day = steps(task, nine(LAST_DAY) + timedelta(hours=15))  # midnight in Shanghai

    assert (did, next_day) == ([[1], []], [1])
    assert days(engine)[-1] == LAST_DAY + timedelta(days=1)


def test_in_an_empty_log_no_day_begins(engine):
    empty = fresh().engine

    assert steps(TASKS["days"](empty), nine(LATER)) == []
    assert facts_of(empty) == []


def test_two_workers_begin_no_day_twice(engine):
    one, other = TASKS["days"](engine), TASKS["days"](engine)

    for task in (one, other, one):
        steps(task, nine(LATER))

    assert days(engine) == sorted(set(days(engine)))


def test_what_waits_for_a_reaction_is_reacted_to_in_steps_before_a_day_begins(engine, small_pages):
    engine.execute_many([doubtful_claim(number) for number in range(3)])

    did = steps(TASKS["days"](engine), nine(LAST_DAY))

    assert did == [2, 2, 2, 1]  # three claims, three reactions, the days
    assert engine.store.position("policies") == len(facts_of(engine))


def test_policies_and_read_models_follow_page_by_page(engine, small_pages):
    engine.execute_many([doubtful_claim(number) for number in range(3)])
    policies, projections = TASKS["policies"](engine), TASKS["projections"](engine)
    before = len(facts_of(engine)) - 3

    assert (policies.position(), projections.position()) == (before, before)
    assert steps(policies, nine(THIRD)) == [2, 2, 2]
    assert steps(projections, nine(THIRD)) == [2, 2, 2]
    assert policies.position() == projections.position() == len(facts_of(engine))


def test_a_policy_that_breaks_breaks_the_days_too(engine, monkeypatch):
    engine.policies = tuple(
        type(each)(each.says, each.whenever, lambda *_: 1 / 0) for each in engine.policies
    )
    engine.execute_many([doubtful_claim(1)])

    for name in ("days", "policies"):
        with pytest.raises(PolicyBroke):
            TASKS[name](engine).step(nine(LATER))
    assert max(days(engine)) == THIRD


def test_a_stopped_read_model_is_met_again_at_the_end_of_the_log(engine, small_pages, monkeypatch):
    monkeypatch.setitem(CLAIM_BOARD.takes, Claim.Received, lambda *_: 1 / 0)
    engine.execute_many([doubtful_claim(number) for number in range(3)])
    task = TASKS["projections"](engine)

    tried = [steps_until_broken(task), steps_until_broken(task)]

    assert tried == [[2, 1], [2]]  # the rest of the log, and then one page
    assert task.position() == len(facts_of(engine)) - 3


def steps_until_broken(task):
    did = []
    with suppress(ProjectionBroke):
        for _ in range(99):
            did.append(task.step(nine(THIRD)))  # noqa: PERF401 - what came before the break counts
    return did
