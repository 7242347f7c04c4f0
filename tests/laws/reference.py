"""What does the page of cases promise, said a second time without the engine?

A reference in plain functions on dictionaries and integer fen. It knows the acts of one
supplier's recourse (claims, old parts, penalties, notes, answers, money) and nothing of disputes
upstream, clearance, breakdowns and closing. It imports nothing of the engine.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from laws import reference_answers as answers
from laws import reference_claims as claims
from laws import reference_money as money
from laws import reference_notes as notes
from laws import reference_parts as parts
from laws.reference_base import No, Person, World, holds_role

Act = Callable[..., None]

# What may be asked: by which role, the first rule of its row, and what becomes of it.
ACTS: dict[str, tuple[str, str, Act]] = {
    "register_supplier": ("purchasing", "Z-4.3.1a", money.register_supplier),
    "register_part": ("purchasing", "Z-3.2.1", money.register_part),
    "acknowledge_rulebook": ("purchasing", "ZA10", money.acknowledge_rulebook),
    "receive_claim": ("quality_engineer", "Z-4.4.2", claims.receive_claim),
    "amend_claim": ("quality_engineer", "Z-4.4.2", claims.amend_claim),
    "confirm_information": ("quality_engineer", "Z-4.4.2", claims.confirm_information),
    "confirm_cost": ("quality_engineer", "Z-4.4.2", claims.confirm_cost),
    "attribute_claim": ("quality_engineer", "Z-4.4.2", claims.attribute_claim),
    "mark_not_returned": ("quality_engineer", "Z-4.2.1c", claims.mark_not_returned),
    "withdraw_not_returned": ("quality_engineer", "Z-4.2.1c", claims.withdraw_not_returned),
    "waive_gate": ("quality_manager", "ZA41", claims.waive_gate),
    "receive_part": ("quality_engineer", "Z-3.1.3", parts.receive_part),
    "count_parts": ("quality_engineer", "Z-4.2.2a", parts.count_parts),
    "inspect_part": ("quality_engineer", "Z-3.1.5", parts.inspect_part),
    "confirm_part": ("supplier", "Z-4.2.2b", parts.confirm_part),
    "confirm_part_online": ("quality_engineer", "Z-4.2.3", parts.confirm_part_online),
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
}


def begin(world: World, day: date) -> None:
    """Let days begin up to `day`; an earlier day changes nothing."""
    if day > world["day"]:
        world["day"] = day
        notes.let_lapse(world, day)


def do(world: World, person: Person, act: str, **fields: Any) -> None:
    """Do the act today; raises `No`, `Idle` or `Unclear`, and then nothing has changed."""
    role, rule, effect = ACTS[act]
    if not holds_role(person, [role]):
        raise No(rule)
    effect(world, person, **fields)


def figures(world: World, kind: str, label: str) -> dict[str, Any]:
    """The figures of one thing; amounts in fen, names in order."""
    tell = {
        "claim": claims.claim_figures,
        "part": parts.part_figures,
        "chargeback": notes.note_figures,
        "account": money.account_figures,
        "bearers": claims.month_figures,
    }
    return notes.referral_figures(world) if kind == "referrals" else tell[kind](world, label)


def subjects(world: World) -> list[tuple[str, str]]:
    """Everything that has figures: kind and label."""
    months = {claims.month_of(claim["received_on"]) for claim in world["claims"].values()}
    kinds = {
        "claim": world["claims"],
        "part": world["tags"],
        "chargeback": world["notes"],
        "account": world["suppliers"],
        "bearers": sorted(months),
        "referrals": [""],
    }
    return [(kind, label) for kind, labels in kinds.items() for label in labels]
