"""Do the engine and the reference give the same verdict and tell the same figures?"""

import sys
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from hypothesis import note
from hypothesis.stateful import RuleBasedStateMachine, invariant

from laws import reference
from laws.drawing import Move
from laws.reference_base import Idle, No, Unclear, new
from laws.telling import comparable
from recourse.application import Ask
from recourse.application import Person as Who
from recourse.commands import PUBLIC
from recourse.values.refusal import Refused
from support.engine import Site, fresh, nine

Subject = tuple[str, str]


def every_accepted_yuan_has_one_bearer(claim: dict[str, Any]) -> None:
    assert sum(claim["bearers"].values()) == claim["accepted"]


def what_is_open_stands_and_was_not_taken(chargeback: dict[str, Any]) -> None:
    taken = chargeback["collected"] - chargeback["credited"]
    assert chargeback["open"] == chargeback["total"] - taken >= 0
    assert chargeback["stage"] != "void" or taken == 0


LAWS = {
    "claim": every_accepted_yuan_has_one_bearer,
    "chargeback": what_is_open_stands_and_was_not_taken,
}


class PatientSite(Site):
    """An engine whose read models take in what happened only when somebody looks at them."""

    taken = 0

    def begin(self, day: date) -> None:
        self.engine.begin_days(nine(day))

    def do(self, day: date, person: str, roles: tuple[str, ...], act: str, **fields: Any) -> None:
        self._asked += 1
        asked, who = PUBLIC[act].model_validate(fields), Who(person, frozenset(roles))
        self.engine.execute(Ask(asked, who, nine(day), f"c{self._asked}"))
        self.engine.react(nine(day))

    def catch_up(self) -> None:
        for batch in self.engine.batches(self.taken):
            self.engine.models.take_in(batch)
            self.taken = batch[-1].position


class Asking(RuleBasedStateMachine):
    """Asks both sides the same, and compares."""

    def start(self, book: Mapping[str, Any], day: date) -> None:
        note(f"settings {book}")
        self.world = new(book, day)
        self.site = PatientSite(fresh(settings=dict(book)).engine)
        self.site.begin(day)
        self.seen = (day, 0)
        self.expected: dict[Subject, dict[str, Any]] = {}

    def begin(self, day: date) -> None:
        note(f"{day} begins")
        self.site.begin(day)
        reference.begin(self.world, day)

    def play(self, move: Move) -> None:
        """Ask both sides the same; they must agree, and a refusal must record nothing."""
        before = self.site.position()
        try:
            reference.do(self.world, move.person, move.act, **move.fields)
        except Unclear:
            return
        except (No, Idle) as refused:
            expected = refused
        else:
            expected = None
        note(f"{self.world['day']} {move.person[0]} {move.act} {move.fields} {expected!r}")
        actual = self.ask(move)
        if isinstance(expected, Idle) and actual is None:
            return
        assert (actual is None) == (expected is None), f"engine {actual}, reference {expected!r}"
        if actual:
            assert actual & expected.rules, f"engine {actual}, reference {expected!r}"
            assert self.site.position() == before, "a refusal recorded something"

    def ask(self, move: Move) -> set[str] | None:
        """The rules that the engine's refusal cites, or None when it did what was asked."""
        (name, roles), day = move.person, self.world["day"]
        try:
            self.site.do(day, name, roles, move.act, **move.fields)
        except Refused as refused:
            return set(refused.rules)
        return None

    @invariant()
    def every_changed_figure_is_equal(self) -> None:
        """Looks again once the day or the log has gone on: figures know nothing else."""
        seen = (self.world["day"], self.site.position())
        if seen == self.seen:
            return
        self.seen = seen
        told = {each: reference.figures(self.world, *each) for each in self.subjects()}
        changed = [each for each, figures in told.items() if self.expected.get(each) != figures]
        self.expected = told
        self.compare(changed)

    def teardown(self) -> None:
        """Whatever nobody expected to change must not have changed either."""
        if sys.exc_info()[0]:
            return  # the run has failed already
        self.compare(self.expected)
        assert self.site.check() == {"balanced": True, "rebuilt_equal": True}

    def subjects(self) -> list[Subject]:
        return reference.subjects(self.world)

    def compare(self, subjects: Iterable[Subject]) -> None:
        self.site.catch_up()
        for kind, label in subjects:
            expected = self.expected[kind, label]
            told = comparable(self.site.figures(kind, label or None, self.world["day"]))
            assert {name: told.get(name) for name in expected} == expected, f"{kind} {label}"
            if kind in LAWS:
                LAWS[kind](told)
