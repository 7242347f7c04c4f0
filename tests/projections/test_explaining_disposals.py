"""Is it told why an old part is where it is, and why its disposal is charged at what it is?"""

import pytest

from support.clearing import (
    LAST_DAY,
    OVERDUE,
    charge_claim,
    charge_parts,
    clear,
    dispose,
    lower,
    notified,
    overdue,
    running,
)
from support.explaining import explain, sentence
from support.story import FOR_A_REASON, do


@pytest.fixture
def charged():
    """T1 was disposed of and stands on N2; T3, entrusted, on N3; T2 was cleared late."""
    site = overdue()
    dispose(site, OVERDUE, "T1", "T3", cost={"T1": "35.50", "T3": "12.00"})
    clear(site, OVERDUE, "T2")
    charge_parts(site, OVERDUE, "T1")
    charge_parts(site, OVERDUE, "T3", note="N3", supplier="S2")
    return site


def test_a_disposal_is_told_down_to_the_notice_and_its_last_day(charged):
    explanation = explain(charged, "T1/disposal")

    assert (explanation.amount, explanation.inputs) == (3_550, ["T1", "N2", "C1", "S1", "L1"])
    assert {"Z-4.3.2b", "ZA25", "Z-4.3.2a", "ZA1", "ZA2", "ZA3"} <= set(explanation.clauses)
    assert "Z-4.3.1b" not in explanation.clauses
    assert "last day to clear the parts of L1: 2026-07-08" in explanation.as_text("en")


def test_an_entrusted_disposal_is_told_by_the_agreement_and_without_a_clock(charged):
    explanation = explain(charged, "T3/disposal")

    assert (explanation.amount, explanation.inputs) == (1_200, ["T3", "N3", "C2", "S2"])
    assert {"Z-4.3.1a", "Z-4.3.1b", "ZA25", "ZA45"} <= set(explanation.clauses)
    assert "Z-4.3.2b" not in explanation.clauses


def test_a_disposal_is_the_line_on_its_live_note(charged):
    bare, named = explain(charged, "T1/disposal"), explain(charged, "N2/T1/disposal")

    assert (bare.of, bare.root) == ("T1/disposal", named.root)


def test_a_disposal_on_no_live_note_is_what_would_be_charged(charged):
    lower(charged, OVERDUE, {"T1/disposal": {"reduced_to": "10.00"}})
    do(charged, OVERDUE, "boss", "void_chargeback", chargeback="N2", **FOR_A_REASON)

    explanation = explain(charged, "T1/disposal")

    assert explanation.amount == 1_000
    assert sentence(explanation) == "T1/disposal: 10.00 yuan, on no live note  [ZA25]"
    assert "cost 35.50 yuan, no mark-up; after an appeal at most 10.00 yuan" in (
        explanation.as_text("en")
    )


def test_a_disposal_on_a_draft_is_what_approval_would_fix():
    site = overdue()
    dispose(site, OVERDUE, "T1", cost={"T1": "35.50"})
    draft = {"supplier": "S1", "month": "2026-07", "claims": ["T1"]}
    do(site, OVERDUE, "engineer", "draft_chargeback", chargeback="N2", **draft)

    assert [explain(site, name).amount for name in ("T1/disposal", "N2")] == [3_550, 3_550]
    assert "T1" in explain(site, "N2").inputs


@pytest.mark.parametrize(("settled", "said"), [(False, "yes"), (True, "no")])
def test_a_part_let_go_by_an_override_says_so(settled, said):
    site = running()
    charge_claim(site, LAST_DAY)
    site.begin(OVERDUE)
    if settled:
        do(site, OVERDUE, "seller", "confirm_chargeback", chargeback="N1")

    dispose(site, OVERDUE, "T1", by="boss", override="已留影像")

    told = explain(site, "T1")
    assert f"evidence let go by an override: {said})" in told.as_text("en")
    assert ("ZA19" in told.clauses) == (said == "yes")


@pytest.mark.parametrize("name", ["T2/disposal", "N2/T3/disposal", "T9/disposal", "N2/T1/labour"])
def test_a_disposal_that_was_not_made_or_not_charged_there_is_not_known(charged, name):
    with pytest.raises(LookupError):
        explain(charged, name)


def test_a_notice_tells_where_each_of_its_parts_is(charged):
    explanation = explain(charged, "L1")

    assert sentence(explanation) == (
        "clearance notice L1 (supplier S1): T1 disposed of, T2 cleared  [Z-4.3.2a, ZA3]"
    )
    assert explanation.inputs == ["L1", "S1", "T1", "T2"]
    assert "T2: cleared by the supplier under notice L1" in explanation.as_text("en")


def test_the_last_day_to_clear_is_told_by_both_readings():
    told = explain(running(), "L1/deadline")

    assert (told.clauses, told.inputs) == (["Z-4.3.2a", "ZA1", "ZA2"], ["L1"])
    assert "5 natural days after the receipt on 2026-07-03" in sentence(told)
    assert sentence(told, "zh").startswith("L1 的清理最后一天：2026-07-08。")


def test_before_the_receipt_no_clock_has_started():
    site = notified()

    assert explain(site, "L1").inputs == ["L1", "S1", "T1", "T2"]
    with pytest.raises(LookupError, match="L1 has no recorded receipt"):
        explain(site, "L1/deadline")


def test_a_part_on_a_notice_names_it(charged):
    explanation = explain(charged, "T2")

    assert sentence(explanation) == "returned part T2 of claim C1: cleared  [Z-3.1.3]"
    assert "L1" in explanation.inputs


def test_a_claim_names_the_note_that_charges_the_disposal_of_its_part(charged):
    told = explain(charged, "C1").root.steps[-1]

    assert told.text.en == "chargeback N2 (supplier S1, received): T1/disposal 35.50"
