"""What can happen to old parts and clearance notices, and by which event and values is it seen?"""

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
from recourse.adapters.demo.branches_notes import moved_off, not_moved
from recourse.aggregates.returned_part import Answer, Finding
from recourse.values.parties import Text


def _counted(more_or_less: int) -> Test:
    """Whether as many came as listed (0), fewer (-1) or more (1)."""

    def holds(event: Any, past: Any) -> bool:
        listed = past[0].listed
        difference = (event.counted > listed) - (event.counted < listed)
        return bool(difference == more_or_less)

    return holds


def _some_left(event: Any, past: Past) -> bool:
    return len(event.left) < len(latest(past, "clearance.notified").tags)


def _all_left(event: Any, past: Past) -> bool:
    return not _some_left(event, past)


def _with_the_receipt(event: Any, past: Past) -> bool:
    """In the same step as the receipt, whose own last day was over."""
    return bool(latest(past, "clearance.receipt_recorded").command_id == event.command_id)


def _on_its_day(event: Any, past: Past) -> bool:
    return not _with_the_receipt(event, past)


def _after_a_notice(event: Any, _: Past) -> bool:
    return event.notice is not None


def _disposal_charged(event: Any, _: Past) -> bool:
    return any(line.kind == "disposal" for line in event.lines)


PART_BRANCHES: tuple[Branch, ...] = (
    one("旧件入库", "old parts received", "returned_part.received"),
    one("清点相符", "counted as listed", "returned_part.counted", _counted(0)),
    one("清点短少", "fewer than listed", "returned_part.counted", _counted(-1)),
    one("清点多出", "more than listed", "returned_part.counted", _counted(1)),
    one("重新清点", "counted again", "returned_part.counted", after("returned_part.counted")),
    *each(Text("鉴定", "finding"), "returned_part.inspected", "finding", get_args(Finding)),
    *each(Text("供方对旧件", "supplier"), "returned_part.answered", "answer", get_args(Answer)),
    one("网上确认", "confirmed online", "returned_part.confirmed_online"),
    one("列入清理通知", "put on a clearance notice", "returned_part.notified"),
    one("期内清走", "cleared in time", "returned_part.cleared", before("returned_part.lapsed")),
    one("逾期后清走", "cleared late", "returned_part.cleared", after("returned_part.lapsed")),
    one("逾期未清", "overdue", "returned_part.lapsed"),
    one("更正后不再逾期", "no longer overdue", "returned_part.reopened"),
    one("就地处理", "disposed of when overdue", "returned_part.disposed", _after_a_notice),
    one("委托处理", "disposed of as entrusted", "returned_part.disposed", has(notice=None)),
    one("处理无费用", "disposed of for nothing", "returned_part.disposed", has(cost=0)),
    one("例外处理证据", "evidence let go", "returned_part.disposed", has(overridden=True)),
    one("处理费列入索赔单", "disposal charged", "chargeback.approved", _disposal_charged),
    one(
        "申诉后处理费减少",
        "disposal lowered by an appeal",
        "returned_part.disposal_lowered",
        lambda event, _: event.amount > 0,
    ),
    one(
        "申诉后处理费撤销",
        "disposal withdrawn by an appeal",
        "returned_part.disposal_lowered",
        has(amount=0),
    ),
)

NOTICE_BRANCHES: tuple[Branch, ...] = (
    one("通知供方清理", "supplier notified", "clearance.notified"),
    one("一份通知多件", "several on a notice", "clearance.notified", lambda e, _: len(e.tags) > 1),
    one("通知尚无回执", "nobody knows of its receipt", "clearance.notified").for_ever(
        "clearance.receipt_recorded"
    ),
    one("收到通知，期限不移", "last day as counted", "clearance.receipt_recorded", not_moved),
    one("收到通知，期限顺延", "last day moved", "clearance.receipt_recorded", moved_off),
    one("更正收到日期", "receipt of the notice corrected", "clearance.receipt_corrected"),
    one("清理期次日届满", "lapsed the day after", "clearance.lapsed", _on_its_day),
    one("补登即届满", "lapsed when recorded", "clearance.lapsed", _with_the_receipt),
    one("届满时部分未清", "left in part", "clearance.lapsed", _some_left),
    one("届满时全部未清", "left whole", "clearance.lapsed", _all_left),
    one("清理期重新计算", "days to clear run again", "clearance.reopened"),
)
