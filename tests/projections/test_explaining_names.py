"""Which names are explained, and which are not known?"""

import pytest

from support.engine import fresh
from support.explaining import explain
from support.story import play


@pytest.mark.parametrize(
    "name",
    [
        *("", "/", "X9", "X9/labour", "X9/deadline", "X9/hold", "C1/travel", "C1/paint"),
        *("N1/C1", "N1/C1/travel", "N1/C9/labour", "N1/hold", "S1/deadline", "c1", "N1/"),
    ],
)
def test_an_unknown_name_is_not_explained(decided, name):
    with pytest.raises(LookupError):
        explain(decided, name)


SLASHED = {
    "register_supplier": {"supplier": "S/1"},
    "register_part": {"supplier": "S/1"},
    "record_payable": {"supplier": "S/1"},
    "receive_claim": {"claim": "C/1"},
    "confirm_information": {"claim": "C/1"},
    "confirm_cost": {"claim": "C/1"},
    "attribute_claim": {"claim": "C/1", "shares": {"supplier:S/1": "1"}},
    "set_penalty": {"claim": "C/1", "supplier": "S/1"},
    "draft_chargeback": {"chargeback": "N/1", "supplier": "S/1", "claims": ["C/1"]},
    "approve_chargeback": {"chargeback": "N/1"},
    "issue_chargeback": {"chargeback": "N/1"},
    "record_receipt": {"chargeback": "N/1"},
}


@pytest.fixture(scope="module")
def slashed():
    return play(fresh(), until="record_receipt", **SLASHED)


@pytest.mark.parametrize(
    ("name", "amount"),
    [
        ("C/1", 100_000),
        ("C/1/labour", 30_000),
        ("N/1", 200_000),
        ("N/1/C/1/material", 70_000),
        ("N/1/C/1/penalty", 100_000),
        ("N/1/deadline", None),
        ("S/1", 200_000),
        ("S/1/hold", 200_000),
    ],
)
def test_names_with_strokes_are_found(slashed, name, amount):
    assert explain(slashed, name).amount == amount


@pytest.mark.parametrize("name", ["N/1/C/1", "N/1/C/1/travel", "N/C/1/labour", "1/labour"])
def test_pieces_of_names_with_strokes_are_not(slashed, name):
    with pytest.raises(LookupError):
        explain(slashed, name)
