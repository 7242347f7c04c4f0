"""What can be done with a legal case, and when is it over?"""

from datetime import date

import pytest

from recourse.aggregates.legal_case import LegalCase
from support.examples import (
    CASE,
    ENDED,
    MONDAY,
    NEXT_MONDAY,
    NEXT_TUESDAY,
    TUESDAY,
    WEDNESDAY,
    act,
    case_closed,
    case_opened,
    department_joined,
    more_linked,
)
from support.scenario import folded, given

CLOSED = (case_opened(), case_closed())
BOSS = act("boss", WEDNESDAY)
TOO_EARLY = act("boss", WEDNESDAY, on=MONDAY)


def test_a_case_is_opened_with_its_triggers_who_joins_and_what_it_concerns():
    given(LegalCase).when(lambda it: it.open(BOSS, **CASE)).then(LegalCase.Opened, **CASE)


def test_what_is_named_twice_is_recorded_once():
    twice = CASE | {"triggers": ("injury", "injury"), "claims": ("C1", "C1")}

    given(LegalCase).when(lambda it: it.open(BOSS, **twice)).then(LegalCase.Opened, **CASE)


@pytest.mark.parametrize("named", [{"claims": ()}, {"notes": ()}])
def test_a_case_is_about_a_claim_or_a_note(named):
    fields = CASE | named

    given(LegalCase).when(lambda it: it.open(BOSS, **fields)).then(LegalCase.Opened, **fields)


def test_a_case_is_not_about_nothing():
    (
        given(LegalCase)
        .when(lambda it: it.open(BOSS, **CASE | {"claims": (), "notes": ()}))
        .then_refused("legal-case-about-nothing")
    )


def test_a_case_is_opened_once():
    (
        given(LegalCase, case_opened())
        .when(lambda it: it.open(BOSS, **CASE))
        .then_refused("legal-case-already-opened")
    )


def test_one_more_department_joins():
    (
        given(LegalCase, case_opened())
        .when(lambda it: it.join(BOSS, "法务"))
        .then(LegalCase.Joined, department="法务")
    )


@pytest.mark.parametrize(
    ("history", "department"), [((), "财务部"), ((department_joined(),), "法务")]
)
def test_a_department_joins_once(history, department):
    (
        given(LegalCase, case_opened(), *history)
        .when(lambda it: it.join(BOSS, department))
        .then_refused("legal-case-already-joined")
    )


def test_only_what_is_new_is_linked():
    (
        given(LegalCase, case_opened())
        .when(lambda it: it.link(BOSS, ["C1", "C2", "C2"], ["N1", "N2"]))
        .then(LegalCase.Linked, claims=("C2",), notes=("N2",))
    )


@pytest.mark.parametrize(("claims", "notes"), [([], []), (["C1", "C2"], ["N1"])])
def test_nothing_new_is_not_linked(claims, notes):
    (
        given(LegalCase, case_opened(), more_linked())
        .when(lambda it: it.link(BOSS, claims, notes))
        .then_refused("legal-case-nothing-new")
    )


@pytest.mark.parametrize("closed_on", [TUESDAY, NEXT_MONDAY, NEXT_TUESDAY])
def test_a_case_ends_on_a_day_from_its_opening_to_today(closed_on):
    ended = ENDED | {"closed_on": closed_on}
    (
        given(LegalCase, case_opened())
        .when(lambda it: it.close(act("boss", NEXT_TUESDAY), **ended))
        .then(LegalCase.Closed, **ended)
    )


@pytest.mark.parametrize("closed_on", [MONDAY, date(2026, 3, 11)])
def test_a_case_does_not_end_before_its_opening_nor_after_today(closed_on):
    (
        given(LegalCase, case_opened())
        .when(lambda it: it.close(act("boss", NEXT_TUESDAY), **ENDED | {"closed_on": closed_on}))
        .then_refused("legal-closing-outside-bounds")
    )


@pytest.mark.parametrize(
    "asked",
    [
        lambda it: it.join(TOO_EARLY, "法务"),
        lambda it: it.link(TOO_EARLY, ["C2"], []),
        lambda it: it.close(TOO_EARLY, **ENDED | {"closed_on": WEDNESDAY}),
    ],
    ids=["join", "link", "close"],
)
def test_nothing_of_a_case_is_effective_before_its_opening(asked):
    given(LegalCase, case_opened()).when(asked).then_refused("before-its-cause")


@pytest.mark.parametrize(
    "asked",
    [
        lambda it: it.join(act("boss", NEXT_TUESDAY), "法务"),
        lambda it: it.link(act("boss", NEXT_TUESDAY), ["C2"], []),
        lambda it: it.close(act("boss", NEXT_TUESDAY), **ENDED),
    ],
    ids=["join", "link", "close"],
)
def test_nothing_follows_the_end_of_a_case(asked):
    given(LegalCase, *CLOSED).when(asked).then_refused("legal-case-closed")


def test_what_it_concerns_finds_it():
    history = (case_opened(), more_linked(notes=("N2",)))
    case = folded(LegalCase, history, [])

    assert [event.takes(case) for event in history] == [
        ("supplier S1 legal_case LC1", "claim C1 legal_case LC1", "note N1 legal_case LC1"),
        ("claim C2 legal_case LC1", "note N2 legal_case LC1"),
    ]
