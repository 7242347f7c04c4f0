"""How is each message of other systems done exactly once, or parked for a person to see?"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Protocol

from eventsourcing.persistence import PersistenceError
from sqlalchemy.exc import SQLAlchemyError

from recourse.adapters.kafka.messages import Message, Unfit, asked, message_of, parked, said_in
from recourse.application import Ask, Person, Recourse
from recourse.application.asking import digest_of
from recourse.application.parking import Parked
from recourse.policies import PolicyBroke
from recourse.values.parties import Text
from recourse.values.refusal import Refused

OURS = (PersistenceError, SQLAlchemyError, OSError, PolicyBroke)
"""Troubles that no message is to blame for: whoever runs the inbox has to know of them."""


class Polled(Protocol):
    """Where messages come from."""

    def poll(self) -> Sequence[Message]:
        """Some that nobody has acknowledged; none where none is waiting."""

    def acknowledge(self) -> None:
        """Everything that was polled is dealt with."""


class Inbox:
    """Does what messages ask, a batch a transaction, and acknowledges them after that.

    A message that comes again, whole or after a crash, is answered as it was the first time. What
    cannot be asked and what a rule refuses is parked, and what follows it goes on.
    """

    name = "inbox"

    def __init__(self, engine: Recourse, messages: Polled, sources: Mapping[str, Person]) -> None:
        """`sources` says for whom each system asks that may ask at all."""
        self.engine = engine
        self.sources = sources
        self._messages = messages
        self._held: Sequence[Message] = ()  # polled, and not yet dealt with

    def step(self, at: datetime) -> int:
        """Deal with some messages; how many. Raises `OURS`, and tries the same again next time."""
        self._held = self._held or self._messages.poll()
        if not self._held:
            return 0
        self.take(self._held, at)
        done, self._held = len(self._held), ()
        self._messages.acknowledge()
        return done

    def take(self, messages: Sequence[Message], at: datetime) -> None:
        """Do what `messages` ask and park those of which nothing came."""
        waiting: list[Parked] = []
        asks: dict[Message, Ask] = {}
        for message in messages:
            try:
                asks[message] = asked(message, self.sources, at)
            except Unfit as unfit:
                waiting.append(parked(message, unfit.code, unfit.why, at))
        if asks:
            waiting += self._done(asks, at)
        if waiting:
            store = self.engine.store
            with store.writing():
                store.parking.park(waiting)

    def _done(self, asks: Mapping[Message, Ask], at: datetime) -> list[Parked]:
        """Ask everything; what is to be parked of it."""
        try:
            answers = self.engine.perform(list(asks.values()))
        except OURS:
            raise
        except Exception as error:  # noqa: BLE001 - one message stops no other; a person is told
            if len(asks) > 1:
                return [each for pair in asks.items() for each in self._done(dict([pair]), at)]
            (message,) = asks
            broke = Unfit("broke", detail=f"{type(error).__name__}: {error}")
            return [parked(message, broke.code, broke.why, at)]
        found: dict[object, Parked] = {}
        for message, answer in zip(asks, answers, strict=True):
            if answer.refusal and not self._waits_already(message):
                why = words_of(answer.refusal)
                row = parked(message, answer.refusal.code, why, at)
                found.setdefault((message.name, said_in(message)), row)
        return list(found.values())

    def _waits_already(self, message: Message) -> bool:
        """Whether this very message is parked, for a person to deal with or dealt with."""
        known = self.engine.store.parking.parked(message.name)
        return any(said_in(message_of(each)) == said_in(message) for each in known)


def done_as(engine: Recourse, ask: Ask) -> str | None:
    """The id under which just this was done, first or in a replay; None where it was not."""
    for command_id in attempts(ask.command_id):
        known = engine.store.answer(command_id)
        if known is None:
            return None
        if "refused" not in known and known["digest"] == digest_of(ask):
            return command_id
    raise AssertionError("attempts never end")


def attempts(message: str) -> Iterator[str]:
    """The ids under which a message is asked: its own, then one for each replay."""
    yield message
    for number in count(1):
        yield f"{message} replay {number}"


def words_of(refused: Refused) -> Text:
    """What a refusal says, in both languages."""
    told = [refused.tell(language) for language in ("zh", "en")]
    zh, en = (" ".join(str(each[part]) for part in ("what", "why", "remedy")) for each in told)
    return Text(zh.replace("。 ", "。"), en)
