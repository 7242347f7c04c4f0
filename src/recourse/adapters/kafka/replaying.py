"""What can a person do about a parked message: ask it again, or let it be?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from recourse.adapters.kafka.inbox import attempts, done_as
from recourse.adapters.kafka.messages import Unfit, asked, message_of
from recourse.application import Ask, Person, Recourse
from recourse.application.asking import digest_of
from recourse.application.parking import Fate, Parked, Place
from recourse.values.parties import Text
from recourse.values.refusal import Refused

MAY = ("quality_manager", "finance_checker", "admin")
REASONS = ("done-by-hand", "not-for-us", "sent-again", "sent-by-mistake")
"""Why a message is let be, by the code that is kept; free text is not."""


class Settled(Exception):
    """Somebody has dealt with the message already."""

    def __init__(self, fate: Fate) -> None:
        super().__init__(str(fate.place))
        self.fate = fate


@dataclass(frozen=True, slots=True)
class Waiting:
    """A parked message and what became of it so far."""

    parked: Parked
    fates: tuple[Fate, ...] = ()

    @property
    def state(self) -> str:
        """Whether it is "waiting", "done" or "dismissed"."""
        return self.fates[-1].became if self.fates and self.fates[-1].settles else "waiting"


def all_parked(engine: Recourse) -> list[Waiting]:
    """Every parked message in the order of their places."""
    fates: dict[Place, list[Fate]] = {}
    for fate in engine.store.parking.fates():
        fates.setdefault(fate.place, []).append(fate)
    return [
        Waiting(each, tuple(fates.get(each.place, ()))) for each in engine.store.parking.parked()
    ]


class Desk:
    """Where one person deals with parked messages, at one moment."""

    def __init__(
        self, engine: Recourse, sources: Mapping[str, Person], by: Person, at: datetime
    ) -> None:
        """Raises `Refused` for a person who has none of the roles `MAY`."""
        if not by.roles.intersection(MAY):
            has, needs = ", ".join(sorted(by.roles)) or "-", ", ".join(MAY)
            refused = Refused("not-your-role", person=by.name, has=has, needs=needs)
            refused.asked = Text("不能处置这条消息。", "This message cannot be dealt with.")
            raise refused
        self._engine = engine
        self._sources = sources
        self._by = by
        self._at = at

    def replay(self, waiting: Waiting) -> Fate:
        """Ask it again as its sender, under a further id; what was done already is not done twice.

        Raises `Settled`, and IntegrityError where somebody else was faster.
        """
        self._must_wait(waiting)
        try:
            ask = asked(message_of(waiting.parked), self._sources, self._at)
        except Unfit as unfit:
            return self._settle(waiting, "refused", unfit.code, "")
        done = done_as(self._engine, ask)
        if done is not None:
            return self._settle(waiting, "done", "done-already", done)
        under = self._ask_under(ask)
        (answer,) = self._engine.perform([under])
        if answer.refusal:
            return self._settle(waiting, "refused", answer.refusal.code, under.command_id)
        return self._settle(waiting, "done", "", under.command_id)

    def dismiss(self, waiting: Waiting, reason: str) -> Fate:
        """Let it be, for one of `REASONS`; raises `Settled`."""
        assert reason in REASONS, reason
        self._must_wait(waiting)
        return self._settle(waiting, "dismissed", reason, "")

    def _ask_under(self, ask: Ask) -> Ask:
        """The same under the first id that nobody has asked under, or that did something else."""
        for command_id in attempts(ask.command_id):
            known = self._engine.store.answer(command_id)
            taken = known is not None and "refused" not in known
            if known is None or (taken and known["digest"] != digest_of(ask)):
                return Ask(ask.command, ask.by, ask.at, command_id)
        raise AssertionError("attempts never end")

    def _must_wait(self, waiting: Waiting) -> None:
        if waiting.state != "waiting":
            raise Settled(waiting.fates[-1])

    def _settle(self, waiting: Waiting, became: str, reason: str, command_id: str) -> Fate:
        turn = len(waiting.fates) + 1
        fate = Fate(waiting.parked.place, turn, became, self._by.name, reason, command_id, self._at)
        store = self._engine.store
        with store.writing():
            store.parking.settle(fate)
        return fate
