"""Are old parts taken away as Z-4.3 says, and is everything else refused by its rule?"""

from datetime import date, timedelta

import pytest

from recourse.aggregates.claim import Claim
from recourse.aggregates.claim.gates import DISPUTE_OPEN
from recourse.aggregates.returned_part import ReturnedPart
from recourse.commands.notes import must_not_be_evidence
from recourse.values.refusal import Refused
from support.clearing import (
    LAST_DAY,
    NOTICE,
    NOTIFIED,
    OVERDUE,
    RECEIPT,
    RECEIVED,
    charge_claim,
    charge_parts,
    clear,
    dispose,
    lower,
    notified,
    overdue,
    place,
    running,
    stored,
)
from support.examples import part_received, received
from support.story import FOR_A_REASON, THIRD, do
from support.tiny_log import desk

OVERRIDE = {"by": "boss", "override": "已留影像"}
EARLIER, LATER = date(2026, 7, 2), date(2026, 7, 6)  # than the day of receipt recorded first


def refused(asked):
    """The code and the rules of the refusal, of which nothing is recorded."""
    with pytest.raises(Refused) as caught:
        asked()
    return caught.value.code, caught.value.rules


def correct(site, received_on, day=OVERDUE, by="buyer2"):
    fields = {"notice": "L1", "received_on": received_on} | FOR_A_REASON
    do(site, day, by, "correct_notice_receipt", **fields)


def state(site, day=OVERDUE):
    return site.figures("notice", "L1", day)["state"]


# The notice


@pytest.mark.parametrize(
    ("fields", "code", "rules"),
    [
        ({"supplier": "S2", "tags": ["T3"]}, "supplier-entrusted", ("ZA45", "Z-4.3.2a")),
        ({"supplier": "S9"}, "not-found", ("Z-4.3.2a",)),
        ({"tags": ["T1", "T9"]}, "not-found", ("Z-4.3.2a",)),
        ({"tags": ["T1", "T3"]}, "part-of-another-supplier", ("Z-4.3.2a",)),
        ({"tags": []}, "no-parts-named", ("Z-4.3.2a",)),
    ],
)
def test_a_notice_names_parts_of_a_supplier_that_takes_them_back(fields, code, rules):
    site = stored()

    said = refused(lambda: do(site, NOTIFIED, "buyer", "notify_clearance", **NOTICE | fields))

    assert (said, place(site, "T1")) == ((code, rules), "store")


def test_a_part_is_on_one_notice_and_a_notice_is_known_once():
    site = notified()

    def again(**fields):
        return refused(lambda: do(site, THIRD, "buyer", "notify_clearance", **NOTICE | fields))

    assert again() == ("notice-already-known", ("Z-4.3.2a",))
    assert again(notice="L2", tags=["T2"]) == ("part-not-in-store", ("Z-4.3.2a",))


def test_a_tag_named_twice_is_one_part():
    site = stored()

    do(site, NOTIFIED, "buyer", "notify_clearance", **NOTICE | {"tags": ["T1", "T1"]})
    clear(site, RECEIVED, "T1", "T1")

    assert state(site) == "cleared"


# Clearing


def test_a_part_is_cleared_before_the_receipt_on_the_last_day_or_when_overdue():
    before, in_time, late = notified(), running(), overdue()

    clear(before, RECEIVED, "T1")
    clear(in_time, LAST_DAY, "T1")
    clear(late, OVERDUE, "T1")

    assert {place(site, "T1") for site in (before, in_time, late)} == {"cleared"}


@pytest.mark.parametrize(
    ("person", "tags", "code"),
    [
        ("seller2", ["T1"], "not-yours"),
        ("buyer", ["T1"], "not-your-role"),
        ("seller", ["T1", "T3"], "part-not-on-notice"),
        ("seller", [], "no-parts-named"),
    ],
)
def test_only_the_supplier_clears_and_only_parts_of_the_notice(person, tags, code):
    site = running()

    said = refused(lambda: do(site, LAST_DAY, person, "clear_parts", notice="L1", tags=tags))

    assert (said, place(site, "T1")) == ((code, ("Z-4.3.2a",)), "notified")


def test_what_is_disposed_of_is_not_cleared_and_what_is_cleared_is_not_disposed_of():
    site = overdue()
    clear(site, OVERDUE, "T1")
    dispose(site, OVERDUE, "T2")

    assert refused(lambda: clear(site, OVERDUE, "T2")) == ("part-is-gone", ("Z-4.3.2a",))
    assert refused(lambda: dispose(site, OVERDUE, "T1")) == ("part-not-overdue", ("Z-4.3.2a",))


# The days


def test_each_part_left_behind_is_overdue_on_the_day_after_the_last_one():
    site = running()
    clear(site, LAST_DAY, "T1")
    before = place(site, "T2")

    site.begin(OVERDUE)

    assert (before, place(site, "T1"), place(site, "T2")) == ("notified", "cleared", "overdue")


def test_a_notice_that_is_cleared_does_not_lapse():
    site = running()
    clear(site, LAST_DAY, "T1", "T2")

    site.begin(OVERDUE)

    assert [fact.event.TOPIC for fact in site.engine.stream("clearance:L1")] == [
        "clearance.notified",
        "clearance.receipt_recorded",
    ]


def test_after_weeks_of_silence_parts_are_overdue_since_their_own_day():
    site = running()

    site.begin(OVERDUE + timedelta(days=40))

    lapsed = site.engine.stream("returned_part:T1")[-1].event
    assert (lapsed.TOPIC, lapsed.effective_on) == ("returned_part.lapsed", OVERDUE)
    (cause,) = [it for it in site.engine.stream(f"day:{OVERDUE:%Y-%m}") if it.event.day == OVERDUE]
    assert lapsed.caused_by == cause.id


def test_a_receipt_recorded_after_its_own_last_day_makes_the_parts_overdue_at_once():
    site = notified()

    do(site, OVERDUE, "buyer", "record_notice_receipt", **RECEIPT)

    assert (place(site, "T1"), state(site)) == ("overdue", "overdue")


def test_on_the_last_day_a_receipt_recorded_late_leaves_time_to_clear():
    site = notified()

    do(site, LAST_DAY, "buyer", "record_notice_receipt", **RECEIPT)

    assert (place(site, "T1"), state(site, LAST_DAY)) == ("notified", "running")


def test_the_days_to_clear_are_those_of_the_setting():
    site = running({"clearance.days": 3})

    assert site.figures("notice", "L1", RECEIVED)["last_day"] == date(2026, 7, 6)


def test_a_second_receipt_is_refused():
    site = running()

    said = refused(lambda: do(site, LAST_DAY, "buyer2", "record_notice_receipt", **RECEIPT))

    assert said == ("notice-receipt-already-recorded", ("Z-4.3.2a",))


# The receipt corrected


def test_by_a_later_receipt_overdue_parts_wait_again_and_lapse_on_the_new_day():
    site = overdue()

    correct(site, LATER)
    waits = (place(site, "T1"), state(site))
    site.begin(date(2026, 7, 14))

    assert (waits, place(site, "T1")) == (("notified", "running"), "overdue")
    assert site.figures("notice", "L1", OVERDUE)["last_day"] == date(2026, 7, 13)


def test_by_an_earlier_receipt_waiting_parts_are_overdue():
    site = running()

    correct(site, EARLIER, day=LAST_DAY)

    assert place(site, "T1", LAST_DAY) == "overdue"


def test_the_old_last_day_of_a_corrected_receipt_means_nothing_any_more():
    site = running()
    correct(site, LATER, day=LATER)

    site.begin(OVERDUE)

    assert place(site, "T1") == "notified"


def test_weeks_of_silence_after_a_correction_lapse_on_the_corrected_day():
    site = running()
    correct(site, LATER, day=LATER)

    site.begin(date(2026, 7, 31))

    lapsed = site.engine.stream("returned_part:T1")[-1].event
    assert (lapsed.TOPIC, lapsed.effective_on) == ("returned_part.lapsed", date(2026, 7, 14))


def test_what_was_cleared_or_disposed_of_stays_so_when_the_receipt_is_corrected():
    site = overdue()
    clear(site, OVERDUE, "T1")
    dispose(site, OVERDUE, "T2")

    correct(site, LATER)

    assert (place(site, "T1"), place(site, "T2"), state(site)) == ("cleared", "disposed", "partial")


@pytest.mark.parametrize(
    ("begun", "by", "received_on", "said"),
    [
        (notified, "buyer2", RECEIVED, ("no-notice-receipt-yet", ("Z-4.3.2a",))),
        (overdue, "buyer", LATER, ("own-notice-receipt-corrected", ("ZA33",))),
        (overdue, "boss", LATER, ("not-your-role", ("Z-4.3.2a",))),
        (overdue, "buyer2", date(2026, 7, 1), ("notice-receipt-outside-bounds", ("ZA2",))),
        (overdue, "buyer2", date(2026, 7, 10), ("notice-receipt-outside-bounds", ("ZA2",))),
    ],
)
def test_a_wrong_correction_is_refused_by_its_rule(begun, by, received_on, said):
    assert refused(lambda: correct(begun(), received_on, by=by)) == said


# Disposal


def test_an_overdue_part_and_an_entrusted_one_are_disposed_of():
    site = overdue()

    dispose(site, OVERDUE, "T1", "T3", cost={"T1": "35.50"})

    assert (place(site, "T1"), place(site, "T2"), place(site, "T3")) == (
        *("disposed", "overdue", "disposed"),
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"by": "engineer"}, ("not-your-role", ("Z-4.3.2b",))),
        ({"by": "engineer", "override": "急"}, ("not-your-role", ("Z-4.3.2b", "ZA19"))),
        ({"by": "boss"}, ("not-your-role", ("Z-4.3.2b",))),
        ({"by": "buyer", "override": "急"}, ("not-your-role", ("ZA19",))),
        ({"cost": {"T2": "1.00"}}, ("cost-of-another-part", ("Z-4.3.2b",))),
        ({"cost": {"T1": "-0.01"}}, ("amount-below-nothing", ("Z-4.3.2b",))),
    ],
)
def test_who_may_dispose_of_parts_and_at_which_cost(fields, said):
    site = overdue()

    assert refused(lambda: dispose(site, OVERDUE, "T1", **fields)) == said
    assert place(site, "T1") == "overdue"


def test_an_override_is_no_leave_to_dispose_of_what_may_still_be_cleared():
    site = running()

    said = refused(lambda: dispose(site, LAST_DAY, "T1", **OVERRIDE))

    assert said == ("part-not-overdue", ("Z-4.3.2a",))


@pytest.mark.parametrize("tags", [[], ["T9"]])
def test_there_must_be_something_to_dispose_of(tags):
    assert refused(lambda: dispose(overdue(), OVERDUE, *tags))[1] == ("Z-4.3.2b",)


def test_a_part_is_not_disposed_of_on_a_day_on_which_it_could_be_cleared():
    site = overdue()

    def on_the_last_day():
        asked = ("buyer", ("purchasing",), "dispose_of_parts")
        site.do(OVERDUE, *asked, on=LAST_DAY, tags=["T1"])

    assert refused(on_the_last_day) == ("part-not-overdue", ("Z-4.3.2a",))


def test_a_part_is_disposed_of_once():
    site = overdue()
    dispose(site, OVERDUE, "T1", "T3")

    for tag in ("T1", "T3"):
        said = refused(lambda tag=tag: dispose(site, OVERDUE, tag))
        assert said == ("part-already-disposed", ("Z-4.3.2a", "Z-4.3.2b"))


# Evidence


@pytest.fixture
def charged():
    """Both parts are overdue, and their claim is on a note that nobody has answered."""
    site = running()
    charge_claim(site, RECEIVED)
    site.begin(OVERDUE)
    return site


def answer(site, act, person="seller", **fields):
    do(site, OVERDUE, person, act, chargeback="N1", **fields)


def receive_and_appeal(site, received_on=OVERDUE):
    answer(site, "record_receipt", "buyer", received_on=received_on, proof="快递")
    answer(site, "appeal_chargeback", lines=["C1"], **FOR_A_REASON)


def recheck(site):
    receive_and_appeal(site)
    answer(site, "recheck_appeal", "colleague", outcomes={})


@pytest.mark.parametrize(
    "answered",
    [
        lambda site: None,
        receive_and_appeal,
        recheck,
        lambda site: receive_and_appeal(site, RECEIVED),
    ],
    ids=["unanswered", "appealed", "rechecked", "a late appeal waits"],
)
def test_a_part_is_evidence_while_its_claim_is_on_a_note_that_is_not_settled(charged, answered):
    answered(charged)

    said = refused(lambda: dispose(charged, OVERDUE, "T1"))

    assert said == ("evidence-held", ("ZA19",))


@pytest.mark.parametrize(
    "settled",
    [
        lambda site: answer(site, "confirm_chargeback"),
        lambda site: answer(site, "void_chargeback", "boss", **FOR_A_REASON),
        lambda site: answer(site, "record_receipt", "buyer", received_on=RECEIVED, proof="快递"),
    ],
    ids=["confirmed", "void", "lapsed without an appeal"],
)
def test_a_part_is_no_evidence_once_its_note_is_settled_or_void(charged, settled):
    settled(charged)

    dispose(charged, OVERDUE, "T1")

    assert place(charged, "T1") == "disposed"


def test_a_part_is_no_evidence_before_the_note_of_its_claim_is_issued():
    site = overdue()
    draft = {"chargeback": "N1", "supplier": "S1", "month": "2026-07", "claims": ["C1"]}
    do(site, OVERDUE, "engineer", "draft_chargeback", **draft)
    do(site, OVERDUE, "boss", "approve_chargeback", chargeback="N1")

    dispose(site, OVERDUE, "T1")

    assert place(site, "T1") == "disposed"


@pytest.mark.parametrize(
    ("dispute", "held"),
    [*((dispute, True) for dispute in DISPUTE_OPEN), ("none", False), ("ruled", False)],
)
def test_a_part_is_evidence_while_its_claim_is_disputed_upstream(dispute, held):
    looked_up = desk({"claim:C1": (received(),), "returned_part:T1": (part_received(),)})
    looked_up.get(Claim, "C1").dispute = dispute
    part = looked_up.get(ReturnedPart, "T1")

    if not held:
        must_not_be_evidence(looked_up, part)
        return
    assert refused(lambda: must_not_be_evidence(looked_up, part)) == ("evidence-held", ("ZA19",))


def test_one_part_that_is_evidence_keeps_all_of_an_act(charged):
    assert refused(lambda: dispose(charged, OVERDUE, "T3", "T1"))[0] == "evidence-held"
    assert (place(charged, "T1"), place(charged, "T3")) == ("overdue", "store")


def test_refusals_of_several_parts_are_cited_together(charged):
    clear(charged, OVERDUE, "T2")

    said = refused(lambda: dispose(charged, OVERDUE, "T2", "T1"))

    assert said == ("part-not-overdue", ("Z-4.3.2a", "ZA19"))


def test_the_quality_manager_lets_evidence_go_and_only_that_is_an_override(charged):
    dispose(charged, OVERDUE, "T1", "T3", **OVERRIDE)

    done = [charged.engine.stream(f"returned_part:{tag}")[-1].event for tag in ("T1", "T3")]
    assert [event.overridden for event in done] == [True, False]


# The charge


def test_a_disposal_stands_on_one_live_note_at_a_time():
    site = overdue()
    dispose(site, OVERDUE, "T1", cost={"T1": "35.50"})
    charge_parts(site, OVERDUE, "T1")

    again = refused(lambda: charge_parts(site, OVERDUE, "T1", note="N3"))
    do(site, OVERDUE, "boss", "void_chargeback", chargeback="N2", **FOR_A_REASON)
    charge_parts(site, OVERDUE, "T1", note="N4")

    assert again == ("part-already-charged", ("ZA26",))
    assert site.figures("chargeback", "N4", OVERDUE)["disposal"] == "35.50"


@pytest.mark.parametrize(
    ("tags", "supplier", "code"),
    [
        (["T2"], "S1", "part-not-chargeable"),
        (["T1"], "S2", "part-not-chargeable"),
        (["T9"], "S1", "not-found"),
    ],
    ids=["not disposed of", "of another supplier", "unknown"],
)
def test_only_a_disposal_of_that_supplier_is_drafted(tags, supplier, code):
    site = overdue()
    dispose(site, OVERDUE, "T1", cost={"T1": "35.50"})

    said = refused(lambda: charge_parts(site, OVERDUE, *tags, supplier=supplier))

    assert said == (code, ("Z-4.5.2a",))


def test_a_note_for_a_disposal_at_no_cost_has_nothing_to_charge():
    site = overdue()
    dispose(site, OVERDUE, "T1")

    assert refused(lambda: charge_parts(site, OVERDUE, "T1"))[0] == "nothing-to-charge"


def test_a_draft_takes_disposals_only_where_they_are_named():
    site = overdue()
    dispose(site, OVERDUE, "T1", cost={"T1": "35.50"})

    draft = {"chargeback": "N2", "supplier": "S1", "month": "2026-07"}
    do(site, OVERDUE, "engineer", "draft_chargeback", **draft)

    shown = site.figures("chargeback", "N2", OVERDUE)
    assert (shown["loss"], shown["disposal"]) == ("1000.00", "0.00")


def test_a_name_of_a_claim_and_of_a_part_means_the_claim():
    site = stored()
    do(site, RECEIVED, "engineer", "receive_part", tag="C1", claim="C2", listed=1)
    dispose(site, RECEIVED, "C1", cost={"C1": "12.00"})

    charge_claim(site, RECEIVED)

    assert site.figures("chargeback", "N1", OVERDUE)["disposal"] == "0.00"


def test_a_gate_of_the_claim_does_not_keep_the_disposal_of_its_part():
    site = overdue()
    do(site, OVERDUE, "engineer", "mark_not_returned", claim="C1", **FOR_A_REASON)
    dispose(site, OVERDUE, "T1", cost={"T1": "35.50"})

    charge_parts(site, OVERDUE, "T1")

    assert site.figures("chargeback", "N2", OVERDUE)["total"] == "35.50"
    assert site.figures("referrals", None, OVERDUE)["open"] == 0


def test_what_an_appeal_lowers_of_a_disposal_ends_and_stays_lowered():
    site = overdue()
    dispose(site, OVERDUE, "T1", cost={"T1": "35.50"})
    charge_parts(site, OVERDUE, "T1")
    lower(site, OVERDUE, {"T1/disposal": {"reduced_to": "10.00"}})
    bearers = site.figures("bearers", "2026-07", OVERDUE)["totals"]

    do(site, OVERDUE, "boss", "void_chargeback", chargeback="N2", **FOR_A_REASON)
    charge_parts(site, OVERDUE, "T1", note="N3")

    assert bearers == {"supplier:S1": "1000.00"}
    assert site.figures("chargeback", "N3", OVERDUE)["total"] == "10.00"
    assert site.check() == {"balanced": True, "rebuilt_equal": True}


def test_a_disposal_collected_and_withdrawn_is_credited():
    site = overdue({"collection.waits": False})
    dispose(site, OVERDUE, "T1", "T2", cost={"T1": "35.50", "T2": "4.50"})
    charge_parts(site, OVERDUE, "T1", "T2")
    do(site, OVERDUE, "cashier", "choose_collection", chargeback="N2", way="invoice")
    do(site, OVERDUE, "cashier", "collect_chargeback", chargeback="N2")

    lower(site, OVERDUE, {"T1": "withdrawn"})

    shown = site.figures("chargeback", "N2", OVERDUE)
    assert (shown["disposal"], shown["collected"], shown["credited"]) == ("4.50", "40.00", "35.50")
    assert site.check() == {"balanced": True, "rebuilt_equal": True}


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_receipt_on_a_day_that_nobody_can_mean_is_refused_before_a_last_day_is_reckoned(day):
    asked = RECEIPT | {"received_on": day}
    changed = {"notice": "L1", "received_on": day, "reason": "录错"}

    first = refused(lambda: do(notified(), RECEIVED, "buyer", "record_notice_receipt", **asked))
    again = refused(lambda: do(running(), RECEIVED, "buyer2", "correct_notice_receipt", **changed))

    assert first == again == ("notice-receipt-outside-bounds", ("ZA2",))
