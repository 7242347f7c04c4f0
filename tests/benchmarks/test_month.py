"""Is the month that the benchmarks play one that the engine accepts as a whole?"""

from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from support.engine import fresh

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
AFTERWARDS = date(2026, 4, 30)
CLAIMS = 40


@pytest.fixture
def month(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    return import_module("month")


@pytest.fixture
def played(month):
    site = fresh()
    refused = [
        answer.refusal.code
        for batch in month.month(CLAIMS, seed=1)
        for answer in site.engine.perform(batch)
        if answer.refusal
    ]
    return site, refused


def test_the_month_plays_without_a_refusal_and_its_books_agree(played):
    site, refused = played

    assert refused == []
    assert site.check(AFTERWARDS) == {"balanced": True, "rebuilt_equal": True}


def test_the_month_has_every_kind_of_ending(played, month):
    site, _ = played

    answers = {
        site.figures("chargeback", f"N-{supplier}", AFTERWARDS)["answer"]
        for supplier in month.SUPPLIERS
    }

    assert answers == {"confirmed", "lapsed"}
    assert site.figures("account", month.SILENT, AFTERWARDS)["held_for"] != {}


def test_the_same_seed_makes_the_same_month(month):
    assert list(month.month(CLAIMS, seed=7)) == list(month.month(CLAIMS, seed=7))
    assert list(month.month(CLAIMS, seed=7)) != list(month.month(CLAIMS, seed=8))


def test_single_commands_are_as_many_as_asked(month):
    site = fresh()
    before, asks = month.singles(30, seed=1)

    answers = site.engine.perform(before) + [site.engine.perform([ask])[0] for ask in asks]

    assert len(asks) == 30
    assert [answer.refusal for answer in answers if answer.refusal] == []
