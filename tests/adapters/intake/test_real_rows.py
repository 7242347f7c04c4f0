import csv
from datetime import date
from decimal import Decimal

import pytest

from recourse.adapters.intake.files import read_table
from recourse.adapters.intake.lines import ClaimLine, read_line
from recourse.adapters.intake.loading import check_header

RECEIVED_ON = date(2024, 12, 31)


@pytest.fixture(scope="module")
def export(export_path):
    """The 60 real rows as the csv module reads them, by their row in the sheet."""
    with export_path.open(encoding="utf-8-sig", newline="") as file:
        return dict(enumerate(csv.DictReader(file), start=2))


@pytest.fixture(scope="module")
def outcomes(export_path, repairs):
    """What became of each real row, by its row in the sheet."""
    profile, master = repairs
    table = read_table(export_path)
    assert check_header(export_path.name, table.header, profile) == ()
    return {
        row.number: read_line(row, profile, master, received_on=RECEIVED_ON) for row in table.rows
    }


def money(text):
    return Decimal(text.replace(",", ""))


def test_every_real_row_is_a_claim_line_or_rejected(export, outcomes):
    lines = [outcome for outcome in outcomes.values() if isinstance(outcome, ClaimLine)]
    rejections = [outcome for outcome in outcomes.values() if isinstance(outcome, list)]

    assert list(outcomes) == list(export) == list(range(2, 62))
    assert (len(lines), len(rejections)) == (44, 16)
    assert all(rejections)


def test_the_real_rows_rejected_are_those_whose_totals_differ_or_that_name_no_part(
    export, outcomes
):
    differ = {
        number
        for number, row in export.items()
        if row["TOTALCOST"] and money(row["TOTALCOST"]) != money(row["REPORTING_COST"])
    }
    no_part = {number for number, row in export.items() if not row["CAUSAL_PART_NM"]}

    found = {
        (number, rejection.column)
        for number, outcome in outcomes.items()
        if isinstance(outcome, list)
        for rejection in outcome
    }

    assert (len(differ), sorted(no_part)) == (15, [10, 21, 38, 49])
    assert found == {(number, "REPORTING_COST") for number in differ} | {
        (number, "CAUSAL_PART_NM") for number in no_part
    }


def test_the_real_rows_taken_claim_what_the_export_says_to_the_cent(export, outcomes):
    lines = [outcome for outcome in outcomes.values() if isinstance(outcome, ClaimLine)]

    for line in lines:
        total = money(export[line.row]["REPORTING_COST"])
        labour = money(export[line.row]["LBRCOST"])
        # half up to the fen, in whole numbers: cents * 71000 / 10000
        expected = {
            "labour": (int(labour * 100) * 71 + 5) // 10,
            "material": (int((total - labour) * 100) * 71 + 5) // 10,
        }
        assert line.costs == expected, line.row
        assert line.origin["total"] == f"{total:.2f}"
    assert sum(Decimal(line.origin["total"]) for line in lines) == Decimal("23324.68")


def test_the_real_rows_with_an_empty_total_are_taken_by_the_other(export, outcomes):
    empty = [number for number, row in export.items() if not row["TOTALCOST"]]

    assert empty == [12, 17, 32, 51]
    assert [outcomes[number].origin["total"] for number in empty] == [
        "476.16",
        "275.55",
        "249.69",
        "1712.85",
    ]


def test_three_real_repairs_are_zero_km(outcomes):
    zero_km = [
        (line.row, line.mileage_km)
        for line in outcomes.values()
        if isinstance(line, ClaimLine) and line.stage == "zero_km"
    ]

    assert zero_km == [(6, 8), (7, 14), (41, 3)]


def test_the_real_row_with_indian_grouping_and_lost_text_is_taken(outcomes):
    assert outcomes[18].mileage_km == 107_905


def test_the_real_rows_keep_version_unit_plant_and_fault_as_they_stand(export, outcomes):
    for line in outcomes.values():
        if isinstance(line, ClaimLine):
            row = export[line.row]
            kept = (line.claim, str(line.line_version), line.unit, line.plant or "", line.fault)
            assert kept == tuple(
                row[column]
                for column in ("SRC_TXN_ID", "SRC_VER_NBR", "VIN", "PLANT", "COMPLAINT_CD")
            )


def test_no_free_text_and_no_dealer_of_a_real_row_is_kept(export, outcomes):
    for number, outcome in outcomes.items():
        kept = repr(outcome)
        for column in ("CUSTOMER_VERBATIM", "CORRECTION_VERBATIM", "DEALER_NAME"):
            assert export[number][column] not in kept
