"""Do the engine and the page of cases agree to the fen, whatever people do in whatever order?"""

import os
import re
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from laws import reference
from laws.deep_road import SPLIT, WHOLE, deep_road
from laws.moves import PEOPLE, Move, Moves
from laws.reference_base import Idle, No, Unclear, fen, new
from laws.targets import (
    ANSWER_ACTS,
    ENDS,
    ISSUING_ACTS,
    MONEY_ACTS,
    NOTES,
    QUALITY_ACTS,
    ROAD,
    SUPPLIERS,
    WEEK,
    is_out,
    targets,
)
from recourse.values.refusal import Refused
from support.engine import fresh

FIRST_DAY = date(2026, 4, 20)  # Labour Day and Dragon Boat are in what follows
LAST_DAY = date(2026, 8, 1)
SENSIBLE = (True,) * 7 + (False,) * 3
DEEP = bool(os.environ.get("RECOURSE_DEEP"))

BOOKS = st.fixed_dictionaries(
    {
        "hold.scope": st.sampled_from(("amount", "all")),
        "hold.appealed": st.booleans(),
        "collection.waits": st.booleans(),
        "appeal.silence": st.sampled_from(("lapse", "deemed_accepted")),
        "days.rest_day": st.sampled_from(("later", "official", "statutory")),
    }
)


def comparable(figure: Any) -> Any:
    """A figure of the engine as the reference tells it: amounts in fen, lists in order."""
    if isinstance(figure, str) and re.fullmatch(r"-?\d+\.\d\d", figure):
        return fen(figure)
    if isinstance(figure, dict):
        return {name: comparable(inner) for name, inner in figure.items()}
    return sorted(figure) if isinstance(figure, (list, tuple, set, frozenset)) else figure


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


class AnyHistory(RuleBasedStateMachine):
    """Asks the engine and the reference the same, and compares verdicts and figures."""

    @initialize(book=BOOKS)
    def begin_with_three_suppliers(self, book: dict[str, Any]) -> None:
        note(f"settings {book}")
        self.world = new(book, FIRST_DAY)
        self.site = fresh(settings=book)
        self.site.begin(FIRST_DAY)
        self.seen = (FIRST_DAY, 0)
        for supplier in SUPPLIERS:
            named = {"supplier": supplier, "name": "a maker", "disposal": "takes_back"}
            self.play(Move(("buyer", PEOPLE["buyer"]), "register_supplier", named))
            owed = {"document": f"AP-{supplier}", "amount": "1500.00", "due_on": LAST_DAY}
            owed |= {"supplier": supplier}
            self.play(Move(("cashier", PEOPLE["cashier"]), "record_payable", owed))
        for part, supplier in (("P1", "S1"), ("P2", "S2")):
            named = {"part": part, "name": "a shaft", "supplier": supplier}
            self.play(Move(("buyer", PEOPLE["buyer"]), "register_part", named))

    @rule(days=st.sampled_from((1, 2, 6, 3, 4, 5)))
    @precondition(lambda self: self.world["day"] < LAST_DAY)
    def days_pass(self, days: int) -> None:
        self.begin(self.world["day"] + timedelta(days=days))

    @rule(data=st.data(), sensible=st.sampled_from(SENSIBLE))
    def quality_works(self, data: st.DataObject, *, sensible: bool) -> None:
        self.play(self.moves(data).one_of(QUALITY_ACTS, sensible=sensible))

    @rule(data=st.data(), sensible=st.sampled_from(SENSIBLE))
    def notes_go_on(self, data: st.DataObject, *, sensible: bool) -> None:
        self.play(self.moves(data).one_of(ISSUING_ACTS, sensible=sensible))

    @rule(data=st.data(), sensible=st.sampled_from(SENSIBLE))
    def suppliers_answer(self, data: st.DataObject, *, sensible: bool) -> None:
        self.play(self.moves(data).one_of(ANSWER_ACTS, sensible=sensible))

    @rule(data=st.data(), sensible=st.sampled_from(SENSIBLE))
    def money_moves(self, data: st.DataObject, *, sensible: bool) -> None:
        self.play(self.moves(data).one_of(MONEY_ACTS, sensible=sensible))

    @rule(data=st.data(), steps=st.sampled_from((len(ROAD), 12, len(ROAD), 4)))
    @precondition(lambda self: targets(self.world, "receive_claim"))
    def one_claim_goes_its_way(self, data: st.DataObject, steps: int) -> None:
        """A new claim goes its way to the end, or part of it."""
        moves = self.moves(data)
        (claim,) = targets(self.world, "receive_claim")
        for act in ROAD[:steps]:
            move = moves.on_the_road(act, claim)
            if move:
                self.play(move)

    @rule(
        shares=st.sampled_from((WHOLE, SPLIT)),
        moves_to=st.sampled_from(("undetermined", "service", "supplier:S2", "supplier:S3")),
        left=st.sampled_from(("0.00", "12.34", "77.77")),
        arbitrated=st.booleans(),
    )
    @precondition(lambda self: targets(self.world, "receive_claim") and len(self.free_notes()) > 1)
    def money_taken_is_given_back(
        self, shares: dict[str, str], moves_to: str, left: str, *, arbitrated: bool
    ) -> None:
        """One claim is charged, collected, appealed, lowered, made void and charged anew."""
        (claim,) = targets(self.world, "receive_claim")
        note, again = self.free_notes()[:2]
        how = {
            "shares": shares,
            "moves_to": moves_to,
            "arbitrated": arbitrated,
            "outcomes": lambda claim: {
                f"{claim}/material": {"reduced_to": left},
                f"{claim}/penalty": "withdrawn",
            },
        }
        for move in deep_road(claim, note, again, self.world["day"], how):
            self.play(move)

    @rule(data=st.data(), end=st.sampled_from(ENDS))
    @precondition(lambda self: any(map(is_out, self.world["notes"].values())))
    def silence_lasts_or_a_cost_changes(self, data: st.DataObject, end: tuple[str, ...]) -> None:
        """An issued note is not answered in time, its receipt was mistyped, its claim changes."""
        moves = self.moves(data)
        out = [note for note in self.world["notes"].values() if is_out(note)]
        claim = moves.pick(out)["claims"][0]
        for act in end:
            if act == WEEK:
                self.begin(self.world["day"] + timedelta(days=moves.pick((6, 9))))
            elif move := moves.on_the_road(act, claim):
                self.play(move)

    def free_notes(self) -> list[str]:
        """The names of notes that nobody has drafted."""
        return [label for label in NOTES if label not in self.world["notes"]]

    @invariant()
    def every_figure_is_equal(self) -> None:
        """Looks again once the day or the log has gone on: figures know nothing else."""
        seen = (self.world["day"], self.site.position())
        if seen == self.seen:
            return
        self.seen = seen
        for kind, label in reference.subjects(self.world):
            expected = reference.figures(self.world, kind, label)
            told = comparable(self.site.figures(kind, label or None, self.world["day"]))
            assert {name: told.get(name) for name in expected} == expected, f"{kind} {label}"
            if kind in LAWS:
                LAWS[kind](told)

    def teardown(self) -> None:
        assert self.site.check() == {"balanced": True, "rebuilt_equal": True}

    def moves(self, data: st.DataObject) -> Moves:
        return Moves(self.world, data.draw)

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


HOW_MUCH = settings(
    max_examples=3000 if DEEP else 300,
    stateful_step_count=40,
    derandomize=not DEEP,
    phases=tuple(Phase) if DEEP else (Phase.explicit, Phase.generate),  # shrinking takes minutes
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=DEEP,
)
TestAnyHistory = AnyHistory.TestCase
TestAnyHistory.settings = HOW_MUCH
