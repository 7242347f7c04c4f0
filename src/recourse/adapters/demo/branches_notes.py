"""What can happen to a note and to a supplier's money, and by which event and values is it seen?

Silence that counts as consent is not in the demo: it needs the setting `appeal.silence`, and the
demo keeps the built-in rulebook.
"""

from datetime import timedelta
from typing import Any, get_args

from recourse.adapters.demo.branches import (
    Branch,
    Past,
    Test,
    after,
    before,
    each,
    has,
    latest,
    one,
)
from recourse.aggregates.chargeback.collection import Way
from recourse.commands.drafts import PROOFS
from recourse.values.parties import UNDETERMINED, Text

KINDS_OF_PROOF = (*PROOFS, "other")


def moved_off(event: Any, _: Past) -> bool:
    """The last day of a period fell on a rest day."""
    period = event.deadline
    counted = period.started_on + timedelta(days=period.days)
    return period.last_day is not None and period.last_day > counted


def not_moved(event: Any, _: Past) -> bool:
    """The last day of a period is the one that counting gives."""
    period = event.deadline
    return bool(period.last_day == period.started_on + timedelta(days=period.days))


def _readings_differ(event: Any, _: Past) -> bool:
    period = event.deadline
    return bool(period.official and period.official != period.statutory)


def _undetermined(event: Any, _: Past) -> bool:
    return event.deadline.last_day is None


def _with_the_receipt(event: Any, past: Past) -> bool:
    """In the same step as the receipt, whose own last day was over."""
    return bool(latest(past, "chargeback.receipt_recorded").command_id == event.command_id)


def _on_its_day(event: Any, past: Past) -> bool:
    last_day = latest(past, "chargeback.receipt_recorded").deadline.last_day
    return bool(event.effective_on == last_day + timedelta(days=1))


def _still_over(event: Any, past: Past) -> bool:
    lapsed = latest(past, "chargeback.appeal_lapsed") is not None
    return lapsed and event.deadline.last_day < event.effective_on


def _recorded_afterwards(event: Any, past: Past) -> bool:
    """In time by its own day, though the appeal had lapsed when it was recorded."""
    return not event.late and latest(past, "chargeback.appeal_lapsed") is not None


def _with(outcome: str) -> Test:
    return lambda event, _: any(line.outcome == outcome for line in event.outcomes)


def _penalty_lowered(event: Any, _: Past) -> bool:
    return any(
        line.line.endswith("/penalty") and line.outcome != "upheld" for line in event.outcomes
    )


def _nothing_left(event: Any, past: Past) -> bool:
    lines = {line.name for line in latest(past, "chargeback.approved").lines}
    return lines == {line.line for line in event.outcomes if not line.amount}


def _lowered_to(kind: str) -> Test:
    """Something was lowered, and what was a cost fell on a bearer of that kind."""
    return lambda event, _: (
        event.moves_to.startswith(kind) and any(o.outcome != "upheld" for o in event.outcomes)
    )


def _with_penalty(event: Any, _: Past) -> bool:
    return any(line.kind == "penalty" for line in event.lines)


def _several_claims(event: Any, _: Past) -> bool:
    return len(event.claims) > 1


def _all_at_once(event: Any, past: Past) -> bool:
    return bool(
        event.amount == sum(line.amount for line in latest(past, "chargeback.approved").lines)
    )


def _in_parts(event: Any, past: Past) -> bool:
    return not _all_at_once(event, past)


DRAFT_BRANCHES = (
    one("按当月全部可开索赔起草", "for all that is ready", "chargeback.drafted").named(
        r"\d{4}-\d\d-\d{4}"
    ),
    one("点名索赔起草", "for claims named", "chargeback.drafted").named(r"ZS-\d+"),
    one("一单多项索赔", "several claims on a note", "chargeback.drafted", _several_claims),
    one("代替作废单", "in place of a void note", "chargeback.drafted", lambda e, _: e.replaces),
    one("草稿退回", "draft returned", "chargeback.returned"),
    one("批准", "approved", "chargeback.approved"),
    one("含考核", "with a penalty", "chargeback.approved", _with_penalty),
    one("下发编号", "issued under a number", "chargeback.issued"),
    *each(Text("送达方式", "delivered by"), "chargeback.delivered", "channel", KINDS_OF_PROOF),
    one(
        "作废（未收款）",
        "void, nothing collected",
        "chargeback.voided",
        before("chargeback.collected"),
    ),
    one("财务同意作废", "Finance agreed to void", "chargeback.void_agreed"),
    one(
        "作废（已收款）",
        "void after collection",
        "chargeback.voided",
        after("chargeback.collected"),
    ),
)

ANSWER_BRANCHES = (
    *each(Text("收到凭据", "proof"), "chargeback.receipt_recorded", "proof", KINDS_OF_PROOF),
    one("期限不移", "last day as counted", "chargeback.receipt_recorded", not_moved),
    one("期限顺延至工作日", "last day moved", "chargeback.receipt_recorded", moved_off),
    one("两种算法不同", "readings differ", "chargeback.receipt_recorded", _readings_differ),
    one("期限尚不能确定", "last day undetermined", "chargeback.receipt_recorded", _undetermined),
    one("更正收到日期", "receipt corrected", "chargeback.receipt_corrected"),
    one("更正后仍逾期", "corrected, still over", "chargeback.receipt_corrected", _still_over),
    one("更正后重新开放", "open again", "chargeback.appeal_reopened"),
    one("迟到申诉改判为及时", "in time after all", "chargeback.appeal_rejudged"),
    one("次日届满", "lapsed the day after", "chargeback.appeal_lapsed", _on_its_day),
    one("补登即届满", "lapsed when recorded", "chargeback.appeal_lapsed", _with_the_receipt),
    one("及时申诉", "appealed in time", "chargeback.appealed", has(late=False)),
    one("邮寄及时、补登", "posted in time", "chargeback.appealed", _recorded_afterwards),
    one("迟到申诉", "appealed late", "chargeback.appealed", has(late=True)),
    one("受理迟到申诉", "late appeal admitted", "chargeback.late_appeal_admitted"),
    one("直接确认", "confirmed", "chargeback.confirmed", before("chargeback.appealed")),
    one("届满后确认", "confirmed late", "chargeback.confirmed", after("chargeback.appeal_lapsed")),
    one("复核后确认", "confirmed after it", "chargeback.confirmed", after("chargeback.rechecked")),
    one(
        "仲裁中确认",
        "confirmed at arbitration",
        "chargeback.confirmed",
        after("chargeback.arbitration_requested"),
    ),
    *(
        one(f"复核：{zh}", f"recheck: {outcome}", "chargeback.rechecked", _with(outcome))
        for outcome, zh in (("upheld", "维持"), ("reduced", "减少"), ("withdrawn", "撤销"))
    ),
    *(
        one(f"复核转给{zh}", f"recheck: to {en}", "chargeback.rechecked", _lowered_to(kind))
        for kind, zh, en in (
            ("department:", "部门", "a department"),
            ("service", "服务方", "the service side"),
            ("supplier:", "另一供方", "another supplier"),
            (UNDETERMINED, "尚未确定", "undetermined"),
        )
    ),
    one("复核减轻考核", "recheck: penalty lowered", "chargeback.rechecked", _penalty_lowered),
    one("复核后整单为零", "recheck: nothing left", "chargeback.rechecked", _nothing_left),
    one("申请仲裁", "arbitration requested", "chargeback.arbitration_requested"),
    one("仲裁减少", "arbitration: reduced", "chargeback.arbitrated", _with("reduced")),
)

MONEY_BRANCHES = (
    *each(Text("收款方式", "collected by"), "chargeback.collection_chosen", "way", get_args(Way)),
    one("一次收清", "collected at once", "chargeback.collected", _all_at_once),
    one("分次收取", "collected in parts", "chargeback.collected", _in_parts),
    one("贷记供方", "credited", "chargeback.credited"),
    one("退款", "refunded", "account.refunded"),
    one("登记应付", "payable recorded", "account.payable_recorded"),
    one("付款", "paid", "account.paid"),
    one("提出手册版本", "edition proposed", "rulebook.proposed"),
    one("撤回手册版本", "edition withdrawn", "rulebook.proposal_withdrawn"),
    one("发布手册版本", "edition published", "rulebook.published"),
    one("登记供方", "supplier registered", "supplier.registered"),
    one("知悉条款", "clause acknowledged", "supplier.rulebook_acknowledged"),
    one("登记配套件", "part registered", "part.registered"),
    one("更换制造方", "another maker", "part.registered", lambda e, _: e.since or e.until),
    one("转人工", "referred to a person", "referral.raised"),
    one("转人工了结", "referral closed", "referral.closed"),
    one("新的一天", "a day began", "day.began"),
)

NOTE_BRANCHES: tuple[Branch, ...] = (*DRAFT_BRANCHES, *ANSWER_BRANCHES, *MONEY_BRANCHES)
