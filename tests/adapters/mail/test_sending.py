"""Does a message reach a real mail server, and is what the server says recorded once?"""

import hashlib
from datetime import timedelta

import pytest

from recourse.adapters.mail.outbox import Outbox
from recourse.aggregates.message import Message
from support import clearing
from support.engine import nine
from support.mailing import BOX, MESSAGE, agreed, topics
from support.story import FOR_A_REASON, NOTE, SECOND, THIRD, do

STREAM = f"message:{MESSAGE}"
WEDNESDAY = "2026-07-08"


def at(minutes=0, day=SECOND):
    return nine(day) + timedelta(minutes=minutes)


def latest(site):
    return site.engine.stream(STREAM)[-1].event


def last_day(site, day=THIRD):
    return site.figures("chargeback", "N1", day)["last_day"]


def test_what_waits_is_handed_over_once(outbox, issued, server):
    assert [outbox.step(at(1)), outbox.step(at(2))] == [1, 0]

    assert topics(issued, STREAM) == ["queued", "handed_over"]
    assert len(server.received()) == 1


def test_the_fact_names_the_reply_and_the_exact_bytes(outbox, issued, server):
    outbox.step(at(1))

    (file,) = server.files
    handed = latest(issued)
    assert (handed.attempt, handed.reply, handed.report) == (1, 250, True)
    assert handed.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_report_is_asked_for(outbox, server):
    outbox.step(at(1))

    (asked,) = server.asked()
    assert (asked["NOTIFY"], asked["RET"]) == ("SUCCESS,FAILURE,DELAY", "HDRS")
    assert asked["ORCPT"] == "rfc822;quality@example.com"
    assert len(asked["ENVID"]) == 20


def test_a_server_that_promises_no_report_is_not_asked_for_one(outbox, issued, server):
    server.behave("plain")

    outbox.step(at(1))

    assert (server.asked(), latest(issued).report) == ([{}], False)


def test_a_relays_reply_is_no_arrival(outbox, issued):
    outbox.step(at(1))

    assert last_day(issued) is None


def test_the_reply_of_the_suppliers_own_server_is_its_arrival(issued, settings, server):
    own = {
        "address": "quality@example.com",
        "server": f"127.0.0.1:{server.port}",
        "security": "none",
    }
    relay_elsewhere = {"host": "relay.invalid"}

    Outbox(issued.engine, settings({BOX: own}, **relay_elsewhere)).step(at(1, THIRD))

    assert topics(issued, STREAM) == ["queued", "handed_over", "arrived"]
    assert latest(issued).proof == "handover"
    assert str(last_day(issued)) == WEDNESDAY


def test_where_the_agreement_says_so_a_relays_reply_is_the_arrival(issued, settings):
    Outbox(issued.engine, settings(arrival="handover")).step(at(1, THIRD))

    assert str(last_day(issued)) == WEDNESDAY


@pytest.mark.parametrize(("mode", "status"), [("busy", "4.3.0"), ("full", "4.2.2")])
def test_what_is_refused_for_now_is_tried_again_after_a_pause(outbox, issued, server, mode, status):
    server.behave(mode)
    outbox.step(at(1))
    deferred = latest(issued)
    server.behave("accept")

    tried = [outbox.step(at(5)), outbox.step(at(6))]

    assert (deferred.status, deferred.again_at) == (status, at(6))
    assert tried == [0, 1]
    assert topics(issued, STREAM) == ["queued", "deferred", "handed_over"]


@pytest.mark.parametrize(("mode", "status"), [("unknown", "5.1.1"), ("spam", "5.7.1")])
def test_what_is_refused_for_good_bounces_and_waits_for_a_person(
    outbox, issued, server, mode, status
):
    server.behave(mode)

    assert [outbox.step(at(1)), outbox.step(at(9000))] == [1, 0]

    assert (topics(issued, STREAM), latest(issued).status) == (["queued", "bounced"], status)
    assert issued.figures("referrals", None, SECOND)["about"] == [MESSAGE]
    assert last_day(issued) is None


def test_our_own_address_that_is_refused_is_not_the_recipients_fault(outbox, issued, server):
    server.behave("stranger")

    outbox.step(at(1))

    assert (topics(issued, STREAM)[-1], latest(issued).status) == ("deferred", "5.7.1")


def test_the_pauses_grow_and_after_the_last_one_a_person_is_told(issued, settings, server):
    server.behave("busy")
    outbox = Outbox(issued.engine, settings(pauses=[5, 30]))

    tried = [outbox.step(at(minutes)) for minutes in (0, 4, 5, 34, 35, 9000)]

    assert tried == [1, 0, 1, 0, 1, 0]
    assert topics(issued, STREAM) == ["queued", "deferred", "deferred", "given_up"]
    assert latest(issued).attempt == 3
    assert issued.figures("referrals", None, SECOND)["about"] == [MESSAGE]


def test_a_server_that_is_not_there_is_tried_again(outbox, issued, server):
    server.stop()

    outbox.step(at(1))

    assert (topics(issued, STREAM)[-1], latest(issued).status) == ("deferred", "unreachable")


def test_a_server_that_dies_before_its_reply_gets_the_same_mail_again(outbox, issued, server):
    server.behave("dies")
    outbox.step(at(1))
    server.ended()
    server.behave("accept")
    server.start()

    outbox.step(at(6))

    assert topics(issued, STREAM) == ["queued", "deferred", "handed_over"]
    first, second = server.received()
    assert first["Message-ID"] == second["Message-ID"]
    assert server.files[0].read_bytes() == server.files[1].read_bytes()


def test_sent_again_by_a_person_it_is_another_mail(outbox, issued, server):
    server.behave("unknown")
    outbox.step(at(1))
    server.behave("accept")
    do(issued, THIRD, "buyer", "send_message", message=MESSAGE)

    outbox.step(at(1, THIRD))

    assert topics(issued, STREAM) == ["queued", "bounced", "queued", "handed_over"]
    assert ".2." in server.received()[0]["Message-ID"]


def test_a_mailbox_without_an_address_waits_for_its_address(issued, settings):
    Outbox(issued.engine, settings({"S2/office": "office@example.com"})).step(at(1))

    assert (topics(issued, STREAM)[-1], latest(issued).status) == ("deferred", "unaddressed")


def test_a_note_that_is_void_by_then_is_not_sent(outbox, issued, server):
    do(issued, SECOND, "boss", "void_chargeback", **NOTE, **FOR_A_REASON)

    outbox.step(at(1))

    assert (topics(issued, STREAM)[-1], latest(issued).status) == ("given_up", "void")
    assert server.received() == []


def test_one_process_sends_at_a_time(outbox, issued, server):
    with issued.engine.store.alone("mail") as mine:
        assert (mine, outbox.step(at(1))) == (True, 0)

    assert outbox.step(at(1)) == 1


def test_no_password_goes_out_in_the_open(issued, settings):
    guarded = settings(security="starttls", user="recourse", password="open sesame")

    Outbox(issued.engine, guarded).step(at(1))

    assert (topics(issued, STREAM)[-1], latest(issued).status) == ("deferred", "unreachable")


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(issued, settings, certificate):
    guarded = settings(security="starttls", user="recourse", password="open sesame")

    Outbox(issued.engine, guarded).step(at(1))

    assert latest(issued).status == "unreachable"


@pytest.mark.parametrize(
    ("password", "became"), [("open sesame", "handed_over"), ("sesame", "deferred")]
)
def test_it_is_sent_over_a_private_way_with_a_password(
    issued, settings, certificate, monkeypatch, password, became
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    guarded = settings(security="starttls", user="recourse", password=password, timeout=1)

    Outbox(issued.engine, guarded).step(at(1))

    assert topics(issued, STREAM)[-1] == became


def test_neither_address_nor_password_is_in_the_log(outbox, issued):
    outbox.step(at(1))

    stored = b"".join(
        each.state
        for each in issued.engine.store.recorder.select_notifications(
            0, 1000, inclusive_of_start=False
        )
    )
    assert b"example.com" not in stored
    assert isinstance(issued.engine.stream(STREAM)[0].event, Message.Queued)


def test_a_server_that_is_not_reached_is_tried_once_a_step(settings, server):
    site = agreed(clearing.stored())
    for number in (1, 2):
        notice = {"notice": f"L{number}", "supplier": "S1", "tags": [f"T{number}"]}
        do(site, SECOND, "buyer", "notify_clearance", **notice)
    server.stop()
    outbox = Outbox(site.engine, settings())

    tried = [outbox.step(at(1)) for _ in range(3)]

    assert tried == [1, 1, 0]


@pytest.mark.parametrize("host", ["relay.invalid", "a..b", "x" * 300])
def test_a_host_that_is_none_is_not_reached(issued, settings, host):
    Outbox(issued.engine, settings(host=host)).step(at(1))

    assert latest(issued).status == "unreachable"
