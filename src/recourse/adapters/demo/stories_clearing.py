"""How do old parts leave the store, and who pays for those that are left behind?"""

from recourse.adapters.demo.diary import ONE_DAY
from recourse.adapters.demo.parts import SUPPLIERS
from recourse.adapters.demo.story import Story

UNTIL_OVERDUE = 7  # working days after the receipt of a notice


def cleared_in_parts(begun: Story) -> None:
    """One part is cleared in time, one late, one disposed of; the supplier appeals its cost."""
    story = _with(begun, "takes_back")
    first, second, third = (story.tag(story.claim()) for _ in range(3))
    notice = _notify(story, first, second, third)
    story.wait()
    story.they("clear_parts", notice=notice, tags=[first])
    _receipt(story, notice)
    story.do("buyer1", "dispose_of_parts", tags=[third], refused="part-not-overdue")
    story.wait(UNTIL_OVERDUE)
    story.they("clear_parts", notice=notice, tags=[second])
    story.do("buyer1", "dispose_of_parts", tags=[third], cost={third: "86.00"})
    note = story.charge(third)
    story.they("appeal_chargeback", chargeback=note, lines=[third], reason="处理费高于行情")
    story.wait()
    outcome = {f"{third}/disposal": {"reduced_to": "60.00"}}
    story.do("engineer2", "recheck_appeal", chargeback=note, outcomes=outcome)
    story.they("confirm_chargeback", chargeback=note)


def evidence_let_go(begun: Story) -> None:
    """The part is overdue while its claim is under appeal: only the manager may let it go."""
    story = _with(begun, "takes_back")
    claim = story.claim()
    story.wait()
    story.judge(claim)
    tag = story.part(claim)
    notice = _notify(story, tag)
    _receipt(story, notice)
    note = story.charge(claim)
    story.they("appeal_chargeback", chargeback=note, lines=[claim], reason="旧件批次存疑")
    story.wait(UNTIL_OVERDUE)
    disposal = {"tags": [tag], "cost": {tag: "35.50"}}
    story.do("buyer1", "dispose_of_parts", **disposal, refused="evidence-held")
    reason = "已留影像和检测报告"
    story.do("boss", "dispose_of_parts", **disposal, override=reason)
    story.wait()
    story.do("engineer2", "recheck_appeal", chargeback=note, outcomes={claim: "upheld"})
    story.they("confirm_chargeback", chargeback=note)


def notice_receipt_corrected(begun: Story) -> None:
    """The receipt was entered too early: the supplier has its days back, and loses them again."""
    story = _with(begun, "takes_back")
    first, second = (story.tag(story.claim()) for _ in range(2))
    notice = _notify(story, first, second)
    story.wait()
    received_on = story.day
    _receipt(story, notice)
    story.wait(UNTIL_OVERDUE)
    fields = {"notice": notice, "reason": "回执日期看错"}
    later = {"received_on": story.day - ONE_DAY} | fields
    own = "own-notice-receipt-corrected"
    story.do("buyer1", "correct_notice_receipt", **later, refused=own)
    story.do("buyer2", "correct_notice_receipt", **later)
    story.they("clear_parts", notice=notice, tags=[first])
    story.wait()
    story.do("buyer1", "correct_notice_receipt", received_on=received_on, **fields)


def entrusted(begun: Story) -> None:
    """Nothing to notify and no clock: disposed of from the store, the cost on a note."""
    story = _with(begun, "entrusted")
    tag = story.tag(story.claim())
    story.wait()
    fields = {"supplier": story.supplier, "tags": [tag], "refused": "supplier-entrusted"}
    story.do("buyer1", "notify_clearance", notice=f"QL-{tag}", **fields)
    story.do("buyer1", "dispose_of_parts", tags=[tag], cost={tag: "12.00"})
    note = story.charge(tag)
    story.they("confirm_chargeback", chargeback=note)


def _with(begun: Story, disposal: str) -> Story:
    """The same story with its supplier, or the next one whose parts are disposed of like that."""
    names = list(SUPPLIERS)
    first = names.index(begun.supplier)
    fitting = (name for name in names[first:] + names[:first] if SUPPLIERS[name][1] == disposal)
    return begun.plant.story(next(fitting), begun.day, begun.other)


def _notify(story: Story, *tags: str) -> str:
    notice = f"QL-{tags[0]}"
    fields = {"supplier": story.supplier, "tags": tags}
    story.do("buyer1", "notify_clearance", notice=notice, **fields)
    return notice


def _receipt(story: Story, notice: str) -> None:
    fields = {"received_on": story.day, "proof": next(story.plant.proofs)}
    story.do("buyer1", "record_notice_receipt", notice=notice, **fields)
