"""Is what waits listed for whom, since when, until when, by which rule, and gone when done?"""

from datetime import date, timedelta

import pytest

from recourse.projections.worklists import Task, worklist
from recourse.values.parties import role
from recourse.values.words import word
from support import clearing, months
from support.engine import fresh
from support.every_act import EXAMPLES, LATE, afterwards, returnable, story
from support.story import (
    FIRST,
    FOR_A_REASON,
    LAST_DAY,
    NOTE,
    PATHS_BEGIN,
    SECOND,
    THIRD,
    do,
    play,
)

END_OF_JULY, AUGUST, NEW_YEAR = date(2026, 7, 31), date(2026, 8, 1), date(2026, 12, 29)
REFERRAL = EXAMPLES["close_referral"].fields["referral"]
WITH_REASON = Task(
    "quality_manager",
    "look_at_referral",
    REFERRAL,
    "ZA38",
    PATHS_BEGIN,
    of="J1",
    why="claim-already-received",
)
APPEALED, RECHECKED, AT_ARBITRATION = (date(2026, 7, day) for day in (6, 8, 9))
ENDED_BY = {
    "verify_again": Task("service_centre", "verify_again", "C1", "Z-4.4.3a", SECOND),
    "consult_on_claim": Task("quality_engineer", "consult", "C1", "Z-4.4.3b", SECOND),
    "refer_to_group": Task("service_centre", "escalate", "C1", "ZA14", SECOND),
    "record_group_ruling": Task("group_quality", "rule_on_it", "C1", "Z-4.4.3d", SECOND),
    "approve_handling": Task("service_centre", "approve_handling", "FC1", "Z-4.1.3b", PATHS_BEGIN),
    "record_field_ruling": Task("group_quality", "rule_on_it", "FC1", "Z-4.1.3d", PATHS_BEGIN),
    "close_legal_case": Task("quality_manager", "pursue_case", "LC1", "Z-4.6.2", PATHS_BEGIN),
    "issue_spares": Task("manufacturing", "issue_spares", "J1", "Z-3.3.2", PATHS_BEGIN),
    "finish_zero_km_job": Task("quality_engineer", "finish_job", "J1", "Z-4.5.3a", PATHS_BEGIN),
    "cancel_zero_km_job": Task("quality_engineer", "finish_job", "J1", "Z-4.5.3a", PATHS_BEGIN),
    "count_parts": Task("quality_engineer", "count_part", "T1", "Z-4.2.2a", FIRST),
    "inspect_part": Task("quality_engineer", "inspect_part", "T1", "Z-3.1.5", FIRST),
    "confirm_part": Task("supplier:S1", "answer_part", "T1", "Z-4.2.2b", FIRST),
    "confirm_part_online": Task("quality_engineer", "confirm_online", "T1", "Z-4.2.3", FIRST),
    "record_notice_receipt": Task("purchasing", "record_notice_receipt", "L1", "ZA2", SECOND),
    "dispose_of_parts": Task("purchasing", "dispose_of_part", "T1", "Z-4.3.2b", clearing.OVERDUE),
    "draft_chargeback": Task("quality_engineer", "draft_note", "S1", "Z-4.5.2a", None),
    "approve_chargeback": Task("quality_manager", "approve_note", "N1", "Z-4.5.2b", SECOND),
    "return_chargeback": Task("quality_manager", "approve_note", "N1", "Z-4.5.2b", SECOND),
    "issue_chargeback": Task("finance", "issue_note", "N1", "Z-4.5.2c", SECOND),
    "record_receipt": Task("purchasing", "record_receipt", "N1", "ZA2", SECOND),
    "confirm_chargeback": Task("purchasing", "record_receipt", "N1", "ZA2", SECOND),
    "appeal_chargeback": Task("supplier:S1", "answer_note", "N1", "Z-4.6.1a", THIRD, LAST_DAY),
    "admit_late_appeal": Task("quality_manager", "admit_late_appeal", "N1", "ZA10", LATE),
    "recheck_appeal": Task("quality_engineer", "recheck", "N1", "Z-4.6.1b", APPEALED),
    "request_arbitration": Task("supplier:S1", "confirm_or_arbitrate", "N1", "Z-4.6.3a", RECHECKED),
    "arbitrate_appeal": Task("deputy_gm", "arbitrate", "N1", "Z-4.6.1d", AT_ARBITRATION),
    "collect_chargeback": Task("finance", "collect_note", "N1", "ZA17", SECOND),
    "sign_breakdown": Task("supplier:S1", "sign_breakdown", "2026-07", "Z-4.5.1b", SECOND),
    "decide_breakdown_appeal": Task(
        "quality_manager", "decide_breakdown", "2026-07/C1", "Z-4.5.1c", THIRD
    ),
    "approve_close": Task("finance_checker", "approve_close", "S1/2026-07", "Z-3.4.2", END_OF_JULY),
    "return_close": Task("finance_checker", "approve_close", "S1/2026-07", "Z-3.4.2", END_OF_JULY),
    "refund_supplier": Task("finance", "refund", "S1", "Z-4.6.1c", None),
    "close_referral": WITH_REASON,
}
"""What waits in the example of an act, and waits no longer after it."""


def tasks(site, day):
    """What waits on `day`, told in words and for roles that there are."""
    site.begin(day)
    with site.engine.models.reading() as connection:
        found = worklist(connection, site.engine.book, day)
    for task in found:
        assert role(task.role), "it waits for somebody"
        assert word(task.waits).zh != task.waits, "what waits is told in Chinese"
    return found


def waiting(site, day, about=None):
    """(role, what waits, about) of what waits, in short."""
    short = [(task.role, task.waits, task.about) for task in tasks(site, day)]
    return [task for task in short if about in {None, task[2]}]


@pytest.mark.parametrize("act", sorted(ENDED_BY))
def test_what_waits_is_listed_until_it_is_done(act):
    example, site = EXAMPLES[act], EXAMPLES[act].history()

    assert ENDED_BY[act] in tasks(site, example.asked_on)

    do(site, example.asked_on, example.by, act, **example.fields)
    assert ENDED_BY[act] not in tasks(site, example.asked_on)


def test_a_claim_waits_for_its_confirmation_until_the_last_of_the_three():
    site = play(fresh(), "confirm_cost")
    waits = Task("quality_engineer", "confirm_claim", "C1", "Z-4.4.2", FIRST)

    assert waits in tasks(site, FIRST)

    do(site, FIRST, "engineer", "attribute_claim", claim="C1", shares={"supplier:S1": "1"})
    assert waits not in tasks(site, FIRST)


def test_a_supplier_has_parts_to_clear_until_its_last_day():
    site = clearing.running()
    waits = Task("supplier:S1", "clear_parts", "L1", "Z-4.3.2a", THIRD, clearing.LAST_DAY)

    assert waits in tasks(site, clearing.LAST_DAY)

    assert waits not in tasks(site, clearing.OVERDUE)


def test_an_undetermined_last_day_is_listed_as_such():
    site = play(fresh(), "issue_chargeback")
    do(site, NEW_YEAR, "buyer", "record_receipt", **NOTE, received_on=NEW_YEAR, proof="快递")

    assert Task("supplier:S1", "answer_undetermined", "N1", "ZA1", NEW_YEAR) in tasks(
        site, NEW_YEAR
    )


def test_an_undetermined_last_day_to_clear_is_listed_as_such():
    site = clearing.notified()
    receipt = clearing.RECEIPT | {"received_on": NEW_YEAR}
    do(site, NEW_YEAR, "buyer", "record_notice_receipt", **receipt)

    assert Task("supplier:S1", "clear_undetermined", "L1", "ZA1", NEW_YEAR) in tasks(site, NEW_YEAR)


def test_a_lapsed_note_waits_for_the_confirmation_since_the_day_of_the_lapse():
    site, day = play(fresh(), "record_receipt"), LAST_DAY + timedelta(days=1)

    assert Task("supplier:S1", "confirm_note", "N1", "Z-4.6.3a", day) in tasks(site, day)


def test_an_issued_note_waits_for_the_way_of_collection():
    site = play(fresh(), "issue_chargeback")
    waits = Task("finance", "choose_collection", "N1", "ZA16", SECOND)

    assert waits in tasks(site, SECOND)

    do(site, SECOND, "cashier", "choose_collection", **NOTE, way="invoice")
    assert waits not in tasks(site, SECOND)


def test_a_note_of_which_nothing_stands_waits_for_nobody():
    site = play(fresh(), "recheck_appeal", recheck_appeal={"outcomes": {"C1": "withdrawn"}})

    assert waiting(site, LATE, "N1") == []


def test_a_void_note_waits_for_nobody_and_its_claim_for_a_new_one():
    voided = ("boss", "void_chargeback", {**NOTE, **FOR_A_REASON})
    site = story("issue_chargeback", voided)()

    assert waiting(site, SECOND, "N1") == []
    assert ("quality_engineer", "draft_note", "S1") in waiting(site, SECOND)


def test_a_note_that_a_person_must_look_at_does_not_wait_for_finance():
    marked = ("engineer", "mark_not_returned", {"claim": "C1", **FOR_A_REASON})
    site = story("issue_chargeback", marked)()

    assert {of for of, _, about in waiting(site, SECOND) if about == "N1"} == {
        "quality_manager",
        "purchasing",
    }


@pytest.mark.parametrize(
    ("waits", "act"),
    [
        (Task("quality_engineer", "send_breakdown", "2026-07", "Z-4.5.1a", AUGUST), "send"),
        (Task("finance", "close_month", "S1/2026-07", "Z-3.4.2", AUGUST), "close"),
    ],
)
def test_a_month_waits_from_the_day_after_it(waits, act):
    site = months.collected_in_july()

    assert waits not in tasks(site, END_OF_JULY)
    assert waits in tasks(site, AUGUST)

    if act == "send":
        do(site, AUGUST, "engineer", "send_breakdown", month="2026-07")
    else:
        do(site, AUGUST, "cashier", "close_month", **months.JULY)
    assert waits not in tasks(site, AUGUST)


def test_a_month_with_nothing_but_a_credit_waits_to_be_closed_too():
    site = months.award(months.july_closed())
    september = date(2026, 9, 1)

    assert Task("finance", "close_month", "S1/2026-08", "Z-3.4.2", september) in tasks(
        site, september
    )


def test_a_part_waits_for_its_maker_once_a_part_number():
    site = play(fresh(), "register_supplier")
    for claim, unit in (("C1", "U1"), ("C2", "U2")):
        received = EXAMPLES["receive_claim"].fields | {"claim": claim, "unit": unit, "quantity": 1}
        do(site, FIRST, "engineer", "receive_claim", **received)
        do(site, FIRST, "engineer", "receive_part", tag=f"T-{claim}", claim=claim, listed=1)
    waits = Task("purchasing", "name_the_maker", "P1", "Z-3.2.1", FIRST)

    assert tasks(site, FIRST).count(waits) == 1

    do(site, FIRST, "buyer", "register_part", part="P1", name="拨叉", supplier="S1")
    assert waits not in tasks(site, FIRST)
    assert ("supplier:S1", "answer_part", "T-C1") in waiting(site, FIRST)


def test_the_parts_of_a_closed_claim_wait_for_nothing():
    objected = ("engineer", "object_to_claim", {"claim": "C1", "aspect": "cost", **FOR_A_REASON})
    withdrawn = ("centre", "verify_again", {"claim": "C1", "result": "withdrawn"})
    site = afterwards(returnable(), SECOND, objected)
    assert waiting(site, SECOND, "T1")

    afterwards(site, SECOND, withdrawn)

    assert waiting(site, SECOND) == []


def test_what_is_waived_is_not_waited_for():
    waived = [
        ("boss", "waive_gate", {"claim": "C1", "gate": gate, **FOR_A_REASON})
        for gate in ("counted", "inspected", "supplier_answer")
    ]

    assert waiting(afterwards(returnable(), SECOND, *waived), SECOND, "T1") == []


def test_where_nothing_was_replaced_a_part_is_only_counted():
    assert waiting(clearing.stored(), FIRST, "T1") == [("quality_engineer", "count_part", "T1")]


def test_what_is_gone_is_not_looked_at_any_more_and_the_manager_decides_on_a_waiver():
    site = returnable()
    do(site, SECOND, "buyer", "notify_clearance", notice="L1", supplier="S1", tags=["T1"])
    do(site, THIRD, "buyer", "record_notice_receipt", **clearing.RECEIPT)

    clearing.clear(site, THIRD, "T1")

    assert waiting(site, THIRD, "T1") == []
    decide = Task("quality_manager", "waive_gates", "C1", "ZA41", FIRST, of="T1")
    assert decide in tasks(site, THIRD)


def test_the_online_confirmation_follows_the_count_also_of_what_is_gone():
    site = afterwards(
        clearing.running(), THIRD, ("engineer", "count_parts", {"tag": "T1", "counted": 1})
    )

    clearing.clear(site, THIRD, "T1")

    assert waiting(site, THIRD, "T1") == [("quality_engineer", "confirm_online", "T1")]


def test_what_is_held_as_evidence_does_not_wait_to_be_disposed_of():
    site = clearing.running()
    clearing.charge_claim(site, THIRD)
    disposal = ("purchasing", "dispose_of_part", "T1")
    assert disposal not in waiting(site, clearing.OVERDUE)

    do(site, clearing.OVERDUE, "seller", "confirm_chargeback", **NOTE)

    assert disposal in waiting(site, clearing.OVERDUE)


def test_what_was_disposed_of_waits_for_a_chargeback_until_it_is_on_one():
    site = clearing.overdue()
    clearing.charge_claim(site, clearing.OVERDUE)
    do(site, clearing.OVERDUE, "seller", "confirm_chargeback", **NOTE)
    draft = ("quality_engineer", "draft_note", "S1")
    assert draft not in waiting(site, clearing.OVERDUE)

    clearing.dispose(site, clearing.OVERDUE, "T1", cost={"T1": "35.50"})
    assert draft in waiting(site, clearing.OVERDUE)

    clearing.charge_parts(site, clearing.OVERDUE, "T1")
    assert draft not in waiting(site, clearing.OVERDUE)


def test_what_began_later_does_not_wait_on_an_earlier_day():
    site = play(fresh(), "issue_chargeback")

    assert waiting(site, FIRST, "N1") == []


def test_a_department_signs_for_its_part_of_a_breakdown():
    site = play(fresh(), "confirm_cost")
    do(site, FIRST, "engineer", "attribute_claim", claim="C1", shares={"department:齿轮": "1"})
    do(site, SECOND, "engineer", "send_breakdown", month="2026-07")
    waits = Task("department:齿轮", "sign_breakdown", "2026-07", "Z-4.5.1b", SECOND)

    assert waits in tasks(site, SECOND)

    do(site, SECOND, "gear", "sign_breakdown", month="2026-07")
    assert waits not in tasks(site, SECOND)
