"""Do gates, approvals, penalties, periods, currencies and terms follow the rulebook in use?"""

from datetime import date

import pytest

from recourse.values.refusal import Refused
from support.books import CLAUSE, book_with, rule
from support.engine import fresh
from support.months import months
from support.story import CLAIM, FIRST, NOTE, PENALTY, SECOND, do, play, refused

MANAGER_TO_1000 = rule(
    "approval.limits",
    'rows = [{ up_to = "1000.00", role = "quality_manager" }, { role = "deputy_gm" }]',
)
BY_SEVERITY = rule(
    "penalty.table",
    'rows = [{ severity = "serious", family = "gear", minimum = "900.00", maximum = "950.00" },'
    ' { minimum = "500.00", maximum = "2000.00" }]',
)
BY_QUARTER = rule("month.period", 'value = "quarter"')
IN_EUROS = rule(
    "settlement.currency",
    'rows = [{ supplier = "S1", currency = "EUR", rate = "8.00" },'
    ' { currency = "CNY", rate = "1" }]',
    'since = 2026-09-01\nrows = [{ currency = "EUR", rate = "7.00" }]',
)
FEW_GATES = rule("gates.required", 'value = ["cost"]')
TWO_YEARS = rule(
    "terms.warranty", 'rows = [{ family = "gear", months = 24 }, { months = 12, mileage_km = 9 }]'
)


def ruled_by(*rules):
    return fresh(book=book_with(*rules))


def test_only_the_gates_that_the_book_requires_are_looked_at():
    site = ruled_by(FEW_GATES)
    play(site, "register_part")
    do(site, FIRST, "engineer", "receive_claim", **CLAIM | {"quantity": 1})
    assert site.figures("claim", "C1", FIRST)["gates_missing"] == ["cost"]

    do(site, FIRST, "engineer", "confirm_cost", claim="C1")
    assert site.figures("claim", "C1", FIRST)["gates_missing"] == []


def test_a_gate_that_the_book_does_not_require_cannot_be_waived():
    site = play(ruled_by(FEW_GATES), "receive_claim", receive_claim={"quantity": 1})

    waived = {"claim": "C1", "gate": "counted", "reason": "见附件"}
    assert refused(site, FIRST, "boss", "waive_gate", **waived) == ("gate-not-missing", ("ZA41",))


def test_a_note_above_the_limit_of_the_manager_is_approved_by_the_deputy():
    site = play(ruled_by(MANAGER_TO_1000), "draft_chargeback")  # 300.00 + 700.00 + 1000.00

    told = refused(site, SECOND, "boss", "approve_chargeback", **NOTE)
    assert told == ("above-approval-limit", (CLAUSE,))

    do(site, SECOND, "deputy", "approve_chargeback", **NOTE)
    assert site.figures("chargeback", "N1", SECOND)["stage"] == "approved"


def test_a_note_at_the_limit_of_the_manager_is_approved_by_the_manager():
    # Without the penalty the note comes to 1000.00 yuan, the limit itself.
    site = ruled_by(MANAGER_TO_1000)
    play(site, "attribute_claim")
    do(
        site,
        SECOND,
        "engineer",
        "draft_chargeback",
        **NOTE,
        supplier="S1",
        month="2026-07",
        claims=["C1"],
    )

    do(site, SECOND, "boss", "approve_chargeback", **NOTE)
    assert site.figures("chargeback", "N1", SECOND)["total"] == "1000.00"


def test_by_the_built_in_book_the_deputy_approves_nothing():
    site = play(fresh(), "draft_chargeback")

    told = refused(site, SECOND, "deputy", "approve_chargeback", **NOTE)
    assert told == ("not-your-role", ("Z-4.5.2b",))


@pytest.mark.parametrize(
    ("amount", "family", "fits"),
    [("900.00", "gear", True), ("950.00", "gear", True), ("950.01", "gear", False),
     ("899.99", "gear", False), ("899.99", None, True), ("2000.00", "shaft", True)],
)  # fmt: skip
def test_a_penalty_lies_within_the_row_of_its_severity_and_family(amount, family, fits):
    site = ruled_by(BY_SEVERITY)
    play(site, "attribute_claim", register_part={"family": family})
    penalty = PENALTY | {"amount": amount, "reason": "见附件"}

    if fits:
        do(site, FIRST, "engineer", "set_penalty", **penalty)
    else:
        told = refused(site, FIRST, "engineer", "set_penalty", **penalty)
        assert told == ("penalty-out-of-range", (CLAUSE,))


def test_an_account_that_is_settled_by_the_quarter_closes_under_its_last_month():
    site = play(ruled_by(BY_QUARTER), "issue_chargeback")
    end = date(2026, 9, 30)

    with pytest.raises(Refused) as no:
        do(site, end, "cashier", "close_month", supplier="S1", month="2026-07")
    assert (no.value.code, no.value.facts["settled_in"]) == ("month-in-a-quarter", "2026-09")

    do(site, end, "cashier", "close_month", supplier="S1", month="2026-09")
    (statement,) = months(site, "2026-07", end, "S1")
    assert (statement.statement.month, statement.statement.charged) == ("2026-09", 200_000)


def test_a_book_that_turns_from_months_to_quarters_settles_every_movement_once():
    turned = rule("month.period", 'value = "month"', 'since = 2026-08-01\nvalue = "quarter"')
    site = play(ruled_by(turned), "issue_chargeback")

    do(site, date(2026, 9, 30), "cashier", "close_month", supplier="S1", month="2026-09")

    (statement,) = months(site, "2026-09", date(2026, 9, 30), "S1")
    assert [line.amount for line in statement.statement.settled] == [200_000]


@pytest.mark.parametrize(
    ("day", "month", "told"),
    [
        (date(2026, 8, 31), "2026-08", {"currency": "EUR", "rate": "8.00", "amount": "250.00"}),
        (date(2026, 9, 30), "2026-09", {"currency": "EUR", "rate": "7.00", "amount": "285.71"}),
    ],
)
def test_a_statement_says_its_closing_in_the_currency_of_its_last_day(day, month, told):
    site = play(ruled_by(IN_EUROS), "issue_chargeback")  # 2000.00 yuan are charged

    do(site, day, "cashier", "close_month", supplier="S1", month=month)

    (statement,) = months(site, month, day, "S1")
    assert statement.as_dict()["closing"] == "2000.00"
    assert statement.as_dict()["converted"] == told
    assert site.check() == {"balanced": True, "rebuilt_equal": True}


@pytest.mark.parametrize(
    ("family", "sold_on", "doubts"),
    [
        ("gear", date(2024, 6, 20), []),
        ("gear", date(2024, 6, 19), ["outside_terms"]),
        ("shaft", date(2025, 6, 20), ["outside_terms"]),  # 10 km are more than 9
    ],
)
def test_terms_of_the_book_count_where_none_were_agreed(family, sold_on, doubts):
    sold = {"stage": "after_sale", "sold_on": sold_on, "mileage_km": 10}
    site = play(
        ruled_by(TWO_YEARS),
        "receive_claim",
        register_part={"family": family},
        receive_claim=sold,
    )

    assert site.figures("claim", "C1", FIRST)["doubts"] == doubts


def test_terms_agreed_for_the_part_go_before_those_of_the_book():
    site = ruled_by(TWO_YEARS)
    play(site, "register_part", register_part={"family": "gear"})
    do(site, FIRST, "boss", "agree_terms", part="P1", since=date(2020, 1, 1), months=12)

    sold = {"stage": "after_sale", "sold_on": date(2025, 1, 1)}
    do(site, FIRST, "engineer", "receive_claim", **CLAIM | sold)

    assert site.figures("claim", "C1", FIRST)["doubts"] == ["outside_terms"]


@pytest.mark.parametrize(
    ("supplier", "doubts"), [("S1", []), ("S2", ["outside_terms"]), ("S3", ["outside_terms"])]
)
def test_terms_of_the_book_may_differ_by_the_supplier_of_the_part(supplier, doubts):
    site = ruled_by(
        rule("terms.warranty", 'rows = [{ supplier = "S1", months = 36 }, { months = 12 }]')
    )
    if supplier != "S1":
        do(site, FIRST, "buyer", "register_supplier", supplier=supplier, name=supplier,
           disposal="takes_back")  # fmt: skip
    sold = {"stage": "after_sale", "sold_on": date(2024, 6, 20)}  # 24 months before the repair
    play(site, "receive_claim", register_part={"supplier": supplier}, receive_claim=sold)

    assert site.figures("claim", "C1", FIRST)["doubts"] == doubts


def test_a_refusal_because_of_gates_cites_the_clause_that_requires_them():
    site = ruled_by(FEW_GATES)
    play(site, "register_part")
    do(site, FIRST, "engineer", "receive_claim", **CLAIM)
    do(site, FIRST, "engineer", "confirm_cost", claim="C1")
    do(site, FIRST, "engineer", "attribute_claim", claim="C1", shares={"supplier:S1": "1.00"})
    do(site, FIRST, "engineer", "draft_chargeback", **NOTE, supplier="S1", month="2026-07")
    do(site, FIRST, "engineer", "amend_claim", claim="C1", costs=CLAIM["costs"])

    assert refused(site, FIRST, "boss", "approve_chargeback", **NOTE) == ("gates-shut", (CLAUSE,))


def test_a_refusal_to_refer_cites_the_clause_that_leaves_it_to_the_centre():
    site = ruled_by(rule("referral.by", 'value = "centre"'))
    play(site, "receive_claim")

    told = refused(site, FIRST, "engineer", "refer_to_group", claim="C1")
    assert told == ("only-the-centre-refers", ("Z-4.4.3c", CLAUSE))
