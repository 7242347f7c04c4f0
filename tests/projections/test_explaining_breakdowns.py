"""Is the breakdown of a month told: who bears how much of which claim, who signed, who objects?"""

from datetime import date
from pathlib import Path

import pytest

from support.engine import fresh
from support.explaining import explain, sentence
from support.story import FIRST, FOR_A_REASON, SECOND, THIRD, do, play

GOLDEN = Path(__file__).parent / "golden"
JULY = {"month": "2026-07"}
GEAR, S1 = "department:齿轮", "supplier:S1"


@pytest.fixture(scope="module")
def month():
    """C1 is the supplier's, C2 half the shop's, which objects and is relieved of some of it."""
    site = play(fresh(), until="attribute_claim")
    line = {"unit": "U2", "part": "P1", "stage": "after_sale", "repaired_on": FIRST}
    costs = {"labour": "600.01"}
    do(site, FIRST, "engineer", "receive_claim", claim="C2", quantity=0, costs=costs, **line)
    do(site, FIRST, "engineer", "confirm_cost", claim="C2")
    shares = {"shares": {S1: "0.5", GEAR: "0.5"}}
    do(site, FIRST, "engineer", "attribute_claim", claim="C2", **shares)
    do(site, SECOND, "engineer", "send_breakdown", **JULY)
    do(site, SECOND, "seller", "sign_breakdown", **JULY)
    do(site, THIRD, "gear", "appeal_breakdown", claims=["C2"], **JULY, **FOR_A_REASON)
    shares = {GEAR: "0.2", "department:装配": "0.3", S1: "0.5"}
    decision = {"bearer": GEAR, "claim": "C2", "outcome": "changed", "shares": shares}
    do(site, THIRD, "boss", "decide_breakdown_appeal", **JULY, **decision)
    return site


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_month_is_told_by_bearer_and_claim_with_what_was_said_to_it(month, language):
    golden = (GOLDEN / f"breakdown_{language}.txt").read_text(encoding="utf-8")

    told, _, _ = explain(month, "2026-07").as_text(language).partition("\n\n")

    assert told + "\n" == golden


def test_a_month_goes_by_two_names(month):
    assert explain(month, "breakdown/2026-07").root == explain(month, "2026-07").root


def test_the_parts_of_a_month_sum_to_what_is_accepted(month):
    explained = explain(month, "2026-07")

    bearers = [step.amount for step in explained.root.steps if step.amount is not None]
    assert explained.amount == sum(bearers) == 160_001
    claims = [part.amount for step in explained.root.steps for part in step.steps]
    assert sum(claims) == 160_001


def test_a_month_rests_on_its_claims_and_cites_each_rule(month):
    explained = explain(month, "2026-07")

    assert explained.inputs == ["2026-07", "C1", "C2"]
    assert explained.clauses == ["Z-4.5.1a", "ZA23", "Z-4.5.1b", "ZA35", "Z-4.5.1c"]


def test_a_month_that_was_not_sent_is_told_as_it_stands():
    site = play(fresh(), until="confirm_cost")

    explained = explain(site, "2026-07")

    assert sentence(explained) == (
        "claims received in 2026-07: 1000.00 yuan accepted; breakdown not sent yet"
        "  [Z-4.5.1a, ZA23]"
    )
    (bearer,) = explained.root.steps
    assert bearer.text.en == "undetermined bears 1000.00 yuan"


@pytest.mark.parametrize("name", ["2026-08", "breakdown/2026-08", "2026-13", "breakdown/C1"])
def test_a_month_in_which_nothing_was_received_is_not_known(month, name):
    with pytest.raises(LookupError, match=name):
        explain(month, name, date(2026, 9, 1))
