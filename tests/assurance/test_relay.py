"""Does every event arrive, in order and hardly ever twice, whatever fails on the way to Kafka?"""

import random
from contextlib import contextmanager
from datetime import date
from itertools import product
from statistics import median
from threading import Event, Thread
from time import monotonic

import pytest

from recourse.adapters.kafka.relay import PAGE, RELAY, Relay
from recourse.adapters.kafka.trouble import KafkaTrouble
from recourse.adapters.storage import SqliteStore
from recourse.adapters.storage.opening import close_engine, open_engine, open_log
from recourse.rulebook.book import built_in
from support.broker import wait_for
from support.engine import Site
from support.relay_process import FAULTS, POINTS, relays
from support.relaying import append, arrived, site_on

SUPPLIER = {"supplier": "S1", "name": "甲供方", "disposal": "takes_back"}
DAY = date(2026, 3, 9)
SHORTLY = 60  # seconds after the return of a broker in which everything has to be there
SENT = 100  # how a process ends that sent everything, plus the faults that it survived
RETRY = 0.2  # seconds between two steps that fail


@pytest.fixture(scope="module")
def process():
    """Lets relays run and die in processes of their own."""
    with relays() as run:
        yield run


@pytest.fixture
def access(durable_broker):
    return site_on(durable_broker)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "log.db"


@contextmanager
def log_at(url):
    with open_log(str(url), new_log_id=lambda: "a log") as store:
        yield store


@contextmanager
def relaying(path, access):
    """A relay that goes on, whatever Kafka does; gives the troubles that it met."""
    troubles, ended = [], Event()

    def go_on():
        store = SqliteStore(path, "a log")
        relay = Relay(store, access)
        while not ended.is_set():
            try:
                if not relay.step(None):
                    ended.wait(RETRY)
            except KafkaTrouble as trouble:
                troubles.append(trouble.code)
                ended.wait(RETRY)
        relay.close()
        store.close()

    thread = Thread(target=go_on)
    thread.start()
    try:
        yield troubles
    finally:
        ended.set()
        thread.join(2 * SHORTLY)


def all_sent(store):
    return lambda: store.position(RELAY) == store.recorder.max_notification_id()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request):
    """A log of each kind that a process can open."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("path"))
    return request.getfixturevalue("postgres").store_url()


def test_k1_a_relay_that_fails_at_any_point_loses_nothing(
    url, durable_broker, access, process, many, noted
):
    ended = {}
    with log_at(url) as store:
        for turn in range(many(1, 5)):
            for point, fault in product(POINTS, FAULTS):
                append(store, 30)
                passes = 1 if point in {"marked", "committed"} else 1 + 3 * turn
                ended[turn, point, fault] = process(
                    url, access, point, passes, fault, seconds=many(0.05, 2)
                )
        assert process(url, access) == SENT
        assert all_sent(store)()
        found = arrived(durable_broker, access, store)

    told = {fault: {how for (_, _, of), how in ended.items() if of == fault} for fault in FAULTS}
    assert told == {"kill": {"killed"}, "hang": {"killed"}, "raise": {SENT + 1}}
    assert found.whole and found.again <= len(ended)
    where = url.partition(":")[0] if ":" in url else "sqlite"
    noted("K1", f"relay, {where}: {len(ended)} of {len(ended)} faults hit, {found.said}")


def test_g8_a_relay_killed_between_the_answer_and_the_mark_sends_nothing_twice(
    path, durable_broker, access, process, many, noted
):
    ended, chance = [], random.Random(8)
    with log_at(path) as store:
        for _ in range(many(16, 1040)):
            append(store, 6)
            ended.append(process(path, access, "acknowledged", chance.randint(1, 3), "kill"))
        process(path, access)
        assert all_sent(store)()
        found = arrived(durable_broker, access, store)

    kills = ended.count("killed")
    assert kills >= many(8, 800)
    assert found.whole and found.again <= kills
    noted("G8", f"{kills} kills between answer and mark: {found.said}")


def test_g1_a_broker_that_is_away_costs_nobody_anything(path, durable_broker, access, many, noted):
    engine = open_engine(str(path), built_in(), new_log_id=lambda: "a log")
    store, site = engine.store, Site(engine)
    site.do(DAY, "wang", ("purchasing",), "register_supplier", **SUPPLIER)
    site.do(DAY, "wang", ("purchasing",), "register_part", part="P1", name="油封", supplier="S1")
    with relaying(path, access) as troubles:
        usual = [seconds_of(site, number) for number in range(many(80, 2_000))]
        wait_for(all_sent(store), SHORTLY)
        durable_broker.kill()
        away = [seconds_of(site, number) for number in range(10**6, 10**6 + many(200, 10_000))]
        wait_for(lambda: troubles, SHORTLY)
        waiting = store.recorder.max_notification_id() - store.position(RELAY)
        durable_broker.start()
        began = monotonic()
        wait_for(all_sent(store), SHORTLY)
        took = monotonic() - began
    found = arrived(durable_broker, access, store)
    close_engine(engine)

    slower, slowest = (of(away) / of(usual) for of in (median, p99))
    assert waiting >= len(away) - PAGE
    assert found.whole
    assert slower <= many(2, 1.2)
    times = f"a command took {slower:.2f} x its time, p99 {slowest:.2f} x"
    noted("G1", f"{waiting} events waited: {found.said}, the last after {took:.1f} s; {times}")


def seconds_of(site, number):
    """How long the receipt of a claim takes."""
    began = monotonic()
    site.do(
        DAY, "li", ("quality_engineer",), "receive_claim", claim=f"C{number}", unit=f"U{number}",
        part="P1", stage="after_sale", repaired_on=DAY, costs={"labour": "100.00"},
    )  # fmt: skip
    return monotonic() - began


def p99(seconds):
    return sorted(seconds)[len(seconds) * 99 // 100]


def test_g2_a_broker_that_is_killed_or_hangs_while_events_are_sent_loses_none(
    path, durable_broker, access, many, noted
):
    chance, times = random.Random(2), many(2, 50)
    with log_at(path) as store, relaying(path, access) as troubles:
        for number in range(times):
            sending = Thread(target=append_bit_by_bit, args=(path, 100))
            sending.start()
            wait_for(lambda: not all_sent(store)(), SHORTLY)
            if number % 3 == 1:
                durable_broker.pause()
                sending.join(SHORTLY)
                Event().wait(many(1, chance.choice((1, 1, 3, 3, 35))))  # it hangs that long
                durable_broker.resume()
            else:
                durable_broker.kill()
                sending.join(SHORTLY)
                durable_broker.start()
            wait_for(all_sent(store), 2 * SHORTLY)
        found = arrived(durable_broker, access, store)

    assert found.whole
    told = f"{len(troubles)} troubles told"
    noted("G2", f"{times} kills and pauses of the broker: {found.said}, in order; {told}")


def append_bit_by_bit(path, count):
    """Record so many events, a few at a time, while others look."""
    store = SqliteStore(path, "a log")
    for _ in range(count // 5):
        append(store, 5)
    store.close()
