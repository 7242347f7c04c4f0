"""Does the comparison with the reference see a bug when there is one?"""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from laws.test_any_history import HOW_MUCH, AnyHistory
from recourse.aggregates.chargeback import Chargeback, lines_of
from recourse.aggregates.claim import Claim
from recourse.aggregates.claim import borne as bearing
from recourse.commands import HANDLERS, breakdowns, clearances, disputes, drafts
from recourse.commands.notes import approved_notes_of
from recourse.policies import deadlines

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

    def wrong(accepted, shares, lowered, *more):
        first = [(bearer, Decimal(1)) for bearer, _ in shares[:1]]
        return right(accepted, first, lowered, *more)

    patch.setattr(bearing, "borne", wrong)


def let_what_an_appeal_took_come_back(patch: pytest.MonkeyPatch) -> None:
    right = bearing.borne
    patch.setattr(
        bearing, "borne", lambda accepted, shares, _, *more: right(accepted, shares, {}, *more)
    )


def count_a_late_appeal(patch: pytest.MonkeyPatch) -> None:
    right = Chargeback.appeal

    def wrong(note, act, wanted):
        return right(note, replace(act, on=note.last_day or act.on), wanted)

    patch.setattr(Chargeback, "appeal", wrong)


def lapse_on_the_last_day(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(deadlines, "timedelta", lambda days: timedelta(0))
    patch.setattr(
        Chargeback, "over", lambda note, day: bool(note.last_day) and note.last_day <= day
    )


def dispose_of_a_part_under_appeal(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(clearances, "must_not_be_evidence", lambda *_: None)


def lose_a_fen_in_the_breakdown(patch: pytest.MonkeyPatch) -> None:
    _divide_a_breakdown_appeal_otherwise(patch, _take_a_fen)


def misplace_a_fen_in_the_breakdown(patch: pytest.MonkeyPatch) -> None:
    def misplaced(parts):
        _take_a_fen(parts)
        parts["company"] = parts.get("company", 0) + 1

    _divide_a_breakdown_appeal_otherwise(patch, misplaced)


def _take_a_fen(parts):
    parts[max(parts, key=parts.get)] -= 1


def _divide_a_breakdown_appeal_otherwise(patch, change):
    right, dividing = breakdowns.attribute, bearing.borne

    def other(*division):
        divided = dividing(*division)
        for parts in divided.values():
            change(parts)
        return divided

    def wrong(*appeal):
        with pytest.MonkeyPatch.context() as meanwhile:
            meanwhile.setattr(bearing, "borne", other)
            right(*appeal)

    patch.setattr(breakdowns, "attribute", wrong)


def let_a_ruling_edit_the_note(patch: pytest.MonkeyPatch) -> None:
    for asked in (disputes.RecordGroupRuling, disputes.CorrectGroupRuling):
        patch.setitem(HANDLERS, asked, _and_edit_notes(HANDLERS[asked]))


def _and_edit_notes(right):
    def wrong(command, act, desk):
        right(command, act, desk)
        claim = desk.find(Claim, command.claim)
        for note in approved_notes_of(desk, command.claim):
            if note.stage == "approved":
                note.trigger(note.Approved, act, lines=tuple(lines_of(claim, note.supplier)))

    return wrong


@pytest.mark.parametrize(
    "plant",
    [
        double_the_penalty,
        lose_the_refund,
        forget_a_bearer,
        let_what_an_appeal_took_come_back,
        count_a_late_appeal,
        lapse_on_the_last_day,
        dispose_of_a_part_under_appeal,
        lose_a_fen_in_the_breakdown,
        misplace_a_fen_in_the_breakdown,
        let_a_ruling_edit_the_note,
    ],
)
def test_a_planted_bug_is_seen(plant, monkeypatch):
    plant(monkeypatch)

    with pytest.raises(AssertionError):
        run_state_machine_as_test(AnyHistory, settings=LOOK)
