"""Is a field claim, a legal case and a zero-km job told, and does its claim name it?"""

from datetime import timedelta

import pytest

from support.engine import fresh
from support.explaining import explain, sentence
from support.story import PATHS, PATHS_BEGIN, do, paths, play

AFTER = PATHS_BEGIN + timedelta(days=1)


@pytest.fixture(scope="module")
def site():
    return paths(play(fresh(), until="arbitrate_appeal"))


@pytest.mark.parametrize(
    ("name", "said", "acts"),
    [
        ("FC1", "field claim FC1 (unit U1, claim C1): ruled by the group", 5),
        (
            "LC1",
            "legal case LC1 (supplier S1, led by the quality department, joined by 财务部): ended",
            3,
        ),
        (
            "J1/job",
            ("zero-km job J1 (unit U2, part P1): finished, cost 120.01 yuan, received as claim J1"),
            4,
        ),
    ],
)
def test_it_is_told_with_everything_that_happened_to_it(site, name, said, acts):
    told = explain(site, name)

    assert sentence(told).partition("  [")[0] == said
    assert [step.fact is not None for step in told.root.steps] == [True] * acts


@pytest.mark.parametrize(
    ("name", "rules", "inputs"),
    [
        ("FC1", {"Z-4.1.3b", "Z-4.1.3c", "Z-4.1.3d", "ZA13", "ZA33"}, {"FC1", "C1"}),
        ("LC1", {"Z-4.6.2", "ZA34"}, {"LC1", "S1", "C1", "N1"}),
        ("J1/job", {"Z-4.5.3a", "Z-4.7.1", "Z-3.3.2", "Z-4.7.3", "ZA43"}, {"J1"}),
    ],
)
def test_it_cites_its_rules_and_names_what_it_is_about(site, name, rules, inputs):
    told = explain(site, name)

    assert rules - set(told.clauses) == set()
    assert set(told.inputs) == inputs


def test_the_cost_of_a_job_is_the_amount_of_it(site):
    assert explain(site, "J1/job").amount == 12_001


def test_a_claim_that_came_from_a_job_names_it(site):
    told = explain(site, "J1")

    assert sentence(told) == "claim J1: claimed 120.01, accepted 0.00 yuan"
    assert told.root.steps[0] == explain(site, "J1/job").root


def test_a_claim_names_its_field_claim_and_the_case_that_concerns_it(site):
    assert {"FC1", "LC1"} <= set(explain(site, "C1").inputs)


def test_another_claim_names_neither_of_them(site):
    assert {"FC1", "LC1"} & set(explain(site, "J1").inputs) == set()


def test_a_job_whose_number_was_taken_says_no_claim():
    site = play(fresh(), until="receive_claim")
    for name, cost in (("J1", "120.00"), ("J2", "5.00")):
        for person, act, fields in PATHS[-4:]:
            costs = {"costs": {"labour": cost}} if act == "finish_zero_km_job" else {}
            claim = {"claim": "C7"} if costs else {}
            do(site, AFTER, person, act, **fields | {"job": name} | costs | claim)

    first, second = explain(site, "J1"), explain(site, "J2")

    assert "received as claim C7" in sentence(first)
    assert sentence(second).endswith("finished, cost 5.00 yuan  [Z-4.5.3a]")
    assert (first.inputs, second.inputs) == (["J1", "C7"], ["J2"])


@pytest.mark.parametrize(
    ("until", "gates"),
    [
        ("approve_handling", "missing —"),
        ("dispute_field_claim", "missing no open upstream dispute"),
    ],
)
def test_the_gates_of_a_claim_tell_of_an_open_dispute_in_the_field(until, gates):
    site = paths(play(fresh(), until="attribute_claim"), until)

    assert gates in explain(site, "C1").as_text("en")
