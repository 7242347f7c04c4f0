"""What waits about chargebacks: approval, issue, receipt, answer, money?"""

from collections.abc import Iterator

from recourse.projections.notes import Note
from recourse.projections.referrals import REFERRALS
from recourse.projections.worklists.task import Moment, Task, day_of
from recourse.rulebook.powers import approver


def note_tasks(now: Moment) -> Iterator[Task]:
    """From the draft to the last yuan (Z-4.5.2, Z-4.6).

    Nothing waits for Finance while a person must look at the note first (ZA38).
    """
    referred = {row["referral"] for row in now.rows(REFERRALS) if row["open"]}
    for note in now.notes:
        if note.row["stage"] == "drafted":
            since = day_of(note.row["drafted_on"])
            role = approver(now.book, now.day, note.total)
            yield Task(role, "approve_note", note.id, "Z-4.5.2b", since)
        if note.row["stage"] == "approved" and note.id not in referred:
            since = day_of(note.row["approved_on"])
            yield Task("finance", "issue_note", note.id, "Z-4.5.2c", since)
        if note.is_issued:
            yield from _answers(note)
            if note.id not in referred:
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
        until = day_of(note.row["last_day"]) if state == "none" else None
        yield Task(who, waits, note.id, rule, day_of(since), until)


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
    if note.open_amount <= 0:
        return
    waits = now.book.switch("collection.waits", now.day) and note.answer in {"none", "appealed"}
    if not row["way"]:
        yield Task("finance", "choose_collection", note.id, "ZA16", day_of(row["issued_on"]))
    elif not waits:
        since = day_of(row["answer_since"] or row["issued_on"])
        yield Task("finance", "collect_note", note.id, "ZA17", since)
