"""Does the log of every release still come to the figures that the release told?"""

from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from recourse.adapters.storage import MemoryStore
from recourse.aggregates.base import Fact
from recourse.application import Recourse
from recourse.contracts import AGGREGATES, decode
from recourse.projections import ReadModels
from recourse.rulebook.book import built_in
from recourse.rulebook.calendar import published_calendar
from support.engine import nine
from support.golden import GOLDEN, figures_of, kept_figures, stored_in

RELEASES = sorted(folder for folder in GOLDEN.iterdir() if folder.is_dir())
each_release = pytest.mark.parametrize("folder", RELEASES, ids=lambda folder: folder.name)


@cache
def facts_of(folder: Path) -> tuple[Fact, ...]:
    return tuple(decode(stored) for stored in stored_in(folder))


@each_release
def test_every_event_of_a_release_is_still_read(folder):
    _, events, _ = kept_figures(folder)

    assert len(facts_of(folder)) == events


@each_release
def test_every_history_of_a_release_still_folds_into_what_it_is_about(folder):
    kinds = {aggregate.TOPIC: aggregate for aggregate in AGGREGATES}
    things = {}

    for fact in facts_of(folder):
        topic, _, label = fact.stream.partition(":")
        things.setdefault(fact.stream, kinds[topic](label, [])).take(fact)

    assert all(thing.exists for thing in things.values())


@each_release
def test_the_log_of_a_release_comes_to_the_figures_that_it_told(folder):
    day, _, told = kept_figures(folder)
    facts, models = facts_of(folder), ReadModels.in_memory()

    models.take_in(facts)

    now = figures_of(models, facts, day, built_in())
    same = {
        name: {figure: now[name][figure] for figure in figures} for name, figures in told.items()
    }
    assert same == told


@each_release
def test_work_goes_on_upon_the_log_of_a_release(folder):
    day, events, _ = kept_figures(folder)
    store = MemoryStore("golden")
    store.insert_events(stored_in(folder), keys=keys_of(folder))
    with store.writing():
        store.advance("policies", events)
    engine = Recourse(store, built_in(), published_calendar())

    engine.begin_days(nine(day + timedelta(days=40)))
    engine.follow_up(nine(day + timedelta(days=40)))

    assert engine.models.disagreements(day, built_in()) == []


def keys_of(folder: Path):
    """The keys that each event takes and gives up, found by folding the histories again."""
    kinds = {aggregate.TOPIC: aggregate for aggregate in AGGREGATES}
    things = {}
    for fact in facts_of(folder):
        topic, _, label = fact.stream.partition(":")
        thing = things.setdefault(fact.stream, kinds[topic](label, [])).take(fact)
        yield fact.stream, fact.event.takes(thing), fact.event.frees(thing)
