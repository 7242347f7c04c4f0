"""The demo month of a release as messages: a history long enough to be shared by key."""

from collections import defaultdict
from functools import cache
from zlib import crc32

from recourse.adapters.kafka.envelope import Envelopes
from recourse.contracts import decode
from recourse.projections import ReadModels
from recourse.projections.shared import SHARED
from support.golden import GOLDEN, stored_in

PAGE = 1000


@cache
def messages():
    """Every event of the month that leaves the house, in the order of the log."""
    log = stored_in(GOLDEN / "0.1.0")
    first = {}
    for stored in log:
        first.setdefault(stored.originator_id, stored)
    envelopes = Envelopes("a log", first.__getitem__)
    return [told for told in map(envelopes.message, log) if told]


@cache
def facts():
    """Every event of the month, by its id."""
    return {fact.id: fact for fact in map(decode, stored_in(GOLDEN / "0.1.0"))}


@cache
def alone():
    """The digests of the shared read models where one process has taken in the whole log."""
    models = ReadModels.in_memory()
    every = list(facts().values())
    models.rebuild(every[first : first + PAGE] for first in range(0, len(every), PAGE))
    with models.reading() as connection:
        return {each.name: each.digest(connection) for each in SHARED}


def partitioned(number):
    """The messages in `number` partitions of each topic, in order among those of one key."""
    parts = defaultdict(list)
    for each in messages():
        parts[each.topic, crc32(each.key) % number].append(each)
    return parts
