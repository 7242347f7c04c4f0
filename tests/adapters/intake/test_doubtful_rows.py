"""Are the rows of a file held against each other and against earlier files, and returned once?"""

from datetime import date

import pytest

from recourse.adapters.intake.admission import register_master
from recourse.adapters.intake.run import intake
from recourse.application import Person
from support.engine import fresh, nine
from support.repairs import PROFILE, row, write

TODAY = date(2024, 12, 2)
ENGINEER = Person("li", frozenset({"quality_engineer"}))
BUYER = Person("wang", frozenset({"purchasing"}))
FIRST, SECOND = "9000000001", "9000000002"
LATER_WITH_LESS = {"SRC_TXN_ID": SECOND, "REPAIR_DATE": "04-04-2024", "KM": "8,871"}


@pytest.fixture
def site(repairs):
    site = fresh()
    _, master = repairs
    register_master(site.engine, master, by=BUYER, at=nine(TODAY))
    return site


@pytest.fixture
def take(site, tmp_path):
    def take_in(*rows, **options):
        path = write(tmp_path / "repairs.csv", rows)
        return intake(site.engine, path, PROFILE, by=ENGINEER, at=nine(TODAY), **options)

    return take_in


def shown(site, claim):
    figures = site.figures("claim", claim, TODAY)
    return figures["doubts"], figures["dispute"]


def topics(site, claim):
    return [fact.event.TOPIC for fact in site.engine.stream(f"claim:{claim}")]


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_a_row_with_less_mileage_than_an_earlier_repair_in_its_file_is_returned(site, take, batch):
    take(row(), row(**LATER_WITH_LESS), batch=batch)

    assert shown(site, FIRST) == ([], "none")
    assert shown(site, SECOND) == (["mileage_backwards"], "returned")


@pytest.mark.parametrize("batch", [1, 100])
def test_the_order_of_the_rows_decides_which_of_the_two_is_returned(site, take, batch):
    take(row(**LATER_WITH_LESS), row(), batch=batch)

    assert shown(site, SECOND) == ([], "none")
    assert shown(site, FIRST) == (["mileage_backwards"], "returned")


def test_a_row_is_held_against_the_files_before(site, take):
    take(row())

    take(row(SRC_TXN_ID=SECOND))

    assert shown(site, SECOND) == (["duplicate"], "returned")


def test_a_doubtful_row_that_comes_again_is_known_and_not_returned_again(site, take):
    take(row(), row(**LATER_WITH_LESS))

    result = take(row(), row(**LATER_WITH_LESS))

    assert (result.known, result.rejected) == (2, 0)
    assert topics(site, SECOND) == ["claim.received", "claim.objected"]


def test_what_the_file_does_not_tell_is_unchecked(site, take):
    take(row())

    (received,) = site.engine.stream(f"claim:{FIRST}")
    assert received.event.unchecked == (
        *("repaired_before_built", "repaired_before_sold"),
        *("cost_above_standard", "outside_terms"),
    )


def test_a_newer_version_of_a_row_in_dispute_waits_with_the_reason(site, take):
    take(row(), row(**LATER_WITH_LESS))

    result = take(row(**LATER_WITH_LESS, SRC_VER_NBR="3", cost="110.00"))

    assert (result.amended, result.rejected) == (0, 1)
    assert "dispute" in result.rejects_file.read_text(encoding="utf-8-sig")
    assert topics(site, SECOND)[-1] == "claim.objected"


def test_a_file_with_doubtful_rows_leaves_the_books_in_order(site, take):
    take(row(), row(**LATER_WITH_LESS), row(SRC_TXN_ID="9000000003"))

    assert site.check() == {"balanced": True, "rebuilt_equal": True}
