from datetime import date

import pytest
import xlsxwriter

from recourse.adapters.intake.files import Row, read_table
from recourse.adapters.intake.lines import read_line
from recourse.adapters.intake.loading import load_profile

RECEIVED_ON = date(2024, 12, 31)
GOOD = {
    "SRC_TXN_ID": "9000000002",
    "SRC_VER_NBR": "4",
    "TRANSACTION_CNTR": "1",
    "TRANSACTION_CATEGORY": "FREG",
    "CAMPAIGN_NBR": "",
    "VIN": "1TESTVEN0RZ000002",
    "CAUSAL_PART_NM": "MODULE ASM-STRG WHL HT CONT",
    "REPAIR_DATE": "03-04-2024",
    "REPAIR_AGE": "5",
    "KM": "100",
    "COMPLAINT_CD": "0-0310",
    "PLANT": "AAA",
    "COUNTRY_SALE_ISO": "US",
    "REPORTING_COST": "100.00",
    "TOTALCOST": "105.00",
    "LBRCOST": "40.00",
}


def altered(tmp_path, shipped_profile, *changes):
    profile, master = shipped_profile
    for old, new in changes:
        assert old in profile
        profile = profile.replace(old, new)
    (tmp_path / "profile.toml").write_text(profile, encoding="utf-8")
    (tmp_path / "parts.toml").write_text(master, encoding="utf-8")
    return load_profile(str(tmp_path))


@pytest.mark.parametrize(("decision", "total"), [("first", "100.00"), ("second", "105.00")])
def test_the_profile_decides_which_of_two_totals_counts(tmp_path, shipped_profile, decision, total):
    change = (
        'decision = "reject"\nreason_zh = "样本中 60',
        f'decision = "{decision}"\nreason_zh = "样本中 60',
    )
    profile, master = altered(tmp_path, shipped_profile, change)

    line = read_line(Row(2, GOOD), profile, master, received_on=RECEIVED_ON)

    assert line.origin["total"] == total


def test_money_in_yuan_needs_no_rate_and_stays_as_it_is(tmp_path, shipped_profile):
    profile, master = altered(tmp_path, shipped_profile, ('US = "USD"', 'US = "CNY"'))
    row = Row(2, GOOD | {"TOTALCOST": "100.00"})

    line = read_line(row, profile, master, received_on=RECEIVED_ON)

    assert line.costs == {"labour": 4000, "material": 6000}
    assert line.origin == {"currency": "CNY", "total": "100.00"}


def test_a_foreign_row_of_a_day_without_a_rate_is_rejected(tmp_path, shipped_profile):
    profile, master = altered(
        tmp_path, shipped_profile, ("until = 2024-12-31", "until = 2024-03-03")
    )
    row = Row(2, GOOD | {"TOTALCOST": "100.00"})

    [rejection] = read_line(row, profile, master, received_on=RECEIVED_ON)

    assert rejection.column == "COUNTRY_SALE_ISO"
    assert rejection.reason_en == "The profile has no rate of USD for 2024-03-04."


def test_a_day_that_can_be_read_in_two_ways_is_rejected(tmp_path, shipped_profile):
    profile, master = altered(
        tmp_path, shipped_profile, ('["%m-%d-%Y", "%Y-%m-%d"]', '["%m-%d-%Y", "%d-%m-%Y"]')
    )

    outcomes = [
        read_line(
            Row(2, GOOD | {"TOTALCOST": "100.00", "REPAIR_DATE": day}),
            profile,
            master,
            received_on=RECEIVED_ON,
        )
        for day in ("03-04-2024", "03-03-2024", "13-03-2024")
    ]

    assert "2024-03-04, 2024-04-03" in outcomes[0][0].reason_en
    assert [line.repaired_on for line in outcomes[1:]] == [date(2024, 3, 3), date(2024, 3, 13)]


def test_miles_become_whole_kilometres_and_the_stage_compares_the_exact_ones(
    tmp_path, shipped_profile
):
    profile, master = altered(tmp_path, shipped_profile, ('unit = "km"', 'unit = "mile"'))

    lines = [
        read_line(
            Row(2, GOOD | {"TOTALCOST": "100.00", "REPAIR_AGE": "0", "KM": miles}),
            profile,
            master,
            received_on=RECEIVED_ON,
        )
        for miles in ("12", "12.50", "100")
    ]

    found = [(line.mileage_km, line.stage) for line in lines]
    assert found == [(19, "zero_km"), (20, "after_sale"), (161, "after_sale")]


def test_a_written_rule_may_say_which_part_is_meant_where_none_is_named(tmp_path, shipped_profile):
    profile, master = altered(
        tmp_path,
        shipped_profile,
        (
            '[missing_part]\ndecision = "reject"',
            '[missing_part]\ndecision = "use"\npart = "P-STRG-WHEEL"',
        ),
    )
    row = Row(2, GOOD | {"TOTALCOST": "100.00", "CAUSAL_PART_NM": ""})

    line = read_line(row, profile, master, received_on=RECEIVED_ON)

    assert line.part == "P-STRG-WHEEL"


def test_components_of_their_own_must_sum_to_the_total(tmp_path, shipped_profile):
    profile, master = altered(
        tmp_path,
        shipped_profile,
        (
            "material = { rest = true }",
            (
                'material = { column = "MATERIAL" }\ntravel = { column = "TRAVEL", '
                'empty_is_zero = { reason_zh = "无", reason_en = "none" } }'
            ),
        ),
    )
    row = GOOD | {"TOTALCOST": "100.00", "MATERIAL": "55.00", "TRAVEL": "5.00"}

    line = read_line(Row(2, row), profile, master, received_on=RECEIVED_ON)
    [short] = read_line(Row(2, row | {"TRAVEL": ""}), profile, master, received_on=RECEIVED_ON)

    assert line.costs == {"labour": 28400, "material": 39050, "travel": 3550}
    assert "does not agree with its components" in short.reason_en


def test_text_not_kept_may_still_have_to_be_undamaged(tmp_path, shipped_profile):
    profile, master = altered(
        tmp_path, shipped_profile, ('damaged = "allowed"', 'damaged = "reject"')
    )
    row = GOOD | {"TOTALCOST": "100.00", "CUSTOMER_VERBATIM": "private \ufffd words"}

    [rejection] = read_line(Row(2, row), profile, master, received_on=RECEIVED_ON)

    assert (rejection.column, rejection.value) == ("CUSTOMER_VERBATIM", "")


def test_a_row_of_an_excel_file_reads_like_one_of_a_csv_file(tmp_path, repairs):
    profile, master = repairs
    row = GOOD | {"TOTALCOST": "100.00"}
    book = xlsxwriter.Workbook(tmp_path / "book.xlsx")
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    numbers = {"SRC_TXN_ID", "SRC_VER_NBR", "KM", "REPORTING_COST", "TOTALCOST", "LBRCOST"}
    for place, (column, value) in enumerate(row.items()):
        sheet.write(0, place, column)
        if column == "REPAIR_DATE":
            sheet.write_datetime(1, place, date(2024, 3, 4), day)
        else:
            sheet.write(1, place, float(value) if column in numbers else value)
    book.close()

    [from_book] = read_table(tmp_path / "book.xlsx").rows

    assert read_line(from_book, profile, master, received_on=RECEIVED_ON) == read_line(
        Row(2, row), profile, master, received_on=RECEIVED_ON
    )
