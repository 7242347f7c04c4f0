"""What does the second book say of a whole quarter, in another currency and under its clauses?"""

from datetime import date
from pathlib import Path

import pytest

from recourse.rulebook.book import read_book
from recourse.rulebook.reading import texts_of
from support.engine import fresh
from support.explaining import explain
from support.months import months
from support.story import do, refused

AXLES = read_book(texts_of(Path(__file__).parents[1] / "books" / "axles"))
REPAIRED, CHARGED = date(2026, 3, 2), date(2026, 3, 4)
FIRST_QUARTER, THIRD_QUARTER = date(2026, 3, 31), date(2026, 9, 30)


def line(claim, part, **says):
    """A repair after the sale that took two hours, in which nothing was replaced."""
    return {"claim": claim, "unit": f"U-{claim}", "part": part, "stage": "after_sale",
            "repaired_on": REPAIRED, "quantity": 0, "costs": {"labour": "200.00"},
            "hours": "2", **says}  # fmt: skip


def confirmed(site, claim, shares):
    do(site, CHARGED, "engineer", "confirm_information", claim=claim)
    do(site, CHARGED, "engineer", "confirm_cost", claim=claim)
    do(site, CHARGED, "engineer", "attribute_claim", claim=claim, shares=shares)


@pytest.fixture(scope="module")
def charged():
    """S2 is charged 2 x 95.00 = 190.00 on N2, S1 2 x 80.00 x 0.60 = 96.00 on N1."""
    site = fresh(book=AXLES)
    for supplier, part, family in (("S1", "P-H", "housing"), ("S2", "P-B", "bearing")):
        do(site, REPAIRED, "buyer", "register_supplier", supplier=supplier, name="甲",
           disposal="takes_back")  # fmt: skip
        do(site, REPAIRED, "buyer", "register_part", part=part, name="乙", supplier=supplier,
           family=family)  # fmt: skip
    for number, (supplier, part) in enumerate((("S1", "P-H"), ("S2", "P-B")), 1):
        do(site, REPAIRED, "engineer", "receive_claim", **line(f"C{number}", part))
        confirmed(site, f"C{number}", {f"supplier:{supplier}": "1.00"})
        note = {"chargeback": f"N{number}"}
        do(site, CHARGED, "engineer", "draft_chargeback", **note, supplier=supplier,
           month="2026-03", claims=[f"C{number}"])  # fmt: skip
        do(site, CHARGED, "boss", "approve_chargeback", **note)
        do(site, CHARGED, "cashier", "issue_chargeback", **note)
        do(site, CHARGED, "buyer", "record_receipt", **note, received_on=CHARGED, proof="快递")
    return site


@pytest.mark.parametrize(
    ("supplier", "day", "month", "closing", "converted"),
    [
        # 190.00 / 7.80 = 24.3589..., and by the rate since 1 July 190.00 / 7.90 = 24.0506...
        ("S2", FIRST_QUARTER, "2026-03",
         "190.00", {"currency": "EUR", "rate": "7.80", "amount": "24.36"}),
        ("S2", THIRD_QUARTER, "2026-09",
         "190.00", {"currency": "EUR", "rate": "7.90", "amount": "24.05"}),
        ("S1", FIRST_QUARTER, "2026-03", "96.00", None),
    ],
)  # fmt: skip
def test_a_quarter_closes_in_the_currency_of_the_supplier(
    charged, supplier, day, month, closing, converted
):
    (found,) = months(charged, month, day, supplier)

    told = found.as_dict()
    assert (told["closing"], told["converted"]) == (closing, converted)


def test_a_month_inside_a_quarter_is_told_as_its_quarter(charged):
    (found,) = months(charged, "2026-02", FIRST_QUARTER, "S2")

    assert found.statement.month == "2026-03"


@pytest.mark.parametrize(
    ("name", "of_the_book"),
    [
        ("N2/C2/labour", ["QL-3.2", "QL-4", "QL-5.1"]),
        ("C1", ["QL-1", "QL-3.2", "QL-4"]),  # the gates, the rate, the share agreed
        ("S1", ["QL-9"]),  # what is held
        ("S1/2026-03", ["QL-9"]),
    ],
)
def test_what_rests_on_a_value_of_the_book_cites_its_clause(charged, name, of_the_book):
    cited = explain(charged, name, FIRST_QUARTER).clauses

    assert set(of_the_book) <= set(cited)
    assert not {"ZA8", "ZA9"}.intersection(cited)


def test_the_last_day_to_appeal_rests_on_the_clause_of_the_book(charged):
    (step,) = [
        step
        for step in explain(charged, "N1", FIRST_QUARTER).root.steps
        if step.text.en.startswith("last day to appeal against N1: 2026-04-16. 30 working days")
    ]

    # 30 working days after Wednesday 4 March: 2 + 5 + 5 + 5 until the 27th, 30 March to 3 April
    # make 22 and, the 6th of April being off for Qingming, 7 to 10 April 26, 13 to 16 April 30.
    assert step.clauses == ("QL-5.1", "ZA2")


@pytest.mark.parametrize(
    ("language", "title"),
    [("zh", "系统自身的规则"), ("en", "The engine's own rules")],
)
def test_the_engines_own_rules_stand_apart_from_those_of_the_book(charged, language, title):
    told = explain(charged, "N1/C1/labour", FIRST_QUARTER).as_text(language)

    of_the_book, _, of_the_engine = told.rpartition(f"\n{title}")
    assert "\n  QL-3.2  " in of_the_book
    assert "\n  Z-4.5.2a  " not in of_the_book
    assert "\n  Z-4.5.2a  " in of_the_engine


@pytest.mark.parametrize(
    ("told", "zh", "en"),
    [
        ({"months_in_service": 25}, "使用 25 个月，超过 24 个月", "25 months in service, over 24"),
        ({"mileage_km": 200_001}, "行驶 200001 公里，超过 200000 公里",
         "driven 200001 km, more than 200000"),
        ({"sold_on": date(2024, 3, 1)}, "2024-03-01 销售，2026-03-02 维修，超过 24 个月",
         "sold on 2024-03-01, repaired on 2026-03-02, more than 24 months later"),
    ],
)  # fmt: skip
def test_a_failure_beyond_a_limit_is_told_with_its_figures(told, zh, en):
    site = fresh(book=AXLES)
    do(site, REPAIRED, "buyer", "register_supplier", supplier="S1", name="甲",
       disposal="takes_back")  # fmt: skip
    do(site, REPAIRED, "buyer", "register_part", part="P-A", name="轴", supplier="S1")
    if "sold_on" in told:  # the sale is checked against the terms, which makes it a doubt
        told = told | {"stage": "zero_km"}
    do(site, REPAIRED, "engineer", "receive_claim", **line("C1", "P-A", **told))
    confirmed(site, "C1", {"supplier:S1": "1.00"})

    explanation = explain(site, "C1", CHARGED)

    assert zh in explanation.as_text("zh")
    assert en in explanation.as_text("en")
    assert "QL-3.1" in explanation.clauses


def test_a_line_is_told_as_it_was_reckoned_after_the_claim_is_confirmed_anew():
    site = fresh(book=AXLES)
    do(site, REPAIRED, "buyer", "register_supplier", supplier="S1", name="甲",
       disposal="takes_back")  # fmt: skip
    do(site, REPAIRED, "buyer", "register_part", part="P-A", name="轴", supplier="S1")
    do(site, REPAIRED, "engineer", "receive_claim", **line("C1", "P-A"))
    confirmed(site, "C1", {"supplier:S1": "1.00"})
    do(site, CHARGED, "engineer", "draft_chargeback", chargeback="N1", supplier="S1",
       month="2026-03", claims=["C1"])  # fmt: skip
    do(site, CHARGED, "boss", "approve_chargeback", chargeback="N1")
    do(site, CHARGED, "engineer", "amend_claim", claim="C1", costs={"labour": "200.00"}, hours="3")
    do(site, CHARGED, "engineer", "confirm_cost", claim="C1")

    told = explain(site, "N1/C1/labour", CHARGED).as_text("en")

    assert "labour = 2 hours × 80.00 yuan = 160.00 yuan" in told
    assert "labour = 3 hours" not in told
    assert "labour 200.00 yuan; hours 3;" in told
    assert "charged by QL-3.1, QL-3.2, QL-3.3, QL-3.4, QL-3.5, QL-4 " in told


def test_a_measure_that_is_missing_is_named_with_the_clause_that_needs_it():
    site = fresh(book=AXLES)
    do(site, REPAIRED, "buyer", "register_supplier", supplier="S1", name="甲",
       disposal="takes_back")  # fmt: skip
    do(site, REPAIRED, "buyer", "register_part", part="P-A", name="轴", supplier="S1")
    do(site, REPAIRED, "engineer", "receive_claim", **line("C1", "P-A", hours=None))

    told = refused(site, CHARGED, "engineer", "confirm_cost", claim="C1")

    assert told == ("measure-missing", ("QL-3.2",))
