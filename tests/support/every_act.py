"""Every act that a person can ask for, in a history in which it is possible."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from recourse.rulebook.book import built_in
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
    return lambda: afterwards(play(fresh(), until), day, *more)


def store(*more: HISTORY, of: Callable[[], Site] = clearing.stored) -> Callable[[], Site]:
    """Old parts where they are, and `more` on the second day."""
    return lambda: afterwards(of(), SECOND, *more)


def beside(until: str, *more: HISTORY, only: tuple[str, ...] = ()) -> Callable[[], Site]:
    """What happens beside the story up to an act, and `more`."""
    return lambda: afterwards(
        paths(play(fresh(), "issue_chargeback"), until, only), PATHS_BEGIN, *more
    )


def afterwards(site: Site, day: date, *more: HISTORY) -> Site:
    for person, act, fields in more:
        do(site, day, person, act, **fields)
    return site


def returnable() -> Site:
    """T1 belongs to a claim of something that was replaced, and nobody has counted it."""
    site = play(fresh(), "receive_claim", receive_claim={"quantity": 1})
    do(site, FIRST, "engineer", "receive_part", **T1, claim="C1", listed=1)
    return site


def late_appeal() -> Site:
    return afterwards(story("record_receipt")(), LATE, ("seller", "appeal_chargeback", LATE_APPEAL))


def credited() -> Site:
    """The award is recorded, the money not given back."""
    site = months.july_closed()
    award = {**NOTE, "outcomes": months.AWARD}
    do(site, months.RECORDED, "deputy", "arbitrate_appeal", **award)
    return site


def july_closed_not_approved() -> Site:
    site = months.collected_in_july()
    do(site, months.END_OF_JULY, "cashier", "close_month", **JULY)
    return site


def referred() -> Site:
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
ISSUED = ("shop", "issue_spares", {**J1, "spares": {"P1": 2}})
PROPOSED = ("centre", "propose_handling", {**FC1, **SEEN})


AGREED = ("buyer", "agree_mailbox", {**S1, "mailbox": "S1/quality"})
HOLIDAYS = {
    "year": 2027,
    "published_on": FIRST,
    "source": "示例",
    "rest": [date(2027, 1, 1)],
    "worked": [],
}
TEXT = dict(built_in().texts)
EDITION = {"rulebook": "zzbs", "takes_effect_on": FIRST, "texts": TEXT}
PROPOSED_EDITION = ("boss", "propose_rulebook", EDITION)
BOOK = {"rulebook": "zzbs"}


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
    "import_arrangement": Example("admin", HOLIDAYS, fresh, since=None, begins=True),
    "add_evidence": Example(
        "engineer",
        {"label": "claim:C1", "evidence": [f"photo:{'0' * 64}"]},
        story("receive_claim"),
    ),
    "propose_rulebook": Example("boss", EDITION, fresh, since=None, begins=True),
    "publish_rulebook": Example(
        "deputy",
        {**BOOK, "sha256": built_in().sha256},
        lambda: afterwards(fresh(), FIRST, PROPOSED_EDITION),
        since=None,
    ),
    "withdraw_rulebook": Example(
        "boss", BOOK, lambda: afterwards(fresh(), FIRST, PROPOSED_EDITION), since=None
    ),
    "acknowledge_rulebook": Example(
        "buyer", {**S1, "clauses": ["Z-4.6.1"]}, story("register_supplier"), since=None
    ),
    "agree_mailbox": Example(
        "buyer", {**S1, "mailbox": "S1/quality"}, story("register_supplier"), since=None
    ),
    "withdraw_mailbox": Example("buyer", S1, story("register_supplier", AGREED), since=None),
    "send_message": Example(
        "buyer",
        {"message": "chargeback:N1"},
        story("issue_chargeback", AGREED),
        since=None,
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
        lambda: afterwards(story("attribute_claim", SENT)(), THIRD, APPEALED),
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
        lambda: afterwards(
            story("receive_claim", OBJECTED, VERIFIED, UNRESOLVED, REFERRED)(),
            THIRD,
            ("colleague", "record_group_ruling", {**C1, **RULED}),
        ),
        since=THIRD,
    ),
    "set_penalty": Example("engineer", PENALTY | FOR_A_REASON, story("attribute_claim")),
    "withdraw_penalty": Example("boss", {**C1, **FOR_A_REASON}, story("set_penalty")),
    "waive_gate": Example("boss", {**C1, "gate": "counted", **FOR_A_REASON}, returnable),
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
        "shop", {**J1, "spares": {"P1": 2}}, beside("request_spares"), since=PATHS_BEGIN
    ),
    "finish_zero_km_job": Example(
        "engineer", {**J1, **SERVED}, beside("request_spares", ISSUED), since=PATHS_BEGIN
    ),
    "cancel_zero_km_job": Example(
        "engineer", {**J1, **FOR_A_REASON}, beside("open_zero_km_job"), since=PATHS_BEGIN
    ),
    "receive_part": Example("engineer", {"tag": "T9", **C1, "listed": 1}, store(), since=None),
    "count_parts": Example(COUNTED[0], COUNTED[2], returnable),
    "inspect_part": Example(INSPECTED[0], INSPECTED[2], returnable),
    "confirm_part": Example("seller", {**T1, "answer": "agreed"}, returnable),
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
        "boss", {**NOTE, **FOR_A_REASON}, late_appeal, day=LATER, since=LATE
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
        "cashier", {**S1, "amount": "600.00"}, credited, day=months.REFUNDED, since=None
    ),
    "preview_month": Example("cashier", JULY, months.collected_in_july, day=LATE),
    "close_month": Example("cashier", JULY, months.collected_in_july, day=months.END_OF_JULY),
    "approve_close": Example(
        "checker",
        JULY,
        july_closed_not_approved,
        day=months.CHECKED,
        since=months.END_OF_JULY,
    ),
    "return_close": Example(
        "checker",
        {**JULY, **FOR_A_REASON},
        july_closed_not_approved,
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
        referred,
        day=PATHS_BEGIN,
        since=PATHS_BEGIN,
    ),
}
