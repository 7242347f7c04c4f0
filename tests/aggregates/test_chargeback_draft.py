"""How does a note come to be, and when may it not be drafted, approved or issued?"""

from decimal import Decimal

import pytest

from recourse.aggregates.chargeback import Chargeback, lines_of, named
from recourse.aggregates.claim import Claim
from support.examples import (
    LABOUR,
    MATERIAL,
    PENALTY,
    S1,
    S2,
    TUESDAY,
    act,
    approved,
    attributed,
    cost_confirmed,
    cost_lowered,
    divided,
    drafted,
    information_confirmed,
    issued,
    penalty_set,
    receipt,
    received,
    returned,
    shares,
    voided,
)
from support.scenario import folded, given

DRAFT = {"supplier": "S1", "month": "2026-03", "claims": ("C1", "C2"), "replaces": "N0"}
APPROVED = (drafted(), approved())
ISSUED = (*APPROVED, issued())
VOID = (*ISSUED, voided())
CLAIM = (received(), information_confirmed(), cost_confirmed(), attributed(), divided())


def note(*history):
    return folded(Chargeback, history, [])


def claim(*more):
    return folded(Claim, (*CLAIM, *more), [])


def test_a_note_is_drafted_for_claims_and_may_replace_another():
    given(Chargeback).when(lambda it: it.draft(act(), **DRAFT)).then(Chargeback.Drafted, **DRAFT)


def test_a_note_is_drafted_for_parts_that_were_disposed_of_alone():
    of_parts = DRAFT | {"claims": (), "parts": ("T1",)}

    (
        given(Chargeback)
        .when(lambda it: it.draft(act(), **of_parts))
        .then(Chargeback.Drafted, **of_parts)
    )


@pytest.mark.parametrize("ended", [(returned(),), (approved(), voided())], ids=["returned", "void"])
def test_a_claim_and_a_part_are_on_the_note_until_it_is_void(ended):
    it = note(drafted(parts=("T1",)))
    held = ("claim C1 note S1", "part T1 note S1")

    taken, freed = drafted().takes(it), ended[-1].frees(it)

    assert (taken, freed) == (("supplier S1 note N1", *held), held)


def test_a_note_is_drafted_once():
    (
        given(Chargeback, drafted())
        .when(lambda it: it.draft(act(), **DRAFT))
        .then_refused("note-already-drafted")
    )


def test_a_note_without_a_claim_is_not_drafted():
    (
        given(Chargeback)
        .when(lambda it: it.draft(act(), **DRAFT | {"claims": ()}))
        .then_refused("nothing-to-draft")
    )


def test_approval_fixes_the_lines():
    (
        given(Chargeback, drafted())
        .when(lambda it: it.approve(act("boss"), [LABOUR, PENALTY]))
        .then(Chargeback.Approved, lines=(LABOUR, PENALTY))
    )


def test_a_note_with_nothing_to_charge_is_not_approved():
    (
        given(Chargeback, drafted())
        .when(lambda it: it.approve(act("boss"), []))
        .then_refused("nothing-to-charge", "Z-4.5.2a")
    )


def test_the_one_who_drafted_does_not_approve():
    (
        given(Chargeback, drafted())
        .when(lambda it: it.must_not_be_drafter(act("engineer")))
        .then_refused("drafter-decides", "ZA33")
    )


def test_another_person_may_approve():
    given(Chargeback, drafted()).when(lambda it: it.must_not_be_drafter(act("boss"))).then_each()


@pytest.mark.parametrize("history", [APPROVED, ISSUED])
def test_only_a_draft_is_approved(history):
    (
        given(Chargeback, *history)
        .when(lambda it: it.must_be_drafted())
        .then_refused("note-not-a-draft")
    )


def test_a_returned_draft_is_void():
    outcome = given(Chargeback, drafted()).when(lambda it: it.send_back(act("boss")))

    outcome.then(Chargeback.Returned)
    assert not note(drafted(), *outcome.events).live


def test_an_approved_note_is_not_returned():
    (
        given(Chargeback, *APPROVED)
        .when(lambda it: it.send_back(act("boss")))
        .then_refused("note-not-a-draft")
    )


def test_an_approved_note_is_issued_under_its_number():
    (
        given(Chargeback, *APPROVED)
        .when(lambda it: it.issue(act("cashier"), "2026-000007"))
        .then(Chargeback.Issued, number="2026-000007")
    )


@pytest.mark.parametrize("history", [(drafted(),), ISSUED, (*ISSUED, receipt())])
def test_only_an_approved_note_is_issued_and_only_once(history):
    (
        given(Chargeback, *history)
        .when(lambda it: it.must_be_approved())
        .then_refused("note-not-approved")
    )


def test_a_delivery_is_recorded_and_does_not_start_the_clock():
    outcome = given(Chargeback, *ISSUED).when(
        lambda it: it.record_delivery(act("buyer", TUESDAY), "mail")
    )

    outcome.then(Chargeback.Delivered, channel="mail")
    assert note(*ISSUED, *outcome.events).last_day is None


def test_a_note_that_was_not_issued_is_not_delivered():
    (
        given(Chargeback, *APPROVED)
        .when(lambda it: it.record_delivery(act("buyer", TUESDAY), "mail"))
        .then_refused("note-not-issued")
    )


@pytest.mark.parametrize("history", [(drafted(), returned()), VOID])
@pytest.mark.parametrize(
    "asked",
    [
        lambda it: it.must_be_drafted(),
        lambda it: it.send_back(act("boss")),
        lambda it: it.must_be_approved(),
        lambda it: it.record_delivery(act("buyer", TUESDAY), "mail"),
        lambda it: it.must_be_receivable(),
        lambda it: it.must_be_correctable(act("buyer")),
        lambda it: it.confirm(act("seller")),
        lambda it: it.appeal(act("seller"), ["C1"]),
        lambda it: it.admit_late_appeal(act("boss")),
        lambda it: it.must_be_rechecked(),
        lambda it: it.request_arbitration(act("seller"), ["C1"]),
        lambda it: it.must_be_at_arbitration(),
        lambda it: it.choose_collection(act("cashier"), "invoice"),
        lambda it: it.must_be_collectable(),
        lambda it: it.agree_to_void(act("checker")),
        lambda it: it.void(act("boss")),
    ],
)
def test_nothing_can_be_done_to_a_void_note(history, asked):
    given(Chargeback, *history).when(asked).then_refused("note-is-void")


@pytest.mark.parametrize("history", [(drafted(), returned()), VOID])
def test_a_void_note_frees_its_claims(history):
    after = note(*history)

    assert history[-1].frees(after) == history[0].takes(after)[1:] == ("claim C1 note S1",)


def test_the_penalty_stands_on_a_line_of_its_own():
    lines = lines_of(claim(penalty_set()), "S1")

    assert [(line.name, line.kind, line.amount) for line in lines] == [
        ("C1/labour", "loss", 10_000),
        ("C1/material", "loss", 20_001),
        ("C1/penalty", "penalty", 100_000),
    ]


def test_a_penalty_is_charged_only_beside_a_loss_line_of_the_same_supplier():
    split = {"S1": 30_000, "S2": 70_000}

    assert lines_of(claim(penalty_set(split=split)), "S2") == []


def test_a_line_names_its_share_and_the_event_that_divided_the_cost():
    (line,) = lines_of(
        claim(
            attributed(shares=shares(S1="0.7", S2="0.3")),
            divided(bearing={"labour": {S1: 7_000, S2: 3_000}}),
        ),
        "S2",
    )

    assert (line.amount, line.inputs) == (
        3_000,
        {"accepted": "100.00", "share": "0.3", "divided_by": "claim:C1@7"},
    )


def test_a_line_names_the_limit_that_an_appeal_left():
    after = claim(cost_lowered(), divided(bearing={"material": {S1: 5_000, "service": 15_001}}))

    (line,) = lines_of(after, "S1")

    assert line.inputs["at_most"] == "50.00"


def test_a_supplier_that_bears_cost_without_a_share_is_charged_for_it():
    (line,) = lines_of(claim(divided(bearing={"labour": {S2: 10_000}})), "S2")

    assert (line.amount, line.inputs["share"]) == (10_000, "-")


@pytest.mark.parametrize(
    ("stage", "clauses"),
    [("zero_km", ("Z-4.5.2a", "Z-4.5.3a")), ("after_sale", ("Z-4.5.2a",))],
)
def test_the_loss_of_a_zero_km_claim_cites_its_own_clause(stage, clauses):
    after = folded(Claim, (received(stage=stage), *CLAIM[1:]), [])

    assert {line.clauses for line in lines_of(after, "S1")} == {clauses}


def test_a_share_as_written_is_the_share_in_force():
    assert claim().share_of("S1") == Decimal(1)


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [
        (["C1/labour"], ["C1/labour"]),
        (["C1"], ["C1/labour", "C1/material"]),
        (["C1/material", "C1"], ["C1/material", "C1/labour"]),
        (["C2"], ["C2"]),
        (["C1/travel"], ["C1/travel"]),
        (["A"], ["A"]),
        (["A/1"], ["A/1/other"]),
    ],
)
def test_a_bare_claim_means_all_of_its_lines(wanted, meant):
    assert named([LABOUR.name, MATERIAL.name, "A/1/other"], wanted) == meant
