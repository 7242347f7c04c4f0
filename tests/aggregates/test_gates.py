"""Which gates of a claim are shut?"""

from functools import partial
from types import SimpleNamespace

import pytest

from recourse.aggregates.claim.gates import missing as missing_of
from recourse.rulebook.kinds import GATES

missing = partial(missing_of, required=GATES)
CONFIRMED = {"information": "confirmed", "cost": "confirmed", "responsibility": "confirmed"}


def claim(**other):
    fine = {"states": CONFIRMED, "dispute": "none", "valid": True, "quantity": 1, "waived": ()}
    return SimpleNamespace(**fine | other)


def part(**other):
    fine = {"listed": 2, "counted": 2, "finding": "part_defect", "answer": "agreed"}
    return SimpleNamespace(**fine | other)


def test_no_gate_is_missing_when_everything_is_certain():
    assert missing(claim(), [part(), part(answer="refused")]) == []


@pytest.mark.parametrize(
    ("other", "gate"),
    [
        ({"states": CONFIRMED | {"information": "open"}}, "information"),
        ({"states": CONFIRMED | {"cost": "objected"}}, "cost"),
        ({"states": CONFIRMED | {"responsibility": "open"}}, "responsibility"),
        ({"dispute": "returned"}, "upstream_dispute"),
        ({"dispute": "verified"}, "upstream_dispute"),
        ({"dispute": "unresolved"}, "upstream_dispute"),
        ({"dispute": "referred"}, "upstream_dispute"),
        ({"valid": False}, "returned"),
    ],
)
def test_what_is_uncertain_of_the_claim_shuts_its_gate(other, gate):
    assert missing(claim(**other), [part()]) == [gate]


def test_a_dispute_that_is_ruled_shuts_no_gate():
    assert missing(claim(dispute="ruled"), [part()]) == []


def test_a_dispute_about_the_field_claim_behind_it_shuts_the_gate_of_a_dispute():
    assert missing(claim(), [part()], field_dispute=True) == ["upstream_dispute"]


def test_two_disputes_shut_one_gate():
    returned = claim(dispute="returned")

    assert missing(returned, [part()], field_dispute=True) == ["upstream_dispute"]


@pytest.mark.parametrize(
    ("other", "gates"),
    [
        ({"counted": None}, ["counted"]),
        ({"counted": 1}, ["counted"]),
        ({"counted": 3}, ["counted"]),
        ({"finding": None}, ["inspected"]),
        ({"finding": "misuse"}, ["finding"]),
        ({"finding": "undetermined"}, ["finding"]),
        ({"answer": None}, ["supplier_answer"]),
    ],
)
def test_one_uncertain_part_among_others_shuts_its_gate(other, gates):
    assert missing(claim(), [part(), part(**other)]) == gates


def test_without_any_tag_nothing_is_found_wrong_but_nothing_is_certain():
    assert missing(claim(), []) == ["counted", "inspected", "supplier_answer"]


def test_a_claim_without_replaced_parts_has_no_part_gates():
    assert missing(claim(quantity=0), []) == []


def test_a_waived_gate_is_not_missing():
    parts = [part(counted=1, finding="misuse")]

    assert missing(claim(waived=("counted",)), parts) == ["finding"]


def test_a_gate_that_the_rulebook_does_not_require_is_never_missing():
    untouched = claim(states=dict.fromkeys(CONFIRMED, "open"))

    assert missing_of(untouched, [], required=("cost", "counted")) == ["cost", "counted"]
