"""How is a month's cost told to everyone who bears some of it, and who objects?"""

from datetime import date
from typing import Any

from recourse.adapters.demo.story import Story

ASSEMBLY, LOGISTICS = "department:装配车间", "department:物流部"


def breakdown(story: Story, sent_on: date) -> None:
    """Two signatures, three appeals: one changes the bearer, one does not, one is not decided yet.

    The story begins in the month whose cost is broken down.
    """
    month = f"{story.day:%Y-%m}"
    own, shared, undecided = _borne_in(story)
    story.wait(2)
    early = story.day
    story.do("assembly1", "sign_breakdown", month=month, refused="breakdown-not-sent")
    story.day = sent_on
    story.do("engineer1", "send_breakdown", month=f"{early:%Y}-04", refused="nothing-to-break-down")
    for refused in (None, "breakdown-already-sent"):
        story.do("engineer1", "send_breakdown", month=month, refused=refused)
    story.wait()
    for refused in (None, "breakdown-already-signed"):
        story.do("assembly1", "sign_breakdown", month=month, refused=refused)
    story.they("sign_breakdown", month=month)
    story.wait()
    _appeals(story, month, own, shared, undecided)
    story.wait(2)
    _decisions(story, month, own, shared)


def _borne_in(story: Story) -> tuple[str, str, str]:
    """Two claims that the assembly shop bears, and one that it shares with the supplier."""
    own, shared, undecided = story.claim(), story.claim(), story.claim()
    story.wait()
    story.judge(own, {ASSEMBLY: "1"})
    story.judge(undecided, {ASSEMBLY: "1"})
    story.judge(shared, {story.bearer: "0.6", ASSEMBLY: "0.4"})
    return own, shared, undecided


def _appeals(story: Story, month: str, own: str, shared: str, undecided: str) -> None:
    def appeal(person: str, claim: str, **given: Any) -> None:
        fields = {"month": month, "claims": [claim], "reason": "责任划分与检测结果不符"}
        story.do(person, "appeal_breakdown", **fields, **given)

    appeal("assembly1", own)
    appeal("assembly1", undecided)
    appeal("assembly1", own, refused="breakdown-appeal-waits")
    appeal("stores1", own, refused="bears-nothing-of-the-month")
    story.they(
        "appeal_breakdown",
        month=month,
        claims=[own],
        reason="责任划分与检测结果不符",
        refused="bears-nothing-of-it",
    )
    appeal(story.supplier.lower(), shared)


def _decisions(story: Story, month: str, own: str, shared: str) -> None:
    def decide(person: str, bearer: str, claim: str, **given: Any) -> None:
        fields = {"month": month, "bearer": bearer, "claim": claim}
        story.do(person, "decide_breakdown_appeal", **fields, **given)

    shares = {ASSEMBLY: "0.4", LOGISTICS: "0.6"}
    decide("engineer1", ASSEMBLY, own, outcome="kept", refused="not-your-role")
    decide("boss", LOGISTICS, own, outcome="kept", refused="no-breakdown-appeal")
    decide("boss", ASSEMBLY, own, outcome="changed", refused="shares-only-when-changed")
    decide("boss", ASSEMBLY, own, outcome="changed", shares=shares)
    decide("boss", story.bearer, shared, outcome="kept")
