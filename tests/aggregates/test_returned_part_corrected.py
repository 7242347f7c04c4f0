"""Who may correct a count or a finding, and what stays visible of the first one?"""

import pytest

from recourse.aggregates.returned_part import ReturnedPart
from support.examples import act, counted, happened, inspected, part_received
from support.scenario import given

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
