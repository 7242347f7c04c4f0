"""What waits about months and money: breakdowns, closings, refunds, referrals?"""

from collections.abc import Iterator

from sqlalchemy import or_, select

from recourse.projections.breakdowns import APPEALS, BREAKDOWNS
from recourse.projections.claims import CLAIMS
from recourse.projections.ledger import ENTRIES
from recourse.projections.notes import account
from recourse.projections.referrals import REFERRALS
from recourse.projections.settlements import STATEMENTS
from recourse.projections.worklists.task import Moment, Task, after, day_of
from recourse.rulebook.months import settled_in
from recourse.values.money import fen


def referral_tasks(now: Moment) -> Iterator[Task]:
    """What the engine could not, or must not, settle by itself (ZA38)."""
    for row in now.rows(REFERRALS):
        if row["open"]:
            of_account = row["referral"].startswith("account:")
            role = "finance_checker" if of_account else "quality_manager"
            since = day_of(row["raised_on"])
            of = row["about"] if row["about"] != row["referral"] else None
            why = row["code"]
            yield Task(role, "look_at_referral", row["referral"], "ZA38", since, of=of, why=why)


def breakdown_tasks(now: Moment) -> Iterator[Task]:
    """Breakdowns to send, to sign for, to decide on (Z-4.5.1)."""
    for row in now.rows(BREAKDOWNS):
        if not row["signed_on"] and row["bearer"].startswith(("supplier:", "department:")):
            since = day_of(row["sent_on"])
            yield Task(row["bearer"], "sign_breakdown", row["month"], "Z-4.5.1b", since)
    for row in now.rows(APPEALS):
        if not row["outcome"]:
            about, since = f"{row['month']}/{row['claim']}", day_of(row["appealed_on"])
            yield Task("quality_manager", "decide_breakdown", about, "Z-4.5.1c", since)
    sent = {row["month"] for row in now.rows(BREAKDOWNS)}
    accepted = {row["month"] for row in now.rows(CLAIMS) if row["accepted"]}
    for month in sorted(accepted - sent):
        if after(month) <= now.day:
            yield Task("quality_engineer", "send_breakdown", month, "Z-4.5.1a", after(month))


def month_tasks(now: Moment) -> Iterator[Task]:
    """Months to close and to approve, and what is to be given back (Z-3.4.2, Z-4.6.1c)."""
    closed: dict[str, str] = {}
    for row in now.rows(STATEMENTS):
        closed[row["supplier"]] = max(closed.get(row["supplier"], ""), row["month"])
        if row["state"] == "closed":
            about, since = f"{row['supplier']}/{row['month']}", day_of(row["closed_on"])
            yield Task("finance_checker", "approve_close", about, "Z-3.4.2", since)
    charged = {(note.row["supplier"], note.month(now.book)) for note in now.notes if note.is_issued}
    for supplier, month in sorted(charged | _moved(now)):
        if month > closed.get(supplier, "") and after(month) <= now.day:
            about = f"{supplier}/{month}"
            yield Task("finance", "close_month", about, "Z-3.4.2", after(month))
    for supplier in sorted({note.row["supplier"] for note in now.notes}):
        if fen(account(now.connection, supplier, now.day, now.book)["refundable"]):
            yield Task("finance", "refund", supplier, "Z-4.6.1c", None)


def _moved(now: Moment) -> set[tuple[str, str]]:
    """Where money was taken from a supplier or credited to it: (supplier, month)."""
    query = select(ENTRIES.c.account, ENTRIES.c.date).where(
        or_(*(ENTRIES.c.account.startswith(f"{kind}:") for kind in ("receivable", "credit")))
    )
    return {
        (account.split(":")[1], settled_in(day[:7], now.book))
        for account, day in now.connection.execute(query)
    }
