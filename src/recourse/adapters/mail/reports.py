"""What does a report of delivery say of which sending (RFC 3464)?"""

import email
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


@dataclass(frozen=True, slots=True)
class Recipient:
    """What became of the mail for one address."""

    addresses: frozenset[str]  # where it went and where it was sent, in small letters
    action: str
    status: str
    at: datetime | None  # of the last attempt, as the reporting server says


@dataclass(frozen=True, slots=True)
class Report:
    """A report: its hash, the mail that it returns, and what became of it for whom."""

    sha256: str
    message_id: str | None
    envelope: str | None
    recipients: tuple[Recipient, ...]


def read_report(content: bytes) -> Report | None:
    """The report in a mail; None for a mail that is none."""
    mail = email.message_from_bytes(content)  # as lenient as there is: it comes from strangers
    parts = _within(mail) if _is(mail, "multipart/report") else []
    told = [part for part in parts if _is(part, "message/delivery-status")]
    if not told:
        return None
    about, *each = _within(told[0]) or [Message()]
    sent_at = _instant(_field(mail, "Date"))
    return Report(
        sha256=hashlib.sha256(content).hexdigest(),
        message_id=next((found for found in map(_message_id, parts) if found), None),
        envelope=_field(about, "Original-Envelope-Id") or None,
        recipients=tuple(_recipient(block, sent_at) for block in each),
    )


def _is(part: Message, kind: str) -> bool:
    return part.get_content_type() == kind


def _within(part: Message) -> list[Message]:
    """The parts or blocks of which `part` is made; none for one that is text."""
    payload = part.get_payload()
    return [it for it in payload if isinstance(it, Message)] if isinstance(payload, list) else []


def _recipient(block: Message, sent_at: datetime | None) -> Recipient:
    addresses = (_field(block, name) for name in ("Final-Recipient", "Original-Recipient"))
    status = STATUS.search(_field(block, "Status"))
    return Recipient(
        addresses=frozenset(
            each.partition(";")[2].strip().strip("<>").lower() for each in addresses if ";" in each
        ),
        action=_field(block, "Action").lower(),
        status=status[0] if status else "",
        at=_instant(_field(block, "Last-Attempt-Date")) or sent_at,
    )


def _message_id(part: Message) -> str | None:
    """The Message-ID of the mail that is returned, whole or by its head."""
    if _is(part, "message/rfc822"):
        returned = _within(part)
        return _field(returned[0], "Message-ID") if returned else None
    if _is(part, "text/rfc822-headers"):
        payload = part.get_payload(decode=True)
        head = payload if isinstance(payload, bytes) else b""
        return _field(email.message_from_bytes(head), "Message-ID")
    return None


def _field(block: Message, name: str) -> str:
    return str(block.get(name, "")).strip()


def _instant(written: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(written)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
