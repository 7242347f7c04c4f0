"""What are the figures of a chargeback, and of a supplier's account?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from recourse.aggregates.hold import HoldRule, hold
from recourse.projections.accounts import ACCOUNTS
from recourse.projections.base import Row
from recourse.projections.chargebacks import CHARGEABLE, DISPOSALS, KINDS, LINES, NOTES
from recourse.rulebook.book import Rulebook
from recourse.rulebook.months import settled_in
from recourse.values.money import yuan

SETTLED = ("confirmed", "deemed", "decided")


@dataclass(frozen=True, slots=True)
class Note:
    """A chargeback as it stands now; amounts in fen."""

    id: str
    row: Mapping[str, Any]
    standing: Mapping[str, int]  # loss, penalty, disposal

    @property
    def is_issued(self) -> bool:
        """Whether it was issued and is not void."""
        return self.row["stage"] in {"issued", "received"}

    @property
    def total(self) -> int:
        """What stands on it."""
        return sum(self.standing.values())

    @property
    def open_amount(self) -> int:
        """What is still to be collected."""
        return int(self.total - self.row["collected"] + self.row["credited"])

    @property
    def answer(self) -> str:
        """What the supplier answered."""
        return str(self.row["answer"])

    def month(self, book: Rulebook) -> str:
        """The settlement month it falls in (ZA26); that of the draft until then."""
        approved = self.row["approved_on"]
        if not approved:
            return settled_in(str(self.row["draft_month"]), book)
        by = book.choice("month.by", date.fromisoformat(approved))
        return settled_in(str(self.row[by] or approved)[:7], book)

    def figures(self) -> dict[str, Any]:
        """The figures under their public names; amounts in yuan."""
        last_day = self.row["last_day"]
        return {
            "stage": self.row["stage"],
            "answer": self.answer,
            **{kind: yuan(self.standing[kind]) for kind in KINDS},
            "total": yuan(self.total),
            "collected": yuan(self.row["collected"]),
            "credited": yuan(self.row["credited"]),
            "open": yuan(self.open_amount),
            "last_day": date.fromisoformat(last_day) if last_day else None,
            "late_appeal": bool(self.row["late_appeal"]),
        }


def notes(
    connection: Connection, *, name: str | None = None, supplier: str | None = None
) -> list[Note]:
    """The notes of that name or that supplier, or all, by their names."""
    query = select(NOTES).order_by(NOTES.c.chargeback)
    if name is not None:
        query = query.where(NOTES.c.chargeback == name)
    if supplier is not None:
        query = query.where(NOTES.c.supplier == supplier)
    rows = connection.execute(query).mappings().all()
    found = [dict(row) for row in rows]
    return [Note(row["chargeback"], row, _standing(connection, row)) for row in found]


def note_figures(connection: Connection, name: str) -> dict[str, Any] | None:
    """The figures of one note, or None for one nobody drafted."""
    return next((note.figures() for note in notes(connection, name=name)), None)


def _standing(connection: Connection, row: Row) -> dict[str, int]:
    if row["stage"] != "drafted":
        return {kind: int(row[kind]) for kind in KINDS}
    standing = dict.fromkeys(KINDS, 0)
    for claim in json.loads(row["claims"]):
        query = select(CHARGEABLE).where(
            CHARGEABLE.c.claim == claim, CHARGEABLE.c.supplier == row["supplier"]
        )
        found = connection.execute(query).mappings().first()
        if found and found["loss"]:
            standing["loss"] += found["loss"]
            standing["penalty"] += found["penalty"]
    tags = json.loads(row["parts"])
    of_parts = select(func.sum(DISPOSALS.c.chargeable)).where(DISPOSALS.c.tag.in_(tags))
    standing["disposal"] = int(connection.execute(of_parts).scalar() or 0) if tags else 0
    return standing


def lines(connection: Connection, note: Note) -> dict[str, str]:
    """The lines of an approved note as they stand now, in yuan; all at nothing on a void one."""
    query = select(LINES).where(LINES.c.chargeback == note.id).order_by(LINES.c.line)
    void = note.row["stage"] == "void"
    return {
        row["line"]: yuan(0 if void else row["amount"])
        for row in connection.execute(query).mappings()
    }


def known_account(
    connection: Connection, supplier: str, day: date, book: Rulebook
) -> dict[str, Any] | None:
    """The figures of a supplier's account, or None for a supplier nobody registered."""
    query = select(ACCOUNTS.c.name).where(ACCOUNTS.c.supplier == supplier)
    registered = connection.execute(query).scalar()
    return account(connection, supplier, day, book) if registered else None


def account(connection: Connection, supplier: str, day: date, book: Rulebook) -> dict[str, Any]:
    """The figures of a supplier's account on `day`, in yuan, and which notes hold its payment."""
    own = notes(connection, supplier=supplier)
    row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.supplier == supplier))
    kept = row.mappings().first() or dict.fromkeys(("recorded", "paid", "refunded"), 0)
    issued = [note for note in own if note.is_issued]
    credited = sum(note.row["credited"] for note in own)
    deducted = sum(note.row["collected"] for note in own if note.row["way"] == "deduction")
    payable = kept["recorded"] - kept["paid"] - deducted
    holding = hold({note.id: note for note in own}, HoldRule.on(day, book))
    return {
        "charged": yuan(sum(note.total for note in issued)),
        "confirmed": yuan(sum(note.total for note in issued if note.answer in SETTLED)),
        "collected": yuan(sum(note.row["collected"] for note in own)),
        "credited": yuan(credited),
        "refundable": yuan(credited - kept["refunded"]),
        "open": yuan(sum(note.open_amount for note in issued)),
        "payable": yuan(payable),
        "held": yuan(holding.of(payable)),
        "held_for": holding.reasons,
    }
