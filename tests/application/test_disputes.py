"""Who may take which step of a dispute with the centre, and what does a dispute forbid?"""

from datetime import date

import pytest

from support.engine import fresh
from support.story import FIRST, FOR_A_REASON, SECOND, THIRD, do, play, refused

C1 = {"claim": "C1"}
OBJECTION = {"aspect": "information"} | FOR_A_REASON
RULING = {"ruling": "refused", "reference": "G-17", "ruled_on": SECOND}
SHARES = {"shares": {"supplier:S1": "1"}}
PENALTY = {"supplier": "S1", "severity": "minor", "amount": "500.00"} | FOR_A_REASON
DRAFT = {"chargeback": "N2", "supplier": "S1", "month": "2026-07"}

ROAD = (
    ("returned", "engineer", "object_to_claim", OBJECTION),
    ("verified", "centre", "verify_again", {"result": "stands"}),
    ("unresolved", "engineer", "consult_on_claim", {"result": "unresolved"}),
    ("referred", "centre", "refer_to_group", {}),
    ("ruled", "colleague", "record_group_ruling", RULING),
)


def disputed(dispute, until="attribute_claim", **settings):
    """A claim whose dispute has come so far, after the story up to `until`."""
    site = play(fresh(settings), until=until)
    for reached, person, act, fields in ROAD:
        do(site, SECOND, person, act, claim="C1", **fields)
        if reached == dispute:
            break
    return site


def closed(result="withdrawn", until="attribute_claim"):
    site = disputed("returned" if result == "withdrawn" else "verified", until)
    if result == "withdrawn":
        do(site, SECOND, "centre", "verify_again", claim="C1", result="withdrawn")
    else:
        do(site, SECOND, "engineer", "consult_on_claim", claim="C1", result="refused")
    return site


# Who


@pytest.mark.parametrize(
    ("person", "act", "fields", "rule"),
    [
        ("boss", "object_to_claim", OBJECTION, "Z-4.4.3a"),
        ("centre", "object_to_claim", OBJECTION, "Z-4.4.3a"),
        ("engineer", "verify_again", {"result": "stands"}, "Z-4.4.3a"),
        ("centre", "consult_on_claim", {"result": "accepted"}, "Z-4.4.3b"),
        ("boss", "refer_to_group", {}, "Z-4.4.3c"),
        ("boss", "record_group_ruling", RULING, "Z-4.4.3d"),
        ("centre", "record_group_ruling", RULING, "Z-4.4.3d"),
        ("engineer", "correct_group_ruling", RULING | FOR_A_REASON, "Z-4.4.3d"),
    ],
)
def test_a_step_is_taken_by_its_own_role_whatever_the_state(person, act, fields, rule):
    site = play(fresh(), until="attribute_claim")

    assert refused(site, SECOND, person, act, claim="C1", **fields) == ("not-your-role", (rule,))


@pytest.mark.parametrize(
    ("person", "act", "fields", "rule"),
    [
        ("engineer", "object_to_claim", OBJECTION, "Z-4.4.3a"),
        ("centre", "verify_again", {"result": "corrected"}, "Z-4.4.3a"),
        ("engineer", "consult_on_claim", {"result": "accepted"}, "Z-4.4.3b"),
        ("centre", "refer_to_group", {}, "Z-4.4.3c"),
        ("engineer", "record_group_ruling", RULING, "Z-4.4.3d"),
        ("boss", "correct_group_ruling", RULING | FOR_A_REASON, "Z-4.4.3d"),
    ],
)
def test_there_is_no_dispute_about_a_claim_that_nobody_received(person, act, fields, rule):
    assert refused(fresh(), SECOND, person, act, claim="C9", **fields) == ("not-found", (rule,))


def test_nobody_can_ask_for_the_return_that_the_engine_asks_for():
    site = play(fresh(), until="attribute_claim")

    with pytest.raises(KeyError, match="return_doubtful_claim"):
        do(site, SECOND, "engineer", "return_doubtful_claim", claim="C1")


@pytest.mark.parametrize(
    ("setting", "answer"),
    [("centre", ("only-the-centre-refers", ("Z-4.4.3c", "ZA14"))), ("either", None)],
)
def test_our_engineer_refers_only_where_both_sides_agreed_so(setting, answer):
    site = disputed("unresolved", **{"referral.by": setting})

    if answer:
        assert refused(site, SECOND, "engineer", "refer_to_group", claim="C1") == answer
    else:
        do(site, SECOND, "engineer", "refer_to_group", claim="C1")
        assert site.figures("claim", "C1", SECOND)["dispute"] == "referred"


@pytest.mark.parametrize("setting", ["centre", "either"])
def test_the_centre_may_always_refer(setting):
    site = disputed("referred", **{"referral.by": setting})

    assert site.figures("claim", "C1", SECOND)["dispute"] == "referred"


def test_who_objected_does_not_record_the_ruling_and_another_does():
    site = disputed("referred")

    no = refused(site, SECOND, "engineer", "record_group_ruling", claim="C1", **RULING)
    do(site, SECOND, "colleague", "record_group_ruling", claim="C1", **RULING)

    assert no == ("objector-records", ("ZA33",))
    assert site.figures("claim", "C1", SECOND)["dispute"] == "ruled"


# In which order


@pytest.mark.parametrize(
    ("dispute", "person", "fields", "told"),
    [
        ("unresolved", "boss", {"ruled_on": date(2026, 9, 1)}, ("not-your-role", "Z-4.4.3d")),
        (
            "unresolved",
            "engineer",
            {"ruled_on": date(2026, 9, 1)},
            ("dispute-not-there", "Z-4.4.3d"),
        ),
        ("referred", "engineer", {"ruled_on": date(2026, 9, 1)}, ("objector-records", "ZA33")),
        (
            "referred",
            "colleague",
            {"ruled_on": date(2026, 9, 1)},
            ("ruling-outside-bounds", "Z-4.4.3d"),
        ),
        (
            "referred",
            "colleague",
            {"ruling": "reduced", "accepted": {"labour": "300.01"}},
            ("accepted-exceeds-claimed", "Z-4.4.2", "Z-4.4.3d"),
        ),
    ],
    ids=["role", "state", "four eyes", "date", "amount"],
)
def test_a_wrong_ruling_is_refused_for_the_first_reason(dispute, person, fields, told):
    site = disputed(dispute)

    code, rules = refused(
        site, SECOND, person, "record_group_ruling", claim="C1", **RULING | fields
    )

    assert (code, *rules) == told


def test_a_supplier_that_nobody_knows_is_told_before_the_dispute():
    site = disputed("returned")

    no = refused(
        site, SECOND, "engineer", "attribute_claim", claim="C1", shares={"supplier:S9": "1"}
    )

    assert no == ("not-found", ("Z-4.4.2",))


# What a dispute forbids

CHANGES = {
    "confirm_information": {},
    "confirm_cost": {"accepted": {"labour": "999.00"}},
    "attribute_claim": {"shares": {"supplier:S1": "0.9"}},
    "amend_claim": {"costs": {"labour": "-1.00"}},
}


@pytest.mark.parametrize("act", CHANGES)
@pytest.mark.parametrize("dispute", ["returned", "verified", "unresolved", "referred"])
def test_nothing_changes_under_a_dispute_and_that_is_told_before_the_amounts(dispute, act):
    site = disputed(dispute)

    no = refused(site, SECOND, "engineer", act, claim="C1", **CHANGES[act])

    assert no == ("claim-disputed", ("Z-4.4.2",))


@pytest.mark.parametrize("act", CHANGES)
@pytest.mark.parametrize("result", ["withdrawn", "refused"])
def test_nothing_changes_on_a_closed_claim(result, act):
    no = refused(closed(result), SECOND, "engineer", act, claim="C1", **CHANGES[act])

    assert no == ("claim-closed", ("Z-4.4.2",))


@pytest.mark.parametrize("act", ["confirm_information", "confirm_cost", "amend_claim"])
def test_what_the_group_ruled_is_final(act):
    no = refused(disputed("ruled"), SECOND, "engineer", act, claim="C1", **CHANGES[act])

    assert no == ("group-has-ruled", ("Z-4.4.3d",))


def test_who_bears_what_the_group_left_may_still_be_found():
    site = disputed("referred")
    reduced = {"ruling": "reduced", "accepted": {"material": "0.00"}}
    do(site, SECOND, "colleague", "record_group_ruling", claim="C1", **RULING | reduced)

    do(site, SECOND, "engineer", "attribute_claim", claim="C1", shares={"service": "1"})

    assert site.figures("claim", "C1", SECOND)["bearers"] == {"service": "300.00"}


@pytest.mark.parametrize(
    ("act", "fields", "rule"),
    [
        ("object_to_claim", C1 | OBJECTION, "Z-4.4.3a"),
        ("set_penalty", C1 | PENALTY, "Z-4.5.3b"),
        ("set_penalty", C1 | PENALTY | {"amount": "0.01"}, "Z-4.5.3b"),
        ("draft_chargeback", DRAFT | {"claims": ["C1"]}, "Z-4.5.2a"),
    ],
    ids=["objection", "penalty", "penalty out of range", "draft"],
)
@pytest.mark.parametrize("result", ["withdrawn", "refused"])
def test_a_closed_claim_is_neither_objected_to_nor_penalised_nor_drafted(result, act, fields, rule):
    no = refused(closed(result), SECOND, "engineer", act, **fields)

    assert no == ("claim-closed", (rule,))


def test_a_draft_of_everything_that_is_ready_leaves_closed_claims_out():
    no = refused(closed(), SECOND, "engineer", "draft_chargeback", **DRAFT)

    assert no[1] == ("Z-4.5.2a",) and no[0] != "claim-closed"


def test_a_closed_claim_on_another_note_is_told_by_the_note():
    site = closed(until="draft_chargeback")

    no = refused(site, SECOND, "engineer", "draft_chargeback", **DRAFT | {"claims": ["C1"]})

    assert no == ("claim-already-charged", ("ZA26",))


def test_a_draft_is_not_approved_while_its_claim_is_disputed():
    site = disputed("verified", until="draft_chargeback")

    no = refused(site, THIRD, "boss", "approve_chargeback", chargeback="N1")

    assert no == ("gates-shut", ("ZA41",))


def test_a_draft_of_a_closed_claim_has_nothing_to_charge_not_even_the_penalty():
    site = play(fresh(), until="draft_chargeback")
    do(site, SECOND, "engineer", "object_to_claim", claim="C1", **OBJECTION)
    do(site, SECOND, "centre", "verify_again", claim="C1", result="withdrawn")

    assert site.figures("chargeback", "N1", SECOND)["total"] == "0.00"


def test_a_dispute_may_be_about_a_claim_that_was_charged_and_moves_nothing_until_it_ends():
    site = disputed("referred", until="issue_chargeback")

    assert site.figures("referrals", None, SECOND)["open"] == 0
    assert site.figures("account", "S1", SECOND)["charged"] == "2000.00"


@pytest.mark.parametrize("result", ["withdrawn", "refused"])
def test_a_claim_closed_after_its_note_waits_for_a_person(result):
    site = closed(result, until="issue_chargeback")

    assert site.figures("referrals", None, SECOND) == {"open": 1, "about": ["N1"]}
    assert site.figures("chargeback", "N1", SECOND)["total"] == "2000.00"


def test_a_ruling_corrected_upwards_again_settles_the_referral():
    site = disputed("ruled", until="issue_chargeback")
    opened = site.figures("referrals", None, SECOND)["open"]

    right = RULING | {"ruling": "stands"} | FOR_A_REASON
    do(site, THIRD, "boss", "correct_group_ruling", claim="C1", **right)

    assert (opened, site.figures("referrals", None, THIRD)["open"]) == (1, 0)
    assert site.figures("claim", "C1", THIRD)["accepted"] == "1000.00"
    assert site.check() == {"balanced": True, "rebuilt_equal": True}


def test_the_day_of_the_referral_is_its_effective_day():
    site = disputed("unresolved")
    do(site, THIRD, "centre", "refer_to_group", claim="C1")

    too_early = RULING | {"ruled_on": SECOND}
    no = refused(site, THIRD, "colleague", "record_group_ruling", claim="C1", **too_early)

    assert no == ("ruling-outside-bounds", ("Z-4.4.3d",))
    do(site, THIRD, "colleague", "record_group_ruling", claim="C1", **RULING | {"ruled_on": THIRD})


def test_a_claim_may_be_received_and_disputed_on_one_day():
    site = play(fresh(), until="receive_claim")

    do(site, FIRST, "engineer", "object_to_claim", claim="C1", **OBJECTION)

    assert site.figures("claim", "C1", FIRST)["gates_missing"] == [
        "information",
        "cost",
        "responsibility",
        "upstream_dispute",
    ]
