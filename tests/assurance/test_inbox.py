"""Does what arrives, however often, in whatever order, have one effect or wait for a person?"""

import json
import signal
from contextlib import closing
from itertools import count
from random import Random
from time import monotonic

import pytest
from kafka import KafkaProducer

from adapters.kafka.sending import (
    AT,
    CLAIM,
    DAY,
    SOURCES,
    inbox,
    message,
    owed,
    paid,
    parked,
    pay,
    site,
)
from assurance.forking import started
from assurance.inbox_driver import BOOK, POINTS, run
from recourse.adapters.kafka.access import Access
from recourse.adapters.kafka.inbox import Inbox, attempts
from recourse.adapters.kafka.reading import Reader
from recourse.adapters.kafka.replaying import Desk, all_parked
from recourse.adapters.kafka.topics import create_missing, inbox_topic
from recourse.adapters.storage.opening import close_engine, open_engine
from recourse.application import Person
from support.engine import Site

WANG = Person("wang", frozenset({"finance_checker"}))
PREFIXES = count()


def drained(box):
    """Everything that waits is dealt with."""
    while box.step(AT):
        pass


# G3: each message comes one to five times


def test_what_comes_one_to_five_times_has_one_effect(many, noted):
    made, chance, number = owed(site()), Random(3), many(300, 10_000)
    messages = [pay(str(each), amount="0.01") for each in range(number)]
    repeated = [each for each in messages for _ in range(chance.randint(1, 5))]
    for at in range(0, len(repeated), 40):
        some = repeated[at : at + 80]
        chance.shuffle(some)
        repeated[at : at + 80] = some

    drained(inbox(made, *repeated))

    assert (paid(made), parked(made)) == (number, [])
    noted("G3", f"{number} messages in {len(repeated)} deliveries: {paid(made)} effects")


# G4: out of order within a window of 50, and old messages again


def in_order(claims):
    """What the network and Finance send, each after what it depends on."""
    chance, sent = Random(4), []
    numbers = count()

    def send(act, key, **fields):
        at = next(numbers)
        sent.append(message(act, f"m{at}", key=key.encode(), fields=fields, at=at,
                            source="network" if act in NETWORK else "erp/sap"))  # fmt: skip

    for place in range(claims):
        claim, tag, document = f"C{place}", f"T{place}", f"AP-{place}"
        send("receive_claim", claim, **CLAIM | {"claim": claim, "unit": f"U{place}",
             "line_version": 1})  # fmt: skip
        for version in (2, 3):
            costs = {"labour": f"{100 + place}.0{version}"}
            send("amend_claim", claim, claim=claim, costs=costs, line_version=version)
        send("receive_part", claim, tag=tag, claim=claim, listed=2)
        send("count_parts", claim, tag=tag, counted=chance.randint(0, 2))
        send("record_payable", document, supplier="S1", document=document, amount="10.00",
             due_on="2026-03-01")  # fmt: skip
        send("pay_supplier", document, supplier="S1", amount="10.00")
    return sent


NETWORK = {"receive_claim", "amend_claim", "receive_part", "count_parts"}


def shuffled(messages, window=50):
    """None more than `window` places from where it was, and old ones again."""
    chance = Random(5)
    places = {each: at + chance.uniform(0, window) for at, each in enumerate(messages)}
    moved = sorted(messages, key=places.__getitem__)
    return [*moved, *chance.sample(messages, len(messages) // 3)]


def state(made, claims):
    """All that the messages are about, in figures."""
    told = {}
    for place in range(claims):
        told[f"C{place}"] = made.figures("claim", f"C{place}", DAY)
        told[f"T{place}"] = made.figures("part", f"T{place}", DAY)
    return told | {"S1": made.figures("account", "S1", DAY), "paid": paid(made)}


def replayed(made):
    """Everything that waits is asked again, as long as something comes of it."""
    desk, done = Desk(made.engine, SOURCES, WANG, AT), 1
    while done:
        waiting = [each for each in all_parked(made.engine) if each.state == "waiting"]
        done = sum(desk.replay(each).became == "done" for each in waiting)
    return {each.parked.message: each for each in all_parked(made.engine)}


def was_done(made, each):
    answers = made.engine.store.answer
    for command_id in attempts(each.name):
        known = answers(command_id)
        if known is None:
            return False
        if "refused" not in known:
            return True
    return False


def test_messages_out_of_order_come_to_what_they_come_to_in_order(many, noted):
    claims = many(40, 600)
    messages, straight, crooked = in_order(claims), site(), site()
    drained(inbox(straight, *messages))

    drained(inbox(crooked, *shuffled(messages)))
    late = len(parked(crooked))
    waiting = replayed(crooked)

    assert parked(straight) == [] and late > claims // 2
    assert state(crooked, claims) == state(straight, claims)
    lost = [each for each in messages if not was_done(crooked, each) and each.name not in waiting]
    assert lost == []
    stay = [each for each in waiting.values() if each.state == "waiting"]
    superseded = {each.place.offset for each in messages if b'"line_version": 2' in each.body}
    assert {each.parked.place.offset for each in stay} <= superseded
    noted("G4", f"{len(messages)} messages permuted within 50, a third again: equal to in order; "
                f"{late} parked, {late - len(stay)} of them done on replay, 0 lost")  # fmt: skip


# Poison, by G5


def poison(number, chance):
    """A message that cannot be done, of one of many kinds, and the code it is parked under."""
    kinds = (
        ("not-json", {"body": b'{"supplier": "S1", "amount": '}),
        ("unknown-version", {"headers": {"ce_type": "recourse.ask.pay_supplier.v7"}}),
        ("not-found", {"body": json.dumps({"supplier": f"X{number}", "amount": "1.00"}).encode()}),
        ("no-key", {"key": None}),
        ("not-as-published", {"body": b'{"_type_": "os.system", "supplier": "S1"}'}),
        ("sent-in-the-future", {"headers": {"ce_time": "2099-01-01T00:00:00Z"}}),
        ("not-utf8", {"body": '{"supplier": "供方", "amount": "1.00"}'.encode("gb18030")}),
        ("not-json", {"body": b"]" + chance.randbytes(chance.randint(1, 300)).hex().encode()}),
        ("header-malformed", {"headers": {"ce_id": chance.randbytes(9)}}),
        ("unknown-source", {"source": "erp/evil"}),
        ("unknown-act", {"headers": {"ce_type": "recourse.ask.approve_close.v1"}}),
    )
    code, how = chance.choice(kinds) if number % 60 else ("too-large", {"body": b"x" * (2 << 20)})
    fields = {"key": b"S1", "fields": {"supplier": "S1", "amount": "1.00"}} | how
    return code, message("pay_supplier", f"p{number}", **fields)


@pytest.fixture
def access(broker):
    """The topics of a site of its own."""
    access = Access((broker.bootstrap,), prefix=f"poison{next(PREFIXES)}.", partitions=2,
                    replication=1)  # fmt: skip
    create_missing(access)
    return access


def test_poison_is_parked_with_its_reason_and_stops_nothing(many, noted, access):
    made, chance, number = owed(site()), Random(55), many(300, 10_000)
    reader = Reader.of_inbox(access, session_ms=6000)
    box, slowest, expected, good = Inbox(made.engine, reader, SOURCES), 0.0, {}, 0
    producer = KafkaProducer(bootstrap_servers=list(access.bootstrap), max_request_size=1 << 22)

    def send(each):
        told = producer.send(inbox_topic(access), each.body, each.key, list(each.headers)).get(30)
        return (told.partition, told.offset)

    with closing(reader), closing(producer):
        box.step(AT)  # the group has met
        for first in range(0, number, 10):
            for each in range(first, first + 10):
                code, bad = poison(each, chance)
                expected[send(bad)] = code
            good += 1
            send(pay(f"good {good}".replace(" ", "-"), amount="0.01"))
            begun = monotonic()
            while paid(made) != good:
                box.step(AT)
                assert monotonic() < begun + 30
            slowest = max(slowest, monotonic() - begun)
        while reader.waits():
            box.step(AT)

    rows = made.engine.store.parking.parked()
    assert {(each.place.partition, each.place.offset): each.code for each in rows} == expected
    assert all(each.why.zh and each.why.en for each in rows)
    noted("G5", f"{number} poisoned messages of {len(set(expected.values()))} kinds: each parked; "
                f"the good one after them done in at most {slowest:.2f} s")  # fmt: skip
    assert slowest < 5  # on a machine that does much else; the figure is what counts


# K1: killed at every point of the inbox


@pytest.fixture(params=["sqlite", "postgres"])
def url(request, tmp_path):
    """An empty store that two processes may open one after the other."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    return request.getfixturevalue("postgres").store_url()


def test_an_inbox_killed_at_any_point_does_everything_once(url, tmp_path, many, noted):
    with closing(Begun(url)) as begun:
        begun.owes()
    killed, sent = 0, 0
    for point in [*POINTS * many(1, 10), "never"]:
        with (tmp_path / "messages").open("a") as messages:
            for each in range(sent, sent + 10):
                amount = "0.01" if each % 5 else "99999.00"  # more than is owed: refused, parked
                messages.write(f"m{each} {amount}\n")
        sent += 10
        process = started(run, url, str(tmp_path), point)
        process.join(60)
        killed += process.exitcode == -signal.SIGKILL
        assert process.exitcode == (0 if point == "never" else -signal.SIGKILL), point

    with closing(Begun(url)) as begun:
        assert paid(begun.made) == sent - sent // 5
        assert parked(begun.made) == [(each, "more-than-payable") for each in range(0, sent, 5)]
        assert begun.made.check()["rebuilt_equal"]
    kind = url.partition(":")[0] if "://" in url else "sqlite"
    noted("K1", f"inbox on {kind}: {killed} kills at {len(POINTS)} points, {sent} messages, "
                "0 lost, 0 twice")  # fmt: skip


class Begun:
    """A store opened for as long."""

    def __init__(self, url):
        self.made = Site(open_engine(url, BOOK, new_log_id=lambda: "killed"))

    def owes(self):
        buyer = (DAY, "zhao", ("purchasing",))
        self.made.do(*buyer, "register_supplier", supplier="S1", name="甲", disposal="takes_back")
        owed(self.made)

    def close(self):
        close_engine(self.made.engine)
