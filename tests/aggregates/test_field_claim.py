"""How is a claim handled in the field, who may dispute that, and when is it over?"""

from datetime import date

import pytest

from recourse.aggregates.claim import Claim
from recourse.aggregates.field_claim import FieldClaim
from support.examples import (
    MONDAY,
    NEXT_MONDAY,
    NEXT_TUESDAY,
    OPINION,
    RULING,
    TUESDAY,
    WEDNESDAY,
    act,
    disputed,
    field_claim_linked,
    handling_approved,
    proposed,
    received,
    ruled,
)
from support.scenario import folded, given

APPROVED = (proposed(), handling_approved())
DISPUTED = (*APPROVED, disputed())
RULED = (*DISPUTED, ruled())


def claim(unit="U1"):
    return folded(Claim, (received(unit=unit),), [])


def keys(*history):
    """What the field claim holds after its history."""
    held = set()
    thing = FieldClaim("FC1", [])
    for version in range(1, len(history) + 1):
        thing = folded(FieldClaim, history[:version], [])
        event = history[version - 1]
        held = (held - set(event.frees(thing))) | set(event.takes(thing))
    return sorted(held)


# The opinion


def test_the_centre_proposes_how_to_handle_a_fault():
    (
        given(FieldClaim)
        .when(lambda it: it.propose(act("centre"), **OPINION))
        .then(FieldClaim.Proposed, **OPINION)
    )


def test_a_newer_opinion_replaces_one_that_nobody_approved():
    newer = OPINION | {"unit": "U2", "opinion": "claim_refused"}
    (
        given(FieldClaim, proposed())
        .when(lambda it: it.propose(act("chief"), **newer))
        .then(FieldClaim.Proposed, **newer)
    )


@pytest.mark.parametrize(
    "history", [APPROVED, DISPUTED, RULED], ids=["approved", "disputed", "ruled"]
)
def test_an_approved_opinion_stays(history):
    (
        given(FieldClaim, *history)
        .when(lambda it: it.propose(act("centre", NEXT_TUESDAY), **OPINION))
        .then_refused("handling-already-approved")
    )


def test_what_is_linked_to_a_claim_stays_about_its_unit():
    (
        given(FieldClaim, proposed(), field_claim_linked())
        .when(lambda it: it.propose(act("centre", TUESDAY), **OPINION | {"unit": "U2"}))
        .then_refused("field-claim-of-another-unit")
    )


def test_nothing_is_seen_on_a_day_that_has_not_come():
    (
        given(FieldClaim)
        .when(lambda it: it.propose(act("centre"), **OPINION | {"found_on": TUESDAY}))
        .then_refused("day-not-yet-come")
    )


def test_another_person_of_the_centre_approves():
    (
        given(FieldClaim, proposed())
        .when(lambda it: it.approve(act("chief")))
        .then(FieldClaim.Approved)
    )


def test_nobody_approves_the_own_opinion():
    (
        given(FieldClaim, proposed())
        .when(lambda it: it.approve(act("centre")))
        .then_refused("own-handling", "ZA33")
    )


def test_who_replaced_an_opinion_is_the_one_who_does_not_approve_it():
    replaced = (proposed(), proposed().model_copy(update={"actor": "chief"}))

    given(FieldClaim, *replaced).when(lambda it: it.approve(act("centre"))).then(
        FieldClaim.Approved
    )
    (
        given(FieldClaim, *replaced)
        .when(lambda it: it.approve(act("chief")))
        .then_refused("own-handling", "ZA33")
    )


def test_an_opinion_is_approved_once():
    (
        given(FieldClaim, *APPROVED)
        .when(lambda it: it.approve(act("centre", WEDNESDAY)))
        .then_refused("handling-already-approved")
    )


def test_an_opinion_is_not_approved_before_it_was_given():
    given_on_tuesday = proposed().model_copy(update={"effective_on": TUESDAY})
    (
        given(FieldClaim, given_on_tuesday)
        .when(lambda it: it.approve(act("chief", WEDNESDAY, on=MONDAY)))
        .then_refused("before-its-cause")
    )


# The claim it became


@pytest.mark.parametrize(
    "history",
    [(proposed(),), APPROVED, DISPUTED, RULED],
    ids=["proposed", "approved", "disputed", "ruled"],
)
def test_it_is_linked_whenever_the_claim_comes(history):
    (
        given(FieldClaim, *history)
        .when(lambda it: it.link(act("engineer", NEXT_TUESDAY), claim()))
        .then(FieldClaim.Linked, claim="C1")
    )


def test_it_is_linked_once():
    (
        given(FieldClaim, proposed(), field_claim_linked(claim="C2"))
        .when(lambda it: it.link(act("engineer", NEXT_TUESDAY), claim()))
        .then_refused("field-claim-already-linked")
    )


def test_it_is_not_linked_to_the_repair_of_another_unit():
    (
        given(FieldClaim, proposed())
        .when(lambda it: it.link(act("engineer", NEXT_TUESDAY), claim("U2")))
        .then_refused("field-claim-of-another-unit")
    )


# The dispute


def dispute(it, by="engineer", day=WEDNESDAY, *, on=None, against="centre"):
    it.dispute(act(by, day, on=on), party="company", against=against)


def test_what_was_approved_can_be_disputed_between_two_parties():
    (
        given(FieldClaim, *APPROVED)
        .when(dispute)
        .then(FieldClaim.Disputed, party="company", against="centre")
    )


@pytest.mark.parametrize(
    ("history", "code"),
    [
        ((proposed(),), "handling-not-approved"),
        (DISPUTED, "field-claim-already-disputed"),
        (RULED, "field-claim-ruled"),
    ],
)
def test_a_dispute_follows_the_approval_once(history, code):
    (given(FieldClaim, *history).when(lambda it: dispute(it, day=NEXT_TUESDAY)).then_refused(code))


def test_nobody_is_in_dispute_alone():
    (
        given(FieldClaim, *APPROVED)
        .when(lambda it: dispute(it, against="company"))
        .then_refused("one-party-only", "ZA13")
    )


def test_a_dispute_does_not_lie_before_the_approval():
    (
        given(FieldClaim, *APPROVED)
        .when(lambda it: dispute(it, on=MONDAY))
        .then_refused("before-its-cause")
    )


# The ruling


def rule(it, by="colleague", day=NEXT_TUESDAY, *, on=None, **other):
    it.record_ruling(act(by, day, on=on), **RULING | other)


@pytest.mark.parametrize("ruled_on", [WEDNESDAY, NEXT_MONDAY, NEXT_TUESDAY])
def test_a_ruling_is_recorded_for_a_day_from_the_dispute_to_today(ruled_on):
    (
        given(FieldClaim, *DISPUTED)
        .when(lambda it: rule(it, ruled_on=ruled_on))
        .then(FieldClaim.Ruled, **RULING | {"ruled_on": ruled_on})
    )


@pytest.mark.parametrize("ruled_on", [TUESDAY, date(2026, 3, 11)])
def test_a_ruling_does_not_lie_before_the_dispute_nor_after_today(ruled_on):
    (
        given(FieldClaim, *DISPUTED)
        .when(lambda it: rule(it, ruled_on=ruled_on))
        .then_refused("field-ruling-outside-bounds")
    )


def test_who_took_up_the_dispute_does_not_record_the_ruling():
    (
        given(FieldClaim, *DISPUTED)
        .when(lambda it: rule(it, "engineer"))
        .then_refused("own-field-dispute", "ZA33")
    )


@pytest.mark.parametrize(
    ("history", "code"),
    [
        ((proposed(),), "field-claim-not-disputed"),
        (APPROVED, "field-claim-not-disputed"),
        (RULED, "field-claim-ruled"),
    ],
)
def test_only_an_open_dispute_is_ruled_on(history, code):
    given(FieldClaim, *history).when(rule).then_refused(code)


def test_the_ruling_is_not_effective_before_the_dispute():
    (
        given(FieldClaim, *DISPUTED)
        .when(lambda it: rule(it, on=TUESDAY))
        .then_refused("before-its-cause")
    )


# What the claim finds


LINK, DISPUTE = "claim C1 field_claim FC1", "claim C1 field FC1"


@pytest.mark.parametrize(
    ("history", "held"),
    [
        (DISPUTED, []),
        ((*APPROVED, field_claim_linked()), [LINK]),
        ((*APPROVED, field_claim_linked(), disputed()), [DISPUTE, LINK]),
        ((*DISPUTED, field_claim_linked()), [DISPUTE, LINK]),
        ((*DISPUTED, field_claim_linked(), ruled()), [LINK]),
        ((*RULED, field_claim_linked()), [LINK]),
        (RULED, []),
    ],
    ids=[
        "no claim",
        "no dispute",
        "disputed",
        "linked later",
        "ruled",
        "linked last",
        "no claim yet",
    ],
)
def test_the_claim_finds_an_open_dispute_and_always_what_became_it(history, held):
    assert keys(*history) == held
