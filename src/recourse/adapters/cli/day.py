"""How does a day begin from the command line?"""

from datetime import UTC, datetime
from typing import Annotated

import typer

from recourse.adapters.cli.session import Session, day_of, must_be_near, nine
from recourse.adapters.cli.words import say
from recourse.values.parties import business_day

LAPSED = ("chargeback.appeal_lapsed", "chargeback.deemed_accepted", "clearance.lapsed")


def begin_day(
    ctx: typer.Context,
    day: Annotated[str, typer.Argument(metavar="DATE", help="日期，如 2026-03-17 / a date")],
) -> None:
    """让截至该日的各日开始 / let every day up to this one begin.

    到期的期限随之届满；日子开始过的，不再重复。

    Deadlines that are over lapse; a day that has begun does not begin again.
    """
    session: Session = ctx.obj
    until = day_of(day, "DATE")
    must_be_near(until, "DATE")
    engine = session.engine
    before = engine.store.recorder.max_notification_id() or 0
    engine.begin_days(nine(until))
    if until > business_day(datetime.now(UTC)):
        session.note(say("future-day", session.lang, day=until))
    engine.follow_up(nine(until))
    facts = [fact for page in engine.batches(before) for fact in page]
    lapsed = [fact.stream.partition(":")[2] for fact in facts if fact.event.TOPIC in LAPSED]
    document = {"date": until, "lapsed": lapsed, "events": len(facts)}
    session.show(document, card=document)
