"""Is every act refused, and nothing recorded, by the wrong person, of unknown things, too early?

`EXAMPLES` has every act that a person can ask for, in a history in which it is possible: what the
tests change of it is all that is wrong with what they ask.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest

from recourse.commands import PUBLIC
from recourse.values.refusal import Refused
from support import clearing, months
from support.engine import Site, fresh
from support.story import (
    APPEAL,
    CASE,
    CLAIM,
    DRAFT,
    FIRST,
    FOR_A_REASON,
    NOTE,
    PATHS_BEGIN,
    PAYABLE,
    PENALTY,
    PEOPLE,
    RECEIPT,
    REDUCED,
    REPORT,
    SECOND,
    SEEN,
    SERVED,
    SUPPLIER,
    THIRD,
    do,
    paths,
    play,
)

LATE, LATER, DECIDED = date(2026, 7, 10), date(2026, 7, 13), date(2026, 7, 21)
PART = {"part": "P1", "name": "拨叉", "supplier": "S1"}
C1, T1, S1, FC1, LC1, J1 = (
    {"claim": "C1"},
    {"tag": "T1"},
    {"supplier": "S1"},
    {"field_claim": "FC1"},
    {"legal_case": "LC1"},
    {"job": "J1"},
)
SHARES = {"shares": {"supplier:S1": "1"}}
RULED = {"ruling": "stands", "reference": "G-1", "ruled_on": THIRD}
FIELD_RULING = {"ruling": "claim_refused", "reference": "G-1", "ruled_on": PATHS_BEGIN}
ENDED = {"outcome": "won", "reference": "P-1", "closed_on": PATHS_BEGIN}
PARTIES = {"party": "company", "against": "centre"}
JULY, ALL_OF_JULY = months.JULY, {"month": "2026-07"}
HISTORY = tuple[str, str, dict[str, Any]]


def story(until: str, *more: HISTORY, day: date = SECOND) -> Callable[[], Site]:
    """The story up to an act, and `more` on `day`."""
    return lambda: _also(play(fresh(), until), day, *more)


def store(*more: HISTORY, of: Callable[[], Site] = clearing.stored) -> Callable[[], Site]:
    """Old parts where they are, and `more` on the second day."""
    return lambda: _also(of(), SECOND, *more)


def beside(until: str, *more: HISTORY, only: tuple[str, ...] = ()) -> Callable[[], Site]:
    """What happens beside the story up to an act, and `more`."""
    return lambda: _also(paths(play(fresh(), "issue_chargeback"), until, only), PATHS_BEGIN, *more)


def _also(site: Site, day: date, *more: HISTORY) -> Site:
    for person, act, fields in more:
        do(site, day, person, act, **fields)
    return site


def _returnable() -> Site:
    """T1 belongs to a claim of something that was replaced, and nobody has counted it."""
    site = play(fresh(), "receive_claim", receive_claim={"quantity": 1})
    do(site, FIRST, "engineer", "receive_part", **T1, claim="C1", listed=1)
    return site


def _late_appeal() -> Site:
    return _also(story("record_receipt")(), LATE, ("seller", "appeal_chargeback", LATE_APPEAL))


def _credited() -> Site:
    """The award is recorded, the money not given back."""
    site = months.july_closed()
    award = {**NOTE, "outcomes": months.AWARD}
    do(site, months.RECORDED, "deputy", "arbitrate_appeal", **award)
    return site


def _july_closed_not_approved() -> Site:
    site = months.collected_in_july()
    do(site, months.END_OF_JULY, "cashier", "close_month", **JULY)
    return site


def _referred() -> Site:
    """The visit's cost has the name of a claim that is there already."""
    site = paths(play(fresh(), "receive_claim"), only=("open_zero_km_job",))
    do(site, PATHS_BEGIN, "engineer", "finish_zero_km_job", **J1, **SERVED, claim="C1")
    return site


LATE_APPEAL = APPEAL | FOR_A_REASON
OBJECTED = ("engineer", "object_to_claim", {**C1, "aspect": "finding", **FOR_A_REASON})
VERIFIED = ("centre", "verify_again", {**C1, "result": "stands"})
UNRESOLVED = ("engineer", "consult_on_claim", {**C1, "result": "unresolved"})
REFERRED = ("centre", "refer_to_group", C1)
SENT = ("engineer", "send_breakdown", ALL_OF_JULY)
APPEALED = ("seller", "appeal_breakdown", {**ALL_OF_JULY, "claims": ["C1"], **FOR_A_REASON})
COUNTED = ("engineer", "count_parts", {**T1, "counted": 1})
INSPECTED = ("engineer", "inspect_part", {**T1, "finding": "misuse"})
CONFIRMED = ("seller", "confirm_chargeback", NOTE)
CHOSEN = ("cashier", "choose_collection", {**NOTE, "way": "invoice"})
PAID = ("cashier", "pay_supplier", {**S1, "amount": "10.00"})
MARKED = ("engineer", "mark_not_returned", {**C1, **FOR_A_REASON})
PROPOSED = ("centre", "propose_handling", {**FC1, **SEEN})


class Example(NamedTuple):
    """An act that is possible in a history, and a day on which it would be too early for it.

    `since` is None where nothing has to come before it; `begins` says that it is not about
    anything that is there already.
    """

    by: str
    fields: dict[str, Any]
    history: Callable[[], Site]
    day: date = THIRD
    since: date | None = FIRST
    begins: bool = False

    @property
    def asked_on(self) -> date:
        """The day of recording."""
        return max(self.day, self.since or self.day)


EXAMPLES: dict[str, Example] = {
    "register_supplier": Example("buyer", SUPPLIER, fresh, since=None, begins=True),
    "acknowledge_rulebook": Example(
        "buyer", {**S1, "clauses": ["Z-4.6.1"]}, story("register_supplier"), since=None
    ),
    "register_part": Example("buyer", PART, story("register_supplier"), since=None),
    "agree_standard": Example(
        "boss",
        {"part": "P1", "since": FIRST, "costs": {"labour": "9.00"}},
        story("register_part"),
        since=None,
    ),
    "agree_terms": Example(
        "boss", {"part": "P1", "since": FIRST, "months": 12}, story("register_part"), since=None
    ),
    "receive_claim": Example(
        "engineer", CLAIM, story("register_part"), since=CLAIM["repaired_on"], begins=True
    ),
    "amend_claim": Example("engineer", {**C1, "costs": {"labour": "9"}}, story("receive_claim")),
    "assign_claim": Example("boss", {**C1, "to": "engineer"}, story("receive_claim")),
    "confirm_information": Example("engineer", C1, story("receive_claim")),
    "confirm_cost": Example("engineer", C1, story("receive_claim")),
    "attribute_claim": Example("engineer", {**C1, **SHARES}, story("receive_claim")),
    "send_breakdown": Example("engineer", ALL_OF_JULY, story("attribute_claim")),
    "sign_breakdown": Example("seller", ALL_OF_JULY, story("attribute_claim", SENT), since=SECOND),
    "appeal_breakdown": Example(
        APPEALED[0], APPEALED[2], story("attribute_claim", SENT), since=SECOND
    ),
    "decide_breakdown_appeal": Example(
        "boss",
        {**ALL_OF_JULY, "bearer": "supplier:S1", **C1, "outcome": "kept"},
        lambda: _also(story("attribute_claim", SENT)(), THIRD, APPEALED),
        since=THIRD,
    ),
    "object_to_claim": Example(OBJECTED[0], OBJECTED[2], story("receive_claim")),
    "verify_again": Example(
        VERIFIED[0], VERIFIED[2], story("receive_claim", OBJECTED), since=SECOND
    ),
    "consult_on_claim": Example(
        UNRESOLVED[0], UNRESOLVED[2], story("receive_claim", OBJECTED, VERIFIED), since=SECOND
    ),
    "refer_to_group": Example(
        "centre", C1, story("receive_claim", OBJECTED, VERIFIED, UNRESOLVED), since=SECOND
    ),
    "record_group_ruling": Example(
        "colleague",
        {**C1, **RULED},
        story("receive_claim", OBJECTED, VERIFIED, UNRESOLVED, REFERRED),
        since=SECOND,
    ),
    "correct_group_ruling": Example(
        "boss",
        {**C1, **RULED, "reference": "G-2", **FOR_A_REASON},
        lambda: _also(
            story("receive_claim", OBJECTED, VERIFIED, UNRESOLVED, REFERRED)(),
            THIRD,
            ("colleague", "record_group_ruling", {**C1, **RULED}),
        ),
        since=THIRD,
    ),
    "set_penalty": Example("engineer", PENALTY | FOR_A_REASON, story("attribute_claim")),
    "withdraw_penalty": Example("boss", {**C1, **FOR_A_REASON}, story("set_penalty")),
    "waive_gate": Example("boss", {**C1, "gate": "counted", **FOR_A_REASON}, _returnable),
    "mark_not_returned": Example(MARKED[0], MARKED[2], story("receive_claim")),
    "withdraw_not_returned": Example(
        "engineer", {**C1, **FOR_A_REASON}, story("receive_claim", MARKED)
    ),
    "propose_handling": Example(PROPOSED[0], PROPOSED[2], fresh, begins=True),
    "approve_handling": Example("chief", FC1, beside("propose_handling"), since=PATHS_BEGIN),
    "link_field_claim": Example("centre", FC1 | C1, story("receive_claim", PROPOSED), since=SECOND),
    "dispute_field_claim": Example(
        "engineer",
        {**FC1, **PARTIES, **FOR_A_REASON},
        beside("approve_handling"),
        since=PATHS_BEGIN,
    ),
    "record_field_ruling": Example(
        "colleague",
        {**FC1, **FIELD_RULING},
        beside("dispute_field_claim"),
        since=PATHS_BEGIN,
    ),
    "open_zero_km_job": Example(
        "engineer", {**J1, **REPORT}, fresh, since=PATHS_BEGIN, begins=True
    ),
    "request_spares": Example(
        "engineer", {**J1, "spares": {"P1": 2}}, beside("open_zero_km_job"), since=PATHS_BEGIN
    ),
    "issue_spares": Example(
        "shop", {**J1, "spares": {"P1": 1}}, beside("request_spares"), since=PATHS_BEGIN
    ),
    "finish_zero_km_job": Example(
        "engineer", {**J1, **SERVED}, beside("issue_spares"), since=PATHS_BEGIN
    ),
    "cancel_zero_km_job": Example(
        "engineer", {**J1, **FOR_A_REASON}, beside("open_zero_km_job"), since=PATHS_BEGIN
    ),
    "receive_part": Example("engineer", {"tag": "T9", **C1, "listed": 1}, store(), since=None),
    "count_parts": Example(COUNTED[0], COUNTED[2], store()),
    "inspect_part": Example(INSPECTED[0], INSPECTED[2], store()),
    "confirm_part": Example("seller", {**T1, "answer": "agreed"}, store()),
    "confirm_part_online": Example("engineer", T1, store(COUNTED)),
    "notify_clearance": Example("buyer", clearing.NOTICE, store()),
    "record_notice_receipt": Example(
        "buyer", clearing.RECEIPT, store(of=clearing.notified), since=SECOND
    ),
    "correct_notice_receipt": Example(
        "buyer2",
        {"notice": "L1", "received_on": SECOND, **FOR_A_REASON},
        clearing.running,
        since=SECOND,
    ),
    "clear_parts": Example(
        "seller", {"notice": "L1", "tags": ["T1"]}, clearing.running, since=SECOND
    ),
    "dispose_of_parts": Example(
        "buyer", {"tags": ["T1"]}, clearing.overdue, clearing.OVERDUE, since=clearing.OVERDUE
    ),
    "draft_chargeback": Example("engineer", DRAFT, story("attribute_claim")),
    "approve_chargeback": Example("boss", NOTE, story("draft_chargeback"), since=SECOND),
    "return_chargeback": Example("boss", NOTE, story("draft_chargeback"), since=SECOND),
    "issue_chargeback": Example("cashier", NOTE, story("approve_chargeback"), since=SECOND),
    "record_delivery": Example(
        "buyer", {**NOTE, "channel": "快递"}, story("issue_chargeback"), since=SECOND
    ),
    "record_receipt": Example("buyer", RECEIPT, story("issue_chargeback"), since=SECOND),
    "correct_receipt": Example(
        "buyer2",
        {**NOTE, "received_on": SECOND, **FOR_A_REASON},
        story("record_receipt"),
        since=SECOND,
    ),
    "confirm_chargeback": Example("seller", NOTE, story("issue_chargeback"), since=SECOND),
    "appeal_chargeback": Example("seller", LATE_APPEAL, story("record_receipt"), since=THIRD),
    "admit_late_appeal": Example(
        "boss", {**NOTE, **FOR_A_REASON}, _late_appeal, day=LATER, since=LATE
    ),
    "recheck_appeal": Example(
        "colleague",
        {**NOTE, "outcomes": {"C1": "upheld"}},
        story("appeal_chargeback"),
        day=LATER,
        since=date(2026, 7, 6),
    ),
    "request_arbitration": Example(
        "seller", LATE_APPEAL, story("recheck_appeal"), day=LATER, since=date(2026, 7, 8)
    ),
    "arbitrate_appeal": Example(
        "deputy", REDUCED, story("request_arbitration"), day=DECIDED, since=date(2026, 7, 9)
    ),
    "void_chargeback": Example(
        "boss", {**NOTE, **FOR_A_REASON}, story("issue_chargeback"), since=SECOND
    ),
    "agree_to_void": Example(
        "checker", {**NOTE, **FOR_A_REASON}, story("issue_chargeback", CONFIRMED), since=SECOND
    ),
    "choose_collection": Example(CHOSEN[0], CHOSEN[2], story("approve_chargeback"), since=SECOND),
    "collect_chargeback": Example(
        "cashier", NOTE, story("issue_chargeback", CONFIRMED, CHOSEN), since=SECOND
    ),
    "open_legal_case": Example("boss", {**LC1, **CASE}, story("receive_claim"), since=None),
    "join_legal_case": Example(
        "boss", {**LC1, "department": "法务"}, beside("open_legal_case"), since=PATHS_BEGIN
    ),
    "link_legal_case": Example(
        "boss", {**LC1, "notes": ["N1"]}, beside("open_legal_case"), since=PATHS_BEGIN
    ),
    "close_legal_case": Example(
        "boss", {**LC1, **ENDED}, beside("open_legal_case"), since=PATHS_BEGIN
    ),
    "record_payable": Example("cashier", PAYABLE, story("register_part"), since=None),
    "pay_supplier": Example(PAID[0], PAID[2], story("record_payable"), since=None),
    "refund_supplier": Example(
        "cashier", {**S1, "amount": "600.00"}, _credited, day=months.REFUNDED, since=None
    ),
    "preview_month": Example("cashier", JULY, months.collected_in_july, day=LATE),
    "close_month": Example("cashier", JULY, months.collected_in_july, day=months.END_OF_JULY),
    "approve_close": Example(
        "checker",
        JULY,
        _july_closed_not_approved,
        day=months.CHECKED,
        since=months.END_OF_JULY,
    ),
    "return_close": Example(
        "checker",
        {**JULY, **FOR_A_REASON},
        _july_closed_not_approved,
        day=months.CHECKED,
        since=months.END_OF_JULY,
    ),
    "correct_count": Example(
        "colleague", {**T1, "counted": 0, **FOR_A_REASON}, store(COUNTED), since=SECOND
    ),
    "correct_finding": Example(
        "colleague",
        {**T1, "finding": "part_defect", **FOR_A_REASON},
        store(INSPECTED),
        since=SECOND,
    ),
    "correct_payable": Example(
        "cashier2",
        {**S1, "document": "AP-3", "amount": "8000.00", **FOR_A_REASON},
        story("record_payable"),
    ),
    "correct_payment": Example(
        "cashier2",
        {**S1, "payment": 1, "amount": "5.00", **FOR_A_REASON},
        story("record_payable", PAID),
        since=SECOND,
    ),
    "close_referral": Example(
        "boss",
        {"referral": "receive_cost_of_finished_job/28/0", **FOR_A_REASON},
        _referred,
        day=PATHS_BEGIN,
        since=PATHS_BEGIN,
    ),
}
OUTSIDER = ("auditor",)  # no act is the auditor's
EVERY = pytest.mark.parametrize("act", sorted(PUBLIC))


def ask(
    act: str,
    *,
    roles: tuple[str, ...] = (),
    on: date | None = None,
    site: Site | None = None,
) -> Refused | None:
    """The refusal of the example, changed like that; nothing is recorded of what is refused."""
    example = EXAMPLES[act]
    site, by = site or example.history(), example.by
    site.begin(example.asked_on)
    before = site.position()
    try:
        site.do(example.asked_on, by, roles or PEOPLE[by], act, **example.fields, on=on)
    except Refused as no:
        assert site.position() == before, "nothing is recorded"
        assert_told(no)
        return no
    return None


def assert_told(no: Refused) -> None:
    """Title, what, why and remedy in both languages, every place in them filled."""
    for language in ("zh", "en"):
        told = no.tell(language)
        for part in ("title", "what", "why", "remedy"):
            assert told[part], f"{no.code} says nothing as its {part} in {language}"
            assert not set("{}") & set(told[part]), told[part]
    chinese = no.tell("zh")
    for part in ("title", "what", "why", "remedy"):
        left = str(chinese[part])
        for name in sorted(NAMES, key=len, reverse=True):
            left = left.replace(name, "")
        assert not re.findall(r"[A-Za-z]{2,}", left), chinese[part]


NAMES = {*PEOPLE, "FC1", "LC1", "receive_cost_of_finished_job", "--effective-on"}
"""What is written in Latin letters in Chinese too."""


def test_every_public_act_has_an_example_here():
    assert sorted(EXAMPLES) == sorted(PUBLIC)


@EVERY
def test_the_example_is_possible_as_it_stands(act):
    assert ask(act) is None


@EVERY
def test_a_person_without_the_role_is_refused_by_the_first_rule_of_the_act(act):
    refused = ask(act, roles=OUTSIDER)

    assert (refused.code, refused.rules[0]) == ("not-your-role", PUBLIC[act].RULES[0])


@EVERY
def test_nothing_is_effective_tomorrow(act):
    refused = ask(act, on=EXAMPLES[act].asked_on + timedelta(days=1))

    assert refused.code == "effective-in-the-future"
    assert refused.rules


@pytest.mark.parametrize("act", sorted(act for act in PUBLIC if not EXAMPLES[act].begins))
def test_what_nobody_has_recorded_is_unknown(act):
    assert ask(act, site=fresh()).rules


@pytest.mark.parametrize("act", sorted(act for act in PUBLIC if EXAMPLES[act].since))
def test_nothing_is_effective_before_its_cause(act):
    example = EXAMPLES[act]

    assert ask(act, on=example.since) is None
    assert ask(act, on=example.since - timedelta(days=1)).rules


OF_NOTES = sorted(
    act for act in PUBLIC if EXAMPLES[act].fields.get("chargeback") and act != "draft_chargeback"
)


@pytest.mark.parametrize("act", OF_NOTES)
def test_nothing_is_asked_of_a_void_note(act):
    voided = ("boss", "void_chargeback", {**NOTE, **FOR_A_REASON})

    refused = ask(act, site=story("issue_chargeback", voided)())

    assert (refused.code, refused.rules[0]) == ("note-is-void", PUBLIC[act].RULES[0])
