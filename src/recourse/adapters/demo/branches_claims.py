"""What can happen to a claim, and by which event and values is it seen?"""

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
from recourse.aggregates.claim import Severity, Stage
from recourse.aggregates.claim.gates import WAIVABLE
from recourse.values.money import COMPONENTS, total
from recourse.values.parties import UNDETERMINED, Text


def _claimed(past: Past) -> dict[str, int]:
    given: Any = latest(past, "claim.amended") or past[0]
    return dict(given.costs)


def _less_accepted(event: Any, past: Past) -> bool:
    return total(event.accepted) < total(_claimed(past))


def _all_accepted(event: Any, past: Past) -> bool:
    return dict(event.accepted) == _claimed(past)


def _component_not_accepted(event: Any, past: Past) -> bool:
    return any(amount and not event.accepted[name] for name, amount in _claimed(past).items())


def _shared(number: int) -> Test:
    return lambda event, _: len(event.shares) == number


def _borne_by(kind: str) -> Test:
    return lambda event, _: any(part.bearer.startswith(kind) for part in event.shares)


def _set(amount: int) -> Test:
    return lambda event, _: total(event.split) == amount


def _fen_left_over(event: Any, past: Past) -> bool:
    """Some bearer's exact part of a component was no whole number of fen."""
    shares = latest(past, "claim.attributed")
    costs = latest(past, "claim.cost_confirmed")
    if shares is None or costs is None:
        return False
    parts = [part.share * fen for part in shares.shares for fen in costs.accepted.values()]
    return bool(event.bearing) and any(part % 1 for part in parts)


def _sent_to(kind: str) -> Test:
    return lambda event, _: event.sent_to.startswith(kind)


CLAIM_BRANCHES: tuple[Branch, ...] = (
    *each(Text("索赔阶段", "stage"), "claim.received", "stage", get_args(Stage)),
    one("未更换零件", "nothing was replaced", "claim.received", has(quantity=0)),
    one("一次更换多件", "several replaced", "claim.received", lambda e, _: e.quantity > 1),
    one("追偿方更正", "amended by the network", "claim.amended", before("claim.attributed")),
    one("判责后更正", "amended once attributed", "claim.amended", after("claim.attributed")),
    one("指定专人", "assigned to a person", "claim.assigned"),
    one("信息确认", "information confirmed", "claim.information_confirmed"),
    one("费用照单接受", "accepted as claimed", "claim.cost_confirmed", _all_accepted),
    one("少接受", "less accepted than claimed", "claim.cost_confirmed", _less_accepted),
    one("一项不接受", "a component not accepted", "claim.cost_confirmed", _component_not_accepted),
    one("更正后重新确认", "confirmed anew", "claim.cost_confirmed", after("claim.amended")),
    one("一方承担", "one bearer", "claim.attributed", _shared(1)),
    one("两方分担", "two bearers", "claim.attributed", _shared(2)),
    one("三方分担", "three bearers", "claim.attributed", _shared(3)),
    one("部门承担", "a department bears", "claim.attributed", _borne_by("department:")),
    one("服务方承担", "the service side bears", "claim.attributed", _borne_by("service")),
    one("公司承担", "the company bears", "claim.attributed", _borne_by("company")),
    one("部分尚未确定", "undetermined in part", "claim.attributed", _borne_by(UNDETERMINED)),
    one("重新判责", "attributed again", "claim.attributed", after("claim.attributed")),
    one("分到分有余数", "fen left over are dealt out", "claim.divided", _fen_left_over),
    *each(Text("免除关卡", "gate waived"), "claim.gate_waived", "gate", WAIVABLE),
    one("旧件未按规定返回", "part not returned", "claim.not_returned"),
    one("撤回该认定", "that finding withdrawn", "claim.not_returned_withdrawn"),
    *each(Text("考核", "penalty"), "claim.penalty_set", "severity", get_args(Severity)),
    one("考核取下限", "penalty at the lower bound", "claim.penalty_set", _set(500_00)),
    one("考核取上限", "penalty at the upper bound", "claim.penalty_set", _set(2000_00)),
    one("考核分摊", "penalty split", "claim.penalty_set", lambda e, _: len(e.split) > 1),
    one("同台再次考核", "penalty again on a unit", "claim.penalty_set", has(again=True)),
    one("撤销考核", "penalty withdrawn", "claim.penalty_withdrawn"),
    one(
        "申诉后考核减轻",
        "penalty lowered by an appeal",
        "claim.penalty_lowered",
        lambda e, _: e.amount > 0,
    ),
    *(
        one(f"申诉后费用转给{zh}", f"cost moved to {en}", "claim.cost_lowered", _sent_to(kind))
        for kind, zh, en in (
            ("department:", "部门", "a department"),
            ("service", "服务方", "the service side"),
            ("supplier:", "另一供方", "another supplier"),
            (UNDETERMINED, "尚未确定", "undetermined"),
        )
    ),
    *(
        one(f"费用减至零：{name}", f"nothing left: {name}", "claim.cost_lowered", test)
        for name in COMPONENTS[:3]
        for test in [has(component=name, at_most=0)]
    ),
)
