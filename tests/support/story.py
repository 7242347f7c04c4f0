"""One claim from the supplier's registration to a decided appeal, a step at a time."""

from collections.abc import Collection
from datetime import date
from typing import Any

from recourse.values.refusal import Refused
from support.engine import Site

PEOPLE = {
    "engineer": ("quality_engineer",),
    "colleague": ("quality_engineer",),
    "boss": ("quality_manager",),
    "deputy": ("deputy_gm",),
    "cashier": ("finance",),
    "cashier2": ("finance",),
    "checker": ("finance_checker",),
    "buyer": ("purchasing",),
    "buyer2": ("purchasing",),
    "seller": ("supplier:S1",),
    "seller2": ("supplier:S2",),
    "centre": ("service_centre",),
    "gear": ("department:齿轮",),
    "keeper": ("supplier:S1", "department:齿轮"),
    "shop": ("manufacturing",),
    "admin": ("admin",),
    "chief": ("service_centre",),
}
FIRST, SECOND, THIRD = date(2026, 7, 1), date(2026, 7, 2), date(2026, 7, 3)
LAST_DAY = date(2026, 7, 8)  # of the appeal: five days after the third, a Wednesday

CLAIM: dict[str, Any] = {
    "claim": "C1",
    "unit": "U1",
    "part": "P1",
    "stage": "zero_km",
    "repaired_on": date(2026, 6, 20),
    "quantity": 0,
    "costs": {"labour": "300.00", "material": "700.00"},
}
SUPPLIER = {"supplier": "S1", "name": "甲供方", "disposal": "takes_back"}
PAYABLE = {"supplier": "S1", "document": "AP-3", "amount": "9000.00", "due_on": date(2026, 7, 31)}
PENALTY = {"claim": "C1", "supplier": "S1", "severity": "serious", "amount": "1000.00"}
DRAFT = {"chargeback": "N1", "supplier": "S1", "month": "2026-07", "claims": ["C1"]}
RECEIPT = {"chargeback": "N1", "received_on": THIRD, "proof": "快递"}
APPEAL = {"chargeback": "N1", "lines": ["C1"]}
REDUCED = {"chargeback": "N1", "outcomes": {"C1/material": {"reduced_to": "250.00"}}}
NOTE, FOR_A_REASON = {"chargeback": "N1"}, {"reason": "见附件"}

STEPS: tuple[tuple[date, str, str, dict[str, Any]], ...] = (
    (FIRST, "buyer", "register_supplier", SUPPLIER),
    (FIRST, "buyer", "register_part", {"part": "P1", "name": "拨叉", "supplier": "S1"}),
    (FIRST, "cashier", "record_payable", PAYABLE),
    (FIRST, "engineer", "receive_claim", CLAIM),
    (FIRST, "engineer", "confirm_information", {"claim": "C1"}),
    (FIRST, "engineer", "confirm_cost", {"claim": "C1"}),
    (FIRST, "engineer", "attribute_claim", {"claim": "C1", "shares": {"supplier:S1": "1.00"}}),
    (FIRST, "engineer", "set_penalty", PENALTY | FOR_A_REASON),
    (SECOND, "engineer", "draft_chargeback", DRAFT),
    (SECOND, "boss", "approve_chargeback", NOTE),
    (SECOND, "cashier", "issue_chargeback", NOTE),
    (THIRD, "buyer", "record_receipt", RECEIPT),
    (date(2026, 7, 6), "seller", "appeal_chargeback", APPEAL | FOR_A_REASON),
    (date(2026, 7, 8), "colleague", "recheck_appeal", NOTE | {"outcomes": {"C1": "upheld"}}),
    (date(2026, 7, 9), "seller", "request_arbitration", APPEAL | FOR_A_REASON),
    (date(2026, 7, 20), "deputy", "arbitrate_appeal", REDUCED),
)


def do(site: Site, day: date, person: str, act: str, **fields: Any) -> None:
    """One act of a person of the story."""
    site.do(day, person, PEOPLE[person], act, **fields)


def refused(
    site: Site, day: date, person: str, act: str, **fields: Any
) -> tuple[str, tuple[str, ...]]:
    """The code and the rules of the refusal of an act, of which nothing was recorded."""
    site.begin(day)
    before = site.position()
    try:
        do(site, day, person, act, **fields)
    except Refused as no:
        assert site.position() == before
        return no.code, no.rules
    raise AssertionError(f"{act} was not refused")


def play(site: Site, until: str, **instead: dict[str, Any]) -> Site:
    """Every step up to the act `until`; `instead` has other fields for the acts it names."""
    for day, person, act, fields in STEPS:
        do(site, day, person, act, **fields | instead.get(act, {}))
        if act == until:
            return site
    raise LookupError(f"the story has no act {until}")


PATHS_BEGIN = date(2026, 7, 22)  # the day after the story is over
SEEN = {"unit": "U1", "part": "P1", "opinion": "claim_justified", "found_on": FIRST}
RULING = {"ruling": "claim_refused", "reference": "G-1", "ruled_on": PATHS_BEGIN}
CASE = {"supplier": "S1", "trigger": "injury", "joining": ["财务部"], "claims": ["C1"]}
REPORT = {"unit": "U2", "part": "P1", "reported_on": PATHS_BEGIN}
SERVED: dict[str, Any] = {
    "served_on": PATHS_BEGIN,
    "outcome": "replaced",
    "quantity": 2,
    "costs": {"labour": "120.00", "travel": "0.01"},
}
PATHS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("centre", "propose_handling", {"field_claim": "FC1", **SEEN, "claim": "C1"}),
    ("chief", "approve_handling", {"field_claim": "FC1"}),
    (
        "engineer",
        "dispute_field_claim",
        {"field_claim": "FC1", "party": "company", "against": "centre", **FOR_A_REASON},
    ),
    ("colleague", "record_field_ruling", {"field_claim": "FC1", **RULING}),
    ("boss", "open_legal_case", {"legal_case": "LC1", **CASE}),
    ("boss", "link_legal_case", {"legal_case": "LC1", "notes": ["N1"]}),
    (
        "boss",
        "close_legal_case",
        {"legal_case": "LC1", "outcome": "won", "reference": "P-1", "closed_on": PATHS_BEGIN},
    ),
    ("engineer", "open_zero_km_job", {"job": "J1", **REPORT}),
    ("engineer", "request_spares", {"job": "J1", "spares": {"P1": 2}}),
    ("shop", "issue_spares", {"job": "J1", "spares": {"P1": 1}}),
    ("engineer", "finish_zero_km_job", {"job": "J1", **SERVED}),
)


def paths(
    site: Site, until: str = "", only: Collection[str] = (), **instead: dict[str, Any]
) -> Site:
    """What happens beside the story once it is over; `only` these acts, or up to one of them."""
    for person, act, fields in PATHS:
        if act in only or not only:
            do(site, PATHS_BEGIN, person, act, **fields | instead.get(act, {}))
        if act == until:
            break
    return site
