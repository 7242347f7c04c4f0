"""K1 for mail: what is sent and recorded where the sender is killed at any moment?

The server keeps a mail before it answers, so a sender that is killed once the mail is there dies
between the sending and its record, or a little later.
"""

import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from recourse.adapters.storage.opening import close_engine, open_engine
from recourse.rulebook.book import built_in
from support.engine import Site
from support.mailing import agreed, topics
from support.postgres import wait_for
from support.smtp import MailServer
from support.story import FIRST, SECOND, do, play

TESTS = Path(__file__).parents[1]
EACH = 3  # mails at most until a kill
ENOUGH = 6  # messages a kill, so that there is always one left to send
BOUND = 60


@pytest.fixture
def server(tmp_path):
    folder = tmp_path / "mx"
    folder.mkdir()
    running = MailServer(folder)
    running.start()
    yield running
    running.stop()


@contextmanager
def site_at(path):
    engine = open_engine(str(path), built_in(), new_log_id=lambda: "mail")
    try:
        yield Site(engine)
    finally:
        close_engine(engine)


def notify(site, count):
    """So many notices to a supplier that named a mailbox, each about a part of its own."""
    agreed(play(site, "attribute_claim"))
    for number in range(1, count + 1):
        tag = f"T{number}"
        do(site, FIRST, "engineer", "receive_part", tag=tag, claim="C1", listed=1)
        notice = {"notice": f"L{number}", "supplier": "S1", "tags": [tag]}
        do(site, SECOND, "buyer", "notify_clearance", **notice)


@contextmanager
def sender(store, server):
    """A process that is about to send."""
    asked = [sys.executable, "-m", "support.mail_sender", str(store), str(server.port)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(asked, cwd=TESTS, **pipes) as process:
        try:
            assert process.stdout.readline() == "ready\n"
            process.stdin.write("\n")
            process.stdin.flush()
            yield process
        finally:
            process.kill()


def test_a_sender_that_is_killed_sends_the_same_mail_again_and_records_it_once(
    tmp_path, server, many, noted
):
    kills, store, chance = many(4, 100), tmp_path / "mail.db", Random(20260707)
    with site_at(store) as site:
        notify(site, ENOUGH * kills)
    for _ in range(kills):
        wanted = len(server.files) + chance.randint(1, EACH)
        with sender(store, server):
            wait_for(lambda wanted=wanted: len(server.files) >= wanted)
    with sender(store, server) as last:
        assert last.wait(timeout=BOUND) == 0

    with site_at(store) as site:
        streams = [f"message:clearance:L{number}" for number in range(1, ENOUGH * kills + 1)]
        facts = [topics(site, stream) for stream in streams]
    mails = Counter(mail["Message-ID"] for mail in server.received())
    again = sum(mails.values()) - len(mails)

    assert facts == [["queued", "handed_over"]] * len(streams)
    assert len(mails) == len(streams)
    assert again <= kills
    contents = {(it["Message-ID"], file.read_bytes()) for it, file in both(server)}
    assert len(contents) == len(mails), "a second mail differs from the first"
    noted("K1 mail", f"0 lost, 0 double facts, {again} second mails in {kills} kills")


def both(server):
    return zip(server.received(), server.files, strict=True)
