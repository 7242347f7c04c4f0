"""Does one of several processes send, on each store that several can share?"""

from contextlib import ExitStack

import pytest

from recourse.adapters.mail.incoming import take_report
from recourse.adapters.mail.outbox import Outbox
from recourse.adapters.storage.opening import close_engine, open_engine
from recourse.rulebook.book import built_in
from support.engine import Site, nine
from support.mail_reports import report
from support.mailing import MESSAGE, agreed, topics
from support.story import NOTE, SECOND, THIRD, do, play

STREAM = f"message:{MESSAGE}"


@pytest.fixture(params=["sqlite", "postgresql"])
def two(request, tmp_path):
    """The engines of two processes on one store."""
    if request.param == "sqlite":
        url = str(tmp_path / "mail.db")
    else:
        url = request.getfixturevalue("postgres").store_url()
    with ExitStack() as opened:
        engines = [open_engine(url, built_in(), new_log_id=lambda: "mail") for _ in range(2)]
        for engine in engines:
            opened.callback(close_engine, engine)
        yield engines


def test_one_sends_and_either_may_read_what_came_back(two, settings, server):
    one, other = two
    site = agreed(play(Site(one), "approve_chargeback"))
    do(site, SECOND, "cashier", "issue_chargeback", **NOTE)

    with other.store.alone("mail"):
        kept_out = Outbox(one, settings()).step(nine(SECOND))
    tried = [Outbox(engine, settings()).step(nine(SECOND)) for engine in two]
    came_back = report(server.received()[0]["Message-ID"], nine(THIRD))
    for engine in two:
        take_report(came_back, engine, settings(), nine(THIRD))

    assert (kept_out, tried, len(server.files)) == (0, [1, 0], 1)
    assert topics(site, STREAM) == ["queued", "handed_over", "arrived"]
    assert str(site.figures("chargeback", "N1", THIRD)["last_day"]) == "2026-07-08"
    assert site.check() == {"balanced": True, "rebuilt_equal": True}
