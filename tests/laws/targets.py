"""On which things could an act succeed as the world stands?"""

from collections.abc import Callable, Mapping
from typing import Any

from laws.reference_answers import waits_late
from laws.reference_base import World
from laws.reference_claims import WAIVABLE, approved_notes, gates_missing, live_notes, may_charge
from laws.reference_money import refundable
from laws.reference_notes import CLOSED, needs_agreement, open_of

Thing = dict[str, Any]

SUPPLIERS = ("S1", "S2", "S3")
CLAIMS = tuple(f"C{number}" for number in range(1, 7))
NOTES = tuple(f"N{number}" for number in range(1, 9))
TAGS = tuple(f"T{number}" for number in range(1, 7))

QUALITY_ACTS = (
    *("receive_claim", "confirm_information", "confirm_cost", "attribute_claim", "amend_claim"),
    *("receive_part", "count_parts", "inspect_part", "confirm_part", "confirm_part_online"),
    *("waive_gate", "mark_not_returned", "withdraw_not_returned"),
    *("set_penalty", "withdraw_penalty"),
)
ISSUING_ACTS = (
    *("draft_chargeback", "approve_chargeback", "return_chargeback", "issue_chargeback"),
    *("record_receipt", "correct_receipt", "agree_to_void", "void_chargeback"),
)
ANSWER_ACTS = (
    *("appeal_chargeback", "admit_late_appeal", "recheck_appeal", "request_arbitration"),
    *("arbitrate_appeal", "appeal_chargeback", "recheck_appeal", "confirm_chargeback"),
)
MONEY_ACTS = (
    *("choose_collection", "collect_chargeback", "refund_supplier", "pay_supplier"),
    *("record_payable", "acknowledge_rulebook", "collect_chargeback"),
)
# The road of one claim to its end; an old part takes the steps in brackets.
ROAD = (
    *("receive_claim", "confirm_information", "confirm_cost", "attribute_claim"),
    *("[receive_part]", "[count_parts]", "[inspect_part]", "[confirm_part]", "[waive_gate]"),
    *("set_penalty", "draft_chargeback", "approve_chargeback", "issue_chargeback"),
    *("choose_collection", "record_receipt", "appeal_chargeback", "recheck_appeal"),
    *("collect_chargeback", "request_arbitration", "arbitrate_appeal", "refund_supplier"),
    *("agree_to_void", "void_chargeback", "refund_supplier", "attribute_claim"),
    *("draft_chargeback", "approve_chargeback"),
)
WEEK = "a week"
# What may become of an issued note besides; what has no place there is left out.
ENDS = (
    (
        *("record_receipt", WEEK, "appeal_chargeback", "correct_receipt", "admit_late_appeal"),
        *("recheck_appeal", "collect_chargeback", "correct_receipt", "confirm_chargeback"),
    ),
    (
        *(WEEK, "record_receipt", "appeal_chargeback", "correct_receipt", "correct_receipt"),
        *("recheck_appeal", "request_arbitration", "confirm_chargeback", "agree_to_void"),
    ),
    (
        *("acknowledge_rulebook", "record_receipt", WEEK, "choose_collection", "agree_to_void"),
        *("collect_chargeback", "correct_receipt", "void_chargeback", "refund_supplier"),
    ),
    (
        *(
            "confirm_cost",
            "choose_collection",
            "amend_claim",
            "mark_not_returned",
            "issue_chargeback",
        ),
        *("record_receipt", "collect_chargeback", WEEK, "confirm_cost", "withdraw_not_returned"),
    ),
)


def is_out(note: Thing) -> bool:
    return note["stage"] in ("issued", "received")


def may_collect(world: World, note: Thing) -> bool:
    waits = world["settings"]["collection.waits"] and note["answer"] in ("none", "appealed")
    return is_out(note) and bool(note["way"]) and open_of(world, note) > 0 and not waits


def may_penalise(world: World, label: str, claim: Thing) -> bool:
    fresh = not claim["penalty"] and not claim["penalty_lowered"]
    blamed = any(bearer.startswith("supplier:") for bearer, _ in claim["shares"] or ())
    return fresh and blamed and claim["stage"] == "zero_km" and not approved_notes(world, label)


CLAIM_ACTS: Mapping[str, Callable[[World, str, Thing], Any]] = {
    "amend_claim": lambda world, label, it: not it["caps"],
    "confirm_information": lambda world, label, it: not it["information"],
    "confirm_cost": lambda world, label, it: True,
    "attribute_claim": lambda world, label, it: not live_notes(world, label),
    "waive_gate": lambda world, label, it: gates_missing(world, label) & set(WAIVABLE),
    "mark_not_returned": lambda world, label, it: it["quantity"] and it["valid"],
    "withdraw_not_returned": lambda world, label, it: not it["valid"],
    "receive_part": lambda world, label, it: it["quantity"],
    "set_penalty": may_penalise,
    "withdraw_penalty": lambda world, label, it: it["penalty"],
}
TAG_ACTS: Mapping[str, Callable[[Thing], Any]] = {
    "count_parts": lambda it: True,
    "inspect_part": lambda it: not it["finding"],
    "confirm_part": lambda it: not it["answer"],
    "confirm_part_online": lambda it: it["counted"] is not None and not it["online"],
}
NOTE_ACTS: Mapping[str, Callable[[World, Thing], Any]] = {
    "approve_chargeback": lambda world, it: it["stage"] == "drafted",
    "return_chargeback": lambda world, it: it["stage"] == "drafted",
    "issue_chargeback": lambda world, it: it["stage"] == "approved",
    "record_receipt": lambda world, it: it["stage"] == "issued",
    "correct_receipt": lambda world, it: it["stage"] == "received",
    "agree_to_void": lambda world, it: it["stage"] != "void" and needs_agreement(it),
    "void_chargeback": lambda world, it: (
        it["stage"] != "void" and (it["agreed"] or it["answer"] in ("appealed", "rechecked"))
    ),
    "appeal_chargeback": lambda world, it: (
        it["stage"] == "received" and it["answer"] in ("none", "lapsed") and not waits_late(it)
    ),
    "admit_late_appeal": lambda world, it: it["stage"] == "received" and waits_late(it),
    "recheck_appeal": lambda world, it: (
        it["stage"] == "received" and it["answer"] == "appealed" and not it["arbitration"]
    ),
    "request_arbitration": lambda world, it: (
        it["stage"] == "received" and it["answer"] == "rechecked"
    ),
    "arbitrate_appeal": lambda world, it: (
        it["stage"] == "received" and it["answer"] == "appealed" and it["arbitration"]
    ),
    "confirm_chargeback": lambda world, it: is_out(it) and it["answer"] not in CLOSED,
    "choose_collection": lambda world, it: it["stage"] not in ("drafted", "void") and not it["way"],
    "collect_chargeback": may_collect,
}
SUPPLIER_ACTS: Mapping[str, Callable[[World, str], Any]] = {
    "refund_supplier": refundable,
    "pay_supplier": lambda world, label: world["suppliers"][label]["payable"],
    "record_payable": lambda world, label: len(world["suppliers"][label]["documents"]) < 3,
    "acknowledge_rulebook": lambda world, label: not world["suppliers"][label]["acknowledged"],
}


def targets(world: World, act: str) -> list[str]:
    """The labels on which the act may well be done now; for a first act, the next free label."""
    if act == "receive_claim":
        return [label for label in CLAIMS if label not in world["claims"]][:1]
    if act == "draft_chargeback":
        free = [label for label in NOTES if label not in world["notes"]]
        return free[:1] if ready_to_draft(world) else []
    if act in CLAIM_ACTS:
        return [label for label, it in world["claims"].items() if CLAIM_ACTS[act](world, label, it)]
    if act in TAG_ACTS:
        return [label for label, it in world["tags"].items() if TAG_ACTS[act](it)]
    if act in NOTE_ACTS:
        return [label for label, it in world["notes"].items() if NOTE_ACTS[act](world, it)]
    return [label for label in world["suppliers"] if SUPPLIER_ACTS[act](world, label)]


def everything(act: str) -> tuple[str, ...]:
    """Every label that the act could name, whether there is such a thing or not."""
    if act in CLAIM_ACTS or act == "receive_claim":
        return CLAIMS
    if act in TAG_ACTS:
        return TAGS
    return SUPPLIERS if act in SUPPLIER_ACTS else NOTES


def ready_to_draft(world: World) -> list[tuple[str, str]]:
    """Pairs of a supplier and a claim that may be drafted for it."""
    return [
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
