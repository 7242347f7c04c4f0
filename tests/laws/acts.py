"""Which acts belong together, and in which order do things usually go?"""

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
DISPUTE_ACTS = (
    *("object_to_claim", "verify_again", "consult_on_claim", "refer_to_group"),
    *("record_group_ruling", "correct_group_ruling"),
)
CLEARING_ACTS = (
    *("notify_clearance", "record_notice_receipt", "clear_parts"),
    *("dispose_of_parts", "dispose_of_parts"),
)
MONTH_ACTS = (
    *("send_breakdown", "sign_breakdown", "appeal_breakdown", "decide_breakdown_appeal"),
    *("preview_month", "close_month", "approve_close"),
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
