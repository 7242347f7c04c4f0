"""Does the demo month's log read the same in any portions, and the days after it one by one?"""

import shutil
from collections import Counter
from datetime import date, timedelta

import pytest

from recourse.adapters.storage.opening import close_engine, open_engine
from recourse.application import Recourse
from recourse.projections import READ_MODELS, ReadModels
from recourse.rulebook.book import built_in
from support.engine import nine

SILENT = 40


def digests(models: ReadModels) -> dict[str, tuple[int, str]]:
    """Every read model: how many rows, and the sum over all of them."""
    with models.reading() as connection:
        return {each.name: each.digest(connection) for each in READ_MODELS}


def all_facts(engine: Recourse):
    return [fact for facts in engine.batches() for fact in facts]


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_read_models_are_equal_to_the_byte_in_whatever_portions_they_take_in(site, filled, size):
    facts, models = all_facts(site.engine), ReadModels.in_memory()

    for first in range(0, len(facts), size):
        models.take_in(facts[first : first + size])

    assert digests(models) == digests(site.engine.models)
    empty = {name for name, (rows, _) in digests(models).items() if not rows}
    assert empty == {"messages"}  # the demo sends no mail


@pytest.fixture
def copies(folder, printed, tmp_path):
    """Two engines, each on its own copy of the store."""
    opened = []
    for name in ("singly", "at_once"):
        copy = shutil.copy(folder / "recourse.db", tmp_path / f"{name}.db")
        opened.append(open_engine(str(copy), built_in(), new_log_id=lambda: "unused"))
    yield opened
    for engine in opened:
        close_engine(engine)


def begin(engine: Recourse, day: date) -> None:
    engine.begin_days(nine(day))
    engine.follow_up(nine(day))


def happened_after(engine: Recourse, position: int) -> list[tuple[str, str, date]]:
    return [
        (fact.id, fact.event.TOPIC, fact.event.effective_on)
        for fact in all_facts(engine)
        if fact.position > position
    ]


def test_40_days_of_silence_and_then_one_day_equal_40_single_days(copies):
    singly, at_once = copies
    end = singly.store.recorder.max_notification_id()
    last = max(fact.event.effective_on for fact in all_facts(singly))

    for number in range(1, SILENT + 1):
        begin(singly, last + timedelta(days=number))
    begin(at_once, last + timedelta(days=SILENT))

    after = happened_after(singly, end)
    assert Counter(topic for _, topic, _ in after) >= Counter(
        {"day.began": SILENT, "chargeback.appeal_lapsed": 2, "clearance.lapsed": 2}
    )
    assert happened_after(at_once, end) == after
    assert digests(at_once.models) == digests(singly.models)
