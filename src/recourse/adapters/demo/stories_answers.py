"""What does a supplier answer, in time or late, and what becomes of its appeal?"""

from datetime import timedelta
from typing import Any

from recourse.adapters.demo.story import Story

COSTS = {"labour": "300.00", "material": "1200.00", "travel": "160.00"}


def upheld(story: Story) -> None:
    """Rechecked by another person than the drafter, upheld, then confirmed."""
    claim = story.ready()
    note = story.charge(claim)
    story.wait()
    _appeal(story, note, claim)
    story.wait()
    _recheck(story, note, {claim: "upheld"}, by="engineer1", refused="drafter-decides")
    _recheck(story, note, {claim: {"reduced_to": "90000.00"}}, refused="line-raised")
    _recheck(story, note, {claim: "upheld"})
    story.they("confirm_chargeback", chargeback=note)


def moved(story: Story, to: str) -> None:
    """One cost is reduced and falls on another bearer; a line not appealed stays."""
    claim = story.ready(costs=COSTS)
    note = story.charge(claim)
    _appeal(story, note, f"{claim}/labour", f"{claim}/material")
    story.wait()
    outcomes: dict[str, Any] = {f"{claim}/material": {"reduced_to": "700.00"}}
    travel = {f"{claim}/travel": "withdrawn"}
    _recheck(story, note, outcomes | travel, refused="line-not-appealed")
    _recheck(story, note, outcomes, moves_to=to)
    story.wait()
    story.they("confirm_chargeback", chargeback=note)
    newer = {"claim": claim, "costs": COSTS, "refused": "appeal-lowered-the-cost"}
    story.do("engineer1", "amend_claim", **newer)


def moved_to_department(story: Story) -> None:
    """To an internal department."""
    moved(story, "department:装配车间")


def moved_to_service(story: Story) -> None:
    """To the service side."""
    moved(story, "service")


def moved_to_undetermined(story: Story) -> None:
    """To nobody yet."""
    moved(story, "undetermined")


def moved_to_supplier(story: Story) -> None:
    """To another supplier, who is charged for it in turn."""
    moved(story, f"supplier:{story.other}")
    claim = f"C{story.plant.claims:03d}"
    second = story.plant.story(story.other, story.day)
    note = second.charge(claim)
    _appeal(second, note, claim)
    back = {claim: "withdrawn"}
    _recheck(second, note, back, moves_to=story.bearer, refused="moved-to-a-released-supplier")
    _recheck(second, note, {claim: "upheld"})


def penalty_lowered(story: Story) -> None:
    """A zero-km failure shared by two: the loss is upheld, the assessment lowered."""
    shares = {story.bearer: "0.7", f"supplier:{story.other}": "0.3"}
    claim = story.ready(shares, stage="zero_km", costs={"labour": "185.37", "material": "1342.19"})
    story.do(
        "engineer1",
        "set_penalty",
        claim=claim,
        split={story.supplier: "1200.00", story.other: "600.00"},
        severity="critical",
        amount="1800.00",
        reason="停线四十分钟",
    )
    note = story.charge(claim)
    story.wait()
    _appeal(story, note, claim)
    story.wait(2)
    _recheck(story, note, {f"{claim}/penalty": {"reduced_to": "800.00"}})
    story.plant.lowered.append((note, claim, story.supplier))


def withdrawn_whole(story: Story) -> None:
    """Nothing is left of the note, so it is decided."""
    claim = story.ready()
    note = story.charge(claim)
    _appeal(story, note, claim)
    story.wait()
    _recheck(story, note, {claim: "withdrawn"}, moves_to="department:装配车间")
    story.they("confirm_chargeback", chargeback=note, refused="note-already-settled")


def arbitrated(story: Story) -> None:
    """The supplier does not accept the recheck; the deputy general manager has the last word."""
    claim = story.ready(costs=COSTS)
    note = story.charge(claim)
    _appeal(story, note, claim)
    story.wait()
    _recheck(story, note, {f"{claim}/travel": "withdrawn"}, moves_to="service")
    wanted = {"chargeback": note, "outcomes": {f"{claim}/material": {"reduced_to": "600.00"}}}
    story.do("deputy", "arbitrate_appeal", refused="no-arbitration-requested", **wanted)
    story.wait()
    _request(story, note, f"{claim}/material")
    story.wait(2)
    story.do("boss", "arbitrate_appeal", refused="not-your-role", **wanted)
    story.do("deputy", "arbitrate_appeal", **wanted)
    story.wait()
    story.collect(note, "deduction")


def confirmed_at_arbitration(story: Story) -> None:
    """The supplier confirms while the arbitration is pending."""
    claim = story.ready(costs=COSTS)
    note = story.charge(claim)
    _appeal(story, note, claim)
    story.wait()
    _recheck(story, note, {})
    _request(story, note, claim)
    story.wait()
    story.they("confirm_chargeback", chargeback=note)


def lapsed(story: Story) -> None:
    """Silence: the right to appeal lapses, nothing is deemed accepted, the payment stays held."""
    claim = story.ready()
    story.charge(claim)


def late_appeal(story: Story) -> None:
    """Collected after the lapse; the late appeal is admitted, lowers a cost, money goes back."""
    claim = story.ready(costs=COSTS)
    note = story.charge(claim)
    story.wait(7)
    story.collect(note, "invoice")
    _appeal(story, note, claim)
    _appeal(story, note, claim, refused="no-appeal-now")
    story.wait()
    story.do("boss", "admit_late_appeal", chargeback=note, reason="供方停电有证明")
    story.wait()
    _recheck(story, note, {f"{claim}/travel": "withdrawn"})
    story.do("cashier", "refund_supplier", supplier=story.supplier, amount="160.00")


def appealed_by_post(story: Story) -> None:
    """Posted within the days, recorded after them: in time, for the day it was posted counts."""
    claim = story.ready()
    note = story.charge(claim)
    posted = story.day + timedelta(days=2)
    story.wait(7)
    _appeal(story, note, claim, on=posted)
    story.wait()
    _recheck(story, note, {})


def receipt_late(story: Story) -> None:
    """Recorded after its own last day: lapsed at once, for the delay was ours."""
    claim = story.ready()
    note = story.draft([claim])
    story.wait()
    story.issue(note)
    issued_on = story.day
    story.wait(8)
    before = issued_on - timedelta(days=1)
    story.receipt(note, before, refused="receipt-outside-bounds")
    story.receipt(note, issued_on)


def receipt_reopened(story: Story) -> None:
    """By the corrected day of receipt the days to appeal are not over."""
    claim = story.ready()
    note = story.charge(claim)
    story.wait(7)
    yesterday = story.day - timedelta(days=1)
    _correct(story, note, yesterday, by="buyer1", refused="own-receipt-corrected")
    _correct(story, note, yesterday)
    story.wait()
    story.they("confirm_chargeback", chargeback=note)


def receipt_still_late(story: Story) -> None:
    """Corrected by a day, and over all the same."""
    claim = story.ready()
    note = story.charge(claim)
    received_on = story.day
    story.wait(9)
    _correct(story, note, received_on + timedelta(days=1))


def appeal_rejudged(story: Story) -> None:
    """An appeal kept as late was in time by the corrected receipt."""
    claim = story.ready()
    note = story.charge(claim)
    story.wait(7)
    _appeal(story, note, claim)
    _correct(story, note, story.day - timedelta(days=3))
    story.wait()
    _recheck(story, note, {claim: "upheld"})


def _appeal(story: Story, note: str, *lines: str, **given: Any) -> None:
    reason = "供方认为非本件质量问题"
    story.they("appeal_chargeback", chargeback=note, lines=lines, reason=reason, **given)


def _request(story: Story, note: str, *lines: str) -> None:
    reason = "对复核结果仍有异议"
    story.they("request_arbitration", chargeback=note, lines=lines, reason=reason)


def _recheck(
    story: Story, note: str, outcomes: dict[str, Any], *, by: str = "engineer2", **given: Any
) -> None:
    story.do(by, "recheck_appeal", chargeback=note, outcomes=outcomes, **given)


def _correct(
    story: Story, note: str, received_on: Any, *, by: str = "buyer2", **given: Any
) -> None:
    story.do(
        by,
        "correct_receipt",
        chargeback=note,
        received_on=received_on,
        reason="签收日期抄录有误",
        **given,
    )
