"""What can happen in the field, under the law and on our own visits, and how is it seen?"""

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
from recourse.aggregates.field_claim import Opinion
from recourse.aggregates.legal_case import Outcome, Trigger
from recourse.aggregates.zero_km_job import JobOutcome
from recourse.values.parties import Text
from recourse.values.words import word


def _over(trigger: str) -> Test:
    return lambda event, _: trigger in event.triggers


def _of_a_job(_: Any, past: Past) -> bool:
    return "zero_km_job" in latest(past, "claim.received").source


PATH_BRANCHES: tuple[Branch, ...] = (
    *each(Text("处理意见", "opinion"), "field_claim.proposed", "opinion", get_args(Opinion)),
    one("改提意见", "opinion given anew", "field_claim.proposed", after("field_claim.proposed")),
    one("批准处理意见", "handling approved", "field_claim.approved"),
    one("先关联", "linked undisputed", "field_claim.linked", before("field_claim.disputed")),
    one("争议中关联", "linked in dispute", "field_claim.linked", after("field_claim.disputed")),
    *each(
        Text("现场争议方", "field claim disputed by"),
        "field_claim.disputed",
        "party",
        ("company", "centre", "end_user"),
    ),
    one("争议尚未裁定", "not ruled on so far", "field_claim.disputed").for_ever(
        "field_claim.ruled"
    ),
    *each(Text("集团裁定", "group ruling"), "field_claim.ruled", "ruling", get_args(Opinion)),
    *(
        one(
            f"立案起因：{word(value).zh}",
            f"case over {word(value).en}",
            "legal_case.opened",
            _over(value),
        )
        for value in get_args(Trigger)
    ),
    one("部门参加案件", "a department joins", "legal_case.joined"),
    one("列入索赔", "a claim linked", "legal_case.linked", lambda e, _: bool(e.claims)),
    one("列入索赔单", "a note linked", "legal_case.linked", lambda e, _: bool(e.notes)),
    one("案件未结", "case still open", "legal_case.opened").for_ever("legal_case.closed"),
    *each(Text("结案", "case"), "legal_case.closed", "outcome", get_args(Outcome)),
    one("零公里报告", "zero-km fault reported", "zero_km_job.opened"),
    one("申请备件", "spares requested", "zero_km_job.spares_requested"),
    one(
        "追加申请",
        "more spares requested",
        "zero_km_job.spares_requested",
        after("zero_km_job.spares_requested"),
    ),
    one("发放备件", "spares issued", "zero_km_job.spares_issued"),
    one(
        "分批发放",
        "spares issued in parts",
        "zero_km_job.spares_issued",
        after("zero_km_job.spares_issued"),
    ),
    *each(Text("现场服务", "job"), "zero_km_job.finished", "outcome", get_args(JobOutcome)),
    one("没有费用", "job without cost", "zero_km_job.finished", has(costs={})),
    one("取消现场服务", "job cancelled", "zero_km_job.cancelled"),
    one(
        "服务费用成为索赔",
        "received from a job",
        "claim.received",
        lambda event, _: "zero_km_job" in event.source,
    ),
    one("现场服务后考核", "penalty after a job", "claim.penalty_set", _of_a_job),
    one(
        "索赔编号已占用",
        "number of the claim taken",
        "referral.raised",
        has(code="claim-already-received"),
    ),
)
