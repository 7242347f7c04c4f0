"""Who is told of a month's cost, signs for it and objects, and when is the division changed?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from support.engine import fresh
from support.story import FIRST, FOR_A_REASON, NOTE, SECOND, THIRD, do, play, refused

JULY = {"month": "2026-07"}
GEAR, S1 = "department:齿轮", "supplier:S1"
APPEAL = JULY | {"claims": ["C1"]} | FOR_A_REASON
DECISION = JULY | {"bearer": S1, "claim": "C1"}
CHANGED = DECISION | {"outcome": "changed", "shares": {"service": "1"}}


def received(site, claim, shares, **costs):
    """One more claim of July, borne by `shares`."""
    do(
        site,
        FIRST,
        "engineer",
        "receive_claim",
        claim=claim,
        unit=f"U-{claim}",
        part="P1",
        stage="after_sale",
        repaired_on=FIRST,
        quantity=0,
        costs=costs,
    )
    do(site, FIRST, "engineer", "confirm_information", claim=claim)
    do(site, FIRST, "engineer", "confirm_cost", claim=claim)
    do(site, FIRST, "engineer", "attribute_claim", claim=claim, shares=shares)


@pytest.fixture
def sent():
    """C1, 1000.00 on S1; C2, 9.00 on the gear shop; C3, 0.03 on both. All was sent."""
    site = play(fresh(), until="attribute_claim")
    received(site, "C2", {GEAR: "1"}, labour="9.00")
    received(site, "C3", {GEAR: "0.5", S1: "0.5"}, labour="0.03")
    do(site, SECOND, "engineer", "send_breakdown", **JULY)
    return site


def told(site):
    (fact,) = [
        fact
        for fact in site.engine.stream("breakdown:2026-07")
        if fact.event.TOPIC == "breakdown.sent"
    ]
    return fact.event.borne


def events(site):
    return [fact.event for fact in site.engine.stream("breakdown:2026-07")]


def bearers(site, claim="C1"):
    return site.figures("claim", claim, THIRD)["bearers"]


# Sending


def test_every_bearer_is_told_what_it_bears_of_each_claim(sent):
    assert told(sent) == {"C1": {S1: 100_000}, "C2": {GEAR: 900}, "C3": {GEAR: 2, S1: 1}}


def test_what_nobody_was_found_to_bear_is_told_too():
    site = play(fresh(), until="confirm_cost")

    do(site, SECOND, "engineer", "send_breakdown", **JULY)

    assert told(site) == {"C1": {"undetermined": 100_000}}


@pytest.mark.parametrize("month", ["2026-06", "2026-08"])
def test_another_month_has_nothing_to_break_down(sent, month):
    no = refused(sent, THIRD, "engineer", "send_breakdown", month=month)

    assert no == ("nothing-to-break-down", ("Z-4.5.1a",))


def test_a_month_is_sent_once(sent):
    no = refused(sent, THIRD, "engineer", "send_breakdown", **JULY)

    assert no == ("breakdown-already-sent", ("Z-4.5.1a",))


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "2026-7", "July", ""])
def test_what_is_no_month_cannot_be_asked_for(sent, month):
    with pytest.raises(ValidationError):
        do(sent, THIRD, "engineer", "send_breakdown", month=month)


@pytest.mark.parametrize(
    ("person", "act", "fields", "rule"),
    [
        ("boss", "send_breakdown", JULY, "Z-4.5.1a"),
        ("engineer", "sign_breakdown", JULY, "Z-4.5.1b"),
        ("boss", "appeal_breakdown", APPEAL, "Z-4.5.1c"),
        ("engineer", "decide_breakdown_appeal", CHANGED, "Z-4.5.1c"),
    ],
)
def test_each_step_has_its_role(sent, person, act, fields, rule):
    assert refused(sent, THIRD, person, act, **fields) == ("not-your-role", (rule,))


# Signing and appealing


@pytest.mark.parametrize(
    ("act", "fields", "rule"),
    [("sign_breakdown", JULY, "Z-4.5.1b"), ("appeal_breakdown", APPEAL, "Z-4.5.1c")],
)
def test_nothing_is_answered_before_it_was_sent(act, fields, rule):
    site = play(fresh(), until="attribute_claim")

    assert refused(site, SECOND, "seller", act, **fields) == ("breakdown-not-sent", (rule,))


@pytest.mark.parametrize(
    ("act", "fields", "rule"),
    [("sign_breakdown", JULY, "Z-4.5.1b"), ("appeal_breakdown", APPEAL, "Z-4.5.1c")],
)
def test_who_bears_nothing_of_the_month_has_no_part_in_it(act, fields, rule):
    site = play(fresh(), until="attribute_claim")
    do(site, SECOND, "engineer", "send_breakdown", **JULY)

    no = refused(site, SECOND, "gear", act, **fields)

    assert no == ("bears-nothing-of-the-month", (rule,))


@pytest.mark.parametrize("claims", [["C1"], ["C2", "C1"], ["C9"]])
def test_one_appeals_about_claims_that_cost_one_something(sent, claims):
    no = refused(sent, THIRD, "gear", "appeal_breakdown", **APPEAL | {"claims": claims})

    assert no == ("bears-nothing-of-it", ("Z-4.5.1c",))


def test_a_claim_named_twice_is_appealed_once(sent):
    do(sent, THIRD, "gear", "appeal_breakdown", **APPEAL | {"claims": ["C2", "C2"]})

    assert events(sent)[-1].claims == ("C2",)


def test_who_answers_for_two_bearers_signs_for_both_and_no_more(sent):
    do(sent, THIRD, "keeper", "sign_breakdown", **JULY)

    assert sorted(event.bearer for event in events(sent)[1:]) == [GEAR, S1]
    no = refused(sent, THIRD, "gear", "sign_breakdown", **JULY)
    assert no == ("breakdown-already-signed", ("Z-4.5.1b",))


def test_who_answers_for_two_bearers_signs_for_the_one_that_has_not(sent):
    do(sent, THIRD, "seller", "sign_breakdown", **JULY)

    do(sent, THIRD, "keeper", "sign_breakdown", **JULY)

    assert [event.bearer for event in events(sent)[1:]] == [S1, GEAR]


def test_who_answers_for_two_bearers_appeals_for_each_that_bears_the_claim(sent):
    do(sent, THIRD, "keeper", "appeal_breakdown", **APPEAL | {"claims": ["C2", "C3"]})

    assert {event.bearer: event.claims for event in events(sent)[1:]} == {
        GEAR: ("C2", "C3"),
        S1: ("C3",),
    }


def test_who_answers_for_two_bearers_may_appeal_about_the_claim_of_one_of_them(sent):
    do(sent, THIRD, "keeper", "appeal_breakdown", **APPEAL)

    assert [(event.bearer, event.claims) for event in events(sent)[1:]] == [(S1, ("C1",))]


# Deciding


@pytest.fixture
def appealed(sent):
    do(sent, THIRD, "seller", "appeal_breakdown", **APPEAL)
    return sent


def test_a_changed_division_moves_the_cost_and_loses_nothing(appealed):
    do(appealed, THIRD, "boss", "decide_breakdown_appeal", **CHANGED)

    assert bearers(appealed) == {"service": "1000.00"}
    assert appealed.figures("bearers", "2026-07", THIRD)["accepted"] == "1009.03"
    assert appealed.check() == {"balanced": True, "rebuilt_equal": True}


def test_a_division_that_is_kept_stays(appealed):
    do(appealed, THIRD, "boss", "decide_breakdown_appeal", **DECISION | {"outcome": "kept"})

    assert bearers(appealed) == {S1: "1000.00"}
    no = refused(appealed, THIRD, "boss", "decide_breakdown_appeal", **CHANGED)
    assert no == ("no-breakdown-appeal", ("Z-4.5.1c",))


@pytest.mark.parametrize(
    "other", [{"month": "2026-06"}, {"claim": "C3"}, {"claim": "C9"}, {"bearer": GEAR}]
)
def test_only_what_was_appealed_is_decided(appealed, other):
    no = refused(appealed, THIRD, "boss", "decide_breakdown_appeal", **CHANGED | other)

    assert no == ("no-breakdown-appeal", ("Z-4.5.1c",))


@pytest.mark.parametrize(
    ("outcome", "shares", "told"),
    [
        ("kept", {"service": "1"}, ("shares-only-when-changed", "Z-4.5.1c")),
        ("changed", None, ("shares-only-when-changed", "Z-4.5.1c")),
        ("changed", {"service": "0.9"}, ("shares-not-one", "ZA24")),
        ("changed", {"supplier:S9": "1"}, ("not-found", "Z-4.5.1c")),
        ("changed", {S1: "1", "service": "0"}, ("share-not-above-nothing", "Z-4.4.2", "ZA24")),
    ],
)
def test_a_wrong_decision_leaves_the_appeal_waiting(appealed, outcome, shares, told):
    fields = DECISION | {"outcome": outcome, "shares": shares}

    code, rules = refused(appealed, THIRD, "boss", "decide_breakdown_appeal", **fields)

    assert (code, *rules) == told
    do(appealed, THIRD, "boss", "decide_breakdown_appeal", **CHANGED)


@pytest.mark.parametrize("shares", [{"service": "1"}, {"service": "0.9"}, None])
@pytest.mark.parametrize("until", ["draft_chargeback", "approve_chargeback"])
def test_while_a_note_is_live_the_division_stays_and_that_is_told_before_the_shares(until, shares):
    site = play(fresh(), until=until)
    do(site, SECOND, "engineer", "send_breakdown", **JULY)
    do(site, THIRD, "seller", "appeal_breakdown", **APPEAL)

    fields = CHANGED | {"shares": shares}
    no = refused(site, THIRD, "boss", "decide_breakdown_appeal", **fields)

    assert no == ("claim-on-a-live-note", ("Z-4.4.2",))


def test_while_a_note_is_live_the_division_may_be_kept():
    site = play(fresh(), until="approve_chargeback")
    do(site, SECOND, "engineer", "send_breakdown", **JULY)
    do(site, THIRD, "seller", "appeal_breakdown", **APPEAL)

    do(site, THIRD, "boss", "decide_breakdown_appeal", **DECISION | {"outcome": "kept"})

    assert bearers(site) == {S1: "1000.00"}


def test_once_the_note_is_void_the_division_may_be_changed():
    site = play(fresh(), until="approve_chargeback")
    do(site, SECOND, "engineer", "send_breakdown", **JULY)
    do(site, THIRD, "seller", "appeal_breakdown", **APPEAL)
    do(site, THIRD, "boss", "void_chargeback", **NOTE | FOR_A_REASON)

    do(site, THIRD, "boss", "decide_breakdown_appeal", **CHANGED)

    assert bearers(site) == {"service": "1000.00"}


def test_a_claim_under_dispute_is_not_divided_otherwise(appealed):
    fields = {"claim": "C1", "aspect": "cost"} | FOR_A_REASON
    do(appealed, THIRD, "engineer", "object_to_claim", **fields)

    no = refused(appealed, THIRD, "boss", "decide_breakdown_appeal", **CHANGED)

    assert no == ("claim-disputed", ("Z-4.4.2",))


# Laws

BEARERS = (S1, GEAR, "service", "company")
weights = st.lists(st.integers(1, 97), min_size=1, max_size=4)
fen = st.integers(0, 10**6)
ENOUGH = 100  # fen, of which everybody with a share gets some


def shares_of(drawn):
    """The weights as shares in percent that sum to one, the last bearer taking what is left."""
    parts, left = {}, 100
    for bearer, weight in zip(BEARERS, drawn, strict=False):
        part = min(weight, left - (len(drawn) - len(parts) - 1))
        parts[bearer], left = part, left - part
    parts[bearer] += left
    return {name: f"{part / 100:.2f}" for name, part in parts.items()}


def yuan(amount):
    return f"{amount // 100}.{amount % 100:02d}"


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(weights, fen, fen), min_size=1, max_size=3), weights, st.data())
def test_what_is_sent_sums_to_what_is_accepted_and_no_decision_loses_a_fen(claims, new, data):
    site = fresh()
    play(site, until="register_part")
    for number, (drawn, labour, material) in enumerate(claims):
        costs = {"labour": yuan(labour + ENOUGH), "material": yuan(material)}
        received(site, f"L{number}", shares_of(drawn), **costs)

    do(site, SECOND, "engineer", "send_breakdown", **JULY)
    do(site, THIRD, "seller", "appeal_breakdown", **APPEAL | {"claims": own(site, S1)})
    changed = CHANGED | {"claim": data.draw(st.sampled_from(own(site, S1)))}
    do(site, THIRD, "boss", "decide_breakdown_appeal", **changed | {"shares": shares_of(new)})

    accepted = sum(labour + ENOUGH + material for _, labour, material in claims)
    assert sum(sum(parts.values()) for parts in told(site).values()) == accepted
    borne = site.figures("bearers", "2026-07", THIRD)
    assert borne["accepted"] == yuan(accepted)
    assert sum(round(float(part) * 100) for part in borne["totals"].values()) == accepted


def own(site, bearer):
    return [claim for claim, parts in told(site).items() if bearer in parts]
