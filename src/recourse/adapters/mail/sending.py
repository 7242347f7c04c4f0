"""Does a server take this mail, refuse it for good, or not now?"""

import re
import smtplib
import ssl
from dataclasses import dataclass
from typing import Literal

from recourse.adapters.mail.settings import Address, MailSettings, Server

Verdict = Literal["taken", "refused", "later"]
UNREACHABLE = "unreachable"
ENHANCED = re.compile(rb"\s*([245]\.\d{1,3}\.\d{1,3})(?:\s|$)")
BROKEN = (smtplib.SMTPException, ssl.SSLError, OSError, UnicodeError)  # a host that is no name


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the server said: its reply, the status in it, and whether it promised a report."""

    verdict: Verdict
    reply: int
    status: str
    report: bool = False


LOST = Outcome("later", 0, UNREACHABLE)


@dataclass(frozen=True, slots=True)
class Letter:
    """The exact bytes, to whom they go, and the id by which reports name them."""

    content: bytes
    to: Address
    envelope: str


def deliver(letter: Letter, settings: MailSettings) -> Outcome:
    """Hand the letter over once.

    Only what a server says about this recipient or this mail refuses it for good. A server that is
    not reached, wants another password or hangs up halfway is not the recipient's fault: later.
    """
    server = letter.to.server or settings.server
    try:
        with _connected(server, settings) as client:
            if letter.to.server is None and settings.user is not None:
                client.login(settings.user, settings.password or "")
            return _hand_over(client, letter, settings)
    except smtplib.SMTPResponseException as error:
        return Outcome("later", error.smtp_code, _status(error.smtp_code, _bytes(error.smtp_error)))
    except BROKEN:
        return LOST


def _connected(server: Server, settings: MailSettings) -> smtplib.SMTP:
    """A connection that is private where the settings say so, and else none."""
    trusted = ssl.create_default_context()
    if server.security == "tls":
        client: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=settings.timeout, context=trusted
        )
    else:
        client = smtplib.SMTP(server.host, server.port, timeout=settings.timeout)
    try:
        if server.security == "starttls":
            client.starttls(context=trusted)
        client.ehlo_or_helo_if_needed()
    except BROKEN:
        client.close()
        raise
    return client


def _hand_over(client: smtplib.SMTP, letter: Letter, settings: MailSettings) -> Outcome:
    report = client.has_extn("dsn")
    asks = [f"ENVID={letter.envelope}", "RET=HDRS"] if report else []
    code, said = client.mail(settings.bounces, asks)
    if code >= 400:
        return Outcome("later", code, _status(code, said))  # it is our address that it dislikes
    wants = (
        [f"ORCPT=rfc822;{_xtext(letter.to.address)}", "NOTIFY=SUCCESS,FAILURE,DELAY"]
        if report
        else []
    )
    code, said = client.rcpt(letter.to.address, wants)
    if code >= 400:
        return _no(code, said)
    try:
        code, said = client.data(letter.content)
    except smtplib.SMTPDataError as error:
        return _no(error.smtp_code, _bytes(error.smtp_error))
    if code >= 400:
        return _no(code, said)
    return Outcome("taken", code, _status(code, said), report)


def _no(code: int, said: bytes) -> Outcome:
    return Outcome("refused" if code >= 500 else "later", code, _status(code, said))


def _status(code: int, said: bytes) -> str:
    """The code of RFC 3463 in what was said, else the reply itself."""
    found = ENHANCED.match(said)
    if found and found[1][:1] == str(code)[:1].encode():
        return found[1].decode()
    return str(code) if 200 <= code < 600 and not 300 <= code < 400 else UNREACHABLE


def _xtext(address: str) -> str:
    """`address` as a parameter of the envelope (RFC 3461, section 4)."""
    return re.sub(r"[+=]|[^!-~]", lambda sign: f"+{ord(sign[0]):02X}", address)


def _bytes(said: bytes | str) -> bytes:
    return said.encode() if isinstance(said, str) else said
