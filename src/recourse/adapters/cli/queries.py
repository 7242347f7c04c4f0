"""What do the read models say, in the keys that the command line promises?"""

import json
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from recourse.application import Recourse
from recourse.projections.accounts import ACCOUNTS, PAYABLES, PAYMENTS
from recourse.projections.books import entries
from recourse.projections.breakdowns import breakdown as breakdown_of
from recourse.projections.claims import CLAIMS, PARTS
from recourse.projections.clearances import NOTICES
from recourse.projections.clearances import figures as notice_figures
from recourse.projections.explanations.months import supplier_months
from recourse.projections.explanations.sources import Sources
from recourse.projections.field_claims import field_claims as field_claims_in
from recourse.projections.legal_cases import legal_cases as legal_cases_in
from recourse.projections.messages import messages as messages_in
from recourse.projections.notes import Note, account, lines, notes
from recourse.projections.worklists import worklist as waiting
from recourse.projections.zero_km_jobs import zero_km_jobs
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
        | {"valid": bool(row["valid"]), "doubts": json.loads(row["doubts"])}
        for row in rows
    ]


def claim(engine: Recourse, name: str, day: date) -> dict[str, Any]:
    """One claim with its figures; raises LookupError."""
    figures = engine.models.figures("claim", name, day, engine.book)
    with engine.models.reading() as connection:
        query = select(CLAIMS).where(CLAIMS.c.claim == name)
        row = connection.execute(query).mappings().one()
    return _claim(row) | figures


def breakdown(engine: Recourse, month: str) -> dict[str, Any]:
    """What each bearer was told of a month and bears now; raises LookupError."""
    with engine.models.reading() as connection:
        found = breakdown_of(connection, month)
    if found is None:
        raise LookupError(month)
    return found


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


def notices(engine: Recourse, day: date) -> list[dict[str, Any]]:
    """Every clearance notice as it stands on `day`."""
    with engine.models.reading() as connection:
        query = select(NOTICES).order_by(NOTICES.c.notice)
        return [_notice(row, day) for row in connection.execute(query).mappings()]


def notice(engine: Recourse, name: str, day: date) -> dict[str, Any]:
    """One clearance notice, and where each of its parts is; raises LookupError."""
    with engine.models.reading() as connection:
        query = select(NOTICES).where(NOTICES.c.notice == name)
        row = connection.execute(query).mappings().first()
        if row is None:
            raise LookupError(name)
        on_it = PARTS.c.tag.in_(json.loads(row["tags"]))
        places = connection.execute(select(PARTS.c.tag, PARTS.c.place).where(on_it))
        return _notice(row, day) | {"places": dict(sorted(places))}


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


def field_claims(engine: Recourse) -> list[dict[str, Any]]:
    """Every field claim: where it stands, for whom it waits, since when."""
    with engine.models.reading() as connection:
        return [_named(row, "field_claim") for row in field_claims_in(connection)]


def legal_cases(engine: Recourse) -> list[dict[str, Any]]:
    """Every legal case: who takes part, what it concerns, how it ended."""
    with engine.models.reading() as connection:
        return [_named(row, "legal_case") for row in legal_cases_in(connection)]


def jobs(engine: Recourse) -> list[dict[str, Any]]:
    """Every zero-km job: where it stands, for whom it waits, since when."""
    with engine.models.reading() as connection:
        return [_named(row, "job") for row in zero_km_jobs(connection)]


def _named(row: dict[str, Any], key: str) -> dict[str, Any]:
    return {"id": row.pop(key)} | row


def ledger(engine: Recourse, name: str, month: str | None) -> dict[str, Any]:
    """The entries and balances of a supplier's accounts; raises LookupError."""
    with engine.models.reading() as connection:
        query = select(ACCOUNTS.c.supplier).where(ACCOUNTS.c.supplier == name)
        if connection.execute(query).first() is None:
            raise LookupError(name)
        found = entries(connection, name, month)
    return {"supplier": name, "month": month} | found


def statements(
    engine: Recourse, month: str, supplier: str | None, day: date
) -> list[dict[str, Any]]:
    """The statements of a month, of all suppliers or one; raises LookupError for an unknown one."""
    store = engine.store
    sources = Sources(engine.stream, store.held, store.answer, engine.book, day)
    with engine.models.reading() as connection:
        return [each.as_dict() for each in supplier_months(connection, sources, month, supplier)]


def messages(engine: Recourse, name: str | None = None) -> list[dict[str, Any]]:
    """Every message to a supplier, or one: how far it came, and whether a clock runs."""
    with engine.models.reading() as connection:
        return messages_in(connection, name)


def worklist(engine: Recourse, day: date, role: str | None) -> list[dict[str, Any]]:
    """What waits on `day` for everybody, or for one role, with the rule that makes it wait."""
    with engine.models.reading() as connection:
        tasks = waiting(connection, engine.book, day)
    return [
        {
            "role": task.role,
            "waits": task.waits,
            "about": task.about,
            "since": task.since,
            "days": (day - task.since).days if task.since else None,
            "until": task.until,
            "rule": task.rule,
            "of": task.of,
            "why": task.why,
        }
        for task in tasks
        if role in {None, task.role, task.role.partition(":")[0]}
    ]


def _claim(row: RowMapping) -> dict[str, Any]:
    return {"id": row["claim"]} | {name: row[name] for name in CLAIM_COLUMNS}


def _notice(row: RowMapping, day: date) -> dict[str, Any]:
    shown = {name: row[name] or None for name in ("supplier", "notified_on", "received_on")}
    counted = {"parts": row["parts"], "cleared": row["cleared"]}
    return {"id": row["notice"]} | shown | counted | notice_figures(row, day)


def _supplier(row: RowMapping) -> dict[str, Any]:
    return {"id": row["supplier"], "name": row["name"], "disposal": row["disposal"]}


def _note(engine: Recourse, note: Note) -> dict[str, Any]:
    month = note.month(engine.book)
    return {"id": note.id, "supplier": note.row["supplier"], "month": month} | note.figures()
