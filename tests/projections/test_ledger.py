"""Which accounts does each event debit and credit?"""

import pytest

from recourse.aggregates.chargeback import Chargeback
from recourse.projections.books import balances
from recourse.projections.ledger import ENTRIES
from support.examples import (
    MONDAY,
    NEXT_TUESDAY,
    S1,
    S2,
    appealed,
    approved,
    arbitrated,
    arbitration_requested,
    chosen,
    collected,
    confirmed,
    cost_confirmed,
    credited,
    deemed,
    disposal_lowered,
    disposed,
    divided,
    drafted,
    happened,
    issued,
    lapsed,
    late_appeal,
    line,
    outcome,
    paid,
    part_received,
    payable,
    payable_corrected,
    payment_corrected,
    receipt,
    received,
    rechecked,
    refunded,
    returned,
    voided,
)
from support.reading import of, rows, taken_in

CLAIM = of("claim:C1", received(), cost_confirmed(), divided())
ISSUED = (drafted(), approved(), issued())
RECEIVED = (*ISSUED, receipt())
APPEALED = (*RECEIVED, appealed())
AT_ARBITRATION = (*APPEALED, rechecked(), arbitration_requested())
NOTHING = tuple(outcome(f"C1/{name}", "withdrawn", 0) for name in ("labour", "material", "penalty"))
PENDING, CONFIRMED = "receivable:S1:pending", "receivable:S1:confirmed"
MOVED = {PENDING: -130_001, CONFIRMED: 130_001}


def posted(*happened):
    """What the last event posted: debits above nothing, credits below."""
    models = taken_in(*happened)
    last = len(happened)
    found = rows(models, ENTRIES, "position", "account", "debit", "credit")
    return {account: debit - credit for at, account, debit, credit in found if at == last}


def note(*events):
    return (*CLAIM, *of("chargeback:N1", *events))


def test_accepted_cost_is_owed_upstream_and_borne_by_its_bearers():
    bearing = {"labour": {S1: 6_000, "service": 4_000}, "material": {S1: 20_001}}

    assert posted(*of("claim:C1", received(), cost_confirmed(), divided(bearing=bearing))) == {
        "cost:supplier:S1": 26_001,
        "cost:service": 4_000,
        "upstream": -30_001,
    }


def test_dividing_afresh_posts_only_the_difference():
    moved = divided(bearing={"labour": {S1: 1_000, S2: 9_000}, "material": {S1: 20_001}})

    assert posted(*CLAIM, *of("claim:C1", moved)) == {
        "cost:supplier:S1": -9_000,
        "cost:supplier:S2": 9_000,
    }


def test_cost_that_is_not_accepted_any_more_is_not_owed_upstream():
    assert posted(*CLAIM, *of("claim:C1", divided(bearing={}))) == {
        "cost:supplier:S1": -30_001,
        "upstream": 30_001,
    }


@pytest.mark.parametrize(
    "events", [(drafted(),), (drafted(), approved()), (drafted(), returned()), RECEIVED]
)
def test_before_the_issue_and_by_the_receipt_nothing_is_posted(events):
    assert posted(*note(*events)) == {}


def test_an_issued_note_is_receivable_and_its_cost_recovered():
    assert posted(*note(*ISSUED)) == {
        PENDING: 130_001,
        "cost:supplier:S1": -30_001,
        "penalty:S1": -100_000,
    }


@pytest.mark.parametrize("settled", [confirmed(), deemed()])
def test_a_settled_note_is_confirmed_and_pending_no_longer(settled):
    assert posted(*note(*RECEIVED, settled)) == MOVED


@pytest.mark.parametrize(
    "reopened",
    [
        happened(Chargeback.AppealReopened, "buyer2", NEXT_TUESDAY),
        happened(Chargeback.AppealLapsed, "buyer2", NEXT_TUESDAY),
    ],
)
def test_what_was_deemed_by_mistake_is_pending_again(reopened):
    assert posted(*note(*RECEIVED, deemed(), reopened)) == {PENDING: 130_001, CONFIRMED: -130_001}


@pytest.mark.parametrize(
    "events",
    [
        (lapsed(),),
        (appealed(),),
        (lapsed(), late_appeal()),
        (lapsed(), late_appeal(), happened(Chargeback.AppealRejudged, "buyer2", NEXT_TUESDAY)),
        (appealed(), rechecked(), arbitration_requested()),
        (chosen(),),
    ],
)
def test_an_answer_that_settles_nothing_posts_nothing(events):
    assert posted(*note(*RECEIVED, *events)) == {}


def test_a_lowered_loss_is_cost_of_the_supplier_until_its_claim_moves_it():
    assert posted(*note(*APPEALED, rechecked())) == {
        PENDING: -15_001,
        "cost:supplier:S1": 15_001,
    }


def test_a_lowered_penalty_ends():
    lowered = rechecked(outcomes=(outcome("C1/penalty", "reduced", 60_000),))

    assert posted(*note(*APPEALED, lowered)) == {PENDING: -40_000, "penalty:S1": 40_000}


def test_a_recheck_that_leaves_nothing_settles():
    assert posted(*note(*APPEALED, rechecked(outcomes=NOTHING))) == {
        PENDING: -130_001,
        "cost:supplier:S1": 30_001,
        "penalty:S1": 100_000,
    }


def test_what_was_collected_on_a_note_at_nothing_is_to_be_given_back_as_confirmed():
    nothing_left = (*RECEIVED, collected(), appealed(), rechecked(outcomes=NOTHING))

    assert posted(*note(*nothing_left)) == {
        CONFIRMED: -130_001,
        "cost:supplier:S1": 30_001,
        "penalty:S1": 100_000,
    }


def test_arbitration_lowers_and_settles():
    assert posted(*note(*AT_ARBITRATION, arbitrated())) == {
        PENDING: -115_000,
        CONFIRMED: 110_000,
        "cost:supplier:S1": 5_000,
    }


@pytest.mark.parametrize(("way", "source"), [("invoice", "bank"), ("deduction", "payable:S1")])
def test_a_collection_comes_from_the_bank_or_from_the_payable(way, source):
    taken = (chosen(way=way), collected(way=way, amount=10))

    assert posted(*note(*RECEIVED, *taken)) == {source: 10, PENDING: -10}


def test_a_collection_of_a_confirmed_note_lowers_what_is_confirmed():
    assert posted(*note(*RECEIVED, confirmed(), collected(amount=10))) == {
        "bank": 10,
        CONFIRMED: -10,
    }


def test_only_what_is_not_collected_yet_becomes_confirmed():
    assert posted(*note(*RECEIVED, collected(amount=1), confirmed())) == {
        PENDING: -130_000,
        CONFIRMED: 130_000,
    }


def test_what_was_collected_too_much_is_owed_to_the_supplier():
    lowered = (*RECEIVED, collected(), appealed(), rechecked(), credited())

    assert posted(*note(*lowered)) == {PENDING: 15_001, "credit:S1": -15_001}


def test_a_void_note_gives_its_cost_back():
    assert posted(*note(*RECEIVED, voided())) == {
        PENDING: -130_001,
        "cost:supplier:S1": 30_001,
        "penalty:S1": 100_000,
    }


def test_a_void_note_gives_back_what_still_stands_in_the_state_it_has():
    assert posted(*note(*APPEALED, rechecked(), confirmed(), voided())) == {
        CONFIRMED: -115_000,
        "cost:supplier:S1": 15_000,
        "penalty:S1": 100_000,
    }


@pytest.mark.parametrize("events", [(drafted(), voided()), (drafted(), approved(), voided())])
def test_a_note_that_was_never_issued_has_nothing_to_give_back(events):
    assert posted(*note(*events)) == {}


OF_PART = line("disposal", 3_550, "disposal", "T1")
DISPOSED = of("returned_part:T1", part_received(), disposed())
CHARGED = (drafted(claims=(), parts=("T1",)), approved(lines=(OF_PART,)), issued())


def test_a_disposal_is_spent_by_the_plant_and_to_be_recovered_from_the_supplier():
    assert posted(*DISPOSED) == {"disposal:S1": 3_550, "disposal": -3_550}


def test_a_disposal_at_no_cost_posts_nothing():
    assert posted(*of("returned_part:T1", part_received(), disposed(cost=0))) == {}


def test_a_charged_disposal_is_receivable_and_recovered():
    assert posted(*DISPOSED, *of("chargeback:N1", *CHARGED)) == {
        PENDING: 3_550,
        "disposal:S1": -3_550,
    }


def test_a_lowered_disposal_comes_back_to_what_nobody_recovered():
    lowered = rechecked(outcomes=(outcome("T1/disposal", "reduced", 1_000),))
    note = of("chargeback:N1", *CHARGED, receipt(), appealed(lines=("T1/disposal",)), lowered)

    assert posted(*DISPOSED, *note) == {PENDING: -2_550, "disposal:S1": 2_550}
    assert posted(*DISPOSED, *note, *of("returned_part:T1", disposal_lowered())) == {}


def test_a_void_note_gives_its_disposal_back():
    assert posted(*DISPOSED, *of("chargeback:N1", *CHARGED, voided())) == {
        PENDING: -3_550,
        "disposal:S1": 3_550,
    }


@pytest.mark.parametrize(
    ("event", "moved"),
    [
        (payable(), {"purchases:S1": 50_000, "payable:S1": -50_000}),
        (paid(), {"payable:S1": 20_000, "bank": -20_000}),
        (payable_corrected(amount=49_000), {"purchases:S1": -1_000, "payable:S1": 1_000}),
        (payable_corrected(amount=50_001), {"purchases:S1": 1, "payable:S1": -1}),
        (payment_corrected(amount=0), {"payable:S1": -20_000, "bank": 20_000}),
        (payment_corrected(amount=20_005), {"payable:S1": 5, "bank": -5}),
        (refunded(), {"credit:S1": 5_000, "bank": -5_000}),
    ],
)
def test_the_account_of_a_supplier_is_posted(event, moved):
    assert posted(*of("account:S1", event)) == moved


def test_an_entry_names_its_event_its_day_and_its_clauses():
    models = taken_in(*CLAIM)

    assert (
        rows(models, ENTRIES, "date", "event", "clauses")
        == [(str(MONDAY), "claim:C1@3 claim.divided", "Z-4.4.2")] * 2
    )


def test_debits_and_credits_are_never_below_nothing():
    models = taken_in(*note(*APPEALED, rechecked(), voided()))

    written = rows(models, ENTRIES, "debit", "credit")
    assert all(min(entry) == 0 < max(entry) for entry in written)


def test_cost_lowered_by_an_appeal_ends_with_its_new_bearer():
    moved = of(
        "claim:C1",
        divided(bearing={"labour": {S1: 10_000}, "material": {S1: 5_000, "service": 15_001}}),
    )

    with taken_in(*note(*APPEALED, rechecked()), *moved).reading() as connection:
        now = balances(connection)

    assert (now["cost:supplier:S1"], now["cost:service"]) == (0, 15_001)
