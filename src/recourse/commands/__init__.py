"""What can be asked of the engine, and who answers it?"""

from recourse.commands import (
    answers,
    claims,
    collections,
    corrections,
    days,
    drafts,
    referrals,
    returned_parts,
    reviews,
    suppliers,
)
from recourse.commands.base import Command, Desk, Handler
from recourse.values.parties import ENGINE

__all__ = ["HANDLERS", "PUBLIC", "Command", "Desk", "Handler"]

HANDLERS: dict[type[Command], Handler] = {
    suppliers.RegisterSupplier: suppliers.register_supplier,
    suppliers.RegisterPart: suppliers.register_part,
    suppliers.AcknowledgeRulebook: suppliers.acknowledge_rulebook,
    claims.ReceiveClaim: claims.receive_claim,
    claims.AmendClaim: claims.amend_claim,
    claims.AssignClaim: claims.assign_claim,
    claims.ConfirmInformation: claims.confirm_information,
    claims.ConfirmCost: claims.confirm_cost,
    claims.AttributeClaim: claims.attribute_claim,
    claims.SetPenalty: claims.set_penalty,
    claims.WithdrawPenalty: claims.withdraw_penalty,
    claims.WaiveGate: claims.waive_gate,
    claims.MarkNotReturned: claims.mark_not_returned,
    claims.WithdrawNotReturned: claims.withdraw_not_returned,
    returned_parts.ReceivePart: returned_parts.receive_part,
    returned_parts.CountParts: returned_parts.count_parts,
    returned_parts.InspectPart: returned_parts.inspect_part,
    returned_parts.ConfirmPart: returned_parts.confirm_part,
    returned_parts.ConfirmPartOnline: returned_parts.confirm_part_online,
    drafts.DraftChargeback: drafts.draft_chargeback,
    drafts.ApproveChargeback: drafts.approve_chargeback,
    drafts.ReturnChargeback: drafts.return_chargeback,
    drafts.IssueChargeback: drafts.issue_chargeback,
    drafts.RecordDelivery: drafts.record_delivery,
    answers.RecordReceipt: answers.record_receipt,
    answers.CorrectReceipt: answers.correct_receipt,
    answers.LapseAppeal: answers.lapse_appeal,
    answers.ConfirmChargeback: answers.confirm_chargeback,
    answers.AppealChargeback: answers.appeal_chargeback,
    answers.AdmitLateAppeal: answers.admit_late_appeal,
    answers.RecheckAppeal: answers.recheck_appeal,
    answers.RequestArbitration: answers.request_arbitration,
    answers.ArbitrateAppeal: answers.arbitrate_appeal,
    collections.VoidChargeback: collections.void_chargeback,
    collections.AgreeToVoid: collections.agree_to_void,
    collections.ChooseCollection: collections.choose_collection,
    collections.CollectChargeback: collections.collect_chargeback,
    suppliers.RecordPayable: suppliers.record_payable,
    suppliers.PaySupplier: suppliers.pay_supplier,
    suppliers.RefundSupplier: suppliers.refund_supplier,
    corrections.CorrectCount: corrections.correct_count,
    corrections.CorrectFinding: corrections.correct_finding,
    corrections.CorrectPayable: corrections.correct_payable,
    corrections.CorrectPayment: corrections.correct_payment,
    referrals.CloseReferral: referrals.close_referral,
    reviews.ReviewClaim: reviews.review_claim,
    reviews.ReviewAccount: reviews.review_account,
    referrals.ReviewNote: referrals.review_note,
    referrals.ReferReaction: referrals.refer_reaction,
    days.BeginDay: days.begin_day,
}

PUBLIC: dict[str, type[Command]] = {
    command.act_name(): command for command in HANDLERS if ENGINE not in command.BY
}
"""What a person can ask for, by its public name."""
