"""What do the read models say, in the keys that the command line promises?"""

from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from recourse.adapters.cli.words import pick
from recourse.application import Recourse
from recourse.commands import HANDLERS
from recourse.projections.accounts import ACCOUNTS, PAYABLES, PAYMENTS
from recourse.projections.books import entries
from recourse.projections.claims import CLAIMS
from recourse.projections.notes import Note, account, lines, notes
from recourse.projections.referrals import REFERRALS, reason
from recourse.values.money import yuan

CLAIM_COLUMNS = ("unit", "part", "stage", "repaired_on", "received_on", "month")
STATE_COLUMNS = ("information", "cost", "responsibility", "dispute")


def claims(engine: Recourse, month: str | None) -> list[dict[str, Any]]:
    """Every claim, or those received in a month, with amounts and states."""
    query = select(CLAIMS).order_by(CLAIMS.c.claim)
    if month:
        query = query.where(CLAIMS.c.month == month)
    with engine.models.reading() as connection:
        rows = connection.execute(query).mappings().all()
    return [
        _claim(row)
        | {name: row[name] for name in STATE_COLUMNS}
        | {"claimed": yuan(row["claimed"]), "accepted": yuan(row["accepted"])}
        | {"valid": bool(row["valid"])}
        for row in rows
    ]


def claim(engine: Recourse, name: str, day: date) -> dict[str, Any]:
    """One claim with its figures; raises LookupError."""
    figures = engine.models.figures("claim", name, day, engine.book)
    with engine.models.reading() as connection:
        query = select(CLAIMS).where(CLAIMS.c.claim == name)
        row = connection.execute(query).mappings().one()
    return _claim(row) | figures


def chargebacks(
    engine: Recourse, *, month: str | None = None, supplier: str | None = None
) -> list[dict[str, Any]]:
    """Every chargeback, or those of a settlement month or a supplier, with its figures."""
    with engine.models.reading() as connection:
        found = [_note(engine, each) for each in notes(connection, supplier=supplier)]
    return [each for each in found if month in {None, each["month"]}]


def chargeback(engine: Recourse, name: str) -> dict[str, Any]:
    """One chargeback with its figures and lines; raises LookupError."""
    with engine.models.reading() as connection:
        for found in notes(connection, name=name):
            return _note(engine, found) | {"lines": lines(connection, found)}
    raise LookupError(name)


def suppliers(engine: Recourse, day: date) -> list[dict[str, Any]]:
    """Every supplier with the figures of its account on `day`."""
    with engine.models.reading() as connection:
        query = select(ACCOUNTS).order_by(ACCOUNTS.c.supplier)
        rows = connection.execute(query).mappings().all()
        return [
            _supplier(row) | account(connection, row["supplier"], day, engine.book) for row in rows
        ]


def supplier(engine: Recourse, name: str, day: date) -> dict[str, Any]:
    """One supplier with its account on `day`, its payables and payments; raises LookupError."""
    with engine.models.reading() as connection:
        query = select(ACCOUNTS).where(ACCOUNTS.c.supplier == name)
        row = connection.execute(query).mappings().first()
        if row is None:
            raise LookupError(name)
        figures = account(connection, name, day, engine.book)
        return _supplier(row) | figures | _entries(connection, name)


def _entries(connection: Connection, supplier: str) -> dict[str, Any]:
    """Every payable by its document and every payment by its number, as corrected."""
    payables = select(PAYABLES).where(PAYABLES.c.supplier == supplier)
    payments = select(PAYMENTS).where(PAYMENTS.c.supplier == supplier)
    return {
        "payables": [
            {"document": row["document"], "due_on": row["due_on"], "amount": yuan(row["amount"])}
            for row in connection.execute(payables.order_by(PAYABLES.c.document)).mappings()
        ],
        "payments": [
            {"payment": row["number"], "paid_on": row["paid_on"], "amount": yuan(row["amount"])}
            for row in connection.execute(payments.order_by(PAYMENTS.c.payment)).mappings()
        ],
    }


def ledger(engine: Recourse, name: str, month: str | None) -> dict[str, Any]:
    """The entries and balances of a supplier's accounts; raises LookupError."""
    with engine.models.reading() as connection:
        query = select(ACCOUNTS.c.supplier).where(ACCOUNTS.c.supplier == name)
        if connection.execute(query).first() is None:
            raise LookupError(name)
        found = entries(connection, name, month)
    return {"supplier": name, "month": month} | found


def worklist(engine: Recourse, day: date, language: str) -> dict[str, Any]:
    """What waits for somebody on `day`, with the rule that makes it wait."""
    with engine.models.reading() as connection:
        found = notes(connection)
        query = select(REFERRALS).where(REFERRALS.c.open == 1).order_by(REFERRALS.c.referral)
        referred = connection.execute(query).mappings().all()
    return {
        "date": day,
        "deadlines": [_deadline(each) for each in found if _runs(each, day)],
        "referrals": [_referral(row, language) for row in referred],
        "to_approve": [
            _todo(engine, each, "Z-4.5.2b") for each in found if each.row["stage"] == "drafted"
        ],
        "to_issue": [
            _todo(engine, each, "Z-4.5.2c") for each in found if each.row["stage"] == "approved"
        ],
        "late_appeals": [
            _todo(engine, each, "ZA10")
            for each in found
            if each.is_issued and each.answer == "lapsed" and each.row["late_appeal"]
        ],
    }


def _claim(row: RowMapping) -> dict[str, Any]:
    return {"id": row["claim"]} | {name: row[name] for name in CLAIM_COLUMNS}


def _supplier(row: RowMapping) -> dict[str, Any]:
    return {"id": row["supplier"], "name": row["name"], "disposal": row["disposal"]}


def _note(engine: Recourse, note: Note) -> dict[str, Any]:
    month = note.month(engine.book)
    return {"id": note.id, "supplier": note.row["supplier"], "month": month} | note.figures()


def _referral(row: RowMapping, language: str) -> dict[str, Any]:
    asked = {command.act_name(): command.TITLE for command in HANDLERS}
    return {
        "id": row["referral"],
        "about": row["about"],
        "why": pick(reason(row["code"]), language),
        "act": pick(asked[row["asked"]], language),
        "raised_on": row["raised_on"],
        "rule": "ZA38",
        "code": row["code"],
    }


def _todo(engine: Recourse, note: Note, rule: str) -> dict[str, Any]:
    return {
        "chargeback": note.id,
        "supplier": note.row["supplier"],
        "month": note.month(engine.book),
        "total": yuan(note.total),
        "rule": rule,
    }


def _runs(note: Note, day: date) -> bool:
    """Whether the supplier may still answer in time, or nobody can say until when."""
    if not note.is_issued or note.answer != "none" or not note.row["received_on"]:
        return False
    return bool(note.row["undetermined"]) or date.fromisoformat(note.row["last_day"]) >= day


def _deadline(note: Note) -> dict[str, Any]:
    row = note.row
    return {
        "chargeback": note.id,
        "supplier": row["supplier"],
        "received_on": row["received_on"],
        "last_day": row["last_day"] or None,
        "official": row["official"] or None,
        "statutory": row["statutory"] or None,
        "calendar": row["calendar"],
        "state": "undetermined" if row["undetermined"] else "running",
        "rule": "Z-4.6.1a",
    }
