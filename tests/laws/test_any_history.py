"""Do the engine and the page of cases agree to the fen, whatever people do in whatever order?"""

import os
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from laws.acts import (
    ANSWER_ACTS,
    CLEARING_ACTS,
    DISPUTE_ACTS,
    ENDS,
    ISSUING_ACTS,
    MONEY_ACTS,
    MONTH_ACTS,
    QUALITY_ACTS,
    ROAD,
    WEEK,
)
from laws.asking import Asking
from laws.deep_road import SPLIT, WHOLE, deep_road
from laws.drawing import Move, by
from laws.moves import Moves
from laws.roads import (
    APPEALED,
    BY_ANOTHER,
    DISPUTED,
    DOUBT,
    DOUBTS,
    LATE,
    UNANSWERED,
    disposal_road,
    dispute_road,
    month_end,
    month_road,
)
from laws.targets import CLAIMS, NOTES, NOTICES, SUPPLIERS, TAGS, is_out, targets

FIRST_DAY = date(2026, 4, 20)  # Labour Day and Dragon Boat are in what follows
LAST_DAY = date(2026, 10, 31)
SENSIBLE = (True,) * 7 + (False,) * 3
DEEP = bool(os.environ.get("RECOURSE_DEEP"))

BOOKS = st.fixed_dictionaries(
    {
        "hold.scope": st.sampled_from(("amount", "all")),
        "hold.appealed": st.booleans(),
        "collection.waits": st.booleans(),
        "appeal.silence": st.sampled_from(("lapse", "deemed_accepted")),
        "days.rest_day": st.sampled_from(("later", "official", "statutory")),
        "clearance.days": st.sampled_from((5, 3)),
        "referral.by": st.sampled_from(("centre", "either")),
    }
)
CORRECTED = {"result": "corrected", "costs": {"labour": "99.99", "material": "80.01"}}
STANDS = {"result": "stands"}
VERIFICATIONS = (STANDS, STANDS, CORRECTED, STANDS, CORRECTED, {"result": "withdrawn"})
RULINGS = (
    {"ruling": "stands"},
    {"ruling": "reduced", "accepted": {"labour": "33.33"}},
    {"ruling": "reduced", "accepted": {"labour": "0.00", "material": "77.76"}},
    {"ruling": "refused"},
)
DECISIONS = (
    {"outcome": "kept"},
    {"outcome": "changed", "shares": {"department:assembly": "0.3334", "service": "0.6666"}},
    {"outcome": "changed", "shares": {"supplier:S1": "0.3333", "supplier:S2": "0.6667"}},
)


class AnyHistory(Asking):
    """What people may do, alone or in the order in which it usually goes."""

    @initialize(book=BOOKS)
    def begin_with_three_suppliers(self, book: dict[str, Any]) -> None:
        self.start(book, FIRST_DAY)
        for supplier in SUPPLIERS:
            disposal = "entrusted" if supplier == "S3" else "takes_back"
            named = {"supplier": supplier, "name": "a maker", "disposal": disposal}
            self.play(by("buyer", "register_supplier", **named))
            owed = {"document": f"AP-{supplier}", "amount": "1500.00", "due_on": LAST_DAY}
            self.play(by("cashier", "record_payable", supplier=supplier, **owed))
        for part, supplier in (("P1", "S1"), ("P2", "S2"), ("P3", "S3")):
            self.play(by("buyer", "register_part", part=part, name="a shaft", supplier=supplier))

    @rule(days=st.sampled_from((1, 2, 6, 3, 4, 5)))
    @precondition(lambda self: self.world["day"] < LAST_DAY)
    def days_pass(self, days: int) -> None:
        self.wait(self.world["day"] + timedelta(days=days))

    @rule(data=st.data(), sensible=st.sampled_from(SENSIBLE))
    def quality_works(self, data: st.DataObject, *, sensible: bool) -> None:
        self.play(self.moves(data).one_of(QUALITY_ACTS, sensible=sensible))

    @rule()
    @precondition(lambda self: self.last_days() and self.world["day"] < LAST_DAY)
    def a_last_day_comes(self) -> None:
        """Nothing may lapse before the next day."""
        self.wait(min(self.last_days()))

    @rule(data=st.data(), sensible=st.sampled_from(SENSIBLE))
    def claims_are_disputed(self, data: st.DataObject, *, sensible: bool) -> None:
        self.play(self.moves(data).one_of(DISPUTE_ACTS, sensible=sensible))

    @rule(data=st.data(), sensible=st.sampled_from(SENSIBLE))
    def parts_are_cleared(self, data: st.DataObject, *, sensible: bool) -> None:
        self.play(self.moves(data).one_of(CLEARING_ACTS, sensible=sensible))

    @rule(data=st.data(), sensible=st.sampled_from(SENSIBLE))
    def months_end(self, data: st.DataObject, *, sensible: bool) -> None:
        self.play(self.moves(data).one_of(MONTH_ACTS, sensible=sensible))

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
        look=st.booleans(),
    )
    @precondition(lambda self: self.has_room(notes=2))
    def money_taken_is_given_back(
        self, shares: dict[str, str], moves_to: str, left: str, *, arbitrated: bool, look: bool
    ) -> None:
        """One claim is charged, collected, appealed, lowered, made void and charged anew."""
        names = self.names(notes=2)
        how = {
            "shares": shares,
            "moves_to": moves_to,
            "arbitrated": arbitrated,
            "outcomes": lambda claim: {
                f"{claim}/material": {"reduced_to": left},
                f"{claim}/penalty": "withdrawn",
            },
        }
        self.go(deep_road(names["claim"], *names["notes"], self.world["day"], how), look=look)

    @rule(
        steps_before=st.sampled_from((2, 4, 0, 2, 3)),
        aspect=st.sampled_from(("information", "cost", "finding", DOUBT, DOUBT)),
        doubt=st.sampled_from(DOUBTS),
        verified=st.sampled_from(VERIFICATIONS),
        consulted=st.sampled_from(("unresolved",) * 5 + ("refused",)),
        ruling=st.sampled_from(RULINGS),
        corrected=st.sampled_from((None, *RULINGS)),
        look=st.booleans(),
    )
    @precondition(lambda self: self.has_room(notes=2))
    def the_group_rules(self, *, look: bool, **how: Any) -> None:
        """A claim is disputed up to the group's ruling, before or after it was charged."""
        self.go(dispute_road(self.world, self.names(notes=2), how), look=look)

    @rule(
        supplier=st.sampled_from(("S1", "S3", "S1")),
        argued=st.sampled_from((None, APPEALED, LATE, DISPUTED, UNANSWERED, BY_ANOTHER)),
        outcome=st.sampled_from(({"reduced_to": "12.34"}, "withdrawn", "upheld")),
        look=st.booleans(),
    )
    @precondition(lambda self: self.has_room(notes=3, parts=2))
    def a_part_is_scrapped(self, *, look: bool, **how: Any) -> None:
        """A part is not cleared in time, is scrapped, charged, appealed and charged again."""
        self.go(disposal_road(self.world, self.names(notes=3), how), look=look)

    @rule(
        decision=st.sampled_from(DECISIONS),
        noted=st.sampled_from((False, True, False)),
        look=st.booleans(),
    )
    @precondition(lambda self: self.has_room(notes=1) and self.month_is_new())
    def a_breakdown_is_appealed(self, *, look: bool, **how: Any) -> None:
        """A month is sent, appealed, changed, closed and approved; something follows."""
        self.go(month_road(self.world, self.names(notes=1), how), look=look)

    @rule(data=st.data(), end=st.sampled_from(ENDS))
    @precondition(lambda self: self.out() and self.world["day"] < LAST_DAY)
    def silence_lasts_or_a_cost_changes(self, data: st.DataObject, end: tuple[str, ...]) -> None:
        """An issued note is not answered in time, its receipt was mistyped, its claim changes."""
        moves = self.moves(data)
        (claim, *_) = self.world["notes"][moves.pick(self.out())]["claims"]
        for act in end:
            if act == WEEK:
                self.wait(self.world["day"] + timedelta(days=moves.pick((6, 9))))
            elif move := moves.on_the_road(act, claim):
                self.play(move)

    def out(self) -> list[str]:
        """The notes with claims that are at their supplier."""
        return [label for label, it in self.world["notes"].items() if is_out(it) and it["claims"]]

    def last_days(self) -> list[date]:
        """The last days to come of appeals and of clearing."""
        clocks = (*self.world["notes"].values(), *self.world["notices"].values())
        return [
            it["last_day"] for it in clocks if it["last_day"] and it["last_day"] > self.world["day"]
        ]

    def wait(self, day: date) -> None:
        """Let days begin up to `day`; look before and on every last day: nothing lapses sooner."""
        for each in sorted({day, *(last for last in self.last_days() if last < day)}):
            self.every_changed_figure_is_equal()
            self.begin(each)

    def month_is_new(self) -> bool:
        month = f"{self.world['day']:%Y-%m}"
        return month not in self.world["breakdowns"] and month_end(self.world["day"]) < LAST_DAY

    def names(self, notes: int) -> dict[str, Any]:
        """Names that nobody has used: a claim, a part, a notice, some notes."""
        return {
            "claim": self.free("claims", CLAIMS)[0],
            "tags": self.free("tags", TAGS)[:2],
            "notice": next(iter(self.free("notices", NOTICES)), None),
            "notes": self.free("notes", NOTES)[:notes],
        }

    def has_room(self, notes: int, parts: int = 0) -> bool:
        """Whether days and names are left for a claim, so many notes and parts with a notice."""
        needs = (("claims", CLAIMS, 1), ("notes", NOTES, notes), ("tags", TAGS, parts))
        needs += (("notices", NOTICES, min(parts, 1)),)
        enough = all(len(self.free(kind, labels)) >= many for kind, labels, many in needs)
        return enough and self.world["day"] < LAST_DAY

    def free(self, kind: str, labels: Iterable[str]) -> list[str]:
        return [label for label in labels if label not in self.world[kind]]

    def moves(self, data: st.DataObject) -> Moves:
        return Moves(self.world, data.draw)

    def go(self, road: Iterable[Move | date], *, look: bool) -> None:
        """Go a road to its end, whoever refuses what; `look` after every step, or only then."""
        for step in road:
            if isinstance(step, date):
                self.wait(step)
            else:
                self.play(step)
            if look:
                self.every_changed_figure_is_equal()


HOW_MUCH = settings(
    max_examples=3000 if DEEP else 500,
    stateful_step_count=60,
    derandomize=not DEEP,
    phases=tuple(Phase) if DEEP else (Phase.explicit, Phase.generate),  # shrinking takes minutes
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=DEEP,
)
TestAnyHistory = AnyHistory.TestCase
TestAnyHistory.settings = HOW_MUCH
