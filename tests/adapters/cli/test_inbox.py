"""Can a person see and deal with what other systems asked, from the command line?"""

import json
from contextlib import closing
from itertools import count

import pytest
from kafka import KafkaProducer

from adapters.kafka.sending import DAY, Line, message, pay
from recourse.adapters.cli.inbox import sources_of
from recourse.adapters.cli.session import Session
from recourse.adapters.kafka.access import Access
from recourse.adapters.kafka.inbox import Inbox
from recourse.adapters.kafka.topics import inbox_topic
from support.engine import nine

SETTINGS = """
[kafka]
{kafka}

[kafka.sources]
"erp/sap" = "cashier"
"network" = "engineer"
"""
PREFIXES = count()


@pytest.fixture
def site(people, run):
    """A store without suppliers, in which Finance's system has paid one."""
    with (people / "recourse.toml").open("a") as settings:
        settings.write(SETTINGS.format(kafka=""))
    run("init")
    session = Session({})
    line = Line(pay("1", at=17), message(number="2", at=18, body=b"\xff\x00<b>"))
    Inbox(session.engine, line, sources_of(session)).step(nine(DAY))
    session.close()
    return people


def later(run, *words):
    return run("--recorded-at", "2026-03-10", "--format", "json", *words)


def test_what_is_parked_is_listed_in_words_and_for_programs(site, run):
    table = run("inbox", "list").out
    document = run("--format", "json", "inbox", "list").document

    assert [each["code"] for each in document] == ["not-found", "not-utf8"]
    assert "recourse.inbox/0/17" in table and "待处置" in table


def test_a_message_is_shown_with_its_reason_whatever_is_in_it(site, run):
    shown = run("--format", "json", "inbox", "show", "recourse.inbox/0/18").document

    assert shown["body"] == "\\xff\N{REPLACEMENT CHARACTER}<b>" and shown["size"] == 5
    assert "UTF-8" in shown["why"] and shown["headers"]["ce_id"] == "2"
    assert run("--lang", "en", "inbox", "show", "recourse.inbox/0/17").code == 0


def test_a_message_is_replayed_once_its_cause_is_mended(site, run):
    again = later(run, "--as", "checker", "inbox", "replay", "recourse.inbox/0/17")
    run("--as", "buyer", "--recorded-at", "2026-03-10", "do", "register_supplier",
        "supplier=S1", "name=甲", "disposal=takes_back")  # fmt: skip
    run("--as", "cashier", "--recorded-at", "2026-03-10", "do", "record_payable", "supplier=S1",
        "document=A", "amount=500.00", "due_on=2026-03-01")  # fmt: skip

    done = later(run, "--as", "checker", "inbox", "replay", "--all")

    assert (again.code, again.document[0]["became"]) == (6, "refused")
    assert [(each["place"], each["became"]) for each in done.document] == [
        ("recourse.inbox/0/17", "done"),
        ("recourse.inbox/0/18", "refused"),
    ]
    assert [each["code"] for each in later(run, "inbox", "list").document] == ["not-utf8"]
    assert len(later(run, "inbox", "list", "--all").document) == 2


def test_a_message_is_dismissed_for_a_reason_by_who_may(site, run):
    place = ("inbox", "dismiss", "recourse.inbox/0/18", "--reason")

    assert later(run, "--as", "cashier", *place, "sent-again").document["code"] == "not-your-role"
    assert later(run, "--as", "boss", *place, "because").code == 2
    assert later(run, "--as", "boss", *place, "sent-again").document["by"] == "boss"

    ended = later(run, "--as", "boss", *place, "sent-again")
    assert (ended.code, ended.document["code"]) == (4, "dealt-with")
    fates = later(run, "inbox", "show", "recourse.inbox/0/18").document["fates"]
    assert [each["reason"] for each in fates] == ["sent-again"]


def test_a_place_where_nothing_lies_is_told(site, run):
    assert run("inbox", "show", "recourse.inbox/9/9").code == 3


def test_one_place_or_all_are_replayed_and_not_both(site, run):
    assert run("--as", "boss", "inbox", "replay").code == 2
    assert run("--as", "boss", "inbox", "replay", "x/0/1", "--all").code == 2


def test_sources_that_cannot_be_are_told(here, run):
    run("init")
    (here / "recourse.toml").write_text('[kafka.sources]\n"erp" = 7\n')
    assert run("inbox", "list").code == 2
    (here / "recourse.toml").write_text('[kafka.sources]\n"erp" = "nobody"\n')
    assert run("--as", "nobody", "inbox", "replay", "--all").code == 2


@pytest.fixture
def connected(people, run, broker):
    """A site with the topics of its own at a broker."""
    prefix = f"cli{next(PREFIXES)}."
    kafka = f'bootstrap = "{broker.bootstrap}"\nprefix = "{prefix}"\nreplication = 1'
    with (people / "recourse.toml").open("a") as settings:
        settings.write(SETTINGS.format(kafka=kafka))
    run("init")
    assert run("kafka", "topics", "--create").code == 0
    return Access((broker.bootstrap,), prefix=prefix)


def test_what_waits_at_the_broker_is_taken_and_what_leaves_is_shared(connected, run, here):
    with closing(KafkaProducer(bootstrap_servers=list(connected.bootstrap))) as producer:
        for each in (message(), message(number="2", key=None)):
            topic = inbox_topic(connected)
            producer.send(topic, each.body, each.key, list(each.headers)).get(30)

    taken = run("--format", "json", "inbox", "take").document
    run("kafka", "relay", "--once")
    shared = json.loads(run("--format", "json", "kafka", "group", "--into", "rows.db",
                            "--once").out)  # fmt: skip

    assert taken == {"messages": 2, "parked": 1}
    assert shared["messages"] == 1 and run("claim", "show", "C1").code == 0
