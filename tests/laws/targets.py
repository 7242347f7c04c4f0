"""On which things could an act succeed as the world stands?"""

from collections.abc import Callable, Mapping
from typing import Any

from laws.reference_answers import waits_late
from laws.reference_base import World
from laws.reference_breakdown import is_over
from laws.reference_claims import (
    WAIVABLE,
    approved_notes,
    gates_missing,
    in_dispute,
    live_notes,
    may_charge,
    month_figures,
)
from laws.reference_clearance import GONE, maker_of, may_go
from laws.reference_money import refundable
from laws.reference_notes import CLOSED, needs_agreement, open_of

Thing = dict[str, Any]
Acts = Mapping[str, Callable[[World, str, Thing], Any]]

SUPPLIERS = ("S1", "S2", "S3")
CLAIMS = tuple(f"C{number}" for number in range(1, 10))
NOTES = tuple(f"N{number}" for number in range(1, 13))
TAGS = tuple(f"T{number}" for number in range(1, 9))
NOTICES = tuple(f"L{number}" for number in range(1, 6))
MONTHS = tuple(f"2026-{number:02d}" for number in range(4, 12))


def is_out(note: Thing) -> bool:
    return note["stage"] in ("issued", "received")


def may_collect(world: World, label: str, note: Thing) -> bool:
    waits = world["settings"]["collection.waits"] and note["answer"] in ("none", "appealed")
    return is_out(note) and bool(note["way"]) and open_of(world, note) > 0 and not waits


def is_open(claim: Thing) -> bool:
    """Whether it may still be confirmed or amended."""
    return claim["dispute"] == "none" and not claim["closed"]


def may_attribute(world: World, label: str, claim: Thing) -> bool:
    return not (in_dispute(claim) or claim["closed"] or live_notes(world, label))


def may_penalise(world: World, label: str, claim: Thing) -> bool:
    fresh = not claim["closed"] and not claim["penalty"] and not claim["penalty_lowered"]
    blamed = any(bearer.startswith("supplier:") for bearer, _ in claim["shares"] or ())
    return fresh and blamed and claim["stage"] == "zero_km" and not approved_notes(world, label)


def pending_appeals(world: World, month: str) -> list[tuple[str, str]]:
    """Pairs of a bearer and the claim of which it appeals the breakdown."""
    appeals = world["breakdowns"].get(month, {"appeals": {}})["appeals"]
    return sorted(pair for pair, state in appeals.items() if state == "pending")


def to_approve(world: World, supplier: str) -> list[str]:
    closes = world["closes"].items()
    return [month for (its, month), it in closes if its == supplier and not it["approved"]]


CLAIM_ACTS: Acts = {
    "amend_claim": lambda world, label, it: is_open(it) and not it["caps"],
    "confirm_information": lambda world, label, it: is_open(it) and it["information"] == "open",
    "confirm_cost": lambda world, label, it: is_open(it),
    "attribute_claim": may_attribute,
    "object_to_claim": lambda world, label, it: is_open(it),
    "verify_again": lambda world, label, it: it["dispute"] == "returned",
    "consult_on_claim": lambda world, label, it: it["dispute"] == "verified",
    "refer_to_group": lambda world, label, it: it["dispute"] == "unresolved",
    "record_group_ruling": lambda world, label, it: it["dispute"] == "referred",
    "correct_group_ruling": lambda world, label, it: it["dispute"] == "ruled",
    "waive_gate": lambda world, label, it: gates_missing(world, label) & set(WAIVABLE),
    "mark_not_returned": lambda world, label, it: it["quantity"] and it["valid"],
    "withdraw_not_returned": lambda world, label, it: not it["valid"],
    "receive_part": lambda world, label, it: it["quantity"],
    "set_penalty": may_penalise,
    "withdraw_penalty": lambda world, label, it: it["penalty"],
}
TAG_ACTS: Acts = {
    "count_parts": lambda world, label, it: it["place"] not in GONE,
    "inspect_part": lambda world, label, it: not it["finding"],
    "confirm_part": lambda world, label, it: not it["answer"],
    "confirm_part_online": lambda world, label, it: it["counted"] is not None and not it["online"],
    "notify_clearance": lambda world, label, it: it["place"] == "store",
    "dispose_of_parts": lambda world, label, it: may_go(world, label),
}
NOTICE_ACTS: Acts = {
    "record_notice_receipt": lambda world, label, it: it["last_day"] is None,
    "clear_parts": lambda world, label, it: any(
        world["tags"][tag]["place"] not in GONE for tag in it["tags"]
    ),
}
BREAKDOWN_ACTS: Mapping[str, Callable[[World, str], Any]] = {
    "send_breakdown": lambda world, month: (
        month not in world["breakdowns"]
        and is_over(world, month)
        and month_figures(world, month)["accepted"]
    ),
    "sign_breakdown": lambda world, month: month in world["breakdowns"],
    "appeal_breakdown": lambda world, month: month in world["breakdowns"],
    "decide_breakdown_appeal": pending_appeals,
}
NOTE_ACTS: Acts = {
    "approve_chargeback": lambda world, label, it: it["stage"] == "drafted",
    "return_chargeback": lambda world, label, it: it["stage"] == "drafted",
    "issue_chargeback": lambda world, label, it: it["stage"] == "approved",
    "record_receipt": lambda world, label, it: it["stage"] == "issued",
    "correct_receipt": lambda world, label, it: it["stage"] == "received",
    "agree_to_void": lambda world, label, it: it["stage"] != "void" and needs_agreement(it),
    "void_chargeback": lambda world, label, it: (
        it["stage"] != "void" and (it["agreed"] or it["answer"] in ("appealed", "rechecked"))
    ),
    "appeal_chargeback": lambda world, label, it: (
        it["stage"] == "received" and it["answer"] in ("none", "lapsed") and not waits_late(it)
    ),
    "admit_late_appeal": lambda world, label, it: it["stage"] == "received" and waits_late(it),
    "recheck_appeal": lambda world, label, it: (
        it["stage"] == "received" and it["answer"] == "appealed" and not it["arbitration"]
    ),
    "request_arbitration": lambda world, label, it: (
        it["stage"] == "received" and it["answer"] == "rechecked"
    ),
    "arbitrate_appeal": lambda world, label, it: (
        it["stage"] == "received" and it["answer"] == "appealed" and it["arbitration"]
    ),
    "confirm_chargeback": lambda world, label, it: is_out(it) and it["answer"] not in CLOSED,
    "choose_collection": lambda world, label, it: (
        it["stage"] not in ("drafted", "void") and not it["way"]
    ),
    "collect_chargeback": may_collect,
}
SUPPLIER_ACTS: Acts = {
    "refund_supplier": lambda world, label, it: refundable(world, label),
    "pay_supplier": lambda world, label, it: it["payable"],
    "record_payable": lambda world, label, it: len(it["documents"]) < 3,
    "acknowledge_rulebook": lambda world, label, it: not it["acknowledged"],
    "preview_month": lambda world, label, it: True,
    "close_month": lambda world, label, it: True,
    "approve_close": lambda world, label, it: to_approve(world, label),
}
KINDS: tuple[tuple[str, Acts, tuple[str, ...]], ...] = (
    ("claims", CLAIM_ACTS, CLAIMS),
    ("tags", TAG_ACTS, TAGS),
    ("notices", NOTICE_ACTS, NOTICES),
    ("notes", NOTE_ACTS, NOTES),
    ("suppliers", SUPPLIER_ACTS, SUPPLIERS),
)


def next_to_close(world: World, supplier: str) -> str:
    closed = {month for its, month in world["closes"] if its == supplier}
    return next(month for month in MONTHS if month not in closed)


def targets(world: World, act: str) -> list[str]:
    """The labels on which the act may well be done now; for a first act, the next free label."""
    if act == "receive_claim":
        return [label for label in CLAIMS if label not in world["claims"]][:1]
    if act == "draft_chargeback":
        free = [label for label in NOTES if label not in world["notes"]]
        return free[:1] if ready_to_draft(world) else []
    if act in BREAKDOWN_ACTS:
        return [month for month in MONTHS if BREAKDOWN_ACTS[act](world, month)]
    kind, acts, _ = kind_of(act)
    return [label for label, it in world[kind].items() if acts[act](world, label, it)]


def kind_of(act: str) -> tuple[str, Acts, tuple[str, ...]]:
    """What the act is about: where such things are, the acts on them, and their labels."""
    return next(kind for kind in KINDS if act in kind[1])


def everything(act: str) -> tuple[str, ...]:
    """Every label that the act could name, whether there is such a thing or not."""
    firsts = {"receive_claim": CLAIMS, "draft_chargeback": NOTES}
    if act in BREAKDOWN_ACTS:
        return MONTHS[:3]
    return firsts.get(act) or kind_of(act)[2]


def ready_to_draft(world: World) -> list[tuple[str, str]]:
    """Pairs of a supplier and a claim or disposed part that may be drafted for it."""
    scrapped = [
        (maker_of(world, label), label)
        for label, tag in world["tags"].items()
        if tag["cost"] and not live_notes(world, label)
    ]
    return scrapped + [
        (supplier, label)
        for supplier in world["suppliers"]
        for label, claim in world["claims"].items()
        if may_charge(claim, supplier) and not live_notes(world, label, supplier)
    ]


def last_on_road(world: World, act: str, claim: str) -> str | None:
    """What `act` is about when that claim goes its way: the claim, its last tag or last note."""
    its_notes = [label for label, note in world["notes"].items() if claim in note["claims"]]
    if act in CLAIM_ACTS or act == "receive_claim":
        return claim
    if act in TAG_ACTS:
        its_tags = [label for label, tag in world["tags"].items() if tag["claim"] == claim]
        return its_tags[-1] if its_tags else None
    if act == "draft_chargeback":
        return next(iter(targets(world, act)), None)
    if act in SUPPLIER_ACTS and its_notes:
        return world["notes"][its_notes[-1]]["supplier"]
    return its_notes[-1] if its_notes else None
