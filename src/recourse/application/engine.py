"""The engine: execute commands, let policies react, keep the read models, read the log."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import groupby

from recourse.aggregates.arrangements import COUNTRY, Arrangements
from recourse.aggregates.base import Act, Fact
from recourse.aggregates.day import Days
from recourse.application.asking import (
    Answer,
    Ask,
    digest_of,
    kept,
    must_be_allowed,
    repeated,
    the_engine,
)
from recourse.application.law import newest
from recourse.application.reacting import react_to
from recourse.application.store import Interrupted, Store
from recourse.commands import HANDLERS, Desk
from recourse.commands.base import evidence_of
from recourse.commands.days import BeginDay
from recourse.contracts import decode, encode
from recourse.policies import POLICIES, Policy
from recourse.projections import Comparison, ReadModels
from recourse.rulebook.book import Rulebook
from recourse.values.calendar import Calendar
from recourse.values.parties import Text, business_day
from recourse.values.refusal import Refused

PAGE = 1000
TRIES = 5  # of a batch whose store is lost each time
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
        self.calendar = self.packaged_calendar = calendar
        self._imported = 0  # arrangements published in the log that the calendar has
        self.models = models or ReadModels.in_memory()
        self.policies = policies

    def perform(self, asks: Sequence[Ask]) -> list[Answer]:
        """Answer every ask, with everything that follows: days, reactions, read models.

        Days that have not begun begin first, so that what is over is over before anybody acts.
        The asks of one day and the reactions to them are one transaction: where a policy breaks,
        what was asked is not recorded either.
        """
        answers: list[Answer] = []
        for _, same_day in groupby(asks, key=lambda ask: business_day(ask.at)):
            answers += self._perform_for_sure(list(same_day))
        return answers

    def _perform_for_sure(self, asks: Sequence[Ask]) -> list[Answer]:
        """Ask again where the store was lost: what it had recorded after all is not done twice."""
        for _ in range(TRIES - 1):
            with suppress(Interrupted):
                return self._perform(asks)
        return self._perform(asks)

    def _perform(self, asks: Sequence[Ask]) -> list[Answer]:
        first, last = asks[0].at, asks[-1].at
        self.begin_days(first)
        with self.store.writing():
            self._react(first)
            answers = self._execute(asks)
            self._react(last)
        self.follow_up(last)
        return answers

    def follow_up(self, at: datetime) -> None:
        """Let policies and read models see everything they have not seen."""
        self.react(at)
        self.catch_up()

    def catch_up(self) -> None:
        """Let the read models reflect the whole log; raises `ProjectionBroke` for one that cannot.

        What is recorded stays so, and the others reflect it all the same.
        """
        after = self.models.goes_on_after()
        while page := self.facts(after, PAGE):
            after = self.models.take_in(page)
        self.models.must_be_whole()

    def take_in_page(self) -> int:
        """The same for one page; how many events it had, 0 at the end of the log."""
        page = self.facts(self.models.goes_on_after(), PAGE)
        if page:
            self.models.take_in(page)
        else:
            self.models.must_be_whole()
        return len(page)

    def rebuild(self) -> None:
        """Build every read model anew from the log."""
        self.models.rebuild(self.batches())

    def compare(self) -> list[Comparison]:
        """Every read model beside itself rebuilt from the log."""
        return self.models.compare(self.batches())

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
            return self._execute(asks)

    def begin_days(self, at: datetime) -> None:
        """Let all days begin that have not, up to that of `at`, in order and in one transaction.

        What follows from a day is recorded, effective on that day, before the next one begins:
        weeks of silence and one run leave the same as a run every day. Raises `Refused` for a day
        that nobody can mean.
        """
        today = business_day(at)
        if self._has_begun(today):
            return
        with self.store.writing():
            if self._has_begun(today):
                return
            last = self._last_day()
            self._react(at)
            day = last + timedelta(days=1) if last else today
            calendar = self._desk()  # of days only, so that what the policies do is not missed
            while day <= today:
                ask = Ask(BeginDay(day=day), the_engine(), at, f"day {day}", day)
                self._append(self._handle(ask, calendar))
                self._react(at)
                day += timedelta(days=1)

    def react(self, at: datetime) -> None:
        """Let the policies see every event they have not seen, each once.

        Reactions are recorded at `at`, or with what caused them if that is later, together with
        how far the policies have come. A reaction that is refused becomes a referral; one that
        breaks raises `PolicyBroke`, and the next run tries it again.
        """
        while self.react_to_page(at):
            pass

    def react_to_page(self, at: datetime) -> int:
        """The same for one page of the log, in one transaction; how many events it had."""
        if not self.facts(self.store.position(REACTIONS), 1):
            return 0
        with self.store.writing():
            return self._react_to_page(at)

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

    def _has_begun(self, day: date) -> bool:
        last = self._last_day()
        return last is not None and last >= day

    def _last_day(self) -> date | None:
        """The last day that has begun; None before any."""
        months = self.store.held("day ")
        if not months:
            return None
        (latest,) = self.store.recorder.select_events(months[-1][1], desc=True, limit=1)
        event = decode(latest).event
        assert isinstance(event, Days.Began)
        return event.day

    def follow_law(self) -> None:
        """Go by the newest published edition, whoever published it.

        Until the first publication the engine goes by the book it was started with.
        """
        self.book = newest(self.store, self.stream, self.book)

    def follow_calendar(self) -> None:
        """Go by every arrangement of holidays that was published, whoever imported it."""
        count = len(self.store.held("arrangement "))
        if count != self._imported:
            known = Arrangements(COUNTRY, [])
            for fact in self.stream(known.stream):
                known.take(fact)
            more = tuple(each.arrangement for each in known.published)
            self.calendar, self._imported = self.packaged_calendar.with_more(more), count

    def _desk(self) -> Desk:
        self.follow_law()
        self.follow_calendar()
        return Desk(_DeskLog(self), self.book, self.calendar)

    def _execute(self, asks: Sequence[Ask]) -> list[Answer]:
        desk = self._desk()
        answers = [self._answer(ask, desk) for ask in asks]
        self._append(desk.journal)
        return answers

    def _append(self, facts: Sequence[Fact]) -> None:
        if facts:
            self.store.recorder.insert_events(
                [encode(fact) for fact in facts],
                keys=[(fact.stream, fact.takes, fact.frees) for fact in facts],
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
            edition=desk.book.edition,
            clauses=command.RULES,
            caused_by=ask.caused_by,
            evidence=evidence_of(command),
        )
        try:
            must_be_allowed(command, act, desk.book)
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
        while self._react_to_page(at):
            pass

    def _react_to_page(self, at: datetime) -> int:
        if batch := self.facts(self.store.position(REACTIONS), PAGE):
            desk = self._desk()
            for fact in batch:
                react_to(fact, at, self.policies, lambda ask: self._handle(ask, desk), desk)
            self._append(desk.journal)
            self.store.advance(REACTIONS, batch[-1].position)
        return len(batch)


class _DeskLog:
    """The log as the desk reads it."""

    def __init__(self, engine: Recourse) -> None:
        self.stream: Callable[[str], list[Fact]] = engine.stream
        self.holder = engine.store.holder
        self.held = engine.store.held
