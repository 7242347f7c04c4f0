"""What becomes of a message by the reports that come in, and which of them count?"""

import mailbox
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recourse.adapters.mail.incoming import Read, take_report
from recourse.adapters.mail.naming import Sending, message_id, seal
from recourse.adapters.mail.outbox import Outbox
from recourse.adapters.mail.reports import Report, read_report
from support.engine import nine
from support.mail_reports import report
from support.mailing import BOX, MESSAGE, topics
from support.story import SECOND, THIRD, do

STREAM = f"message:{MESSAGE}"
ENVELOPE = "Original-Envelope-Id: {}\n"
MONDAY, WEDNESDAY, THURSDAY = date(2026, 7, 6), date(2026, 7, 8), date(2026, 7, 9)


@pytest.fixture
def sent(outbox, issued, server):
    """The message was handed over at nine on the second; its Message-ID as the server has it."""
    outbox.step(nine(SECOND))
    return server.received()[0]["Message-ID"]


@pytest.fixture
def maildir(tmp_path):
    return mailbox.Maildir(tmp_path / "Maildir", factory=None)


def last_day(site, day=THIRD):
    return site.figures("chargeback", "N1", day)["last_day"]


def left(maildir):
    """The flags of each mail that was read; "new" for one that was not."""
    mails = (maildir.get_message(key) for key in maildir.keys())  # noqa: SIM118 - no dict
    return sorted("new" if it.get_subdir() == "new" else it.get_flags() for it in mails)


def test_a_report_of_delivery_starts_the_clock_on_its_day(sent, outbox, issued, maildir):
    maildir.add(report(sent, nine(THIRD)))

    assert outbox.step(nine(MONDAY)) == 1

    assert topics(issued, STREAM) == ["queued", "handed_over", "arrived"]
    assert last_day(issued, MONDAY) == WEDNESDAY
    assert left(maildir) == ["S"]


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        (datetime(2026, 7, 3, 15, 59, tzinfo=UTC), WEDNESDAY),
        (datetime(2026, 7, 3, 16, 1, tzinfo=UTC), THURSDAY),
    ],
    ids=["before midnight in Shanghai", "after it"],
)
def test_the_day_of_arrival_is_that_of_shanghai(sent, outbox, issued, maildir, instant, expected):
    maildir.add(report(sent, instant))

    outbox.step(nine(MONDAY))

    assert last_day(issued, MONDAY) == expected


@pytest.mark.parametrize("claimed", [nine(SECOND) - timedelta(days=1), nine(MONDAY)])
def test_a_clock_that_is_wrong_gives_the_day_on_which_the_report_is_read(
    sent, outbox, issued, maildir, claimed
):
    maildir.add(report(sent, claimed))

    outbox.step(nine(THIRD))

    assert last_day(issued) == WEDNESDAY


def test_without_the_time_of_an_attempt_the_report_has_its_own(sent, outbox, issued, maildir):
    maildir.add(report(sent, nine(THIRD), attempt=""))

    outbox.step(nine(MONDAY))

    assert last_day(issued, MONDAY) == WEDNESDAY


def test_a_report_that_is_read_twice_is_one_fact(sent, outbox, issued, maildir):
    for _ in range(2):
        maildir.add(report(sent, nine(THIRD)))
    outbox.step(nine(THIRD))
    maildir.add(report(sent, nine(THIRD)))

    outbox.step(nine(THIRD))

    assert topics(issued, STREAM).count("arrived") == 1
    assert left(maildir) == ["S"] * 3


def test_of_two_reports_of_one_delivery_the_first_one_counts(sent, issued, settings):
    for number, day in (("1", THIRD), ("2", MONDAY)):
        content = report(sent, nine(day), number=number)
        take_report(content, issued.engine, settings(), nine(MONDAY))

    assert topics(issued, STREAM).count("arrived") == 1
    assert last_day(issued, MONDAY) == WEDNESDAY


def test_a_report_of_failure_is_a_bounce_and_waits_for_a_person(sent, outbox, issued, maildir):
    maildir.add(report(sent, nine(THIRD), action="failed", status="5.1.1 (no such mailbox)"))

    outbox.step(nine(THIRD))

    assert topics(issued, STREAM) == ["queued", "handed_over", "bounced"]
    assert issued.engine.stream(STREAM)[-1].event.status == "5.1.1"
    assert issued.figures("referrals", None, THIRD)["about"] == [MESSAGE]
    assert last_day(issued) is None


@pytest.mark.parametrize("action", ["relayed", "expanded", "delayed"])
def test_what_only_went_on_has_not_arrived(sent, outbox, issued, maildir, action):
    maildir.add(report(sent, nine(THIRD), action=action, status="4.0.0"))

    outbox.step(nine(THIRD))

    assert (topics(issued, STREAM), last_day(issued)) == (["queued", "handed_over"], None)
    assert left(maildir) == ["S"]


def forged(issued, **other):
    """A Message-ID made up without the log, or by another one."""
    sending = Sending(other.get("message", MESSAGE), other.get("number", 1))
    return message_id(sending, other.get("log", issued.engine.store.log_id), "example.org")


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ({"log": "guessed"}, "not-ours"),
        ({"message": "chargeback:N2"}, "never-sent"),
        ({"number": 2}, "never-sent"),
    ],
    ids=["a guess", "a message nobody sent", "a sending that never was"],
)
def test_a_report_of_what_was_never_sent_counts_for_nothing(
    sent, issued, settings, maildir, told, outcome
):
    content = report(forged(issued, **told), nine(THIRD))

    read = take_report(content, issued.engine, settings(), nine(THIRD))

    assert (read.outcome, read.is_ours) == (outcome, False)
    assert (topics(issued, STREAM), last_day(issued)) == (["queued", "handed_over"], None)


def test_a_report_from_another_mailbox_counts_for_nothing(sent, issued, settings):
    content = report(sent, nine(THIRD), recipient="seller@elsewhere.example")

    read = take_report(content, issued.engine, settings(), nine(THIRD))

    assert (read, last_day(issued)) == (Read("other-recipient", MESSAGE), None)


def test_a_report_that_mixes_two_mails_counts_for_nothing(sent, issued, settings):
    another = seal(Sending("chargeback:N2", 1), issued.engine.store.log_id)
    content = report(sent, nine(THIRD), envelope=ENVELOPE.format(another))

    read = take_report(content, issued.engine, settings(), nine(THIRD))

    assert (read.outcome, last_day(issued)) == ("other-envelope", None)


def test_a_report_with_the_right_envelope_counts(sent, issued, settings, server):
    right = ENVELOPE.format(server.asked()[0]["ENVID"])

    read = take_report(
        report(sent, nine(THIRD), envelope=right), issued.engine, settings(), nine(THIRD)
    )

    assert (read.outcome, last_day(issued)) == ("arrived", WEDNESDAY)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\x00 nonsense", b"From: a@example.com\r\nSubject: Re: N1\r\n\r\nWe disagree."],
    ids=["nothing", "nonsense", "a letter"],
)
def test_what_is_no_report_stays_flagged_for_a_person(sent, outbox, issued, maildir, content):
    maildir.add(content)

    assert outbox.step(nine(THIRD)) == 1

    assert (left(maildir), topics(issued, STREAM)) == (["F"], ["queued", "handed_over"])


def test_a_report_that_is_faster_than_our_own_record_is_read_again(
    outbox, issued, server, settings, maildir
):
    server.behave("busy")
    maildir.add(report(forged(issued), nine(SECOND)))

    outbox.step(nine(SECOND))
    early = left(maildir)
    server.behave("accept")
    outbox.step(nine(SECOND) + timedelta(minutes=5))

    assert (early, left(maildir)) == (["new"], ["S"])
    assert topics(issued, STREAM) == ["queued", "deferred", "handed_over", "arrived"]


def test_the_arrival_of_an_older_sending_counts(sent, outbox, issued, maildir):
    do(issued, SECOND, "buyer", "send_message", message=MESSAGE)
    maildir.add(report(sent, nine(THIRD)))

    Outbox(issued.engine, outbox.settings).read_reports(nine(THIRD))

    assert issued.engine.stream(STREAM)[-1].event.sending == 1
    assert last_day(issued) == WEDNESDAY


def test_an_address_is_compared_without_regard_to_case(sent, issued, settings):
    upper = settings({BOX: "Quality@Example.COM"})

    read = take_report(report(sent, nine(THIRD)), issued.engine, upper, nine(THIRD))

    assert read.outcome == "arrived"


def test_a_report_of_a_mailbox_without_an_address_counts_for_nothing(sent, issued, settings):
    elsewhere = settings({"S2/office": "office@example.com"})

    read = take_report(
        report(sent, nine(THIRD), recipient=""), issued.engine, elsewhere, nine(THIRD)
    )

    assert (read.outcome, last_day(issued)) == ("other-recipient", None)


WHOLE = report("<chargeback%3AN1.1.0123456789abcdef0123@example.org>", nine(THIRD))


@given(st.data())
def test_whatever_strangers_send_is_read_or_is_no_report(data):
    begins = data.draw(st.integers(0, len(WHOLE)))
    ends = data.draw(st.integers(begins, len(WHOLE)))
    content = WHOLE[:begins] + data.draw(st.binary(max_size=40)) + WHOLE[ends:]

    read = read_report(content)

    assert read is None or isinstance(read, Report)


@pytest.mark.parametrize(
    "date", ["", "yesterday", "Fri, 03 Jul 99999 10:00:00 +0800", "Fri, 31 Dec 9999 23:00:00 -2359"]
)
def test_a_date_that_is_none_is_not_believed(date):
    told = f"Last-Attempt-Date: {date}\n"

    read = read_report(report("<x@example.org>", nine(THIRD), attempt=told))

    assert read.recipients[0].at in {None, nine(THIRD)}
