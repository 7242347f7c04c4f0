from datetime import date

import pytest

from recourse.adapters.intake.files import Row
from recourse.adapters.intake.lines import ClaimLine, read_line

RECEIVED_ON = date(2024, 12, 31)


def test_a_good_row_becomes_a_claim_line(read):
    assert read() == ClaimLine(
        row=7,
        claim="9000000001",
        unit="1TESTVEN0RZ000001",
        part="P-STRG-WHEEL",
        stage="after_sale",
        repaired_on=date(2024, 3, 4),
        costs={"labour": 28400, "material": 42600},
        quantity=1,
        origin={
            "currency": "USD",
            "total": "100.00",
            "rate": "7.1000",
            "rate_source": read().origin["rate_source"],
        },
        line_version=2,
        plant="AAA",
        mileage_km=8872,
        fault="0-0310",
        measures={"months_in_service": 5},
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("VIN", ""),
        ("VIN", "1TESTVEN0RZ00000"),
        ("VIN", "1TESTVEN0RZ0000O1"),
        ("VIN", "1TESTVEN0RZ00000\u200b1"),
        ("SRC_TXN_ID", ""),
        ("SRC_TXN_ID", "2.80891E+09"),
        ("SRC_TXN_ID", "90000\x0000001"),
        ("SRC_VER_NBR", ""),
        ("SRC_VER_NBR", "-2"),
        ("SRC_VER_NBR", "2.5"),
        ("TRANSACTION_CNTR", "2"),
        ("TRANSACTION_CATEGORY", "REVERSAL"),
        ("CAMPAIGN_NBR", "N24-001"),
        ("CAUSAL_PART_NM", ""),
        ("CAUSAL_PART_NM", "PUMP ASM-OIL"),
        ("CAUSAL_PART_NM", "WHEEL ASM-STRG *JET BL\ufffdCK"),
        ("REPAIR_DATE", ""),
        ("REPAIR_DATE", "13-01-2024"),
        ("REPAIR_DATE", "02-30-2024"),
        ("REPAIR_DATE", "01/02/2024"),
        ("REPAIR_DATE", "01-02-24"),
        ("REPAIR_DATE", "2024-01-02 03:04:00"),
        ("REPAIR_DATE", "45293"),
        ("REPAIR_DATE", "12-31-2023"),
        ("REPAIR_DATE", "01-01-2025"),
        ("REPAIR_AGE", "-1"),
        ("REPAIR_AGE", "five"),
        ("KM", "-5"),
        ("KM", "12,34"),
        ("KM", "1,07,90"),
        ("KM", "1,070,90"),
        ("KM", "1,07,905,12"),
        ("KM", "8.872"),
        ("KM", "8.870"),
        ("KM", "1,500,001"),
        ("KM", "١٢٣"),
        ("KM", "1e3"),
        ("LBRCOST", ""),
        ("LBRCOST", "-40.00"),
        ("LBRCOST", "(40.00)"),
        ("LBRCOST", "$40.00"),
        ("LBRCOST", "40,00"),
        ("LBRCOST", "40.005"),
        ("LBRCOST", "NaN"),
        ("COUNTRY_SALE_ISO", ""),
        ("COUNTRY_SALE_ISO", "DE"),
        ("COUNTRY_SALE_ISO", "CN"),
        ("PLANT", "A A"),
    ],
)
def test_a_trap_rejects_the_row_and_names_its_column(rejected, column, value):
    assert rejected(**{column: value}) == [column]


@pytest.mark.parametrize(
    ("first", "second", "labour"),
    [
        ("100.00", "105.00", "40.00"),
        ("", "100.00", "40.00"),
        ("", "", "40.00"),
        ("100.00", "100.00", "100.01"),
        ("100.00", "", "100.01"),
        ("0", "0", "0"),
        ("20,000.01", "20,000.01", "40.00"),
        ("-100.00", "-100.00", "40.00"),
    ],
)
def test_a_doubtful_total_rejects_the_row(rejected, first, second, labour):
    columns = rejected(REPORTING_COST=first, TOTALCOST=second, LBRCOST=labour)

    assert set(columns) <= {"REPORTING_COST", "TOTALCOST"} and columns


def test_an_absurd_second_total_rejects_the_row(rejected):
    assert rejected(TOTALCOST="abc") == ["TOTALCOST"]


def test_all_problems_of_a_row_are_told_at_once(rejected):
    columns = rejected(VIN="", KM="12,34", REPAIR_DATE="13-01-2024", LBRCOST="-1")

    assert sorted(columns) == ["KM", "LBRCOST", "REPAIR_DATE", "VIN"]


def test_every_rejection_says_row_reason_and_remedy_in_two_languages(read):
    [rejection] = read(COUNTRY_SALE_ISO="DE")

    assert (rejection.row, rejection.column, rejection.value) == (7, "COUNTRY_SALE_ISO", "DE")
    assert "没有规定" in rejection.reason_zh and "says no currency" in rejection.reason_en
    assert "折算率" in rejection.remedy_zh and "rate" in rejection.remedy_en


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("8872", 8872),
        ("8,872", 8872),
        ("1,07,905", 107905),
        ("107,905", 107905),
        ("8,872.0", 8872),
        ("8872.9", 8872),
        (" 8,872 ", 8872),
        ("", None),
    ],
)
def test_a_mileage_with_one_reading_is_taken(read, written, kept):
    assert read(KM=written).mileage_km == kept


@pytest.mark.parametrize(
    ("mileage", "age", "stage"),
    [
        ("20", "0", "zero_km"),
        ("20.01", "0", "after_sale"),
        ("21", "0", "after_sale"),
        ("20", "1", "after_sale"),
        ("", "1", "after_sale"),
        ("21", "", "after_sale"),
    ],
)
def test_the_stage_follows_mileage_and_age(read, mileage, age, stage):
    assert read(KM=mileage, REPAIR_AGE=age).stage == stage


@pytest.mark.parametrize(("mileage", "age"), [("", "0"), ("20", ""), ("", "")])
def test_a_stage_that_turns_on_an_empty_cell_is_not_guessed(rejected, mileage, age):
    assert rejected(KM=mileage, REPAIR_AGE=age) == ["KM"]


def test_a_day_read_from_an_excel_cell_is_taken(read):
    assert read(REPAIR_DATE="2024-03-04").repaired_on == date(2024, 3, 4)


def test_a_row_without_claim_unit_and_day_is_one_problem(repairs):
    profile, master = repairs
    cells = dict.fromkeys(profile.used_columns(), "") | {"REPORTING_COST": "28,123.45"}

    outcome = read_line(Row(99, cells), profile, master, received_on=RECEIVED_ON)

    assert [(found.row, found.column) for found in outcome] == [(99, "")]


def test_characters_lost_in_text_that_is_not_kept_change_nothing(read):
    assert read(CUSTOMER_VERBATIM="\ufffd\ufffd\x00") == read()


def test_a_fen_is_rounded_half_up_for_each_component_by_itself(read):
    costs = read(REPORTING_COST="0.10", TOTALCOST="0.10", LBRCOST="0.05").costs

    assert costs == {"labour": 36, "material": 36}  # 35.5 fen each, and 71 fen at once
