"""An event happened: what must now be asked?"""

from datetime import date

import pytest

from recourse.aggregates.account import Account
from recourse.aggregates.base import Fact
from recourse.aggregates.claim import Claim
from recourse.aggregates.day import Days
from recourse.aggregates.returned_part import ReturnedPart
from recourse.commands.answers import LapseAppeal
from recourse.commands.clearances import LapseClearance
from recourse.commands.referrals import ReviewNote
from recourse.commands.reviews import ReviewAccount, ReviewClaim
from recourse.commands.zero_km_jobs import ReceiveCostOfJob
from recourse.contracts import EVENTS
from recourse.policies import POLICIES
from recourse.policies.deadlines import let_notices_lapse
from recourse.rulebook.book import built_in
from support.examples import (
    NEXT_MONDAY,
    NEXT_TUESDAY,
    approved,
    arbitrated,
    counted,
    divided,
    drafted,
    happened,
    issued,
    job_finished,
    notice_receipt,
    notified,
    part_received,
    period,
    receipt,
    rechecked,
    returned,
    voided,
)
from support.tiny_log import desk

ISSUED = (drafted(), approved(), issued())
RECEIVED = (*ISSUED, receipt())


def began(day):
    return Fact(f"day:{day:%Y-%m}", 1, happened(Days.Began, "engine", day, day=day))


def reactions(fact, **notes):
    """What the policies ask for after `fact`, with `notes`, or other streams, in the log."""
    streams = {name if ":" in name else f"chargeback:{name}": it for name, it in notes.items()}
    looked_up = desk(streams)
    return [
        command
        for policy in POLICIES
        if type(fact.event) in policy.whenever
        for command in policy.then(fact, looked_up)
    ]


def test_the_day_after_the_last_one_lets_each_such_note_lapse():
    other = receipt(deadline=period(last_day=NEXT_TUESDAY))

    asked = reactions(began(NEXT_TUESDAY), N2=RECEIVED, N1=RECEIVED, N3=(*ISSUED, other))

    assert asked == [LapseAppeal(chargeback="N1"), LapseAppeal(chargeback="N2")]


@pytest.mark.parametrize("day", [NEXT_MONDAY, date(2026, 3, 11)])
def test_no_other_day_lets_a_note_lapse(day):
    assert reactions(began(day), N1=RECEIVED) == []


def test_a_note_without_a_last_day_never_lapses():
    undetermined = (*ISSUED, receipt(deadline=period(last_day=None)))

    assert reactions(began(NEXT_TUESDAY), N1=undetermined) == []


def test_the_day_after_the_last_one_lets_each_such_notice_lapse():
    other = notice_receipt(deadline=period(last_day=NEXT_TUESDAY))
    looked_up = {"L1": notice_receipt(), "L2": notice_receipt(), "L3": other}
    notices = desk({f"clearance:{name}": (notified(), it) for name, it in looked_up.items()})

    asked = list(let_notices_lapse(began(NEXT_TUESDAY), notices))

    assert asked == [LapseClearance(notice="L1"), LapseClearance(notice="L2")]


@pytest.mark.parametrize("day", [NEXT_MONDAY, date(2026, 3, 11)])
@pytest.mark.parametrize("last_day", [NEXT_MONDAY, None])
def test_no_other_day_lets_a_notice_lapse(day, last_day):
    received = notice_receipt(deadline=period(last_day=last_day))

    asked = list(let_notices_lapse(began(day), desk({"clearance:L1": (notified(), received)})))

    assert asked == []


@pytest.mark.parametrize(
    "event", [divided(), happened(Claim.NotReturned), happened(Claim.NotReturnedWithdrawn)]
)
def test_when_a_claim_changes_its_approved_notes_are_reviewed(event):
    of_another = (drafted(supplier="S2"), approved())

    asked = reactions(Fact("claim:C1", 6, event), N1=RECEIVED, N2=of_another)

    assert asked == [ReviewNote(chargeback="N1"), ReviewNote(chargeback="N2")]


@pytest.mark.parametrize(
    "events",
    [
        (drafted(),),
        (drafted(), returned()),
        (*ISSUED, voided()),
        (drafted(claims=("C2",)), approved()),
    ],
    ids=["draft", "returned", "void", "another claim"],
)
def test_a_note_that_is_not_approved_or_not_of_the_claim_is_not_reviewed(events):
    assert reactions(Fact("claim:C1", 6, divided()), N1=events) == []


@pytest.mark.parametrize("event", [rechecked(), arbitrated(), voided()])
def test_when_lines_of_a_note_change_it_is_reviewed(event):
    assert reactions(Fact("chargeback:N1", 6, event)) == [ReviewNote(chargeback="N1")]


def test_when_a_job_is_finished_with_cost_that_is_received():
    asked = reactions(Fact("zero_km_job:J1", 4, job_finished(costs={"labour": 0, "travel": 1})))

    assert asked == [ReceiveCostOfJob(job="J1")]


@pytest.mark.parametrize("costs", [{}, {"labour": 0}])
def test_a_job_that_cost_nothing_is_no_claim(costs):
    assert reactions(Fact("zero_km_job:J1", 4, job_finished(costs=costs))) == []


@pytest.mark.parametrize(
    "event",
    [
        happened(ReturnedPart.CountCorrected, counted=1, was=2, corrects="returned_part:T1@2"),
        happened(
            ReturnedPart.FindingCorrected,
            finding="misuse",
            was="part_defect",
            corrects="returned_part:T1@2",
        ),
    ],
)
def test_when_a_count_or_finding_is_corrected_the_claim_of_the_part_is_reviewed(event):
    looked_up = {"returned_part:T1": (part_received(claim="C7"), counted(), event)}

    assert reactions(Fact("returned_part:T1", 3, event), **looked_up) == [ReviewClaim(claim="C7")]


def test_a_recount_is_reviewed_by_nobody():
    assert reactions(Fact("returned_part:T1", 3, counted())) == []


def test_when_a_payable_is_corrected_the_account_is_reviewed():
    event = happened(
        Account.PayableCorrected, document="AP-1", amount=1, was=2, corrects="account:S1@1"
    )

    assert reactions(Fact("account:S1", 2, event)) == [ReviewAccount(supplier="S1")]


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.then.__name__)
def test_every_policy_is_a_sentence_in_both_languages_that_cites_its_rule(policy):
    assert policy.says.en.startswith("Whenever ")
    assert policy.says.zh.endswith("。")
    rule = policy.says.en.rpartition("(")[2].rstrip(").")
    assert rule in policy.says.zh
    assert rule in built_in().clauses


def test_no_two_policies_are_one():
    assert len({policy.then for policy in POLICIES}) == len(POLICIES)


def test_everything_that_has_a_reaction_is_in_the_contract():
    whenever = {event for policy in POLICIES for event in policy.whenever}

    assert whenever <= set(EVENTS.values())
