"""The engine: execute commands, let policies react, keep the read models, read the log."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

from recourse.aggregates.base import Act, Fact
from recourse.aggregates.day import Days
from recourse.application.asking import Answer, Ask, Person, digest_of, kept, repeated
from recourse.application.store import Store
from recourse.commands import HANDLERS, Command, Desk
from recourse.commands.days import BeginDay
from recourse.commands.referrals import ReferReaction
from recourse.contracts import decode, encode
from recourse.policies import POLICIES, Policy
from recourse.projections import Comparison, ReadModels
from recourse.rulebook.book import Rulebook
from recourse.values.calendar import Calendar
from recourse.values.parties import ENGINE, Text, business_day
from recourse.values.refusal import Refused

PAGE = 1000
REACTIONS = "policies"


class Recourse:
    """One application on one log."""

    def __init__(
        self,
        store: Store,
        book: Rulebook,
        calendar: Calendar,
        models: ReadModels | None = None,
        policies: Sequence[Policy] = POLICIES,
    ) -> None:
        self.store = store
        self.book = book
        self.calendar = calendar
        self.models = models or ReadModels.in_memory()
        self.policies = policies

    def perform(self, asks: Sequence[Ask]) -> list[Answer]:
        """Answer every ask, with everything that follows: days, reactions, read models.

        Days that have not begun begin first, so that what is over is over before anybody acts.
        """
        if not asks:
            return []
        self.begin_days(asks[0].at)
        answers = self.execute_many(asks)
        self.follow_up(asks[-1].at)
        return answers

    def follow_up(self, at: datetime) -> None:
        """Let policies and read models see everything they have not seen."""
        self.react(at)
        for batch in self.batches(self.models.position()):
            self.models.take_in(batch)

    def rebuild(self) -> None:
        """Build every read model anew from the log."""
        self.models.rebuild(self.batches())

    def compare(self) -> list[Comparison]:
        """Every read model beside itself rebuilt from the log."""
        return self.models.compare(self.batches(until=self.models.position()))

    def execute(self, ask: Ask) -> tuple[str, ...]:
        """Do what is asked and name the events; raise `Refused`, recording nothing, otherwise."""
        (answer,) = self.execute_many([ask])
        if answer.refusal:
            raise answer.refusal
        return answer.events

    def execute_many(self, asks: Sequence[Ask]) -> list[Answer]:
        """Answer every ask in one transaction; later ones see earlier ones.

        A refusal rejects only its own ask. An ask whose command id is known is answered as it was
        the first time.
        """
        with self.store.writing():
            desk = self._desk()
            answers = [self._answer(ask, desk) for ask in asks]
            self._append(desk)
        return answers

    def begin_days(self, at: datetime) -> None:
        """Let all days begin that have not, up to that of `at`, in order and in one transaction.

        What follows from a day is recorded, effective on that day, before the next one begins:
        weeks of silence and one run leave the same as a run every day.
        """
        today = business_day(at)
        with self.store.writing():
            last = self._last_day()
            if last and last >= today:
                return
            self._react(at)
            day = last + timedelta(days=1) if last else today
            while day <= today:
                desk = self._desk()
                self._handle(Ask(BeginDay(day=day), _engine(), at, f"day {day}", day), desk)
                self._append(desk)
                self._react(at)
                day += timedelta(days=1)

    def react(self, at: datetime) -> None:
        """Let the policies see every event they have not seen, each once.

        Reactions are recorded at `at`, together with how far the policies have come. A reaction
        that is refused becomes a referral; one that breaks stops here and is tried again.
        """
        if self.facts(self.store.position(REACTIONS), 1):
            with self.store.writing():
                self._react(at)

    def facts(self, after: int, limit: int, until: int | None = None) -> list[Fact]:
        """At most `limit` facts after the position `after`, in the order of the log."""
        stored = self.store.recorder.select_notifications(
            after, limit, until, inclusive_of_start=False
        )
        return [decode(notification) for notification in stored]

    def stream(self, name: str) -> list[Fact]:
        """The facts of one stream, oldest first."""
        return [decode(stored) for stored in self.store.recorder.select_events(name)]

    def batches(self, after: int = 0, until: int | None = None) -> Iterator[list[Fact]]:
        """Every fact after the position `after`, in the order of the log, page by page."""
        while page := self.facts(after, PAGE, until):
            yield page
            after = page[-1].position

    def _last_day(self) -> date | None:
        """The last day that has begun; None before any."""
        months = self.store.held("day ")
        if not months:
            return None
        event = self.stream(months[-1][1])[-1].event
        assert isinstance(event, Days.Began)
        return event.day

    def _desk(self) -> Desk:
        return Desk(_DeskLog(self), self.book, self.calendar)

    def _append(self, desk: Desk) -> None:
        if desk.journal:
            self.store.recorder.insert_events(
                [encode(fact) for fact in desk.journal],
                keys=[(fact.stream, fact.takes, fact.frees) for fact in desk.journal],
            )

    def _answer(self, ask: Ask, desk: Desk) -> Answer:
        digest = digest_of(ask)
        known = self.store.answer(ask.command_id)
        if known:
            return repeated(ask, known, digest)
        try:
            facts = self._handle(ask, desk)
        except Refused as refused:
            self.store.remember(ask.command_id, kept(ask, digest, refused=refused))
            return Answer(ask.command_id, (), refused)
        events = tuple(fact.id for fact in facts)
        self.store.remember(ask.command_id, kept(ask, digest, events=events))
        return Answer(ask.command_id, events)

    def _handle(self, ask: Ask, desk: Desk) -> list[Fact]:
        command = ask.command
        act = Act(
            actor=ask.by.name,
            roles=ask.by.roles,
            recorded_at=ask.at,
            on=ask.on or business_day(ask.at),
            command_id=ask.command_id,
            edition=self.book.edition,
            clauses=command.RULES,
            caused_by=ask.caused_by,
        )
        try:
            _must_be_allowed(command, act)
            return desk.attempt(lambda: HANDLERS[type(command)](command, act, desk))
        except Refused as refused:
            refused.rules = refused.rules or command.cites
            refused.asked = Text(
                f"不能{command.TITLE.zh}：{command.about}。",
                f"Cannot {command.TITLE.en}: {command.about}.",
            )
            raise

    def _react(self, at: datetime) -> None:
        """React page by page, inside `writing`, until nothing new follows."""
        while batch := self.facts(self.store.position(REACTIONS), PAGE):
            desk = self._desk()
            for fact in batch:
                self._react_to(fact, at, desk)
            self._append(desk)
            self.store.advance(REACTIONS, batch[-1].position)

    def _react_to(self, fact: Fact, at: datetime, desk: Desk) -> None:
        for policy in self.policies:
            if type(fact.event) not in policy.whenever:
                continue
            for number, command in enumerate(policy.then(fact, desk)):
                name = f"{policy.then.__name__} {fact.id} {number}"
                ask = Ask(command, _engine(), at, name, fact.event.effective_on, fact.id)
                try:
                    self._handle(ask, desk)
                except Refused as refused:
                    self._handle(_referral(ask, refused), desk)


class _DeskLog:
    """The log as the desk reads it."""

    def __init__(self, engine: Recourse) -> None:
        self.stream: Callable[[str], list[Fact]] = engine.stream
        self.holder = engine.store.holder
        self.held = engine.store.held


def _engine() -> Person:
    return Person(ENGINE, frozenset({ENGINE}))


def _must_be_allowed(command: Command, act: Act) -> None:
    held = {role.partition(":")[0] for role in act.roles}
    if not held.intersection(command.BY):
        roles = ", ".join(sorted(act.roles)) or "-"
        raise Refused("not-your-role", person=act.actor, has=roles, needs=", ".join(command.BY))
    if act.on > act.today:
        raise Refused("effective-in-the-future", on=act.on, today=act.today)


def _referral(ask: Ask, refused: Refused) -> Ask:
    command = ReferReaction(
        referral=ask.command_id.replace(" ", "/"),
        label=ask.command.about,
        code=refused.code,
        asked=ask.command.act_name(),
    )
    return Ask(command, ask.by, ask.at, f"refer {ask.command_id}", ask.on, ask.caused_by)
