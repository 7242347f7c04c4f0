"""Which facts are recorded of a returned part, and which are refused?"""

import pytest

from recourse.aggregates.returned_part import ReturnedPart
from support.examples import (
    act,
    answered,
    confirmed_online,
    counted,
    happened,
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


COUNT_CORRECTED = happened(
    ReturnedPart.CountCorrected, "colleague", counted=1, was=2, corrects="returned_part:T1@2"
)
FINDING_CORRECTED = happened(
    ReturnedPart.FindingCorrected,
    "colleague",
    finding="misuse",
    was="part_defect",
    corrects="returned_part:T1@2",
)


def test_a_count_is_corrected_by_another_person():
    (
        given(ReturnedPart, part_received(), counted())
        .when(lambda part: part.correct_count(act("colleague"), 1))
        .then(ReturnedPart.CountCorrected, counted=1, was=2, corrects="returned_part:T1@2")
    )


def test_a_finding_is_corrected_by_another_person():
    (
        given(ReturnedPart, part_received(), inspected())
        .when(lambda part: part.correct_finding(act("colleague"), "misuse"))
        .then(
            ReturnedPart.FindingCorrected,
            finding="misuse",
            was="part_defect",
            corrects="returned_part:T1@2",
        )
    )


@pytest.mark.parametrize(
    "asked",
    [
        lambda part: part.correct_count(act("colleague"), 1),
        lambda part: part.correct_finding(act("colleague"), "misuse"),
    ],
)
def test_what_was_never_recorded_is_not_corrected(asked):
    given(ReturnedPart, part_received()).when(asked).then_refused("nothing-recorded-yet")


@pytest.mark.parametrize(
    ("history", "by"),
    [
        ((counted(),), "engineer"),
        ((counted(), COUNT_CORRECTED), "colleague"),
        ((counted(), COUNT_CORRECTED, counted()), "engineer"),
    ],
    ids=["own count", "own correction", "own recount"],
)
def test_who_recorded_the_count_in_force_does_not_correct_it_whatever_the_number(history, by):
    (
        given(ReturnedPart, part_received(), *history)
        .when(lambda part: part.correct_count(act(by), -1))
        .then_refused("own-record-corrected", "ZA33")
    )


@pytest.mark.parametrize(
    ("history", "by"),
    [((inspected(),), "engineer"), ((inspected(), FINDING_CORRECTED), "colleague")],
    ids=["own finding", "own correction"],
)
def test_who_recorded_the_finding_in_force_does_not_correct_it(history, by):
    (
        given(ReturnedPart, part_received(), *history)
        .when(lambda part: part.correct_finding(act(by), "no_fault_found"))
        .then_refused("own-record-corrected", "ZA33")
    )


def test_a_correction_is_corrected_by_who_had_recorded_the_first():
    (
        given(ReturnedPart, part_received(), counted(), COUNT_CORRECTED)
        .when(lambda part: part.correct_count(act("engineer"), 2))
        .then(ReturnedPart.CountCorrected, counted=2, was=1, corrects="returned_part:T1@3")
    )


def test_a_count_is_not_corrected_to_fewer_than_none():
    (
        given(ReturnedPart, part_received(), counted())
        .when(lambda part: part.correct_count(act("colleague"), -1))
        .then_refused("quantity-below-nothing")
    )


@pytest.mark.parametrize(
    "asked",
    [
        lambda part: part.correct_count(act("colleague"), 2),
        lambda part: part.correct_finding(act("colleague"), "part_defect"),
    ],
)
def test_a_correction_that_changes_nothing_is_refused(asked):
    (
        given(ReturnedPart, part_received(), counted(), inspected())
        .when(asked)
        .then_refused("nothing-to-correct")
    )
