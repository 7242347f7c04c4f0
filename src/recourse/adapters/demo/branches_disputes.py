"""What can happen on arrival, in a dispute upstream and to a month's breakdown; how is it seen?

A ruling after the note is seen by the referral that it causes; an item that nobody puts before the
group is seen by the failed consultation that no referral to the group ever follows.
"""

from typing import Any, get_args

from recourse.adapters.demo.branches import (
    Branch,
    Past,
    Test,
    after,
    caused_by_command,
    contains,
    each,
    latest,
    one,
)
from recourse.adapters.demo.parts import FARTHEST_KM
from recourse.aggregates.breakdown import Outcome
from recourse.aggregates.claim.disputed import Aspect, Ruling
from recourse.aggregates.claim.doubts import Doubt
from recourse.values.parties import ENGINE, Text
from recourse.values.words import word

UNCHECKABLE = tuple(doubt for doubt in get_args(Doubt) if doubt != "duplicate")
"""What can lack the data to be checked; whether there is another claim is always known."""


def _among(title: Text, name: str, values: tuple[str, ...]) -> list[Branch]:
    """One branch for each value that the field `name` of a claim received can have among others."""
    return [
        one(
            f"{title.zh}：{word(value).zh}", f"{title.en}: {word(value).en}", "claim.received", test
        )
        for value in values
        for test in [contains(name, value)]
    ]


def _backwards_against(*, earlier: bool) -> Test:
    """The mileage contradicts a repair of the unit that was earlier, or later, than its own."""

    def shown(event: Any, past: Past) -> bool:
        others: list[Any] = [
            other[0] for name, other in past.log.items() if name.startswith("claim:") and other
        ]
        return "mileage_backwards" in event.doubts and any(
            other.unit == event.unit and (other.repaired_on < event.repaired_on) == earlier
            for other in others
        )

    return shown


def _too_far(event: Any, _: Past) -> bool:
    return "outside_terms" in event.doubts and (event.mileage_km or 0) > FARTHEST_KM


def _too_late(event: Any, past: Past) -> bool:
    return "outside_terms" in event.doubts and not _too_far(event, past)


def _by_the_checks(event: Any, _: Past) -> bool:
    return bool(event.actor == ENGINE)


def _by_a_person(event: Any, past: Past) -> bool:
    return not _by_the_checks(event, past)


def _doubted(_: Any, past: Past) -> bool:
    return _by_the_checks(latest(past, "claim.objected"), past)


def _objected(aspect: str) -> Test:
    return lambda _, past: latest(past, "claim.objected").aspect == aspect


def _by(kind: str) -> Test:
    return lambda event, _: event.bearer.startswith(kind)


ARRIVAL_BRANCHES = (
    *_among(Text("到达时的疑点", "doubt on arrival"), "doubts", get_args(Doubt)),
    one(
        "里程少于早先维修",
        "fewer km than before",
        "claim.received",
        _backwards_against(earlier=True),
    ),
    one(
        "里程多于其后维修",
        "more km than later",
        "claim.received",
        _backwards_against(earlier=False),
    ),
    one("超过三包月数", "beyond the months", "claim.received", _too_late),
    one("超过三包里程", "beyond the mileage", "claim.received", _too_far),
    one("多项疑点", "several doubts", "claim.received", lambda e, _: len(e.doubts) > 1),
    *_among(Text("缺少数据未检查", "unchecked for lack of data"), "unchecked", UNCHECKABLE),
    one("各项均已检查", "everything checked", "claim.received", lambda e, _: not e.unchecked),
    one("约定费用标准", "standard agreed", "part.standard_agreed"),
    one("约定三包期限", "terms agreed", "part.terms_agreed"),
)

DISPUTE_BRANCHES = (
    one("有疑点自动退回", "returned by the checks", "claim.objected", _by_the_checks),
    one("由人退回", "returned by a person", "claim.objected", _by_a_person),
    *each(Text("退回重新核实", "returned for"), "claim.objected", "aspect", get_args(Aspect)),
    one("确认后退回", "returned once confirmed", "claim.objected", after("claim.cost_confirmed")),
    one("核实属实", "verified: it stands", "claim.verified"),
    one("核实后更正", "verified: corrected", "claim.corrected"),
    one("核实后撤回", "verified: withdrawn", "claim.withdrawn"),
    one("有疑点、核实后撤回", "withdrawn for a doubt", "claim.withdrawn", _doubted),
    one("协商接受", "consultation: accepted", "claim.consultation_accepted"),
    one("有疑点、协商接受", "accepted despite a doubt", "claim.consultation_accepted", _doubted),
    one(
        "按更正协商接受",
        "accepted as corrected",
        "claim.consultation_accepted",
        after("claim.corrected"),
    ),
    one("协商不予索赔", "consultation: refused", "claim.consultation_refused"),
    one("协商未果", "consultation: unresolved", "claim.consultation_failed"),
    one("无人提请集团裁定", "never put before the group", "claim.consultation_failed").for_ever(
        "claim.referred"
    ),
    one("提请集团裁定", "put before the group", "claim.referred"),
    *each(Text("集团裁定", "group ruling"), "claim.group_ruled", "ruling", get_args(Ruling)),
    one("裁定后责任重新判定", "finding open again", "claim.group_ruled", _objected("finding")),
    one("更正裁定", "ruling corrected", "claim.group_ruling_corrected"),
    one("裁定后判责", "attributed once ruled", "claim.attributed", after("claim.group_ruled")),
    one(
        "开单后裁定，转人工",
        "ruled after the note, referred",
        "referral.raised",
        caused_by_command("claim.group_ruled"),
    ),
)

BREAKDOWN_BRANCHES = (
    one("发送费用分解", "breakdown sent", "breakdown.sent"),
    one("供方签收", "signed by a supplier", "breakdown.signed", _by("supplier:")),
    one("部门签收", "signed by a department", "breakdown.signed", _by("department:")),
    one("供方提出异议", "appealed by a supplier", "breakdown.appealed", _by("supplier:")),
    one("部门提出异议", "appealed by a department", "breakdown.appealed", _by("department:")),
    one(
        "签收后仍提异议",
        "signed, appealed all the same",
        "breakdown.appealed",
        after("breakdown.signed"),
    ),
    *each(Text("异议裁定", "appeal"), "breakdown.appeal_decided", "outcome", get_args(Outcome)),
)
