"""Which facts are recorded of a returned part, and which are refused?"""

import pytest

from recourse.aggregates.chargeback import disposal_of
from recourse.aggregates.returned_part import ReturnedPart
from support.examples import (
    NEXT_TUESDAY,
    WEDNESDAY,
    act,
    answered,
    confirmed_online,
    counted,
    disposal_lowered,
    disposed,
    inspected,
    part_cleared,
    part_lapsed,
    part_notified,
    part_received,
    part_reopened,
)
from support.scenario import folded, given


def test_a_part_is_received_with_what_the_list_says():
    (
        given(ReturnedPart)
        .when(lambda part: part.receive(act(), claim="C1", listed=0))
        .then(ReturnedPart.Received, claim="C1", listed=0)
    )


def test_a_tag_is_received_once():
    (
        given(ReturnedPart, part_received())
        .when(lambda part: part.receive(act(), claim="C2", listed=1))
        .then_refused("part-already-received")
    )


def test_a_list_does_not_name_fewer_parts_than_none():
    (
        given(ReturnedPart)
        .when(lambda part: part.receive(act(), claim="C1", listed=-1))
        .then_refused("quantity-below-nothing")
    )


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_count_may_differ_from_the_list(number):
    (
        given(ReturnedPart, part_received())
        .when(lambda part: part.count(act(), number))
        .then(ReturnedPart.Counted, counted=number)
    )


def test_a_recount_replaces_the_count():
    (
        given(ReturnedPart, part_received(), counted(counted=1))
        .when(lambda part: part.count(act(), 2))
        .then(ReturnedPart.Counted, counted=2)
    )


def test_fewer_parts_than_none_are_not_counted():
    (
        given(ReturnedPart, part_received())
        .when(lambda part: part.count(act(), -1))
        .then_refused("quantity-below-nothing")
    )


def test_a_part_is_inspected_whether_or_not_it_was_counted():
    (
        given(ReturnedPart, part_received())
        .when(lambda part: part.inspect(act(), "misuse"))
        .then(ReturnedPart.Inspected, finding="misuse")
    )


def test_a_finding_is_recorded_once():
    (
        given(ReturnedPart, part_received(), inspected())
        .when(lambda part: part.inspect(act(), "misuse"))
        .then_refused("part-already-inspected")
    )


@pytest.mark.parametrize("answer", ["agreed", "refused"])
def test_the_supplier_answers_for_the_part(answer):
    (
        given(ReturnedPart, part_received())
        .when(lambda part: part.record_answer(act("seller"), answer))
        .then(ReturnedPart.Answered, answer=answer)
    )


def test_the_supplier_answers_once():
    (
        given(ReturnedPart, part_received(), answered(answer="refused"))
        .when(lambda part: part.record_answer(act("seller"), "agreed"))
        .then_refused("part-already-answered")
    )


def test_a_counted_part_is_confirmed_online():
    (
        given(ReturnedPart, part_received(), counted())
        .when(lambda part: part.confirm_online(act()))
        .then(ReturnedPart.ConfirmedOnline)
    )


def test_online_confirmation_follows_the_count():
    (
        given(ReturnedPart, part_received(), inspected())
        .when(lambda part: part.confirm_online(act()))
        .then_refused("part-not-counted")
    )


def test_a_part_is_confirmed_online_once():
    (
        given(ReturnedPart, part_received(), counted(), confirmed_online())
        .when(lambda part: part.confirm_online(act()))
        .then_refused("part-already-online")
    )


# Its place

NOTIFIED = (part_received(), part_notified())
OVERDUE = (*NOTIFIED, part_lapsed())
CLEARED = (*NOTIFIED, part_cleared())
DISPOSED = (*OVERDUE, disposed())


def test_a_part_in_the_store_is_put_on_a_notice():
    (
        given(ReturnedPart, part_received())
        .when(lambda part: part.notify(act("buyer"), "L1"))
        .then(ReturnedPart.Notified, notice="L1")
    )


@pytest.mark.parametrize("history", [NOTIFIED, OVERDUE, CLEARED, DISPOSED])
def test_a_part_that_is_not_in_the_store_is_put_on_no_other_notice(history):
    (
        given(ReturnedPart, *history)
        .when(lambda part: part.notify(act("buyer", NEXT_TUESDAY), "L2"))
        .then_refused("part-not-in-store")
    )


@pytest.mark.parametrize("history", [NOTIFIED, OVERDUE, (*OVERDUE, part_reopened())])
def test_a_part_is_cleared_in_time_or_late_until_it_is_gone(history):
    (
        given(ReturnedPart, *history)
        .when(lambda part: part.clear(act("seller", NEXT_TUESDAY)))
        .then(ReturnedPart.Cleared, notice="L1")
    )


@pytest.mark.parametrize("history", [CLEARED, DISPOSED, (part_received(),)])
def test_a_part_that_is_gone_or_on_no_notice_is_not_cleared(history):
    (
        given(ReturnedPart, *history)
        .when(lambda part: part.clear(act("seller", NEXT_TUESDAY)))
        .then_refused("part-is-gone")
    )


@pytest.mark.parametrize(
    ("history", "overdue", "event"),
    [(NOTIFIED, True, ReturnedPart.Lapsed), (OVERDUE, False, ReturnedPart.Reopened)],
)
def test_a_part_left_behind_is_overdue_or_waits_again(history, overdue, event):
    (
        given(ReturnedPart, *history)
        .when(lambda part: part.judge(act("engine"), overdue=overdue))
        .then(event, notice="L1")
    )


@pytest.mark.parametrize(
    ("history", "overdue"),
    [
        *((NOTIFIED, False), (OVERDUE, True)),
        *((CLEARED, True), (CLEARED, False), (DISPOSED, True), (DISPOSED, False)),
        ((part_received(),), True),
    ],
)
def test_judging_a_part_changes_nothing_else(history, overdue):
    given(ReturnedPart, *history).when(
        lambda part: part.judge(act("engine"), overdue=overdue)
    ).then_each()


@pytest.mark.parametrize(
    ("history", "entrusted", "over"),
    [((part_received(),), True, False), (OVERDUE, False, True)],
    ids=["entrusted, from the store", "overdue"],
)
def test_a_part_may_be_disposed_of(history, entrusted, over):
    asked = act("buyer", NEXT_TUESDAY)

    given(ReturnedPart, *history).when(
        lambda part: part.must_be_disposable(asked, entrusted=entrusted, over=over)
    ).then_each()


@pytest.mark.parametrize(
    ("history", "entrusted", "over"),
    [
        ((part_received(),), False, False),
        (NOTIFIED, False, False),
        (OVERDUE, False, False),
        (CLEARED, False, True),
    ],
    ids=["in the store", "notified", "not overdue on that day yet", "cleared"],
)
def test_only_an_overdue_part_may_be_disposed_of(history, entrusted, over):
    asked = act("buyer", NEXT_TUESDAY)
    (
        given(ReturnedPart, *history)
        .when(lambda part: part.must_be_disposable(asked, entrusted=entrusted, over=over))
        .then_refused("part-not-overdue", "Z-4.3.2a")
    )


@pytest.mark.parametrize("entrusted", [True, False])
def test_a_part_is_disposed_of_once(entrusted):
    asked = act("buyer", NEXT_TUESDAY)
    (
        given(ReturnedPart, *DISPOSED)
        .when(lambda part: part.must_be_disposable(asked, entrusted=entrusted, over=True))
        .then_refused("part-already-disposed", "Z-4.3.2a", "Z-4.3.2b")
    )


def test_nothing_is_disposed_of_before_it_came():
    came = part_received().model_copy(update={"effective_on": NEXT_TUESDAY})
    asked = act("buyer", NEXT_TUESDAY, on=WEDNESDAY)
    (
        given(ReturnedPart, came)
        .when(lambda part: part.must_be_disposable(asked, entrusted=True, over=False))
        .then_refused("before-its-cause")
    )


def test_nothing_is_cleared_before_its_notice():
    told = part_notified().model_copy(update={"effective_on": NEXT_TUESDAY})
    asked = act("seller", NEXT_TUESDAY, on=WEDNESDAY)
    (
        given(ReturnedPart, part_received(), told)
        .when(lambda part: part.clear(asked))
        .then_refused("before-its-cause")
    )


def test_what_was_cleared_in_time_and_recorded_late_keeps_its_day():
    asked = act("seller", NEXT_TUESDAY, on=WEDNESDAY)
    (
        given(ReturnedPart, *OVERDUE)
        .when(lambda part: part.clear(asked))
        .then(ReturnedPart.Cleared, notice="L1")
    )


@pytest.mark.parametrize(
    ("history", "overridden", "clauses"),
    [
        (OVERDUE, False, ("Z-4.3.2b",)),
        (OVERDUE, True, ("Z-4.3.2b", "ZA19")),
        ((part_received(),), False, ("Z-4.3.1b", "ZA45")),
    ],
)
def test_a_disposal_names_the_rule_by_which_its_supplier_bears_the_cost(
    history, overridden, clauses
):
    outcome = given(ReturnedPart, *history).when(
        lambda part: part.dispose(act("buyer"), supplier="S1", cost=5, overridden=overridden)
    )

    (done,) = outcome.events
    assert (done.clauses, done.overridden) == (clauses, overridden)
    assert (done.notice is None) == (len(history) == 1)


def test_a_disposal_is_lowered_by_an_appeal():
    (
        given(ReturnedPart, *DISPOSED)
        .when(lambda part: part.lower_disposal(act(), "S1", amount=1_000, chargeback="N1"))
        .then(ReturnedPart.DisposalLowered, supplier="S1", amount=1_000, chargeback="N1")
    )


def test_a_part_is_charged_at_what_its_disposal_cost_and_an_appeal_left():
    (line,) = disposal_of(folded(ReturnedPart, (*DISPOSED, disposal_lowered()), []))

    assert (line.name, line.kind, line.amount) == ("T1/disposal", "disposal", 1_000)
    assert line.inputs == {
        "cost": "35.50",
        "disposed_by": "returned_part:T1@4",
        "notice": "L1",
        "at_most": "10.00",
    }


@pytest.mark.parametrize(
    ("history", "rule"),
    [
        (DISPOSED, "Z-4.3.2b"),
        ((part_received(), disposed(notice=None)), "Z-4.3.1b"),
    ],
)
def test_the_line_cites_why_the_supplier_bears_it(history, rule):
    (line,) = disposal_of(folded(ReturnedPart, history, []))

    assert (line.amount, line.clauses) == (3_550, (rule, "ZA25"))


@pytest.mark.parametrize(
    "history",
    [OVERDUE, CLEARED, (*OVERDUE, disposed(cost=0)), (*DISPOSED, disposal_lowered(amount=0))],
    ids=["still here", "cleared", "at no cost", "lowered to nothing"],
)
def test_there_is_no_line_where_there_is_nothing_to_charge(history):
    assert disposal_of(folded(ReturnedPart, history, [])) == []
