"""What becomes of a message by a report that came in, and which reports are nobody's?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from recourse.adapters.mail.naming import Sending, seal, sending_of
from recourse.adapters.mail.reports import Recipient, Report, read_report
from recourse.adapters.mail.settings import MailSettings
from recourse.aggregates.message import Message
from recourse.application import Ask, Person, Recourse
from recourse.commands import Command
from recourse.commands.messages import RecordArrival, RecordBounce
from recourse.values.parties import ENGINE, business_day

NOBODYS = ("no-report", "not-ours", "never-sent", "other-envelope", "other-recipient")
"""Why a mail says nothing of a message of ours: a person looks at it, and nothing is recorded."""
EARLY = "early"  # of a sending that is still being recorded: look again later
SAYS = {"delivered": "arrived", "failed": "bounced"}  # relayed, expanded, delayed say neither


@dataclass(frozen=True, slots=True)
class Read:
    """What one mail came to: one of `NOBODYS`, or what became of which message."""

    outcome: str
    message: str | None = None
    status: str | None = None

    @property
    def is_ours(self) -> bool:
        """Whether it is about a message of this log, so that nobody has to look at it."""
        return self.outcome not in NOBODYS


def take_report(content: bytes, engine: Recourse, settings: MailSettings, at: datetime) -> Read:
    """Record, once, what a report says of a message; raises `Refused` where that cannot be."""
    report = read_report(content)
    if report is None:
        return Read("no-report")
    sending = sending_of(report.message_id or "", engine.store.log_id)
    if sending is None:
        return Read("not-ours")
    message = message_of(engine, sending.message)
    found = _of(message, sending, report, engine, settings)
    if isinstance(found, str):
        return Read(found, sending.message)
    outcome = SAYS.get(found.action, found.action or "no-report")
    if outcome in SAYS.values():
        status = found.status or ("2.0.0" if outcome == "arrived" else "5.0.0")
        fact = _fact(outcome, sending, status, report.sha256)
        day = _day(found, message, sending, at)
        ask_for(engine, (fact, f"mail report {report.sha256}"), at=at, on=day)
        return Read(outcome, sending.message, status)
    return Read(outcome, sending.message, found.status or None)


def message_of(engine: Recourse, name: str) -> Message:
    """The message of that name, as the log has it now."""
    message = Message(name, [])
    for fact in engine.stream(message.stream):
        message.take(fact)
    return message


def ask_for(engine: Recourse, *asked: tuple[Command, str], at: datetime, on: date | None) -> None:
    """Have the engine record it under these command ids, all or nothing of what is new."""
    by = Person(ENGINE, frozenset({ENGINE}))
    for answer in engine.perform([Ask(command, by, at, name, on) for command, name in asked]):
        if answer.refusal:
            raise answer.refusal


def _of(
    message: Message, sending: Sending, report: Report, engine: Recourse, settings: MailSettings
) -> Recipient | str:
    """What became of that sending for the mailbox it went to, or why it says nothing of it."""
    if report.envelope not in {None, seal(sending, engine.store.log_id)}:
        return "other-envelope"
    if not 0 < sending.number <= message.sendings:
        return "never-sent"
    if sending.number not in message.handed_at:
        return EARLY if message.waits else "never-sent"
    to = settings.mailboxes.get(message.box.id)
    found = _for(to.address, report) if to else iter(())
    return next(found, "other-recipient")


def _for(address: str, report: Report) -> Iterator[Recipient]:
    return (each for each in report.recipients if address.lower() in each.addresses)


def _fact(outcome: str, sending: Sending, status: str, sha256: str) -> Command:
    message, number = sending
    if outcome == "arrived":
        return RecordArrival(
            message=message, sending=number, proof="dsn", status=status, sha256=sha256
        )
    return RecordBounce(message=message, sending=number, status=status, sha256=sha256)


def _day(found: Recipient, message: Message, sending: Sending, at: datetime) -> date:
    """The day of arrival: as reported where that can be, else the day on which it is read.

    A clock that is wrong must not start a period before the mail was sent.
    """
    sent_on, today = business_day(message.handed_at[sending.number]), business_day(at)
    claimed = business_day(found.at) if found.at else today
    return claimed if sent_on <= claimed <= today else today
