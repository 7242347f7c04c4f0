"""Are the books that the benchmarks read and play what they are said to be?"""

from importlib import import_module

import pytest

from recourse.adapters.storage import MemoryStore
from recourse.application import Recourse
from recourse.rulebook.book import built_in, read_book
from recourse.rulebook.calendar import published_calendar
from recourse.rulebook.keys import keys


@pytest.fixture
def benchmark(monkeypatch, request):
    monkeypatch.syspath_prepend(request.config.rootpath / "benchmarks")
    return import_module


def test_a_book_of_500_rules_has_so_many_editions_over_every_key(benchmark):
    book = read_book(benchmark("big_book").big_texts(500))

    assert sum(len(rule.editions) for rule in book.rules.values()) == 500
    assert book.rules.keys() == keys().keys()


def test_the_month_ends_alike_with_and_without_lookups(benchmark):
    constant = benchmark("constant_book").constant(built_in())
    month = benchmark("month")

    assert _answers(month, constant) == _answers(month, built_in())
    assert constant.asked[0] > 0


def _answers(month, book):
    engine = Recourse(MemoryStore("log"), book, published_calendar())
    return [
        (answer.refusal and answer.refusal.code, answer.events)
        for batch in month.month(40, seed=1)
        for answer in engine.perform(batch)
    ]
