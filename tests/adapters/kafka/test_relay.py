"""Does every event get to Kafka in order, and does whoever looks after it learn what is wrong?"""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from recourse.adapters.kafka.access import Access
from recourse.adapters.kafka.envelope import Message
from recourse.adapters.kafka.link import Link, create_topics
from recourse.adapters.kafka.progress import progress_of
from recourse.adapters.kafka.relay import PAGE, RELAY, Relay, marked_ends, waves
from recourse.adapters.kafka.topics import topics_of
from recourse.adapters.kafka.trouble import TROUBLES, KafkaTrouble
from recourse.adapters.kafka.wire import Part, Place
from recourse.adapters.storage import MemoryStore
from support.broker import free_port
from support.relaying import append, arrived, events, messages, relay_all, site_on

NOON = datetime(2026, 6, 30, 4, tzinfo=UTC)
HOUSE = 1  # the first event of the month is none that leaves the house


@pytest.fixture
def store():
    return MemoryStore("a log")


@pytest.fixture
def access(broker):
    return site_on(broker)


@pytest.fixture
def relay(store, access):
    relaying = Relay(store, access)
    yield relaying
    relaying.close()


PERSISTENT = 5  # tries, after each of which what precedes the trouble has come further


def nowhere():
    """A port at which nobody answers."""
    return Access((f"127.0.0.1:{free_port()}",))


def test_what_was_recorded_is_in_the_topics_once_and_in_the_order_of_each_key(
    store, relay, broker, access
):
    append(store, 3 * PAGE)
    relay_all(relay)

    found = arrived(broker, access, store)

    assert found.whole and found.again == 0
    assert store.position(RELAY) == 3 * PAGE


def test_a_step_deals_with_one_page_and_says_with_how_many_events(store, relay):
    append(store, PAGE + 7)

    assert [relay.step(NOON) for _ in range(3)] == [PAGE, 7, 0]


def test_what_is_recorded_later_follows(store, relay, broker, access):
    for count in (40, 1, 200):
        append(store, count)
        relay_all(relay)

    found = arrived(broker, access, store)

    assert found.whole and found.again == 0


def test_where_nothing_leaves_the_house_no_broker_is_asked():
    store = MemoryStore("a log")
    store.recorder.insert_events([each for each in events() if each.topic == "day.began.v1"][:1])

    assert Relay(store, nowhere()).step(NOON) == 1
    assert store.position(RELAY) == 1


def test_a_relay_that_begins_anew_goes_on_where_the_last_one_ended(store, access, broker):
    append(store, 60)
    for count in (60, 60):
        relaying = Relay(store, access)
        relay_all(relaying)
        relaying.close()
        append(store, count)

    assert store.position(RELAY) == 120
    assert arrived(broker, access, store).again == 0


def test_what_was_taken_but_never_marked_is_found_and_not_sent_again(store, relay, access, broker):
    append(store, 300)
    relay_all(relay)
    with store.writing():
        for name in [
            RELAY,
            *(f"{RELAY} {topic}/{part}" for topic in relay.topics for part in range(4)),
        ]:
            store.advance(name, 0)

    again = Relay(store, access)
    relay_all(again)
    again.close()

    found = arrived(broker, access, store)
    assert found.whole and found.again == 0


def test_a_log_that_went_on_differently_after_a_backup_is_sent_as_it_is(access, broker):
    before, after = MemoryStore("a log"), MemoryStore("a log")
    first = next(each for each in events() if each.topic == "supplier.registered.v1")
    other = replace(first, state=first.state.replace(b'"disposal":"', b'"disposal": "'))
    for store, event in ((before, first), (after, other)):
        store.recorder.insert_events([event])
        relaying = Relay(store, access)
        relay_all(relaying)
        relaying.close()

    assert [each.value for each in messages(broker, access)] == [first.state, other.state]


def test_messages_of_other_logs_in_the_topics_are_nothing_to_the_relay(store, access, broker):
    other = MemoryStore("another log")
    for each in (other, store):
        append(each, 50)
        relaying = Relay(each, access)
        relay_all(relaying)
        relaying.close()

    ids = Counter(dict(each.headers)["ce_source"] for each in messages(broker, access))

    assert set(ids) == {b"/recourse/logs/a%20log", b"/recourse/logs/another%20log"}
    assert len(set(ids.values())) == 1


def test_a_person_can_have_everything_from_a_position_on_sent_again(store, relay, broker, access):
    append(store, 100)
    relay_all(relay)
    sent = len(messages(broker, access))

    relay.send_again(1)
    relay_all(relay)

    found = arrived(broker, access, store)
    assert found.whole and found.again == sent


@pytest.mark.parametrize("position", [0, -1, 101])
def test_nobody_can_go_back_to_where_the_log_never_was(store, relay, position):
    append(store, 100)
    relay_all(relay)

    with pytest.raises(KafkaTrouble, match=f"position {position}"):
        relay.send_again(position)

    assert store.position(RELAY) == 100


def test_topics_do_not_come_to_be_by_themselves(store, broker):
    access = Access((broker.bootstrap,), prefix="never-made.")
    append(store, 20)
    relaying = Relay(store, access)

    with pytest.raises(KafkaTrouble, match=r"never-made\.recourse\.claims") as trouble:
        relaying.step(NOON)

    assert "topics --create" in trouble.value.remedy.en
    assert store.position(RELAY) == HOUSE
    with broker.admin() as admin:
        assert not [each for each in admin.list_topics() if each.startswith("never-made")]


def test_topics_are_made_once_with_the_partitions_that_were_chosen(broker):
    access = Access((broker.bootstrap,), prefix="made.", partitions=3, replication=1)

    made = [create_topics(access, topics_of(access)) for _ in range(2)]

    assert made == [["made.recourse.claims", "made.recourse.inbox", "made.recourse.suppliers"], []]
    with broker.admin() as admin:
        told = admin.describe_topics(made[0])
    assert [len(each["partitions"]) for each in told] == [3, 3, 3]


def test_more_replicas_than_there_are_brokers_are_a_trouble_with_a_remedy(durable_broker):
    access = Access((durable_broker.bootstrap,), prefix="too-many.", replication=3)

    with pytest.raises(KafkaTrouble, match="replication"):
        create_topics(access, topics_of(access))


def test_without_a_broker_events_wait_and_the_trouble_says_so(store):
    append(store, 20)
    relaying = Relay(store, nowhere())

    with pytest.raises(KafkaTrouble, match="kept in the log"):
        relaying.step(NOON)

    assert (store.position(RELAY), progress_of(store).behind) == (HOUSE, 20 - HOUSE)


def test_a_relay_needs_to_be_told_of_a_broker(store):
    with pytest.raises(KafkaTrouble, match="RECOURSE_KAFKA_BOOTSTRAP"):
        Relay(store, Access())


def test_what_kafka_refuses_stops_its_key_and_everything_after_it(store, access, broker):
    append(store, 200)
    refused = next(each for each in events()[100:200] if each.topic.startswith("claim."))

    class Refusing(Link):
        """Kafka, which takes a message no more."""

        def send(self, message: Message):
            large = message.position == refused.id and self.refuses
            return super().send(replace(message, value=b"x" * 9_000_000) if large else message)

    Refusing.refuses = True
    relaying = Relay(store, access, Refusing)
    for _ in range(PERSISTENT):
        with pytest.raises(KafkaTrouble, match=rf"{refused.originator_id}@") as trouble:
            relay_all(relaying)
    stopped = store.position(RELAY)
    Refusing.refuses = False
    relay_all(relaying)
    relaying.close()

    assert "recourse.claims" in trouble.value.what.zh
    assert stopped == refused.id - 1
    assert arrived(broker, access, store).whole


def test_a_broker_that_has_less_than_it_took_is_noticed_and_nothing_is_sent_by_itself(
    store, relay, access, broker
):
    append(store, 200)
    relay_all(relay)
    relay.close()
    with broker.admin() as admin:
        admin.delete_topics(list(relay.topics))
        create_topics(access, topics_of(access))
    append(store, 100)

    for _ in range(2):
        with pytest.raises(KafkaTrouble, match="--from POSITION"):
            relay.step(NOON)
    assert messages(broker, access) == [] and store.position(RELAY) == 200
    relay.send_again(1)
    relay_all(relay)

    found = arrived(broker, access, store)
    assert found.whole and found.again == 0 and store.position(RELAY) == 300


def test_progress_tells_what_waits_since_when(store, relay):
    append(store, 30)
    before = progress_of(store)
    relay_all(relay)
    after = progress_of(store)

    first, last = events()[0], events()[29]
    assert (before.position, before.last_sent, before.behind) == (0, "", 30)
    assert before.next_event == f"{first.originator_id}@{first.originator_version}"
    assert before.waits_since is not None
    assert (after.position, after.behind, after.next_event, after.waits_since) == (30, 0, "", None)
    assert after.last_sent == f"{last.originator_id}@{last.originator_version}"


def test_two_relays_of_one_log_take_turns_and_send_nothing_twice(store, access, broker):
    relays = [Relay(store, access) for _ in range(2)]
    for number in range(10):
        append(store, 20)
        relays[number % 2].step(NOON)
    for each in relays:
        each.close()

    found = arrived(broker, access, store)
    assert found.whole and found.again == 0


def test_while_another_process_sends_nothing_is_done_here(store, access):
    append(store, 20)
    relaying = Relay(store, access)
    with store.alone(RELAY):
        assert relaying.step(NOON) == 0
        with pytest.raises(KafkaTrouble, match="Another process"):
            relaying.send_again(1)

    assert store.position(RELAY) == 0


def message(key, topic="claims"):
    return Message(0, "", topic, key, [], b"")


def test_a_wave_has_one_message_of_a_key_at_most():
    sent = [message(key) for key in (b"a", b"b", b"a", b"c", b"a", b"b")]

    assert [[each.key for each in wave] for wave in waves(sent)] == [
        [b"a", b"b", b"c"],
        [b"a", b"b"],
        [b"a"],
    ]


def test_a_claim_and_a_supplier_of_the_same_name_do_not_wait_for_each_other():
    assert len(waves([message(b"a"), message(b"a", "suppliers")])) == 1


def test_the_end_that_is_remembered_has_nothing_unmarked_before_it():
    one, other = Part("claims", 0), Part("claims", 1)
    taken = {1: Place(one, 4), 2: Place(other, 9), 3: Place(one, 6), 7: Place(one, 5)}

    assert marked_ends(taken, 3) == {one: 5, other: 10}
    assert marked_ends(taken, 7) == {one: 7, other: 10}
    assert marked_ends(taken, 0) == {}


@pytest.mark.parametrize("code", TROUBLES)
def test_every_trouble_says_in_both_languages_what_why_and_what_helps(code):
    for said in TROUBLES[code]:
        assert said.zh and said.en and said.zh[-1] in "。}" and said.en[-1] in ".}"
