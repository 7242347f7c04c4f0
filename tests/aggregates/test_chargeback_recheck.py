"""What may a recheck and an arbitration decide of the lines appealed?"""

import pytest

from recourse.aggregates.chargeback import Chargeback
from support.examples import (
    NEXT_TUESDAY,
    TOTAL,
    act,
    appealed,
    approved,
    arbitrated,
    arbitration_requested,
    confirmed,
    drafted,
    issued,
    lapsed,
    late_appeal,
    outcome,
    receipt,
    rechecked,
)
from support.scenario import folded, given

RECEIVED = (drafted(), approved(), issued(), receipt())
APPEALED = (*RECEIVED, appealed(lines=("C1/labour", "C1/material")))
RECHECKED = (*RECEIVED, appealed(), rechecked())
AT_ARBITRATION = (*RECHECKED, arbitration_requested())
DECIDED = (*AT_ARBITRATION, arbitrated())
EVERYTHING_WITHDRAWN = tuple(
    outcome(f"C1/{name}", "withdrawn", 0) for name in ("labour", "material", "penalty")
)


def judged(outcomes):
    return folded(Chargeback, APPEALED, []).judged(outcomes)


def refused(outcomes):
    return given(Chargeback, *APPEALED).when(lambda note: note.judged(outcomes))


def test_a_pending_appeal_is_rechecked():
    reduced = outcome("C1/labour", "reduced", 1)

    recorded = given(Chargeback, *APPEALED).when(
        lambda note: note.recheck(act("colleague", NEXT_TUESDAY), [reduced], "service")
    )

    recorded.then(Chargeback.Rechecked, outcomes=(reduced,), moves_to="service")


@pytest.mark.parametrize(
    "history",
    [
        RECEIVED,
        (*RECEIVED, lapsed(), late_appeal()),
        RECHECKED,
        DECIDED,
        (*APPEALED, confirmed()),
    ],
)
def test_without_a_pending_appeal_there_is_no_recheck(history):
    (
        given(Chargeback, *history)
        .when(lambda note: note.must_be_rechecked())
        .then_refused("no-appeal-to-recheck")
    )


def test_once_arbitration_is_requested_only_arbitration_ends_the_appeal():
    (
        given(Chargeback, *AT_ARBITRATION)
        .when(lambda note: note.must_be_rechecked())
        .then_refused("no-appeal-to-recheck", "Z-4.6.1b", "Z-4.6.1d")
    )


def test_the_total_after_a_recheck_is_what_stands():
    assert folded(Chargeback, RECHECKED, []).total == TOTAL - 15_001


def test_a_recheck_that_leaves_something_is_not_the_end():
    assert folded(Chargeback, RECHECKED, []).answer == "rechecked"


def test_a_recheck_that_leaves_nothing_decides():
    note = folded(Chargeback, (*APPEALED, rechecked(outcomes=EVERYTHING_WITHDRAWN)), [])

    assert (note.answer, note.total) == ("decided", 0)


def test_appealed_lines_that_are_not_named_are_upheld():
    assert judged({"C1/labour": 9_999}) == [
        outcome("C1/labour", "reduced", 9_999),
        outcome("C1/material", "upheld", 20_001),
    ]


def test_a_withdrawn_line_is_at_nothing():
    assert judged({"C1/material": "withdrawn"})[1] == outcome("C1/material", "withdrawn", 0)


def test_a_bare_claim_means_its_appealed_lines():
    assert judged({"C1": "withdrawn"}) == [
        outcome("C1/labour", "withdrawn", 0),
        outcome("C1/material", "withdrawn", 0),
    ]


@pytest.mark.parametrize("order", [1, -1])
def test_a_line_named_by_itself_goes_before_its_claim(order):
    named = [("C1", "withdrawn"), ("C1/labour", "upheld")][::order]

    assert judged(dict(named)) == [
        outcome("C1/labour", "upheld", 10_000),
        outcome("C1/material", "withdrawn", 0),
    ]


@pytest.mark.parametrize("name", ["C1/penalty", "C1/travel", "C2"])
def test_an_outcome_touches_appealed_lines_only(name):
    refused({name: "withdrawn"}).then_refused("line-not-appealed", "Z-4.6.1b")


def test_no_line_is_raised():
    refused({"C1/labour": 10_001}).then_refused("line-raised", "ZA32")


def test_a_line_may_be_reduced_to_what_it_is():
    assert judged({"C1/labour": 10_000})[0] == outcome("C1/labour", "reduced", 10_000)


def test_no_line_is_reduced_below_nothing():
    refused({"C1/labour": -1}).then_refused("amount-below-nothing")


def test_a_line_lowered_before_is_not_raised_to_what_was_charged():
    (
        given(Chargeback, *AT_ARBITRATION)
        .when(lambda note: note.judged({"C1/material": 5_001}))
        .then_refused("line-raised", "ZA32")
    )


def test_arbitration_is_requested_for_lines_that_had_been_appealed():
    (
        given(Chargeback, *RECHECKED)
        .when(lambda note: note.request_arbitration(act("seller", NEXT_TUESDAY), ["C1/material"]))
        .then(Chargeback.ArbitrationRequested, lines=("C1/material",))
    )


@pytest.mark.parametrize("lines", [["C1/labour"], ["C1/material", "C2"], []])
def test_arbitration_is_not_requested_for_any_other_line(lines):
    (
        given(Chargeback, *RECHECKED)
        .when(lambda note: note.request_arbitration(act("seller", NEXT_TUESDAY), lines))
        .then_refused("no-such-line")
    )


@pytest.mark.parametrize(
    "history", [RECEIVED, APPEALED, AT_ARBITRATION, DECIDED, (*RECHECKED, confirmed())]
)
def test_arbitration_follows_a_recheck_only(history):
    (
        given(Chargeback, *history)
        .when(lambda note: note.request_arbitration(act("seller", NEXT_TUESDAY), ["C1/material"]))
        .then_refused("not-rechecked")
    )


def test_arbitration_touches_only_the_lines_it_was_requested_for():
    history = (*APPEALED, rechecked(), arbitration_requested())

    note = folded(Chargeback, history, [])
    other = given(Chargeback, *history).when(lambda it: it.judged({"C1/labour": "withdrawn"}))

    assert note.judged({}) == [outcome("C1/material", "upheld", 5_000)]
    other.then_refused("line-not-appealed", "Z-4.6.1b")


def test_a_note_at_arbitration_is_appealed_again():
    note = folded(Chargeback, AT_ARBITRATION, [])

    assert (note.answer, note.at_arbitration) == ("appealed", True)


def test_arbitration_has_the_last_word():
    withdrawn = outcome("C1/material", "withdrawn", 0)

    recorded = given(Chargeback, *AT_ARBITRATION).when(
        lambda note: note.arbitrate(act("deputy", NEXT_TUESDAY), [withdrawn], "undetermined")
    )

    recorded.then(Chargeback.Arbitrated, outcomes=(withdrawn,), moves_to="undetermined")
    assert folded(Chargeback, DECIDED, []).answer == "decided"


@pytest.mark.parametrize("history", [RECEIVED, APPEALED, RECHECKED, DECIDED])
def test_nobody_arbitrates_what_was_not_requested(history):
    (
        given(Chargeback, *history)
        .when(lambda note: note.must_be_at_arbitration())
        .then_refused("no-arbitration-requested")
    )
