"""What does a message to a supplier say, and as which bytes?"""

import json
import tomllib
from collections.abc import Callable, Mapping
from datetime import UTC, date
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from importlib.resources import files
from typing import Any

from sqlalchemy import Connection, select

from recourse.adapters.mail.naming import Sending, message_id, seal
from recourse.adapters.mail.sending import Letter
from recourse.adapters.mail.settings import Address, MailSettings
from recourse.aggregates.message import STATEMENT, Message
from recourse.application import Recourse
from recourse.projections.chargebacks import LINES
from recourse.projections.claims import CLAIMS, PARTS
from recourse.projections.clearances import NOTICES
from recourse.projections.notes import notes
from recourse.projections.settlements import closed_statements
from recourse.rulebook.book import Rulebook
from recourse.values.money import yuan
from recourse.values.words import word

Said = dict[str, Any]


class NotToBeSent(Exception):
    """What it is about no longer stands."""


class NotReadYet(Exception):
    """The read models have not come so far; the next look finds it."""


def letter(message: Message, to: Address, engine: Recourse, settings: MailSettings) -> Letter:
    """The letter of the latest sending, the same bytes at each attempt as long as figures stand.

    Raises `NotToBeSent` for a void note, and `NotReadYet`.
    """
    sending = Sending(message.id, message.sendings)
    log_id = engine.store.log_id
    kind, name = message.subject
    with engine.models.reading() as connection:
        said = SAID[kind](connection, name, engine.book)
    words = wording()[kind]
    mail = EmailMessage(policy=SMTP)
    mail["From"] = settings.sender
    mail["To"] = to.address
    mail["Subject"] = words["subject"].format_map(said)
    mail["Date"] = format_datetime(message.queued_at.astimezone(UTC))
    mail["Message-ID"] = message_id(sending, log_id, settings.sender.rpartition("@")[2])
    texts = (words[language].strip().format_map(said) for language in ("zh", "en"))
    mail.set_content("\n\n".join(texts) + "\n", charset="utf-8", cte="base64")
    return Letter(mail.as_bytes(), to, seal(sending, log_id))


@cache
def wording() -> Mapping[str, Mapping[str, str]]:
    """The words of each kind of message."""
    text = files("recourse.adapters.mail").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _note(connection: Connection, name: str, book: Rulebook) -> Said:
    found = notes(connection, name=name)
    if not found or found[0].row["stage"] in {"drafted", "approved"}:
        raise NotReadYet(name)
    note = found[0]
    if not note.is_issued:
        raise NotToBeSent(name)
    lines = _lines(connection, name)
    issued_on = date.fromisoformat(note.row["issued_on"])
    return {
        "name": name,
        "supplier": note.row["supplier"],
        "number": note.row["number"],
        "issued_on": issued_on,
        "total": yuan(note.total),
        "clauses": "Z-4.4.2、Z-4.5.2a",
        **{f"lines_{each}": _told(lines, each) for each in ("zh", "en")},
        **_period("appeal.days", issued_on, book),
    }


def _lines(connection: Connection, name: str) -> list[Said]:
    """The lines of the note as they stand, each with the repair that it is for, if any."""
    query = select(LINES).where(LINES.c.chargeback == name).order_by(LINES.c.line)
    lines = []
    for line in connection.execute(query).mappings():
        of_claim = select(CLAIMS).where(CLAIMS.c.claim == line["claim"])
        claim = connection.execute(of_claim).mappings().first()
        component = word(line["component"] or line["kind"])
        said = {"line": line["line"], "amount": yuan(line["amount"])}
        said |= {"component_zh": component.zh, "component_en": component.en}
        if claim:
            said |= {"claim": line["claim"], "unit_zh": "车辆或总成", "unit_en": "unit"}
            said |= {each: claim[each] for each in ("unit", "part", "repaired_on")}
        lines.append(said)
    return lines


def _told(lines: list[Said], language: str) -> str:
    words = wording()["chargeback"]
    return "\n".join(
        words[f"{'line' if 'claim' in line else 'other'}_{language}"].format_map(line)
        for line in lines
    )


def _notice(connection: Connection, name: str, book: Rulebook) -> Said:
    row = connection.execute(select(NOTICES).where(NOTICES.c.notice == name)).mappings().first()
    if row is None:
        raise NotReadYet(name)
    tags = json.loads(row["tags"])
    query = select(PARTS.c.tag, PARTS.c.claim).where(PARTS.c.tag.in_(tags)).order_by(PARTS.c.tag)
    parts = [tuple(part) for part in connection.execute(query)]
    notified_on = date.fromisoformat(row["notified_on"])
    return {
        "name": name,
        "supplier": row["supplier"],
        "notified_on": notified_on,
        "count": len(tags),
        "lines_zh": "\n".join(f"  {tag}（索赔 {claim}）" for tag, claim in parts),
        "lines_en": "\n".join(f"  {tag} (claim {claim})" for tag, claim in parts),
        **_period("clearance.days", notified_on, book),
    }


def _period(days: str, sent_on: date, book: Rulebook) -> Said:
    """How many days of which kind, by which clause, for what is sent and received that day."""
    either = {"received": sent_on, "issued": sent_on}
    kind = word(book.choice("days.kind", either))
    return {
        "days": book.count(days, either),
        "clause": book.clause(days, either),
        "kind_zh": kind.zh,
        "kind_en": kind.en,
    }


def _statement(connection: Connection, name: str, book: Rulebook) -> Said:
    del book  # a closed month stands as it was closed
    supplier, _, month = name.rpartition("/")
    closed = closed_statements(connection, supplier=supplier, month=month)
    _, state, found = next(closed, ("", "", None))
    if found is None or state != "approved":
        raise NotReadYet(name)
    figures = ("opening", "charged", "credited", "collected", "closing", "held")
    moved = [
        (line, word(line.kind)) for line in (*found.brought_forward, *found.lines) if line.amount
    ]
    return {
        "supplier": supplier,
        "month": month,
        **{each: yuan(getattr(found, each)) for each in figures},
        "lines_zh": "\n".join(
            f"  {it.chargeback}：{kind.zh} {yuan(it.amount)}" for it, kind in moved
        ),
        "lines_en": "\n".join(
            f"  {it.chargeback}: {kind.en} {yuan(it.amount)}" for it, kind in moved
        ),
    }


SAID: Mapping[str, Callable[[Connection, str, Rulebook], Said]] = {
    "chargeback": _note,
    "clearance": _notice,
    STATEMENT: _statement,
}
"""What each kind of message tells, from the read models."""
