"""Do many who ask at once share a batch, each with an answer of its own?"""

from datetime import date
from threading import Event, Thread

import pytest

from recourse.application import Answer, Ask, Person
from recourse.application.gathering import Gathering
from recourse.commands import PUBLIC
from support.engine import fresh, nine

MONDAY = date(2026, 3, 2)
BUYER = Person("buyer", frozenset({"purchasing"}))


def register(name):
    fields = {"supplier": name, "name": name, "disposal": "entrusted"}
    command = PUBLIC["register_supplier"].model_validate(fields)
    return Ask(command, BUYER, nine(MONDAY), f"register {name}")


class Counter:
    """Answers every ask with its id; the first batch is held until all others wait."""

    def __init__(self, breaks_at=None):
        self.batches, self.first, self.go = [], Event(), Event()
        self._breaks_at = breaks_at

    def perform(self, asks):
        self.batches.append([ask.command_id for ask in asks])
        if len(self.batches) == 1:
            self.first.set()
            assert self.go.wait(60)
        if self._breaks_at in self.batches[-1]:
            raise RuntimeError(self._breaks_at)
        return [Answer(ask.command_id, (ask.command_id,)) for ask in asks]


def asked_at_once(counter, names):
    """What each of `names` is told, all but the first having come while the first was answered."""
    shared, told = Gathering(counter.perform), {}

    def ask(name):
        try:
            told[name] = shared.perform([register(name)])[0].events
        except RuntimeError as error:
            told[name] = error

    threads = [Thread(target=ask, args=(name,)) for name in names]
    threads[0].start()
    assert counter.first.wait(60)
    for thread in threads[1:]:
        thread.start()
    while len(shared.waiting) < len(names) - 1:
        Event().wait(0.001)
    counter.go.set()
    for thread in threads:
        thread.join(60)
    return told


def test_who_comes_while_another_is_answered_waits_for_one_batch_together():
    counter = Counter()

    told = asked_at_once(counter, ["S1", "S2", "S3", "S4"])

    assert told == {name: (f"register {name}",) for name in ("S1", "S2", "S3", "S4")}
    assert [len(batch) for batch in counter.batches] == [1, 3]


def test_nobody_fails_for_anothers_sake():
    told = asked_at_once(Counter(breaks_at="register S3"), ["S1", "S2", "S3"])

    assert (told["S1"], told["S2"]) == (("register S1",), ("register S2",))
    assert isinstance(told["S3"], RuntimeError)


@pytest.mark.parametrize("clients", [8])
def test_each_is_answered_as_if_it_had_asked_alone(clients):
    site = fresh()
    shared, told = Gathering(site.engine.perform), {}

    def ask(number):
        name = f"S{number // 2}"  # two ask for each: the later one is refused
        one = register(name)
        told[number] = shared.perform([Ask(one.command, one.by, one.at, f"c{number}")])[0]

    threads = [Thread(target=ask, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    refused = [answer for answer in told.values() if answer.refusal]
    assert len(told) == clients and len(refused) == clients // 2
    assert all(each.equal for each in site.engine.compare())
