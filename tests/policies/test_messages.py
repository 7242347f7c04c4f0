"""A supplier named a mailbox: when has it received a note, and until when may it appeal?"""

from datetime import date, timedelta

import pytest

from recourse.application import Ask, Person
from recourse.commands.messages import RecordArrival
from recourse.values.refusal import Refused
from support import clearing, months
from support.engine import fresh, nine
from support.mailing import MESSAGE, NOTICE, agreed, arrive, bounce, fail, hand_over, topics
from support.story import FIRST, FOR_A_REASON, NOTE, RECEIPT, SECOND, THIRD, do, play, refused

FRIDAY, SATURDAY, MONDAY = date(2026, 7, 3), date(2026, 7, 4), date(2026, 7, 6)
WEDNESDAY, THURSDAY = date(2026, 7, 8), date(2026, 7, 9)  # five days after the third, and the next


@pytest.fixture
def issued():
    """The note is issued to a supplier that named its mailbox."""
    site = agreed()
    do(site, SECOND, "cashier", "issue_chargeback", **NOTE)
    return site


def note(site, day=THIRD):
    figures = site.figures("chargeback", "N1", day)
    return figures["stage"], figures["answer"], figures["last_day"]


def late_appeal(site, day):
    return site.figures("chargeback", "N1", day)["late_appeal"]


def referrals(site, day=THIRD):
    return site.figures("referrals", None, day)["about"]


def test_without_a_mailbox_nothing_is_sent():
    site = play(fresh(), "issue_chargeback")

    assert (topics(site, "message:chargeback:N1"), site.engine.store.held("outbox ")) == ([], [])


def test_an_issued_note_goes_to_the_mailbox_that_is_agreed(issued):
    (queued,) = issued.engine.stream("message:chargeback:N1")

    assert (queued.event.supplier, queued.event.mailbox) == ("S1", "S1/quality")
    assert queued.event.caused_by == issued.engine.stream("chargeback:N1")[-1].id
    assert [key for key, _ in issued.engine.store.held("outbox ")] == [
        "outbox message:chargeback:N1"
    ]


@pytest.mark.parametrize(("since", "sent"), [(SECOND, ["queued"]), (THIRD, [])])
def test_a_mailbox_is_used_from_its_day_on(since, sent):
    site = agreed(since=since)

    do(site, SECOND, "cashier", "issue_chargeback", **NOTE)

    assert topics(site, "message:chargeback:N1") == sent


def test_a_mailbox_that_was_withdrawn_is_used_no_longer():
    site = agreed()
    do(site, SECOND, "buyer", "withdraw_mailbox", supplier="S1")

    do(site, SECOND, "cashier", "issue_chargeback", **NOTE)

    assert topics(site, "message:chargeback:N1") == []


def test_handed_over_is_not_received_and_no_clock_runs(issued):
    hand_over(issued, SECOND)
    issued.begin(date(2026, 8, 1))

    assert note(issued, date(2026, 8, 1)) == ("issued", "none", None)


@pytest.mark.parametrize(
    ("arrived_on", "last_day"),
    [
        (FRIDAY, WEDNESDAY),
        (SATURDAY, THURSDAY),
        (SECOND, date(2026, 7, 7)),
        (MONDAY, date(2026, 7, 13)),
    ],
    ids=["Friday", "a rest day counts", "the day of issue", "five days end on a rest day"],
)
def test_when_it_arrives_the_days_to_appeal_run_from_that_day(issued, arrived_on, last_day):
    hand_over(issued, SECOND)

    arrive(issued, MONDAY, on=arrived_on)

    assert note(issued, MONDAY) == ("received", "none", last_day)


def test_the_receipt_is_proved_by_the_message(issued):
    hand_over(issued, SECOND)
    arrive(issued, THIRD)

    receipt = issued.engine.stream("chargeback:N1")[-1].event
    assert (receipt.TOPIC, receipt.proof, receipt.actor) == (
        "chargeback.receipt_recorded",
        "mail",
        "engine",
    )
    assert receipt.caused_by == "message:chargeback:N1@3"
    assert issued.engine.stream("message:chargeback:N1")[2].event.sha256 == "bb" * 32


@pytest.mark.parametrize(("day", "answer"), [(WEDNESDAY, "appealed"), (THURSDAY, "lapsed")])
def test_an_appeal_on_the_last_day_is_in_time_and_one_on_the_next_is_late(issued, day, answer):
    hand_over(issued, SECOND)
    arrive(issued, THIRD)

    do(issued, day, "seller", "appeal_chargeback", **NOTE, lines=["C1"], **FOR_A_REASON)

    late = late_appeal(issued, day)
    assert (note(issued, day)[1], late) == (answer, answer == "lapsed")


def test_the_day_after_the_last_one_the_appeal_lapses(issued):
    hand_over(issued, SECOND)
    arrive(issued, THIRD)

    issued.begin(WEDNESDAY)
    before = note(issued, WEDNESDAY)[1]
    issued.begin(THURSDAY)

    assert (before, note(issued, THURSDAY)[1]) == ("none", "lapsed")


def test_a_report_read_weeks_later_starts_the_clock_on_the_day_of_arrival(issued):
    hand_over(issued, SECOND)

    arrive(issued, date(2026, 7, 30), on=THIRD)

    assert note(issued, date(2026, 7, 30)) == ("received", "lapsed", WEDNESDAY)


def test_a_message_arrives_once_however_often_that_is_told(issued):
    hand_over(issued, SECOND)
    arrive(issued, THIRD)
    before = issued.position()

    arrive(issued, MONDAY)

    # The day began and its policies had nothing to do.
    assert topics(issued, "message:chargeback:N1") == ["queued", "handed_over", "arrived"]
    assert issued.position() - before == (MONDAY - THIRD).days
    assert note(issued, MONDAY)[2] == WEDNESDAY


def test_a_mailbox_withdrawn_before_the_arrival_makes_no_receipt_and_a_person_is_told(issued):
    do(issued, SECOND, "buyer", "withdraw_mailbox", supplier="S1", since=THIRD)
    hand_over(issued, SECOND)

    arrive(issued, THIRD)

    assert note(issued) == ("issued", "none", None)
    assert referrals(issued) == [MESSAGE]
    (raised,) = [
        fact.event
        for batch in issued.engine.batches()
        for fact in batch
        if fact.event.TOPIC == "referral.raised"
    ]
    assert raised.code == "mailbox-not-agreed"


def test_another_mailbox_agreed_meanwhile_makes_no_receipt_either(issued):
    hand_over(issued, SECOND)
    do(issued, THIRD, "buyer", "agree_mailbox", supplier="S1", mailbox="S1/office")

    arrive(issued, THIRD)

    assert note(issued) == ("issued", "none", None)


def test_a_receipt_recorded_by_a_person_stands(issued):
    hand_over(issued, SECOND)
    do(issued, THIRD, "buyer", "record_receipt", **RECEIPT | {"received_on": SECOND})

    arrive(issued, THIRD)

    assert (note(issued)[2], referrals(issued)) == (date(2026, 7, 7), [])


def test_a_void_note_has_no_clock_to_start(issued):
    hand_over(issued, SECOND)
    do(issued, SECOND, "boss", "void_chargeback", **NOTE, **FOR_A_REASON)

    arrive(issued, THIRD)

    assert (note(issued)[0], referrals(issued)) == ("void", [])


def test_a_wrong_arrival_is_corrected_like_any_receipt(issued):
    hand_over(issued, SECOND)
    arrive(issued, MONDAY)

    do(issued, MONDAY, "buyer", "correct_receipt", **NOTE, received_on=THIRD, **FOR_A_REASON)

    assert note(issued, MONDAY)[2] == WEDNESDAY


def test_a_bounced_message_waits_for_a_person_and_no_clock_runs(issued):
    hand_over(issued, SECOND)

    bounce(issued, THIRD)

    assert (note(issued), referrals(issued)) == (("issued", "none", None), [MESSAGE])


def test_a_message_that_is_given_up_waits_for_a_person(issued):
    fail(issued, SECOND, None)

    assert referrals(issued, SECOND) == [MESSAGE]


def test_a_message_that_is_tried_again_waits_for_nobody(issued):
    fail(issued, SECOND, nine(SECOND) + timedelta(minutes=5))

    assert referrals(issued, SECOND) == []


def test_sent_once_more_it_no_longer_waits_and_may_arrive(issued):
    hand_over(issued, SECOND)
    bounce(issued, SECOND)

    do(issued, THIRD, "buyer", "send_message", message=MESSAGE)
    hand_over(issued, THIRD, attempt=2)
    arrive(issued, THIRD)

    assert (note(issued), referrals(issued)) == (("received", "none", WEDNESDAY), [])


def test_an_older_note_is_sent_once_a_mailbox_is_agreed():
    site = play(fresh(), "issue_chargeback")
    agreed(site, THIRD)

    do(site, THIRD, "buyer", "send_message", message=MESSAGE)

    assert topics(site, "message:chargeback:N1") == ["queued"]


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("chargeback:N1", "note-not-issued"),
        ("chargeback:N9", "not-found"),
        ("clearance:L9", "not-found"),
        ("claim:C1", "not-found"),
        ("N1", "not-found"),
    ],
)
def test_only_an_issued_note_or_a_notice_is_sent(message, code):
    site = agreed()

    assert refused(site, SECOND, "buyer", "send_message", message=message)[0] == code


def test_nothing_is_sent_to_a_supplier_without_a_mailbox():
    site = play(fresh(), "issue_chargeback")

    asked = refused(site, SECOND, "buyer", "send_message", message=MESSAGE)
    assert asked == ("no-mailbox-agreed", ("ZA2",))


@pytest.mark.parametrize("address", ["quality@example.com", "S1/Qualität@x"])
def test_an_address_does_not_enter_the_log(address):
    site = play(fresh(), "register_supplier")

    with pytest.raises(ValueError, match="named by an id"):
        do(site, FIRST, "buyer", "agree_mailbox", supplier="S1", mailbox=address)


def test_a_clearance_notice_that_arrives_gives_five_days_to_clear():
    site = agreed(clearing.stored())
    do(site, SECOND, "buyer", "notify_clearance", **clearing.NOTICE)
    before = site.figures("notice", "L1", SECOND)
    hand_over(site, SECOND, NOTICE)

    arrive(site, THIRD, NOTICE)

    after = site.figures("notice", "L1", THIRD)
    assert (before["state"], before["last_day"]) == ("awaiting_receipt", None)
    assert (after["state"], after["last_day"]) == ("running", clearing.LAST_DAY)


def test_books_and_read_models_agree_after_all_of_it(issued):
    hand_over(issued, SECOND)
    bounce(issued, SECOND)
    do(issued, THIRD, "buyer", "send_message", message=MESSAGE)
    hand_over(issued, THIRD, attempt=2)
    arrive(issued, THIRD)

    assert issued.check() == {"balanced": True, "rebuilt_equal": True}


def test_only_the_engine_tells_of_arrivals(issued):
    said = {"sending": 1, "proof": "dsn", "status": "2.0.0"}
    buyer = Person("buyer", frozenset({"purchasing"}))
    ask = Ask(RecordArrival(message=MESSAGE, **said), buyer, nine(THIRD), "forged")
    (answer,) = issued.engine.perform([ask])

    assert isinstance(answer.refusal, Refused) and answer.refusal.code == "not-your-role"


@pytest.fixture
def july():
    """July is closed, not yet approved, and S1 named its mailbox on its last day."""
    site = months.collected_in_july()
    agreed(site, months.TAKEN)
    do(site, months.END_OF_JULY, "cashier", "close_month", **months.JULY)
    return site


STATEMENT = "statement:S1/2026-07"


def test_an_approved_month_is_sent_and_its_arrival_starts_no_clock(july):
    before = topics(july, f"message:{STATEMENT}")
    do(july, months.CHECKED, "checker", "approve_close", **months.JULY)
    hand_over(july, months.CHECKED, STATEMENT)
    facts = note(july, months.CHECKED)

    arrive(july, months.CHECKED, STATEMENT)

    assert (before, topics(july, f"message:{STATEMENT}")) == (
        [],
        ["queued", "handed_over", "arrived"],
    )
    assert (note(july, months.CHECKED), referrals(july)) == (facts, [])


def test_a_month_that_nobody_approved_is_not_sent(july):
    asked = refused(july, months.CHECKED, "buyer", "send_message", message=STATEMENT)

    assert asked[0] == "not-found"


def test_an_approved_month_is_sent_once_a_mailbox_is_agreed():
    site = agreed(months.july_closed(), months.CHECKED)

    do(site, months.CHECKED, "buyer", "send_message", message=STATEMENT)

    assert topics(site, f"message:{STATEMENT}") == ["queued"]
