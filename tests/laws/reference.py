"""What does the page of cases promise, said a second time without the engine?

A reference in plain functions on dictionaries and integer fen, which imports nothing of the
engine. It knows the acts of one supplier's recourse: claims and disputes about them, old parts to
their end, penalties, notes, answers, money, breakdowns; of closing a month only who may when.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from laws import reference_answers as answers
from laws import reference_breakdown as breakdown
from laws import reference_claims as claims
from laws import reference_clearance as clearance
from laws import reference_disputes as disputes
from laws import reference_money as money
from laws import reference_months as months
from laws import reference_notes as notes
from laws import reference_parts as parts
from laws.reference_base import No, Person, World, holds_role

Act = Callable[..., None]

# What may be asked: by which role (or the act itself looks at the person), the first rule of its
# row, and what becomes of it.
ITSELF = ""
ACTS: dict[str, tuple[str, str, Act]] = {
    "register_supplier": ("purchasing", "Z-4.3.1a", money.register_supplier),
    "register_part": ("purchasing", "Z-3.2.1", money.register_part),
    "acknowledge_rulebook": ("purchasing", "ZA10", money.acknowledge_rulebook),
    "receive_claim": ("quality_engineer", "Z-4.4.2", disputes.receive_and_doubt),
    "amend_claim": ("quality_engineer", "Z-4.4.2", claims.amend_claim),
    "confirm_information": ("quality_engineer", "Z-4.4.2", claims.confirm_information),
    "confirm_cost": ("quality_engineer", "Z-4.4.2", claims.confirm_cost),
    "attribute_claim": ("quality_engineer", "Z-4.4.2", claims.attribute_claim),
    "object_to_claim": ("quality_engineer", "Z-4.4.3a", disputes.object_to_claim),
    "verify_again": ("service_centre", "Z-4.4.3a", disputes.verify_again),
    "consult_on_claim": ("quality_engineer", "Z-4.4.3b", disputes.consult_on_claim),
    "refer_to_group": (ITSELF, "Z-4.4.3c", disputes.refer_to_group),
    "record_group_ruling": ("quality_engineer", "Z-4.4.3d", disputes.record_group_ruling),
    "correct_group_ruling": ("quality_manager", "Z-4.4.3d", disputes.correct_group_ruling),
    "mark_not_returned": ("quality_engineer", "Z-4.2.1c", claims.mark_not_returned),
    "withdraw_not_returned": ("quality_engineer", "Z-4.2.1c", claims.withdraw_not_returned),
    "waive_gate": ("quality_manager", "ZA41", claims.waive_gate),
    "receive_part": ("quality_engineer", "Z-3.1.3", parts.receive_part),
    "count_parts": ("quality_engineer", "Z-4.2.2a", parts.count_parts),
    "inspect_part": ("quality_engineer", "Z-3.1.5", parts.inspect_part),
    "confirm_part": ("supplier", "Z-4.2.2b", parts.confirm_part),
    "confirm_part_online": ("quality_engineer", "Z-4.2.3", parts.confirm_part_online),
    "notify_clearance": ("purchasing", "Z-4.3.2a", clearance.notify_clearance),
    "record_notice_receipt": ("purchasing", "Z-4.3.2a", clearance.record_notice_receipt),
    "clear_parts": ("supplier", "Z-4.3.2a", clearance.clear_parts),
    "dispose_of_parts": (ITSELF, "Z-4.3.2b", clearance.dispose_of_parts),
    "send_breakdown": ("quality_engineer", "Z-4.5.1a", breakdown.send_breakdown),
    "sign_breakdown": (ITSELF, "Z-4.5.1b", breakdown.sign_breakdown),
    "appeal_breakdown": (ITSELF, "Z-4.5.1c", breakdown.appeal_breakdown),
    "decide_breakdown_appeal": (
        "quality_manager",
        "Z-4.5.1c",
        breakdown.decide_breakdown_appeal,
    ),
    "set_penalty": ("quality_engineer", "Z-4.5.3b", parts.set_penalty),
    "withdraw_penalty": ("quality_manager", "Z-4.5.3b", parts.withdraw_penalty),
    "draft_chargeback": ("quality_engineer", "Z-4.5.2a", notes.draft_chargeback),
    "approve_chargeback": ("quality_manager", "Z-4.5.2b", notes.approve_chargeback),
    "return_chargeback": ("quality_manager", "Z-4.5.2b", notes.return_chargeback),
    "issue_chargeback": ("finance", "Z-4.5.2c", notes.issue_chargeback),
    "record_receipt": ("purchasing", "Z-4.6.1a", notes.record_receipt),
    "correct_receipt": ("purchasing", "Z-4.6.1a", notes.correct_receipt),
    "void_chargeback": ("quality_manager", "Z-4.5.2b", notes.void_chargeback),
    "agree_to_void": ("finance_checker", "ZA33", notes.agree_to_void),
    "confirm_chargeback": ("supplier", "Z-4.6.3a", answers.confirm_chargeback),
    "appeal_chargeback": ("supplier", "Z-4.6.1a", answers.appeal_chargeback),
    "admit_late_appeal": ("quality_manager", "ZA10", answers.admit_late_appeal),
    "recheck_appeal": ("quality_engineer", "Z-4.6.1b", answers.recheck_appeal),
    "request_arbitration": ("supplier", "Z-4.6.1d", answers.request_arbitration),
    "arbitrate_appeal": ("deputy_gm", "Z-4.6.1d", answers.arbitrate_appeal),
    "choose_collection": ("finance", "ZA16", money.choose_collection),
    "collect_chargeback": ("finance", "ZA17", money.collect_chargeback),
    "refund_supplier": ("finance", "Z-4.6.1c", money.refund_supplier),
    "record_payable": ("finance", "Z-4.6.3a", money.record_payable),
    "pay_supplier": ("finance", "Z-4.6.3b", money.pay_supplier),
    "preview_month": ("finance", months.RULE, months.preview_month),
    "close_month": ("finance", months.RULE, months.close_month),
    "approve_close": ("finance_checker", months.RULE, months.approve_close),
}


def begin(world: World, day: date) -> None:
    """Let days begin up to `day`; an earlier day changes nothing."""
    if day > world["day"]:
        world["day"] = day
        notes.let_lapse(world, day)


def do(world: World, person: Person, act: str, **fields: Any) -> None:
    """Do the act today; raises `No`, `Idle` or `Unclear`, and then nothing has changed."""
    role, rule, effect = ACTS[act]
    if role != ITSELF and not holds_role(person, [role]):
        raise No(rule)
    effect(world, person, **fields)


KINDS: dict[str, Callable[[World, str], dict[str, Any]]] = {
    "claim": claims.claim_figures,
    "part": parts.part_figures,
    "notice": clearance.notice_figures,
    "chargeback": notes.note_figures,
    "account": money.account_figures,
    "bearers": claims.month_figures,
    "referrals": notes.referral_figures,
}


def figures(world: World, kind: str, label: str) -> dict[str, Any]:
    """The figures of one thing; amounts in fen, names in order."""
    return KINDS[kind](world, label)


def subjects(world: World) -> list[tuple[str, str]]:
    """Everything that has figures: kind and label."""
    months = {claims.month_of(claim["received_on"]) for claim in world["claims"].values()}
    kinds = {
        "claim": world["claims"],
        "part": world["tags"],
        "notice": world["notices"],
        "chargeback": world["notes"],
        "account": world["suppliers"],
        "bearers": sorted(months),
        "referrals": [""],
    }
    return [(kind, label) for kind, labels in kinds.items() for label in labels]
