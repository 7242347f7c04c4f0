"""How do old parts leave the store, and who pays for those that their supplier leaves behind?"""

from datetime import timedelta
from typing import Any

from recourse.adapters.demo.stories_disputes import consult, object_to, verify
from recourse.adapters.demo.story import Story


def cleared_in_time(story: Story) -> None:
    """Both parts are fetched within the five days, and cannot be fetched twice."""
    tags = _settled(story, 2)
    notice = _notify(story, tags)
    story.wait(2)
    _receipt(story, notice)
    story.wait(3)
    too_early = story.day - timedelta(days=20)
    _clear(story, notice, *tags, on=too_early, refused="before-its-cause")
    _clear(story, notice, *tags)
    _clear(story, notice, tags[0], refused="part-is-gone")


def cleared_in_part(story: Story) -> None:
    """One of three is fetched in time, one late; the last is scrapped at the supplier's cost."""
    first, late, left = _settled(story, 3)
    notice = _notify(story, [first, late, left])
    story.wait()
    again = {"notice": f"{notice}-B", "supplier": story.supplier, "tags": [left]}
    story.do("buyer1", "notify_clearance", refused="part-not-in-store", **again)
    _receipt(story, notice)
    _receipt(story, notice, refused="notice-receipt-already-recorded")
    _dispose(story, {left: "38.50"}, refused="part-not-overdue")
    story.wait(2)
    story.do(story.other.lower(), "clear_parts", notice=notice, tags=[first], refused="not-yours")
    _clear(story, notice, first)
    story.wait(5)
    _clear(story, notice, late)
    _dispose(story, {left: "38.50"})
    _dispose(story, {left: "38.50"}, refused="part-already-disposed")
    story.wait()
    note = story.charge(left)
    story.do(
        "engineer1",
        "draft_chargeback",
        supplier=story.supplier,
        month=f"{story.day:%Y-%m}",
        claims=[left],
        refused="part-already-charged",
    )
    story.they("confirm_chargeback", chargeback=note)


def disposal_appealed(story: Story) -> None:
    """The supplier finds the scrapping too dear: one cost is reduced, the other withdrawn."""
    one, other = _settled(story, 2)
    _overdue(story, [one, other])
    _dispose(story, {one: "96.00", other: "60.00"})
    story.wait()
    note = story.charge(one, other)
    story.plant.disposed.append(one)
    lines = [f"{one}/disposal", f"{other}/disposal"]
    story.they("appeal_chargeback", chargeback=note, lines=lines, reason="处理费高于当地行情")
    story.wait(2)
    outcomes = {lines[0]: {"reduced_to": "64.00"}, lines[1]: "withdrawn"}
    story.do("engineer2", "recheck_appeal", chargeback=note, outcomes=outcomes)
    story.wait()
    story.they("confirm_chargeback", chargeback=note)


def overridden_under_appeal(story: Story) -> None:
    """Overdue and evidence: only the manager may let it go, with a reason."""
    claim = story.ready()
    tag = f"T{story.plant.tags:03d}"
    note = story.charge(claim)
    story.they("appeal_chargeback", chargeback=note, lines=[claim], reason="不是本厂批次")
    _overdue(story, [tag])
    cost = {tag: "42.00"}
    _dispose(story, cost, refused="evidence-held")
    _dispose(story, cost, override="已留影像", refused="not-your-role")
    _dispose(story, cost, by="boss", override="已留影像和检测报告")
    story.wait()
    story.do("engineer2", "recheck_appeal", chargeback=note, outcomes={claim: "upheld"})
    story.charge(tag)


def kept_during_dispute(story: Story) -> None:
    """The centre is asked again about the claim: its part waits, and goes for scrap metal later."""
    claim = story.ready()
    tag = f"T{story.plant.tags:03d}"
    object_to(story, claim, "finding")
    _overdue(story, [tag])
    _dispose(story, {}, [tag], refused="evidence-held")
    verify(story, claim, "stands")
    story.wait()
    consult(story, claim, "refused")
    _dispose(story, {}, [tag])
    note = story.draft([tag])
    story.do("boss", "approve_chargeback", chargeback=note, refused="nothing-to-charge")
    story.do("boss", "return_chargeback", chargeback=note, reason="处理没有发生费用")


def entrusted(story: Story) -> None:
    """No notice and no clock: the Company scraps the part from its store, and charges for it."""
    (tag,) = _settled(story, 1)
    asked = {"notice": f"QL-{tag}", "supplier": story.supplier, "tags": [tag]}
    story.do("buyer1", "notify_clearance", refused="supplier-entrusted", **asked)
    _dispose(story, {"T001": "18.00"}, [tag], refused="cost-of-another-part")
    _dispose(story, {tag: "18.00"})
    note = story.charge(tag)
    story.they("confirm_chargeback", chargeback=note)
    story.collect(note, "deduction")


def notice_corrected(story: Story) -> None:
    """The slip was misread: by the right day of receipt the days to clear are not over."""
    tags = _settled(story, 2)
    notice = _notify(story, tags)
    story.wait()
    _receipt(story, notice)
    story.wait(5)
    received_on = story.day - timedelta(days=2)
    correction = {"notice": notice, "received_on": received_on, "reason": "签收日期抄录有误"}
    for person, refused in (("buyer1", "own-notice-receipt-corrected"), ("buyer2", None)):
        story.do(person, "correct_notice_receipt", refused=refused, **correction)
    story.wait()
    _clear(story, notice, *tags)


def notice_recorded_late(story: Story) -> None:
    """The slip lay in a drawer for two weeks: the parts are overdue at once, and fetched late."""
    tags = _settled(story, 2)
    notice = _notify(story, tags)
    notified_on = story.day
    story.wait(9)
    before = notified_on - timedelta(days=1)
    _receipt(story, notice, received_on=before, refused="notice-receipt-outside-bounds")
    _receipt(story, notice, received_on=notified_on)
    story.wait()
    _clear(story, notice, *tags)


def notice_never_received(story: Story) -> None:
    """Nobody knows whether the notice arrived: no clock runs."""
    _notify(story, _settled(story, 1))


def left_at_the_end(story: Story) -> None:
    """Nothing is fetched, and the last day is the last one that the demo tells of."""
    claim = story.claim()
    story.judge(claim, {"service": "1"})
    tag = story.part(claim, finding="no_fault_found")
    notice = _notify(story, [tag])
    story.wait()
    _receipt(story, notice)


def _settled(story: Story, number: int) -> list[str]:
    """Old parts of so many claims that the supplier was charged for and confirmed."""
    claims = [story.claim() for _ in range(number)]
    story.wait()
    for claim in claims:
        story.judge(claim)
    tags = [story.part(claim) for claim in claims]
    note = story.charge(*claims)
    story.they("confirm_chargeback", chargeback=note)
    story.wait()
    return tags


def _overdue(story: Story, tags: list[str]) -> None:
    """Asked to clear the parts, the supplier lets the days pass."""
    notice = _notify(story, tags)
    story.wait()
    _receipt(story, notice)
    story.wait(6)


def _notify(story: Story, tags: list[str]) -> str:
    notice = f"QL-{tags[0]}"
    fields = {"notice": notice, "supplier": story.supplier, "tags": tags}
    story.do("buyer1", "notify_clearance", **fields)
    return notice


def _receipt(story: Story, notice: str, **given: Any) -> None:
    fields = {"received_on": story.day, "proof": "签收单回执"} | given
    story.do("buyer1", "record_notice_receipt", notice=notice, **fields)


def _clear(story: Story, notice: str, *tags: str, **given: Any) -> None:
    story.they("clear_parts", notice=notice, tags=tags, **given)


def _dispose(
    story: Story,
    cost: dict[str, str],
    tags: list[str] | None = None,
    *,
    by: str = "buyer1",
    **given: Any,
) -> None:
    story.do(by, "dispose_of_parts", tags=tags or list(cost), cost=cost, **given)
