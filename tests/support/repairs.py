"""Rows invented for tests, in the form of the export repairs_2024."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

PROFILE = "repairs_2024"

GOOD_ROW = {
    "SRC_TXN_ID": "9000000001",
    "SRC_VER_NBR": "2",
    "TRANSACTION_CNTR": "1",
    "TRANSACTION_CATEGORY": "FREG",
    "CAMPAIGN_NBR": "",
    "VIN": "1TESTVEN0RZ000001",
    "CAUSAL_PART_NM": "WHEEL ASM-STRG *GREEN",
    "REPAIR_DATE": "03-04-2024",
    "REPAIR_AGE": "5",
    "KM": "8,872",
    "COMPLAINT_CD": "0-0310",
    "PLANT": "AAA",
    "COUNTRY_SALE_ISO": "US",
    "REPORTING_COST": "100.00",
    "TOTALCOST": "100.00",
    "LBRCOST": "40.00",
    "CUSTOMER_VERBATIM": "told in confidence",
}


def row(**changes: str) -> dict[str, str]:
    """The good row with some cells changed; `cost` stands for both totals."""
    totals = dict.fromkeys(("REPORTING_COST", "TOTALCOST"), changes.pop("cost", "100.00"))
    return GOOD_ROW | totals | changes


def many(count: int, first: int = 0) -> Iterable[dict[str, str]]:
    """Rows of `count` different claims, each of its own vehicle."""
    for number in range(first, first + count):
        yield row(SRC_TXN_ID=f"{9_100_000_000 + number}", VIN=f"1TESTVEN0RZ{number:06d}")


def write(path: Path, rows: Iterable[Mapping[str, str]], encoding: str = "utf-8") -> Path:
    """The file `path` with these rows below the header."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, GOOD_ROW)
        writer.writeheader()
        writer.writerows(rows)
    return path
