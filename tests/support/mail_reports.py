"""A report of delivery as a supplier's mail server writes it (RFC 3464)."""

from datetime import datetime
from email.utils import format_datetime

REPORT = """\
From: MAILER-DAEMON@mx.example.com (Mail Delivery System)
To: claims@example.org
Subject: Successful Mail Delivery Report
Date: {date}
Message-ID: <report-{number}@mx.example.com>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"

--=_b
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.com.

--=_b
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com
{envelope}Arrival-Date: {date}

Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{recipient}
Action: {action}
Status: {status}
Diagnostic-Code: X-Postfix; delivered to mailbox
{attempt}
--=_b
Content-Description: Message headers
Content-Type: text/rfc822-headers

Return-Path: <bounces@example.org>
Message-ID: {message_id}
From: claims@example.org
To: {recipient}

--=_b--
"""


def report(
    message_id: str, at: datetime, recipient: str = "quality@example.com", **said: str
) -> bytes:
    """What was delivered to the recipient `at` that time, unless it is said otherwise."""
    date = format_datetime(at)
    fields = {"action": "delivered", "status": "2.0.0", "number": "1", "envelope": ""}
    fields |= {"attempt": f"Last-Attempt-Date: {date}\n"} | said
    text = REPORT.format(message_id=message_id, date=date, recipient=recipient, **fields)
    return text.replace("\n", "\r\n").encode()
