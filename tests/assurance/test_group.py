"""Do members that come, go and are killed keep together what one process keeps alone?"""

from contextlib import closing, contextmanager
from itertools import count
from random import Random

import pytest
from kafka import KafkaProducer

from assurance.forking import started
from assurance.member_driver import keep
from recourse.adapters.kafka.access import Access
from recourse.adapters.kafka.group import Member
from recourse.adapters.kafka.topics import create_missing
from recourse.adapters.kafka.trouble import KafkaTrouble
from recourse.adapters.storage.addresses import address_of
from recourse.adapters.storage.shared_rows import Part, SharedRows
from support import history
from support.broker import wait_for
from support.engine import nine
from support.story import FIRST

PREFIXES = count()
PARTITIONS = 4
BOUND = 60
AT = nine(FIRST)


@pytest.fixture
def access(broker):
    """The topics of a site of its own."""
    access = Access((broker.bootstrap,), prefix=f"group{next(PREFIXES)}.",
                    partitions=PARTITIONS, replication=1)  # fmt: skip
    create_missing(access)
    return access


@pytest.fixture(params=["sqlite", "postgres"])
def url(request, tmp_path):
    """Where the members keep their rows."""
    if request.param == "sqlite":
        return str(tmp_path / "rows.db")
    return request.getfixturevalue("postgres").new_url()


@pytest.fixture
def rows(url):
    with closing(SharedRows(address_of(url))) as opened:
        yield opened


@pytest.fixture
def relayed(access):
    """Sends messages as the relay does, some of them twice."""
    with closing(KafkaProducer(bootstrap_servers=list(access.bootstrap), linger_ms=20)) as producer:

        def send(messages):
            futures = [
                producer.send(access.prefix + each.topic, each.value, each.key, each.headers)
                for each in messages
            ]
            for future in futures:
                future.get(30)

        yield send


def reached(rows, access):
    """How many messages the rows reflect."""
    topics = {each.topic for each in history.messages()}
    parts = [
        Part(access.prefix + topic, number) for topic in topics for number in range(PARTITIONS)
    ]
    return sum(rows.next_of(part) for part in parts)


@contextmanager
def gone_afterwards():
    """A list of processes, all of which are gone afterwards."""
    processes = []
    try:
        yield processes
    finally:
        for each in processes:
            each.kill()
            each.join(BOUND)


def test_members_that_come_go_and_are_killed_lose_nothing_and_count_nothing_twice(
    url, rows, access, relayed, many, noted
):
    told, chance, rounds, sent = history.messages(), Random(1), many(1, 12), 0
    with gone_afterwards() as members:
        words = (keep, url, access.bootstrap[0], access.prefix)
        members += [started(*words) for _ in range(3)]
        for piece in range(rounds + 1):
            part = told[piece * len(told) // (rounds + 1) : (piece + 1) * len(told) // (rounds + 1)]
            relayed([*part, *part[-20:]])  # a relay that was killed sends its last ones again
            sent += len(part) + len(part[-20:])
            if piece == rounds:
                break
            enough = sent - len(part) // 2
            wait_for(lambda least=enough: reached(rows, access) >= least, BOUND)
            victim, leaver = chance.sample(members, 2)
            victim.kill()
            leaver.terminate()
            for each in (victim, leaver):
                each.join(BOUND)
                members.remove(each)
                members.append(started(*words))
        wait_for(lambda: reached(rows, access) == sent, BOUND)

    assert rows.digests() == history.alone()
    kind = "postgresql" if "://" in url else "sqlite"
    noted("G6", f"group of 3 on {kind}, {sent} messages: {rounds} killed, {rounds} left, "
                f"{2 * rounds} joined; rows equal to the byte")  # fmt: skip


def test_a_member_whose_database_was_away_goes_on_where_the_rows_end(access, relayed, tmp_path):
    class Away(SharedRows):
        tries = 0

        def take_in(self, *words, **more):
            self.tries += 1
            if self.tries % 2:
                raise OSError("away")
            super().take_in(*words, **more)

    told = history.messages()[:600]
    relayed(told)
    with (
        closing(Away(tmp_path / "rows.db")) as rows,
        closing(Member(rows, access, "boards", session_ms=6000)) as member,
    ):
        failures = []

        def all_there():
            try:
                member.step(AT)
            except OSError as error:
                failures.append(error)
            return reached(rows, access) == len(told)

        wait_for(all_there, BOUND)

    with closing(SharedRows(None)) as alone:
        facts = [history.facts()[each.id] for each in told]
        alone.take_in(Part("all", 0), facts, goes_on=0, up_to=len(told))
        with closing(SharedRows(tmp_path / "rows.db")) as rows:
            assert len(failures) > 1 and rows.digests() == alone.digests()


def test_rows_that_kafka_cannot_go_on_with_are_told(access, relayed, tmp_path):
    relayed(history.messages()[:5])
    with closing(SharedRows(tmp_path / "rows.db")) as rows:
        for number in range(PARTITIONS):
            rows.take_in(Part(f"{access.prefix}recourse.claims", number), [], goes_on=0, up_to=900)
        with (
            closing(Member(rows, access, "boards", session_ms=6000)) as member,
            pytest.raises(KafkaTrouble, match="900"),
        ):
            wait_for(lambda: member.step(AT) < 0, BOUND)
