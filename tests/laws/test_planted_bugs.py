"""Does the comparison with the reference see a bug when there is one?"""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from laws.test_any_history import HOW_MUCH, AnyHistory
from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.claim import borne as bearing
from recourse.commands import drafts

LOOK = settings(HOW_MUCH, phases=(Phase.generate,), report_multiple_bugs=False)


def double_the_penalty(patch: pytest.MonkeyPatch) -> None:
    right = drafts.lines_of

    def wrong(claim, supplier):
        lines = right(claim, supplier)
        return [
            line.model_copy(update={"amount": line.amount * 2}) if line.kind == "penalty" else line
            for line in lines
        ]

    patch.setattr(drafts, "lines_of", wrong)


def lose_the_refund(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Chargeback, "credit_excess", lambda *_: None)


def forget_a_bearer(patch: pytest.MonkeyPatch) -> None:
    right = bearing.borne

    def wrong(accepted, shares, lowered):
        first = [(bearer, Decimal(1)) for bearer, _ in shares[:1]]
        return right(accepted, first, lowered)

    patch.setattr(bearing, "borne", wrong)


def let_what_an_appeal_took_come_back(patch: pytest.MonkeyPatch) -> None:
    right = bearing.borne
    patch.setattr(bearing, "borne", lambda accepted, shares, _: right(accepted, shares, {}))


def count_a_late_appeal(patch: pytest.MonkeyPatch) -> None:
    right = Chargeback.appeal

    def wrong(note, act, wanted):
        return right(note, replace(act, on=note.last_day or act.on), wanted)

    patch.setattr(Chargeback, "appeal", wrong)


@pytest.mark.parametrize(
    "plant",
    [
        double_the_penalty,
        lose_the_refund,
        forget_a_bearer,
        let_what_an_appeal_took_come_back,
        count_a_late_appeal,
    ],
)
def test_a_planted_bug_is_seen(plant, monkeypatch):
    plant(monkeypatch)

    with pytest.raises(AssertionError):
        run_state_machine_as_test(AnyHistory, settings=LOOK)
