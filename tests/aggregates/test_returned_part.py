"""Which facts are recorded of a returned part, and which are refused?"""

import pytest

from recourse.aggregates.returned_part import ReturnedPart
from support.examples import (
    act,
    answered,
    confirmed_online,
    counted,
    inspected,
    part_received,
)
from support.scenario import given


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
