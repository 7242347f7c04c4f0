"""What is known of a message to a supplier, and when has it arrived?"""

from datetime import timedelta

import pytest

from recourse.aggregates.message import Message
from recourse.aggregates.supplier import Mailbox
from support.examples import MONDAY, TUESDAY, WEDNESDAY, act, happened
from support.scenario import folded, given

BOX = Mailbox("mail", "S1/quality")
BYTES, REPORT, ANOTHER = "aa" * 32, "bb" * 32, "cc" * 32
NOON = act(day=MONDAY).recorded_at + timedelta(hours=3)
HANDED = {"reply": 250, "sha256": BYTES, "report": True}
SEEN = {"proof": "dsn", "status": "2.0.0", "sha256": REPORT}
REFUSED = {"status": "5.1.1", "sha256": None}


def queued(box=BOX):
    fields = {"supplier": "S1", "channel": box.channel, "mailbox": box.id}
    return happened(Message.Queued, "engine", **fields)


def handed(attempt=1):
    return happened(Message.HandedOver, "engine", TUESDAY, attempt=attempt, **HANDED)


def deferred(attempt=1):
    fields = {"status": "4.2.2", "again_at": NOON}
    return happened(Message.Deferred, "engine", attempt=attempt, **fields)


def bounced(sending=1, sha256=None):
    return happened(Message.Bounced, "engine", sending=sending, status="5.1.1", sha256=sha256)


def arrived(sending=1):
    return happened(Message.Arrived, "engine", WEDNESDAY, sending=sending, **SEEN)


GIVEN_UP = happened(Message.GivenUp, "engine", attempt=1, status="unreachable")


def queue(message):
    message.queue(act(), "S1", BOX)


def test_it_is_queued_for_a_mailbox():
    given(Message).when(queue).then(
        Message.Queued, supplier="S1", channel="mail", mailbox="S1/quality"
    )


@pytest.mark.parametrize("history", [(queued(),), (queued(), deferred())])
def test_it_is_not_queued_while_it_is_to_be_sent(history):
    given(Message, *history).when(queue).then_refused("message-under-way")


def test_it_is_not_queued_after_it_arrived():
    given(Message, queued(), handed(), arrived()).when(queue).then_refused("message-arrived")


@pytest.mark.parametrize("history", [(handed(),), (bounced(),), (GIVEN_UP,)])
def test_it_is_queued_again_once_it_went_out_or_got_stuck(history):
    again = given(Message, queued(), *history).when(queue)

    again.then(Message.Queued, supplier="S1", channel="mail", mailbox="S1/quality")


def test_a_server_takes_it():
    (
        given(Message, queued())
        .when(lambda it: it.hand_over(act(), 1, **HANDED))
        .then(Message.HandedOver, attempt=1, **HANDED)
    )


@pytest.mark.parametrize(
    ("history", "attempt"),
    [((queued(), handed()), 1), ((queued(), handed()), 2), ((queued(), deferred()), 1)],
    ids=["the same twice", "one that was not asked for", "an older one"],
)
def test_an_attempt_is_recorded_once(history, attempt):
    given(Message, *history).when(lambda it: it.hand_over(act(), attempt, **HANDED)).then_each()


def test_it_is_tried_again_at_the_time_that_was_set():
    fields = {"status": "4.2.2", "again_at": NOON}

    outcome = given(Message, queued()).when(lambda it: it.fail(act(), 1, **fields))

    outcome.then(Message.Deferred, attempt=1, **fields)


@pytest.mark.parametrize(("minutes", "due"), [(-1, False), (0, True)])
def test_it_is_due_from_that_time_on(minutes, due):
    message = folded(Message, (queued(), deferred()), [])

    assert message.due(NOON + timedelta(minutes=minutes)) is due


def test_it_is_not_due_before_it_was_queued():
    message = folded(Message, (queued(),), [])

    assert not message.due(message.queued_at - timedelta(seconds=1))


@pytest.mark.parametrize("last", [handed(), bounced(), GIVEN_UP])
def test_it_is_not_due_once_it_went_out_or_got_stuck(last):
    assert not folded(Message, (queued(), last), []).due(NOON + timedelta(days=9))


def test_without_another_time_it_is_given_up():
    (
        given(Message, queued())
        .when(lambda it: it.fail(act(), 1, status="unreachable", again_at=None))
        .then(Message.GivenUp, attempt=1, status="unreachable")
    )


def test_it_arrives_once_a_server_took_it():
    (
        given(Message, queued(), handed())
        .when(lambda it: it.arrive(act(day=WEDNESDAY), 1, **SEEN))
        .then(Message.Arrived, sending=1, **SEEN)
    )


@pytest.mark.parametrize(
    "history",
    [(queued(),), (queued(), deferred()), (queued(), handed(), arrived())],
    ids=["not sent", "refused for now", "arrived already"],
)
def test_what_nobody_took_cannot_arrive_and_nothing_arrives_twice(history):
    given(Message, *history).when(lambda it: it.arrive(act(), 1, **SEEN)).then_each()


def test_an_older_sending_arrives_though_a_newer_one_is_under_way():
    (
        given(Message, queued(), handed(), queued())
        .when(lambda it: it.arrive(act(day=WEDNESDAY), 1, **SEEN))
        .then(Message.Arrived, sending=1, **SEEN)
    )


def test_a_refusal_for_good_is_recorded_once():
    refuse = {"status": "5.1.1", "sha256": REPORT}

    first = given(Message, queued(), handed()).when(lambda it: it.bounce(act(), 1, **refuse))
    again = given(Message, queued(), handed(), bounced(sha256=REPORT)).when(
        lambda it: it.bounce(act(), 1, **refuse)
    )

    first.then(Message.Bounced, sending=1, **refuse)
    again.then_each()


def test_an_older_sending_that_bounces_leaves_the_newer_one_under_way():
    message = folded(Message, (queued(), handed(), queued(), bounced(1, REPORT)), [])

    assert (message.waits, message.stuck) == (True, False)


def test_a_bounce_after_the_arrival_takes_nothing_back():
    message = folded(Message, (queued(), handed(), arrived(), bounced(1, ANOTHER)), [])

    assert (message.state, message.arrived_on) == ("arrived", WEDNESDAY)


@pytest.mark.parametrize(
    ("history", "held"),
    [
        ((queued(),), True),
        ((queued(), deferred()), True),
        ((queued(), handed()), False),
        ((queued(), bounced()), False),
        ((queued(), GIVEN_UP), False),
    ],
)
def test_it_is_in_the_outbox_while_it_is_to_be_sent(history, held):
    keys = set()
    message = Message("chargeback:N1", [])
    for version, event in enumerate(history, start=1):
        fact = folded(Message, history[:version], [])
        keys = keys - set(event.frees(fact)) | set(event.takes(fact))

    assert keys == ({message.outbox_key} if held else set())
