"""Which files can bear out what was recorded, and by which event is it seen?"""

from typing import Any

from recourse.adapters.demo.branches import Branch, Past, Test, one


def _with(kind: str) -> Test:
    def holds(event: Any, past: Past) -> bool:
        del past
        return any(each.kind == kind for each in event.evidence)

    return holds


EVIDENCE_BRANCHES: tuple[Branch, ...] = (
    one("清点附照片", "count with a photo", "returned_part.counted", _with("photo")),
    one("鉴定附照片", "finding with a photo", "returned_part.inspected", _with("photo")),
    one("鉴定附报告", "finding with a report", "returned_part.inspected", _with("report")),
    one("收到附回执", "receipt with its slip", "chargeback.receipt_recorded", _with("receipt")),
    one("异议附报告", "objection with a report", "claim.objected", _with("report")),
    one("裁定附函件", "ruling with its letter", "claim.group_ruled", _with("letter")),
    one("申诉附函件", "appeal with a letter", "chargeback.appealed", _with("letter")),
    one("索赔单附报告", "note with a report", "chargeback.drafted", _with("report")),
    one("事后补充照片", "photo added later", "evidence.added", _with("photo")),
    one("事后补充报告", "report added later", "evidence.added", _with("report")),
)
