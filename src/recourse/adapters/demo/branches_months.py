"""What can happen to a supplier's month, and by which event and values is it seen?"""

from typing import Any, get_args

from recourse.adapters.demo.branches import Branch, Test, after, one
from recourse.aggregates.chargeback import Movement
from recourse.values.words import word

KINDS = get_args(Movement.model_fields["kind"].annotation)


def _any(lines: Any, **values: object) -> bool:
    return any(all(getattr(line, k) == value for k, value in values.items()) for line in lines)


def _with(kind: str) -> Test:
    return lambda event, _: _any(event.statement.lines, kind=kind)


def _adjusting(kind: str) -> Test:
    return lambda event, _: any(
        line.kind == kind and line.adjusts for line in event.statement.lines
    )


MONTH_BRANCHES: tuple[Branch, ...] = (
    one("预览月度结算", "month previewed", "settlement.previewed"),
    one("月度结账", "month closed", "settlement.closed"),
    *(
        one(f"结账含{word(kind).zh}", f"closed with: {word(kind).en}", "settlement.closed", test)
        for kind in KINDS
        for test in [_with(kind)]
    ),
    *(
        one(f"调整前月：{word(kind).zh}", f"adjusts: {word(kind).en}", "settlement.closed", test)
        for kind in ("charged", "collected")
        for test in [_adjusting(kind)]
    ),
    one(
        "未结的前月并入期初",
        "earlier months brought forward",
        "settlement.closed",
        lambda e, _: e.statement.brought_forward,
    ),
    one("结账时有停付", "closed while held", "settlement.closed", lambda e, _: e.statement.held),
    one("期初有余额", "with an opening", "settlement.closed", lambda e, _: e.statement.opening),
    one("退回后再次结账", "closed again", "settlement.closed", after("settlement.returned")),
    one("批准结账", "close approved", "settlement.approved"),
    one("退回结账", "close returned", "settlement.returned"),
)
