"""Why does a supplier's month come to what it does?"""

import pytest

from support.explaining import explain, sentence
from support.months import (
    AUGUST,
    CHECKED,
    END_OF_AUGUST,
    END_OF_JULY,
    JULY,
    award,
    collected_in_july,
    july_closed,
)
from support.story import do


@pytest.fixture(scope="module")
def july():
    """July is closed and approved, August adjusts it and is closed too."""
    site = award(july_closed())
    do(site, END_OF_AUGUST, "cashier", "close_month", **AUGUST)
    return site


def steps(explanation, language="en"):
    return [getattr(step.text, language) for step in explanation.root.steps]


def test_a_month_is_told_with_its_state_and_its_figures(july):
    told = explain(july, "S1/2026-07", END_OF_AUGUST)

    assert told.amount == 50_000
    assert told.root.text.en == (
        "month of supplier S1 (approved): 2026-07, opening 0.00 + charged 2000.00 + credited 0.00 "
        "- collected 1500.00 = closing 500.00 yuan; held 500.00 yuan"
    )
    assert sentence(explain(july, "S1/2026-08", END_OF_AUGUST), "zh").startswith(
        "供方 S1 月度结算（已结账，待批准）：2026-08，期初 500.00 元 + 索赔 -1100.00 元 + 贷记 "
        "600.00 元 - 收款 0.00 元 = 期末 0.00 元；停付 0.00 元"
    )


def test_each_movement_names_its_note_its_month_and_what_was_recorded(july):
    told = explain(july, "S1/2026-07", END_OF_AUGUST)

    assert steps(told)[:4] == [
        "opening 0.00 yuan: nothing moved before",
        "2026-07-02, chargeback N1 charged: +2000.00 yuan (of 2026-07)",
        "2026-07-10, chargeback N1 collected: -1500.00 yuan (of 2026-07)",
        "held 500.00 yuan, as of the close",
    ]
    charge = told.root.steps[1]
    assert [step.fact.id for step in charge.steps] == ["chargeback:N1@3"]
    assert (charge.amount, charge.clauses, charge.inputs) == (200_000, ("ZA26",), ("N1",))


def test_who_closed_and_who_approved_is_told_with_the_clause(july):
    told = explain(july, "S1/2026-07", END_OF_AUGUST)

    closed, approved = told.root.steps[4:6]
    assert closed.text.en.startswith("2026-07-31, cashier: S1: the month was closed: 2026-07,")
    assert approved.text.en == (
        "2026-08-03, checker: S1: the close of 2026-07 was approved; it never changes again"
    )
    assert {"Z-3.4.2", "ZA26", "ZA33", "Z-4.6.3b"} <= set(told.clauses)


def test_an_adjustment_names_the_month_it_adjusts_and_that_month_names_it(july):
    august = explain(july, "S1/2026-08", END_OF_AUGUST)
    july_told = explain(july, "S1/2026-07", END_OF_AUGUST)

    assert steps(august)[:2] == [
        "opening 500.00 yuan: closing of 2026-07, 500.00 yuan",
        (
            "2026-07-30, chargeback N1 lowered: -1100.00 yuan (of 2026-07), adjusts 2026-07, "
            "which was closed"
        ),
    ]
    assert august.root.steps[1].inputs == ("N1", "S1/2026-07")
    assert steps(july_told)[6:] == [
        f"adjusted later, in 2026-08, by {amount} yuan (chargeback N1); "
        "this statement stays as it is"
        for amount in ("-1100.00", "600.00")
    ]


def test_an_open_month_is_told_as_it_would_be_closed_on_the_day():
    told = explain(collected_in_july(), "S1/2026-07", END_OF_JULY)

    assert "month of supplier S1 (not closed): 2026-07, opening 0.00" in sentence(told)
    assert steps(told)[-1] == "held 500.00 yuan, as of the day asked for"


def test_what_earlier_open_months_bring_forward_is_told_below_the_opening():
    told = explain(collected_in_july(), "S1/2026-08", CHECKED)

    opening = told.root.steps[0]
    assert opening.text.en == (
        "opening 500.00 yuan: brought forward from earlier months not closed"
    )
    assert [step.amount for step in opening.steps] == [200_000, -150_000]


def test_an_opening_over_open_months_after_a_closed_one_tells_both():
    site = july_closed()
    do(site, CHECKED, "cashier", "collect_chargeback", chargeback="N1", amount="10.00")

    opening = explain(site, "S1/2026-09", CHECKED).root.steps[0]

    assert opening.text.zh == ("期初 490.00 元：承 2026-07 期末 500.00 元，加以前未结账月份的结转")


def test_a_look_and_a_return_stay_visible():
    site = collected_in_july()
    do(site, END_OF_JULY, "cashier", "preview_month", **JULY)
    do(site, END_OF_JULY, "cashier", "close_month", **JULY)
    do(site, END_OF_JULY, "checker", "return_close", reason="漏记", **JULY)

    said = steps(explain(site, "S1/2026-07", END_OF_JULY))

    assert [line.partition(": S1: ")[2].partition(":")[0] for line in said[-3:]] == [
        "the month was looked at",
        "the month was closed",
        "the close of 2026-07 was returned; the month is open again",
    ]


def test_a_month_that_went_into_a_later_statement_is_not_explained_by_itself(july):
    with pytest.raises(LookupError, match="no statement of 2026-06"):
        explain(july, "S1/2026-06", END_OF_AUGUST)
