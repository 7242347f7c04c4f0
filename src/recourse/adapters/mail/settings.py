"""By which server is mail sent, to which addresses, and what shows that it has arrived?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Self

PASSWORD = "RECOURSE_MAIL_PASSWORD"  # noqa: S105 - the name of the variable, not what it holds
SECURITY = ("starttls", "tls", "none")
ARRIVAL = ("dsn", "handover")
PAUSES = (5, 30, 120, 480, 1440)  # minutes; the attempt after the last one is the last
SUBMISSION, RELAY = 587, 25  # ports
KEYS = (
    *("host", "port", "security", "user", "sender", "bounces"),
    *("arrival", "pauses", "timeout", "maildir", "addresses"),
)
OWN_KEYS = ("address", "server", "security")


class BadMailSettings(ValueError):
    """A setting that cannot be; says which, and how it is written."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that takes mail, and how the way to it is kept private."""

    host: str
    port: int
    security: str


@dataclass(frozen=True, slots=True)
class Address:
    """Where a mailbox is; with `server` it is delivered to the supplier's own one directly."""

    address: str
    server: Server | None = None


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The section [mail] and the addresses of [mailboxes]; the password is in neither."""

    server: Server
    sender: str
    bounces: str  # where reports are sent to
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    arrival: str = ARRIVAL[0]
    pauses: tuple[timedelta, ...] = tuple(timedelta(minutes=each) for each in PAUSES)
    timeout: float = 30
    maildir: str | None = None
    mailboxes: Mapping[str, Address] = field(default_factory=dict, repr=False)

    @classmethod
    def read(
        cls, mail: Mapping[str, Any], mailboxes: Mapping[str, Any], environ: Mapping[str, str]
    ) -> Self:
        """The settings as written; raises `BadMailSettings`."""
        _known(mail, KEYS, "mail")
        sender = _address(mail.get("sender"), "[mail] sender")
        pauses = mail.get("pauses", list(PAUSES))
        if not isinstance(pauses, list) or not all(type(it) is int and it > 0 for it in pauses):
            raise BadMailSettings("[mail] pauses = [5, 30, 120]")
        return cls(
            server=_server(mail, "[mail]", SUBMISSION),
            sender=sender,
            bounces=_address(mail.get("bounces", sender), "[mail] bounces"),
            user=_optional(mail, "user"),
            password=environ.get(PASSWORD),
            arrival=_choice(mail.get("arrival", ARRIVAL[0]), ARRIVAL, "[mail] arrival"),
            pauses=tuple(timedelta(minutes=each) for each in pauses),
            timeout=_seconds(mail.get("timeout", 30)),
            maildir=_optional(mail, "maildir"),
            mailboxes={name: _mailbox(name, it) for name, it in mailboxes.items()},
        )

    def counts_as_arrival(self, to: Address) -> bool:
        """Whether the reply of the server that takes mail for `to` shows that it arrived.

        That of the supplier's own server does, for there it has entered the system that was named;
        a relay's does only where the agreement says so (`arrival = "handover"`).
        """
        return to.server is not None or self.arrival == "handover"


def _mailbox(name: str, written: object) -> Address:
    where = f'[mailboxes] "{name}"'
    if not isinstance(written, dict):
        return Address(_address(written, where))
    _known(written, OWN_KEYS, f'mailboxes."{name}"')
    address = _address(written.get("address"), f"{where} address")
    if "server" not in written:
        raise BadMailSettings(f'{where} server = "mx.example.com:25"')
    host, _, port = _text(written["server"], f"{where} server").partition(":")
    own = {"host": host, "port": int(port) if port.isdecimal() else RELAY}
    return Address(address, _server(own | {"security": written.get("security")}, where, RELAY))


def _server(written: Mapping[str, Any], where: str, port: int) -> Server:
    given = written.get("port", port)
    if type(given) is not int or not 0 < given <= 65_535:
        raise BadMailSettings(f"{where} port = {port}")
    return Server(
        _text(written.get("host"), f'{where} host = "smtp.example.com"'),
        given,
        _choice(written.get("security") or SECURITY[0], SECURITY, f"{where} security"),
    )


def _known(written: Mapping[str, Any], keys: tuple[str, ...], where: str) -> None:
    strange = [key for key in written if key not in keys]
    if strange:
        raise BadMailSettings(f"[{where}] {', '.join(strange)}: {' | '.join(keys)}")


def _address(written: object, where: str) -> str:
    address = _text(written, f'{where} = "quality@example.com"')
    local, _, domain = address.rpartition("@")
    strange = not address.isascii() or any(sign.isspace() or sign in "<>" for sign in address)
    if not local or not domain or strange:
        raise BadMailSettings(f'{where} = "quality@example.com"')
    return address


def _text(written: object, how: str) -> str:
    if not isinstance(written, str) or not written:
        raise BadMailSettings(how)
    return written


def _optional(written: Mapping[str, Any], name: str) -> str | None:
    return _text(written[name], f'[mail] {name} = "..."') if name in written else None


def _choice(written: object, choices: tuple[str, ...], where: str) -> str:
    if written not in choices:
        raise BadMailSettings(f"{where}: {' | '.join(choices)}")
    return str(written)


def _seconds(written: object) -> float:
    if isinstance(written, bool) or not isinstance(written, int | float) or written <= 0:
        raise BadMailSettings("[mail] timeout = 30")
    return float(written)
