"""Which examples do the tests of the intake share?"""

import os
from datetime import date
from pathlib import Path

import pytest

from recourse.adapters import intake
from recourse.adapters.intake.files import Row
from recourse.adapters.intake.lines import ClaimLine, read_line
from recourse.adapters.intake.loading import load_profile
from support.repairs import GOOD_ROW, PROFILE

ROOT = Path(__file__).resolve().parents[3]
EXPORT = ROOT.parent / "shared" / "data" / "repairs_2024" / "repairs_rows_001_060.csv"
RECEIVED_ON = date(2024, 12, 31)


@pytest.fixture(scope="session")
def repairs():
    return load_profile(PROFILE)


@pytest.fixture
def read(repairs):
    """Reads the good row with some cells changed, by the profile repairs_2024."""
    profile, master = repairs

    def read_changed(**changes: str):
        row = Row(7, GOOD_ROW | changes)
        return read_line(row, profile, master, received_on=RECEIVED_ON)

    return read_changed


@pytest.fixture
def rejected(read):
    """The columns for which the changed row is rejected; none when it is a claim line."""

    def rejected_columns(**changes: str):
        outcome = read(**changes)
        return [] if isinstance(outcome, ClaimLine) else [found.column for found in outcome]

    return rejected_columns


@pytest.fixture
def shipped_profile():
    """The text of the profile repairs_2024 and of its part master."""
    folder = Path(intake.__file__).parent / "profiles" / "repairs_2024"
    return tuple(
        (folder / name).read_text(encoding="utf-8") for name in ("profile.toml", "parts.toml")
    )


@pytest.fixture(scope="session")
def export_path():
    """The file with the 60 real rows, which is not part of this repository."""
    if not EXPORT.is_file():
        if os.environ.get("CI"):
            pytest.fail("the real rows are not beside the repository")
        pytest.skip("the real rows are not beside the repository")
    return EXPORT
