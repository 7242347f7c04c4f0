"""What follows when a count, a finding, a payable or a payment turns out wrong?"""

from datetime import date

import pytest

from recourse.projections.books import entries
from recourse.projections.histories import claim_history
from recourse.values.refusal import Refused
from support.engine import fresh
from support.explaining import explain
from support.story import FIRST, SECOND, do, play

DAY = date(2026, 7, 21)
PART = {"tag": "T1"}
DRAFT = {"chargeback": "N1", "supplier": "S1", "month": "2026-07", "claims": ["C1"]}


@pytest.fixture
def returned():
    """Two old parts under one tag: listed, counted, of a part defect, and the supplier agrees."""
    site = play(fresh(), until="attribute_claim", receive_claim={"quantity": 2})
    do(site, FIRST, "engineer", "receive_part", **PART, claim="C1", listed=2)
    do(site, FIRST, "engineer", "count_parts", **PART, counted=2)
    do(site, FIRST, "engineer", "inspect_part", **PART, finding="part_defect")
    do(site, FIRST, "seller", "confirm_part", **PART, answer="agreed")
    return site


@pytest.fixture
def charged(returned):
    """The claim stands on an approved note."""
    do(returned, SECOND, "engineer", "draft_chargeback", **DRAFT)
    do(returned, SECOND, "boss", "approve_chargeback", chargeback="N1")
    return returned


@pytest.fixture
def paid():
    """Of 9000.00 payable 6000.00 and 1000.00 are paid."""
    site = play(fresh(), until="record_payable")
    do(site, FIRST, "cashier", "pay_supplier", supplier="S1", amount="6000.00")
    do(site, FIRST, "cashier", "pay_supplier", supplier="S1", amount="1000.00")
    return site


def correct(site, what, by="colleague", day=DAY, **fields):
    do(site, day, by, f"correct_{what}", reason="复核凭证", **fields)


def waiting(site):
    return site.figures("referrals", None, DAY)


def missing(site):
    return site.figures("claim", "C1", DAY)["gates_missing"]


def account(site, *names):
    shown = site.figures("account", "S1", DAY)
    return tuple(shown[name] for name in names)


def refusal(asked):
    with pytest.raises(Refused) as refused:
        asked()
    return refused.value.code, refused.value.rules


# Counts and findings


def test_a_corrected_count_replaces_the_count_and_shuts_the_gate(returned):
    correct(returned, "count", **PART, counted=1)

    assert returned.figures("part", "T1", DAY)["missing"] == 1
    assert missing(returned) == ["counted"]


def test_a_corrected_finding_replaces_the_finding_and_shuts_the_gate(returned):
    correct(returned, "finding", **PART, finding="misuse")

    assert returned.figures("part", "T1", DAY)["finding"] == "misuse"
    assert missing(returned) == ["finding"]


def test_without_an_approved_note_nobody_is_referred_to(returned):
    do(returned, SECOND, "engineer", "draft_chargeback", **DRAFT)
    correct(returned, "count", **PART, counted=1)

    assert waiting(returned) == {"open": 0, "about": []}


@pytest.mark.parametrize(
    ("what", "to"), [("count", {"counted": 1}), ("finding", {"finding": "misuse"})]
)
def test_a_claim_on_an_approved_note_waits_for_a_person_when_a_gate_is_missing_now(
    charged, what, to
):
    correct(charged, what, **PART, **to)

    (raised,) = charged.engine.stream("referral:claim:C1")
    assert waiting(charged) == {"open": 1, "about": ["C1"]}
    assert raised.event.caused_by == charged.engine.stream("returned_part:T1")[-1].id
    assert raised.event.code == "gate-missing-after-approval"


def test_a_correction_after_which_no_gate_is_missing_refers_to_nobody(charged):
    do(charged, DAY, "engineer", "count_parts", **PART, counted=1)
    correct(charged, "count", **PART, counted=2)

    assert waiting(charged)["open"] == 0


def test_a_gate_that_has_nothing_to_do_with_the_parts_refers_to_nobody(charged):
    do(charged, DAY, "engineer", "mark_not_returned", claim="C1", reason="未返回")
    do(charged, DAY, "engineer", "count_parts", **PART, counted=1)
    correct(charged, "count", **PART, counted=2)

    assert waiting(charged)["about"] == ["N1"]


def test_a_waived_gate_is_not_missing_after_a_correction(returned):
    do(returned, FIRST, "engineer", "count_parts", **PART, counted=1)
    do(returned, FIRST, "boss", "waive_gate", claim="C1", gate="counted", reason="少一件")
    do(returned, SECOND, "engineer", "draft_chargeback", **DRAFT)
    do(returned, SECOND, "boss", "approve_chargeback", chargeback="N1")

    correct(returned, "count", **PART, counted=0)

    assert waiting(returned)["open"] == 0


def test_a_void_note_refers_to_nobody(charged):
    do(charged, SECOND, "boss", "void_chargeback", chargeback="N1", reason="重开")

    correct(charged, "count", **PART, counted=1)

    assert waiting(charged)["open"] == 0


def test_the_referral_about_a_claim_stays_until_a_person_closes_it(charged):
    correct(charged, "count", **PART, counted=1)
    do(charged, DAY, "engineer", "count_parts", **PART, counted=2)
    correct(charged, "count", **PART, counted=1)
    correct(charged, "count", by="engineer", **PART, counted=2)
    before = waiting(charged)["open"]

    do(charged, DAY, "boss", "close_referral", referral="claim:C1", reason="已补齐")

    assert (before, waiting(charged)["open"]) == (1, 0)


def test_the_note_itself_is_issued_and_collected_meanwhile(charged):
    correct(charged, "count", **PART, counted=1)

    do(charged, DAY, "cashier", "issue_chargeback", chargeback="N1")

    assert charged.figures("chargeback", "N1", DAY)["stage"] == "issued"


def test_both_counts_stay_visible_in_the_history_and_in_the_explanation(returned):
    correct(returned, "count", **PART, counted=1)
    engine = returned.engine
    history = claim_history(engine.stream, engine.store.held, engine.book, "C1")

    last = history[-1]
    assert (last["before"], last["after"]) == ({"counted": 2}, {"counted": 1})
    assert last["zh"] == "清点数量由 2 更正为 1（returned_part:T1@2）"
    told = explain(returned, "C1").as_text("en")
    assert "T1: counted: 2" in told
    assert "T1: the count is corrected from 2 to 1 (returned_part:T1@2)" in told


def test_no_reason_of_a_correction_is_stored(returned, paid):
    correct(returned, "count", **PART, counted=1)
    correct(paid, "payable", by="cashier2", supplier="S1", document="AP-3", amount="9.00")

    for site in (returned, paid):
        stored = site.engine.store.recorder.select_notifications(0, 1000)
        assert [each for each in stored if "复核凭证" in each.state.decode()] == []


# Payables and payments


def test_a_corrected_payable_changes_what_is_payable_and_the_books(paid):
    correct(paid, "payable", by="cashier2", supplier="S1", document="AP-3", amount="9500.50")

    assert account(paid, "payable") == ("2500.50",)
    assert paid.check(DAY) == {"balanced": True, "rebuilt_equal": True}


def test_a_payable_below_what_was_paid_waits_for_a_person_and_nothing_more_is_payable(paid):
    correct(paid, "payable", by="cashier2", supplier="S1", document="AP-3", amount="6500.00")

    assert account(paid, "payable", "held") == ("-500.00", "0.00")
    assert waiting(paid) == {"open": 1, "about": ["S1"]}
    assert refusal(
        lambda: do(paid, DAY, "cashier", "pay_supplier", supplier="S1", amount="0.01")
    ) == ("more-than-payable", ("Z-4.6.3a",))
    assert paid.check(DAY) == {"balanced": True, "rebuilt_equal": True}


def test_a_payable_exactly_at_what_was_paid_refers_to_nobody(paid):
    correct(paid, "payable", by="cashier2", supplier="S1", document="AP-3", amount="7000.00")

    assert waiting(paid)["open"] == 0


def test_a_payment_that_never_happened_is_payable_again(paid):
    correct(paid, "payment", by="cashier2", supplier="S1", payment=1, amount="0.00")

    assert account(paid, "payable") == ("8000.00",)
    do(paid, DAY, "cashier", "pay_supplier", supplier="S1", amount="8000.00")
    assert account(paid, "payable") == ("0.00",)
    assert paid.check(DAY) == {"balanced": True, "rebuilt_equal": True}


def test_a_payment_is_not_corrected_beyond_what_is_payable(paid):
    beyond = {"supplier": "S1", "payment": 2, "amount": "3000.01"}

    assert refusal(lambda: correct(paid, "payment", by="cashier2", **beyond)) == (
        "more-than-payable",
        ("Z-4.6.3a",),
    )


def test_a_payment_is_not_corrected_beyond_what_is_free_of_hold():
    site = play(fresh(), until="issue_chargeback")
    do(site, DAY, "cashier", "pay_supplier", supplier="S1", amount="6500.00")
    more = {"supplier": "S1", "payment": 1}

    refused = refusal(lambda: correct(site, "payment", by="cashier2", **more, amount="7000.01"))
    correct(site, "payment", by="cashier2", **more, amount="7000.00")

    assert refused == ("payment-held", ("Z-4.6.3b",))
    assert account(site, "payable", "held") == ("2000.00", "2000.00")


def test_the_books_show_the_difference_by_the_event_that_corrected(paid):
    correct(paid, "payment", by="cashier2", supplier="S1", payment=1, amount="5999.00")
    correct(paid, "payable", by="cashier2", supplier="S1", document="AP-3", amount="8999.99")

    with paid.engine.models.reading() as connection:
        booked = entries(connection, "S1")["entries"]
    corrections = [
        (it["account"], it["debit"], it["credit"], it["event"])
        for it in booked
        if "corrected" in it["event"]
    ]
    assert corrections == [
        ("payable:S1", "0.00", "1.00", "account:S1@4 account.payment_corrected"),
        ("purchases:S1", "0.00", "0.01", "account:S1@5 account.payable_corrected"),
        ("payable:S1", "0.01", "0.00", "account:S1@5 account.payable_corrected"),
    ]


@pytest.mark.parametrize(
    ("what", "fields", "said"),
    [
        ("payment", {"payment": 3, "amount": "1.00"}, ("no-such-payment", ("Z-4.6.3a",))),
        ("payable", {"document": "AP-9", "amount": "1.00"}, ("no-such-payable", ("Z-4.6.3a",))),
    ],
)
def test_what_is_not_on_record_is_not_corrected(paid, what, fields, said):
    before = paid.position()

    assert (
        refusal(lambda: correct(paid, what, by="cashier2", day=FIRST, supplier="S1", **fields))
        == said
    )
    assert paid.position() == before


@pytest.mark.parametrize("what", ["count", "finding", "payment", "payable"])
def test_another_role_does_not_correct(returned, what):
    fields = {
        "count": {**PART, "counted": 1},
        "finding": {**PART, "finding": "misuse"},
        "payment": {"supplier": "S1", "payment": 1, "amount": "1.00"},
        "payable": {"supplier": "S1", "document": "AP-3", "amount": "1.00"},
    }[what]

    assert refusal(lambda: correct(returned, what, by="buyer", **fields))[0] == "not-your-role"


# Who closes what


def test_a_referral_about_an_account_is_closed_by_the_second_person_of_finance(paid):
    correct(paid, "payable", by="cashier2", supplier="S1", document="AP-3", amount="1.00")
    closing = {"referral": "account:S1", "reason": "供方退回"}

    assert refusal(lambda: do(paid, DAY, "boss", "close_referral", **closing)) == (
        "not-your-role",
        ("ZA38",),
    )
    do(paid, DAY, "checker", "close_referral", **closing)

    assert waiting(paid)["open"] == 0


def test_a_referral_about_a_claim_is_not_closed_by_finance(charged):
    correct(charged, "count", **PART, counted=1)
    closing = {"referral": "claim:C1", "reason": "已阅"}

    assert refusal(lambda: do(charged, DAY, "checker", "close_referral", **closing))[0] == (
        "not-your-role"
    )


def test_a_referral_is_closed_once(charged):
    correct(charged, "count", **PART, counted=1)
    closing = {"referral": "claim:C1", "reason": "已阅"}
    do(charged, DAY, "boss", "close_referral", **closing)

    assert refusal(lambda: do(charged, DAY, "boss", "close_referral", **closing)) == (
        "referral-already-closed",
        ("ZA38",),
    )


def test_a_closed_referral_opens_again_when_a_later_correction_leaves_a_gate_missing(charged):
    correct(charged, "count", **PART, counted=1)
    do(charged, DAY, "boss", "close_referral", referral="claim:C1", reason="已阅")

    correct(charged, "count", by="engineer", **PART, counted=0)

    assert waiting(charged) == {"open": 1, "about": ["C1"]}


def test_an_unknown_referral_is_not_closed(charged):
    asked = {"referral": "claim:C9", "reason": "已阅"}

    assert refusal(lambda: do(charged, DAY, "boss", "close_referral", **asked)) == (
        "not-found",
        ("ZA38",),
    )


def test_a_referral_about_a_note_is_not_closed_while_it_is_true():
    site = play(fresh(), until="issue_chargeback")
    do(site, DAY, "engineer", "mark_not_returned", claim="C1", reason="未返回")

    assert refusal(
        lambda: do(site, DAY, "boss", "close_referral", referral="N1", reason="已阅")
    ) == ("referral-still-true", ("ZA38",))
    assert waiting(site) == {"open": 1, "about": ["N1"]}
