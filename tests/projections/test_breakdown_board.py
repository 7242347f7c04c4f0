"""What does the board of breakdowns show: who was told how much, who signed, who objects?"""

from recourse.projections.breakdowns import APPEALS, BREAKDOWNS
from support.examples import (
    GEAR,
    S1,
    TUESDAY,
    WEDNESDAY,
    breakdown_appealed,
    breakdown_decided,
    breakdown_sent,
    breakdown_signed,
)
from support.reading import of, rows, taken_in

TOLD = ("month", "bearer", "sent_on", "sent", "signed_on")
SAID = ("bearer", "claim", "appealed_on", "outcome")


def month(*events, name="2026-03"):
    return of(f"breakdown:{name}", breakdown_sent(), *events)


def test_every_bearer_has_a_row_with_the_sum_of_its_claims():
    models = taken_in(*month())

    assert rows(models, BREAKDOWNS, *TOLD) == [
        ("2026-03", GEAR, "2026-03-02", 10_500, ""),
        ("2026-03", S1, "2026-03-02", 20_001, ""),
    ]


def test_a_signature_shows_its_day_beside_its_bearer_only():
    models = taken_in(*month(breakdown_signed(TUESDAY)))

    assert dict(rows(models, BREAKDOWNS, "bearer", "signed_on")) == {GEAR: "2026-03-03", S1: ""}


def test_a_bearer_that_began_to_bear_after_the_month_was_sent_signs_for_nothing_sent():
    models = taken_in(*month(breakdown_signed(bearer="supplier:S9")))

    assert ("supplier:S9", 0, "") in rows(models, BREAKDOWNS, "bearer", "sent", "sent_on")


def test_an_appeal_waits_with_each_of_its_claims():
    models = taken_in(*month(breakdown_appealed(TUESDAY, claims=("C1", "C2"))))

    assert rows(models, APPEALS, *SAID) == [
        (GEAR, "C1", "2026-03-03", ""),
        (GEAR, "C2", "2026-03-03", ""),
    ]


def test_a_decision_shows_with_its_own_appeal():
    appeal = breakdown_appealed(TUESDAY, claims=("C1", "C2"))

    models = taken_in(*month(appeal, breakdown_decided(outcome="changed")))

    assert dict(rows(models, APPEALS, "claim", "outcome")) == {"C1": "changed", "C2": ""}


def test_what_is_appealed_again_waits_again():
    again = breakdown_appealed(WEDNESDAY)

    models = taken_in(*month(breakdown_appealed(), breakdown_decided(), again))

    assert rows(models, APPEALS, *SAID) == [(GEAR, "C1", "2026-03-04", "")]


def test_months_do_not_touch_each_other():
    models = taken_in(*month(breakdown_signed()), *month(name="2026-04"))

    signed = rows(models, BREAKDOWNS, "month", "bearer", "signed_on")
    assert ("2026-04", GEAR, "") in signed and ("2026-03", GEAR, "2026-03-02") in signed
