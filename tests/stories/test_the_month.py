"""Does a supplier's month come to the figures that a person reckons by hand, and stay there?"""

import pytest

from recourse.values.refusal import Refused
from support.engine import Site
from support.months import (
    AUGUST,
    CHECKED,
    END_OF_AUGUST,
    END_OF_JULY,
    JULY,
    YEARS_LATER,
    award,
    collected_in_july,
    july_closed,
    months,
    told,
)
from support.story import do

FIGURES = ("opening", "charged", "credited", "collected", "closing", "held", "adjustments")


def figures(statement):
    return tuple(statement[name] for name in FIGURES)


def refusal(site: Site, day, person, act, **fields):
    site.begin(day)
    before = site.position()
    with pytest.raises(Refused) as refused:
        do(site, day, person, act, **fields)
    assert site.position() == before
    return refused.value.code, refused.value.rules


@pytest.fixture
def july():
    return july_closed()


def test_july_is_what_was_charged_less_what_was_taken(july):
    # 300.00 + 700.00 + 1000.00 charged, 1500.00 deducted; 500.00 stay open and, being under appeal,
    # hold as much of the 7500.00 still payable.
    statement = told(july, "2026-07", CHECKED)

    assert figures(statement) == ("0.00", "2000.00", "0.00", "1500.00", "500.00", "500.00", "0.00")
    assert statement["state"] == "approved"
    assert [(line["kind"], line["amount"]) for line in statement["lines"]] == [
        ("charged", "2000.00"),
        ("collected", "-1500.00"),
    ]


def test_an_open_month_is_told_as_closing_would_make_it():
    site = collected_in_july()
    live = told(site, "2026-07", END_OF_JULY)

    do(site, END_OF_JULY, "cashier", "close_month", **JULY)

    assert live | {"state": "closed"} == told(site, "2026-07", END_OF_JULY)


def test_what_closes_is_what_the_account_says_is_open(july):
    assert told(july, "2026-07", CHECKED)["closing"] == "500.00"
    assert july.figures("account", "S1", CHECKED)["open"] == "500.00"


def test_an_award_that_comes_too_late_adjusts_july_in_august(july):
    # The award takes 700.00 + 400.00 off the charge and credits 1500.00 - 900.00 = 600.00:
    # 500.00 - 1100.00 + 600.00 = 0.00. The refund is not a movement of a note.
    award(july)
    statement = told(july, "2026-08", END_OF_AUGUST)

    assert figures(statement) == ("500.00", "-1100.00", "600.00", "0.00", "0.00", "0.00", "-500.00")
    assert [(line["kind"], line["month"], line["adjusts"]) for line in statement["lines"]] == [
        ("lowered", "2026-07", "2026-07"),
        ("credited", "2026-07", "2026-07"),
    ]


def test_a_closed_month_is_the_same_years_later(july):
    before = told(july, "2026-07", CHECKED)

    award(july)
    do(july, END_OF_AUGUST, "cashier", "close_month", **AUGUST)
    do(july, YEARS_LATER, "cashier", "pay_supplier", supplier="S1", amount="7500.00")

    assert told(july, "2026-07", YEARS_LATER) == before


def test_a_closed_month_is_the_same_however_the_log_is_read_again(july):
    award(july)
    before = told(july, "2026-07", YEARS_LATER), told(july, "2026-08", YEARS_LATER)

    july.engine.rebuild()

    assert (told(july, "2026-07", YEARS_LATER), told(july, "2026-08", YEARS_LATER)) == before
    assert july.check() == {"balanced": True, "rebuilt_equal": True}


def test_closing_twice_posts_nothing(july):
    assert refusal(july, CHECKED, "cashier", "close_month", **JULY) == (
        "month-already-closed",
        ("Z-3.4.2",),
    )
    assert refusal(july, CHECKED, "cashier", "preview_month", **JULY) == (
        "month-already-closed",
        ("Z-3.4.2",),
    )


def test_a_returned_close_can_be_made_again_with_what_came_meanwhile():
    site = collected_in_july()
    do(site, END_OF_JULY, "cashier", "close_month", **JULY)
    do(site, CHECKED, "checker", "return_close", reason="漏记一笔收款", **JULY)
    do(
        site,
        CHECKED,
        "cashier",
        "collect_chargeback",
        on=END_OF_JULY,
        chargeback="N1",
        amount="100.00",
    )

    assert told(site, "2026-07", CHECKED)["state"] == "not_closed"
    do(site, CHECKED, "cashier", "close_month", **JULY)

    statement = told(site, "2026-07", CHECKED)
    assert (statement["collected"], statement["closing"]) == ("1600.00", "400.00")
    assert site.check() == {"balanced": True, "rebuilt_equal": True}


def test_the_wrong_person_neither_closes_nor_approves():
    site = collected_in_july()

    assert refusal(site, CHECKED, "boss", "close_month", **JULY)[0] == "not-your-role"
    do(site, END_OF_JULY, "cashier", "close_month", **JULY)
    assert refusal(site, CHECKED, "cashier", "approve_close", **JULY)[0] == "not-your-role"
    assert refusal(site, CHECKED, "cashier", "return_close", reason="x", **JULY)[0] == (
        "not-your-role"
    )


@pytest.mark.parametrize("act", ["close_month", "preview_month"])
def test_no_month_of_an_unknown_supplier_is_settled(july, act):
    code, _ = refusal(july, CHECKED, "cashier", act, supplier="S9", month="2026-07")

    assert code == "not-found"


def test_only_suppliers_of_whom_a_month_says_something_are_told(july):
    do(
        july,
        CHECKED,
        "buyer",
        "register_supplier",
        supplier="S2",
        name="乙供方",
        disposal="takes_back",
    )

    assert [each.supplier for each in months(july, "2026-07", CHECKED)] == ["S1"]
    assert [each.supplier for each in months(july, "2026-08", CHECKED)] == ["S1"]
    assert [each.state for each in months(july, "2026-07", CHECKED, "S2")] == ["not_closed"]
    with pytest.raises(LookupError):
        months(july, "2026-07", CHECKED, "S9")


def test_a_month_before_the_first_close_has_no_statement_any_more(july):
    assert months(july, "2026-06", CHECKED, "S1") == []
