"""Do read models that several processes keep together equal those that one keeps alone?"""

import random
from collections import defaultdict
from contextlib import closing

import pytest
from sqlalchemy import select

from recourse.adapters.catalogue.channels import channels
from recourse.adapters.storage.addresses import address_of
from recourse.adapters.storage.shared_rows import OFFSETS, Fenced, Part, SharedRows
from recourse.aggregates.chargeback import Chargeback
from recourse.contracts import EVENTS
from recourse.projections.base import Rows
from recourse.projections.shared import SHARED
from support import history

PARTITIONS = 4
PART = Part("recourse.claims", 0)


@pytest.fixture(params=["file", "postgres"])
def rows(request, tmp_path):
    """Rows that nobody has written, in a file or in a schema."""
    if request.param == "file":
        address = tmp_path / "rows.db"
    else:
        address = address_of(request.getfixturevalue("postgres").new_url())
    with closing(SharedRows(address)) as opened:
        yield opened


def facts_of(messages):
    return [history.facts()[each.id] for each in messages]


def some_claims(count=3):
    return facts_of(history.partitioned(PARTITIONS)["recourse.claims", 0][:count])


def test_rows_shared_by_key_equal_those_of_one_process_to_the_byte(rows):
    chance = random.Random(6)
    left = {Part(*part): told for part, told in history.partitioned(PARTITIONS).items()}
    reached = dict.fromkeys(left, 0)
    while left:
        part = chance.choice(list(left))
        batch = left[part][: chance.randint(1, 400)]
        up_to = reached[part] + len(batch)
        rows.take_in(part, facts_of(batch), goes_on=reached[part], up_to=up_to)
        reached[part], left[part] = up_to, left[part][len(batch) :]
        if not left[part]:
            del left[part]

    assert rows.digests() == history.alone()
    assert all(count > 0 for count, _ in history.alone().values())


def test_no_row_depends_on_the_events_of_two_keys(rows):
    keys = {each.id: (each.topic, each.key) for each in history.messages()}
    touched = defaultdict(set)

    class Watched(Rows):
        def put(self, where, *key, **values):
            touched[where.name, key].add(keys[fact.id])
            return super().put(where, *key, **values)

    with rows.database.begin() as connection:
        watched = Watched(connection, empty=False)
        for fact in history.facts().values():
            for projection in SHARED:
                if take := projection.takes.get(type(fact.event)):
                    take(fact, fact.event, watched)

    assert {key: by for key, by in touched.items() if len(by) > 1} == {}


def test_everything_that_is_shared_leaves_the_house():
    published = {event for channel in channels(EVENTS) for event in channel.events}

    assert {event.TOPIC for each in SHARED for event in each.takes} <= published


def test_an_event_that_the_relay_sent_twice_counts_once(rows):
    part = Part("recourse.suppliers", 0)
    facts = facts_of(history.partitioned(1)["recourse.suppliers", 0])
    assert any(type(fact.event) is Chargeback.Collected for fact in facts)  # adds to what was
    rows.take_in(part, facts, goes_on=0, up_to=len(facts))
    before = rows.digests()

    rows.take_in(part, facts[10:], goes_on=len(facts), up_to=2 * len(facts))

    assert (rows.digests(), rows.next_of(part)) == (before, 2 * len(facts))


def test_who_lost_a_partition_and_does_not_know_it_writes_nothing(rows):
    facts = some_claims(40)
    rows.take_in(PART, facts[:20], goes_on=0, up_to=20)
    rows.take_in(PART, facts[20:], goes_on=20, up_to=40)
    before = rows.digests()

    for goes_on in (0, 20, 60):
        with pytest.raises(Fenced):
            rows.take_in(PART, facts, goes_on=goes_on, up_to=goes_on + 40)

    assert (rows.digests(), rows.next_of(PART)) == (before, 40)


def test_rows_and_offset_are_one_transaction(rows):
    broken = [*some_claims(3), None]

    with pytest.raises(AttributeError):
        rows.take_in(PART, broken, goes_on=0, up_to=4)

    with rows.database.connect() as connection:
        assert connection.execute(select(OFFSETS)).all() == []
    assert {count for count, _ in rows.digests().values()} == {0}


def test_whoever_opens_the_rows_finds_where_they_end(tmp_path):
    with closing(SharedRows(tmp_path / "rows.db")) as first:
        first.take_in(PART, some_claims(), goes_on=0, up_to=3)

    with closing(SharedRows(tmp_path / "rows.db")) as second:
        assert (second.next_of(PART), second.next_of(Part("recourse.claims", 1))) == (3, 0)
