"""Is every movement settled once, and is there no gap between months, in whatever order they close?

Movements arrive in any order and for any month, months close and are sent back by whoever asks.
"""

from contextlib import suppress
from datetime import date

from hypothesis import event, given
from hypothesis import strategies as st

from recourse.aggregates.settlement import Now, Settlement
from recourse.aggregates.statement import StatementLine, reckon
from recourse.values.refusal import Refused
from support.examples import act

TODAY, RUNNING = date(2026, 8, 15), "2026-08"
AFTER_THE_LAST = st.sampled_from((1, 1, 1, 2, 3, 0))
PEOPLE = st.sampled_from(("checker", "checker", "cashier"))
KEPT = st.sampled_from((True, True, False))
SIGNS = {"charged": 1, "credited": 1, "lowered": -1, "voided": -1, "collected": -1}

MOVES = st.tuples(
    st.just("move"), st.integers(1, 8), st.sampled_from(tuple(SIGNS)), st.integers(1, 1_000_000_00)
)
CLOSES = st.tuples(st.just("close"), AFTER_THE_LAST, PEOPLE, KEPT)
STEPS = st.lists(st.one_of(MOVES, CLOSES), min_size=5, max_size=40)


def month_number(number):
    return f"2026-{number:02d}"


class Plant:
    """One supplier, its movements so far, and the statements that were ever approved."""

    def __init__(self) -> None:
        self.settlement = Settlement("S1", [])
        self.moved: list[StatementLine] = []
        self.approved = []

    def move(self, number, kind, amount):
        month = month_number(number)
        line = {
            "event": f"chargeback:N1@{len(self.moved) + 1}",
            "chargeback": "N1",
            "kind": kind,
            "amount": SIGNS[kind] * amount,
            "on": f"{month}-10",
            "month": month,
        }
        self.moved.append(StatementLine.model_validate(line))

    def close(self, after, person, keep):
        """Close the month so many after the last if it may be; approve it, or send it back."""
        last = self.settlement.last
        month = month_number(int(last[-2:] or 0) + after)
        with suppress(Refused):
            now = Now(self.moved, held=0, settled_in=month, running=RUNNING)
            self.settlement.close(act("cashier", TODAY), month, now)
        with suppress(Refused):
            if keep:
                self.settlement.approve(act(person, TODAY), month)
                self.approved.append(self.settlement.closed[-1])
            else:
                self.settlement.send_back(act(person, TODAY), month)


@given(STEPS)
def test_every_movement_is_settled_once_and_no_month_leaves_a_gap(steps):
    plant = Plant()
    for kind, *rest in steps:
        getattr(plant, kind)(*rest)

    closed = plant.settlement.closed
    event(f"{len(closed)} months closed")
    settled = [line.event for each in closed for line in each.settled]
    known = {line.event: line for line in plant.moved}

    assert closed[: len(plant.approved)] == plant.approved
    assert len(settled) == len(set(settled))
    assert set(settled) <= set(known)
    assert [each.month for each in closed] == sorted({each.month for each in closed})
    assert [each.opening for each in closed[1:]] == [each.closing for each in closed[:-1]]
    for number, each in enumerate(closed, start=1):
        lines = [line.event for one in closed[:number] for line in one.settled]
        assert each.closing == sum(known[name].amount for name in lines)
        assert each.closing == each.opening + each.charged + each.credited - each.collected
        assert not [line for line in each.lines if line.month != each.month and not line.adjusts]


@given(STEPS)
def test_a_last_statement_over_all_months_comes_to_all_that_is_owed(steps):
    plant = Plant()
    for kind, *rest in steps:
        getattr(plant, kind)(*rest)

    last = reckon("2026-09", plant.moved, plant.settlement.closed, held=0)

    assert last.closing == sum(line.amount for line in plant.moved)


@given(STEPS)
def test_an_adjustment_names_a_closed_month_before_its_own_statement(steps):
    plant = Plant()
    for kind, *rest in steps:
        getattr(plant, kind)(*rest)

    closed = [each.month for each in plant.settlement.closed]
    for each in plant.settlement.closed:
        for line in each.lines:
            late = [month for month in closed if line.month <= month < each.month]
            assert line.adjusts == (late[0] if late else None)
