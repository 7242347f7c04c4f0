"""Which messages go out now, and what came back?"""

import hashlib
import mailbox
from datetime import datetime

from recourse.adapters.mail.composing import NotReadYet, NotToBeSent, letter
from recourse.adapters.mail.incoming import EARLY, Read, ask_for, message_of, take_report
from recourse.adapters.mail.sending import UNREACHABLE, Letter, Outcome, deliver
from recourse.adapters.mail.settings import Address, MailSettings
from recourse.aggregates.message import OUTBOX, Message
from recourse.application import Recourse
from recourse.commands import Command
from recourse.commands.messages import RecordArrival, RecordBounce, RecordFailure, RecordHandover

AT_ONCE = 20  # messages in one step, so that the worker's other tasks get their turn
SEEN, FLAGGED = "S", "F"  # in the maildir: dealt with, and for a person to look at


class Outbox:
    """Sends what waits and reads what came back; at most one process does so at a time.

    It is a task of the worker, and sees itself to being alone.
    A message is recorded as handed over after a server took it. Between the two lies the moment in
    which a death leads to a second mail with the same Message-ID, but never to a second fact.
    """

    name = "mail"

    def __init__(self, engine: Recourse, settings: MailSettings) -> None:
        self.engine = engine
        self.settings = settings

    def step(self, at: datetime) -> int:
        """How many messages were tried and reports read; 0 while another process does it."""
        with self.engine.store.alone(self.name) as mine:
            return self.send(at) + len(self.read_reports(at)) if mine else 0

    def send(self, at: datetime) -> int:
        """Try messages that are due, each once; how many those were.

        A server that is not reached ends it, for each one takes as long as its timeout.
        """
        tried = 0
        for _, stream in self.engine.store.held(OUTBOX):
            message = message_of(self.engine, stream.partition(":")[2])
            status = self._try(message, at) if message.due(at) else None
            tried += status is not None
            if status == UNREACHABLE or tried == AT_ONCE:
                break
        return tried

    def read_reports(self, at: datetime) -> list[Read]:
        """Take in every new mail of the maildir; what is nobody's stays there, flagged."""
        if self.settings.maildir is None:
            return []
        folder = mailbox.Maildir(self.settings.maildir, factory=None)
        read = []
        for key in sorted(folder.keys()):
            mail = folder.get_message(key)
            if mail.get_subdir() == "new":
                found = take_report(folder.get_bytes(key), self.engine, self.settings, at)
                if found.outcome != EARLY:
                    mail.set_subdir("cur")
                    mail.add_flag(SEEN if found.is_ours else FLAGGED)
                    folder[key] = mail
                    read.append(found)
        return read

    def _try(self, message: Message, at: datetime) -> str | None:
        """The status that a server gave or we did; None where it cannot be written yet."""
        to = self.settings.mailboxes.get(message.box.id)
        if to is None:
            return self._later(message, "unaddressed", at)
        try:
            written = letter(message, to, self.engine, self.settings)
        except NotReadYet:
            return None
        except NotToBeSent:
            self._record(message, at, self._failure(message, "void", None))
            return "void"
        outcome = deliver(written, self.settings)
        self._note(message, written, outcome, at)
        return outcome.status

    def _note(self, message: Message, written: Letter, outcome: Outcome, at: datetime) -> None:
        """Record what a server said, and the arrival with it where its reply shows that."""
        if outcome.verdict == "later":
            self._later(message, outcome.status, at)
        elif outcome.verdict == "refused":
            sending, status = message.sendings, outcome.status
            self._record(
                message, at, RecordBounce(message=message.id, sending=sending, status=status)
            )
        else:
            taken = self._taken(message, written, outcome)
            self._record(message, at, taken, *self._arrival(message, written.to, outcome))

    def _taken(self, message: Message, written: Letter, outcome: Outcome) -> Command:
        return RecordHandover(
            message=message.id,
            attempt=message.attempts + 1,
            reply=outcome.reply,
            sha256=hashlib.sha256(written.content).hexdigest(),
            report=outcome.report,
        )

    def _arrival(self, message: Message, to: Address, outcome: Outcome) -> list[Command]:
        if not self.settings.counts_as_arrival(to):
            return []
        sending, status = message.sendings, outcome.status
        return [RecordArrival(message=message.id, sending=sending, proof="handover", status=status)]

    def _later(self, message: Message, status: str, at: datetime) -> str:
        """Try again after the next of the growing pauses, or give up after the last one."""
        pauses = self.settings.pauses[message.failures :]
        again_at = at + pauses[0] if pauses else None
        self._record(message, at, self._failure(message, status, again_at))
        return status

    def _failure(self, message: Message, status: str, again_at: datetime | None) -> Command:
        attempt = message.attempts + 1
        return RecordFailure(message=message.id, attempt=attempt, status=status, again_at=again_at)

    def _record(self, message: Message, at: datetime, *commands: Command) -> None:
        name = f"mail {message.id} {message.sendings}.{message.attempts + 1}"
        asked = [(command, f"{name} {command.act_name()}") for command in commands]
        ask_for(self.engine, *asked, at=at, on=None)
