"""Are the hours, price, distance and months of a row taken, and contradictions told?"""

import pytest

from recourse.adapters.intake.comparing import Contradiction, Recorded, judge
from recourse.adapters.intake.files import Row
from recourse.adapters.intake.lines import ClaimLine, read_line
from recourse.aggregates.base import Fact
from recourse.aggregates.claim import Claim
from support.examples import act
from support.repairs import GOOD_ROW

from .conftest import RECEIVED_ON

MEASURED = {"HOURS": "2.5", "PRICE": "400.00", "KM_OUT": "120", "AGE": "14"}


@pytest.fixture
def measured(repairs):
    """Reads the good row with columns of measures, by a profile that names them."""
    profile, master = repairs
    columns = profile.columns.model_copy(
        update={
            "hours": "HOURS",
            "unit_price": "PRICE",
            "distance_km": "KM_OUT",
            "months_in_service": "AGE",
        }
    )
    profile = profile.model_copy(update={"columns": columns})

    def read(**changes: str):
        row = Row(7, GOOD_ROW | MEASURED | changes)
        return read_line(row, profile, master, received_on=RECEIVED_ON)

    return read


def received(line: ClaimLine) -> Recorded:
    """The claim that `line` became."""
    journal: list[Fact] = []
    claim = Claim(line.claim, journal)
    names = ("unit", "part", "stage", "repaired_on", "costs", "quantity", "line_version")
    more = {name: getattr(line, name) for name in (*names, "plant", "mileage_km", "fault")}
    measures = {**line.measures, "unit_price": 284_000} if line.measures else None
    claim.receive(act(day=RECEIVED_ON), **more, measures=measures)
    found = Recorded.in_stream(journal)
    assert found
    return found


def test_the_measures_of_a_row_are_taken_and_its_price_converted_like_its_costs(measured):
    assert measured().measures == {
        "hours": "2.5",
        "unit_price": "2840.00",  # 400.00 dollars at 7.1000
        "distance_km": "120",
        "months_in_service": 14,
    }


def test_a_measure_that_is_empty_is_not_given(measured):
    assert measured(HOURS="", PRICE="").measures == {"distance_km": "120", "months_in_service": 14}


@pytest.mark.parametrize(
    ("column", "written"),
    [("HOURS", "2h30"), ("HOURS", "-1"), ("PRICE", "4oo"), ("KM_OUT", "1.2345"), ("AGE", "1.5")],
)
def test_a_measure_that_cannot_be_read_rejects_the_row_and_names_its_column(
    measured, column, written
):
    assert [found.column for found in measured(**{column: written})] == [column]


def test_the_same_row_again_is_known(measured):
    line = measured()

    assert judge(received(line), line) == "known"


def test_the_same_version_with_other_hours_contradicts_the_log(measured):
    found = judge(received(measured()), measured(HOURS="3"))

    assert isinstance(found, Contradiction)
    assert (found.field, found.recorded, found.written) == ("hours", "2.5", "3")


def test_a_newer_version_with_other_hours_and_the_same_costs_amends_the_claim(measured):
    newer = measured(HOURS="3", SRC_VER_NBR="9")

    assert judge(received(measured()), newer) == "amended"
