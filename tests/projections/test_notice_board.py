"""What does the board of clearance notices show after each event, and on each day?"""

import pytest

from recourse.projections.clearances import NOTICES
from recourse.rulebook.book import built_in
from support.examples import (
    NEXT_MONDAY,
    NEXT_TUESDAY,
    WEDNESDAY,
    disposed,
    notice_corrected,
    notice_lapsed,
    notice_receipt,
    notified,
    part_cleared,
    part_lapsed,
    part_notified,
    part_received,
    period,
)
from support.reading import of, rows, taken_in

RECEIVED = (notified(), notice_receipt())
ON_IT = (part_received(), part_notified())
UNDETERMINED = notice_receipt(deadline=period(last_day=None))


def board(notice, **parts):
    """What has happened to the notice, and then to each of its parts since it was notified."""
    of_parts = [each for tag, events in parts.items() for each in on_notice(tag, events)]
    return taken_in(*of("clearance:L1", *notice), *of_parts)


def on_notice(tag, events):
    return of(f"returned_part:{tag}", *ON_IT, *events)


def shown(models, day):
    return models.figures("notice", "L1", day, built_in())


@pytest.mark.parametrize(
    ("notice", "parts", "day", "state"),
    [
        ((notified(),), {}, WEDNESDAY, "awaiting_receipt"),
        ((notified(),), {"T1": (part_cleared(),)}, WEDNESDAY, "awaiting_receipt"),
        (RECEIVED, {}, NEXT_MONDAY, "running"),
        (RECEIVED, {"T1": (part_cleared(),)}, NEXT_MONDAY, "partial"),
        (RECEIVED, {"T1": (part_cleared(),)}, NEXT_TUESDAY, "overdue"),
        (
            (*RECEIVED, notice_lapsed(left=("T2",))),
            {"T1": (part_cleared(),), "T2": (part_lapsed(), disposed())},
            NEXT_TUESDAY,
            "overdue",
        ),
        (RECEIVED, {"T1": (part_cleared(),), "T2": (part_cleared(),)}, NEXT_TUESDAY, "cleared"),
        ((notified(),), {"T1": (part_cleared(),), "T2": (part_cleared(),)}, WEDNESDAY, "cleared"),
        ((notified(), UNDETERMINED), {}, NEXT_TUESDAY, "running"),
    ],
    ids=[
        *("not received", "partly cleared, not received", "the last day", "partly cleared"),
        *("past the last day", "the rest was disposed of", "all cleared", "all before the receipt"),
        "undetermined",
    ],
)
def test_a_notice_shows_how_far_its_clearing_is(notice, parts, day, state):
    assert shown(board(notice, **parts), day)["state"] == state


@pytest.mark.parametrize(
    ("notice", "last_day"),
    [
        ((notified(),), None),
        (RECEIVED, NEXT_MONDAY),
        ((notified(), UNDETERMINED), None),
        ((*RECEIVED, notice_corrected(deadline=period(last_day=NEXT_TUESDAY))), NEXT_TUESDAY),
    ],
)
def test_a_notice_shows_its_last_day_once_that_is_known(notice, last_day):
    assert shown(board(notice), NEXT_MONDAY)["last_day"] == last_day


def test_a_part_of_another_notice_does_not_count():
    other = of("returned_part:T9", part_received(), part_notified(notice="L2"))
    cleared = of("returned_part:T9", part_cleared(notice="L2"))
    notices = (*of("clearance:L1", notified()), *of("clearance:L2", notified(tags=("T9",))))

    models = taken_in(*notices, *other, *cleared)

    assert rows(models, NOTICES, "notice", "parts", "cleared") == [("L1", 2, 0), ("L2", 1, 1)]
