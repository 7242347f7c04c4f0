"""What waits for whom, since when, until when, and by which rule?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Table, select

from recourse.projections.breakdowns import APPEALS, BREAKDOWNS
from recourse.projections.claims import ASPECTS, CLAIMS
from recourse.projections.notes import Note, account, notes
from recourse.projections.referrals import REFERRALS
from recourse.projections.settlements import STATEMENTS
from recourse.rulebook.book import Rulebook
from recourse.values.money import fen


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for a person with the role `role`.

    `until` is the last day where a rule sets one, `since` None where no single day began it.
    """

    role: str
    waits: str
    about: str
    rule: str
    since: date | None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """What is looked at: the read models, the rules, the day for which it is asked."""

    connection: Connection
    book: Rulebook
    day: date

    def rows(self, where: Table) -> list[dict[str, Any]]:
        """Every row of a table, in the order of its key."""
        query = select(where).order_by(*where.primary_key)
        return [dict(row) for row in self.connection.execute(query).mappings()]


def worklist(connection: Connection, book: Rulebook, day: date) -> list[Task]:
    """Everything that waits on `day`, by role, what has waited longest first."""
    now = Moment(connection, book, day)
    found = [task for look in LOOKS for task in look(now)]
    return sorted(found, key=lambda task: (task.role, task.since or day, task.waits, task.about))


DISPUTES = {
    "returned": ("service_centre", "verify_again", "Z-4.4.3a"),
    "verified": ("quality_engineer", "consult", "Z-4.4.3b"),
    "unresolved": ("service_centre", "escalate", "ZA14"),
    "referred": ("group_quality", "rule_on_it", "Z-4.4.3d"),
}


def _claims(now: Moment) -> Iterator[Task]:
    for row in now.rows(CLAIMS):
        since = _day(row["dispute_since"] or row["received_on"])
        if row["dispute"] in DISPUTES:
            role, waits, rule = DISPUTES[row["dispute"]]
            yield Task(role, waits, row["claim"], rule, since)
        elif not row["closed"] and any(row[aspect] != "confirmed" for aspect in ASPECTS):
            yield Task("quality_engineer", "confirm_claim", row["claim"], "Z-4.4.2", since)


def _notes(now: Moment) -> Iterator[Task]:
    for note in notes(now.connection):
        if note.row["stage"] == "drafted":
            since = _day(note.row["drafted_on"])
            yield Task("quality_manager", "approve_note", note.id, "Z-4.5.2b", since)
        if note.row["stage"] == "approved":
            since = _day(note.row["approved_on"])
            yield Task("finance", "issue_note", note.id, "Z-4.5.2c", since)
        if note.is_issued:
            yield from _answers(note)
            yield from _money(note, now)


SELLER = "supplier"
ANSWERS = {
    "not_received": ("purchasing", "record_receipt", "ZA2"),
    "undetermined": (SELLER, "answer_undetermined", "ZA1"),
    "none": (SELLER, "answer_note", "Z-4.6.1a"),
    "at_arbitration": ("deputy_gm", "arbitrate", "Z-4.6.1d"),
    "appealed": ("quality_engineer", "recheck", "Z-4.6.1b"),
    "rechecked": (SELLER, "confirm_or_arbitrate", "Z-4.6.3a"),
    "late_appeal": ("quality_manager", "admit_late_appeal", "ZA10"),
    "lapsed": (SELLER, "confirm_note", "Z-4.6.3a"),
}


def _answers(note: Note) -> Iterator[Task]:
    state = _state(note)
    if state in ANSWERS:
        role, waits, rule = ANSWERS[state]
        who = f"supplier:{note.row['supplier']}" if role == SELLER else role
        since = note.row["answer_since"] or note.row["received_on"] or note.row["issued_on"]
        until = _day(note.row["last_day"]) if state == "none" else None
        yield Task(who, waits, note.id, rule, _day(since), until)


def _state(note: Note) -> str:
    """The answer, or what is behind it."""
    row = note.row
    if note.answer == "none":
        named = {"not_received": not row["received_on"], "undetermined": row["undetermined"]}
    else:
        named = {
            "at_arbitration": row["at_arbitration"],
            "late_appeal": note.answer == "lapsed" and row["late_appeal"],
        }
    return next((state for state, holds in named.items() if holds), note.answer)


def _money(note: Note, now: Moment) -> Iterator[Task]:
    row = note.row
    if not row["way"]:
        yield Task("finance", "choose_collection", note.id, "ZA16", _day(row["issued_on"]))
        return
    waits = now.book.switch("collection.waits", now.day) and note.answer in {"none", "appealed"}
    if note.open_amount > 0 and not waits:
        since = _day(row["answer_since"] or row["issued_on"])
        yield Task("finance", "collect_note", note.id, "ZA17", since)


def _referrals(now: Moment) -> Iterator[Task]:
    for row in now.rows(REFERRALS):
        if row["open"]:
            of_account = row["referral"].startswith("account:")
            role = "finance_checker" if of_account else "quality_manager"
            since = _day(row["raised_on"])
            yield Task(role, "look_at_referral", row["referral"], "ZA38", since)


def _breakdowns(now: Moment) -> Iterator[Task]:
    for row in now.rows(BREAKDOWNS):
        if not row["signed_on"] and row["bearer"].startswith(("supplier:", "department:")):
            since = _day(row["sent_on"])
            yield Task(row["bearer"], "sign_breakdown", row["month"], "Z-4.5.1b", since)
    for row in now.rows(APPEALS):
        if not row["outcome"]:
            about, since = f"{row['month']}/{row['claim']}", _day(row["appealed_on"])
            yield Task("quality_manager", "decide_breakdown", about, "Z-4.5.1c", since)
    sent = {row["month"] for row in now.rows(BREAKDOWNS)}
    accepted = {row["month"] for row in now.rows(CLAIMS) if row["accepted"]}
    for month in sorted(accepted - sent):
        if _after(month) <= now.day:
            yield Task("quality_engineer", "send_breakdown", month, "Z-4.5.1a", _after(month))


def _months(now: Moment) -> Iterator[Task]:
    closed: dict[str, str] = {}
    for row in now.rows(STATEMENTS):
        closed[row["supplier"]] = max(closed.get(row["supplier"], ""), row["month"])
        if row["state"] == "closed":
            about, since = f"{row['supplier']}/{row['month']}", _day(row["closed_on"])
            yield Task("finance_checker", "approve_close", about, "Z-3.4.2", since)
    charged = {
        (note.row["supplier"], note.month(now.book))
        for note in notes(now.connection)
        if note.is_issued
    }
    for supplier, month in sorted(charged):
        if month > closed.get(supplier, "") and _after(month) <= now.day:
            about = f"{supplier}/{month}"
            yield Task("finance", "close_month", about, "Z-3.4.2", _after(month))
    for supplier in sorted({supplier for supplier, _ in charged}):
        if fen(account(now.connection, supplier, now.day, now.book)["refundable"]):
            yield Task("finance", "refund", supplier, "Z-4.6.1c", None)


def _day(written: str) -> date:
    return date.fromisoformat(written)


def _after(month: str) -> date:
    """The first day after a month."""
    return (date.fromisoformat(f"{month}-28") + timedelta(days=4)).replace(day=1)


LOOKS: tuple[Callable[[Moment], Iterator[Task]], ...] = (
    _claims,
    _notes,
    _referrals,
    _breakdowns,
    _months,
)
