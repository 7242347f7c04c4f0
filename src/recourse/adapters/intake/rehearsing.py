"""What would come of commands if they were asked, without anything being written?"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from recourse.aggregates.base import Act, Fact
from recourse.application import Answer, Ask, Recourse
from recourse.commands import HANDLERS, Desk
from recourse.values.parties import business_day
from recourse.values.refusal import Refused


class Rehearsal:
    """The engine as it would be: what is asked here is answered by its handlers, and forgotten.

    Of the streams that come `again` it remembers what would have been recorded, for the later asks;
    of the others nobody will ask, and a file of a million rows does not fit into memory.
    """

    def __init__(self, engine: Recourse, again: "Repeated") -> None:
        self.holder = engine.store.holder
        self.held = engine.store.held
        self._engine = engine
        self._again = again
        self._imagined: dict[str, list[Fact]] = defaultdict(list)

    def stream(self, name: str) -> list[Fact]:
        """The facts of one stream, the imagined ones last."""
        return [*self._engine.stream(name), *self._imagined.get(name, ())]

    def execute_many(self, asks: Sequence[Ask]) -> list[Answer]:
        """How the engine would answer, if the person may ask."""
        desk = Desk(self, self._engine.book, self._engine.calendar)
        answers = [self._answer(ask, desk) for ask in asks]
        for fact in desk.journal:
            if fact.stream in self._again:
                self._imagined[fact.stream].append(fact)
        return answers

    def _answer(self, ask: Ask, desk: Desk) -> Answer:
        command = ask.command
        act = Act(
            actor=ask.by.name,
            roles=ask.by.roles,
            recorded_at=ask.at,
            on=ask.on or business_day(ask.at),
            command_id=ask.command_id,
            edition=self._engine.book.edition,
            clauses=command.RULES,
        )
        try:
            facts = desk.attempt(lambda: HANDLERS[type(command)](command, act, desk))
        except Refused as refused:
            return Answer(ask.command_id, (), refused)
        return Answer(ask.command_id, tuple(fact.id for fact in facts))


class Repeated:
    """Which names occur more than once; rarely a name is taken for repeated that is not."""

    def __init__(self, names: Iterable[str]) -> None:
        seen: set[int] = set()
        self._repeated: set[int] = set()
        for name in names:
            key = hash(name)  # a few bytes a name instead of the name
            (self._repeated if key in seen else seen).add(key)

    def __contains__(self, name: str) -> bool:
        return hash(name) in self._repeated
