"""Can anything happen to a thing before the day on which it began?"""

from datetime import timedelta

import pytest

from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.claim import Claim
from recourse.aggregates.returned_part import ReturnedPart
from support.examples import MONDAY, TUESDAY, act, drafted, part_received, received
from support.scenario import given

SUNDAY = MONDAY - timedelta(days=1)
ACTS = [
    (Claim, received(), lambda claim, asked: claim.confirm_information(asked)),
    (Chargeback, drafted(), lambda note, asked: note.send_back(asked)),
    (ReturnedPart, part_received(), lambda part, asked: part.count(asked, 1)),
]


@pytest.mark.parametrize(("kind", "first", "do"), ACTS)
def test_nothing_is_said_to_have_happened_before_the_thing_itself(kind, first, do):
    early = act("boss", TUESDAY, on=SUNDAY)

    given(kind, first).when(lambda thing: do(thing, early)).then_refused("before-its-cause")


@pytest.mark.parametrize(("kind", "first", "do"), ACTS)
def test_on_the_very_day_it_may_happen(kind, first, do):
    asked = act("boss", TUESDAY, on=MONDAY)

    events = given(kind, first).when(lambda thing: do(thing, asked)).events

    assert [event.effective_on for event in events] == [MONDAY]
