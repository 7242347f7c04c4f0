"""What do people get wrong in the field, under the law and on our own visits?"""

from datetime import timedelta
from typing import Any

from recourse.adapters.demo.diary import ABOUT
from recourse.adapters.demo.parts import PARTS
from recourse.adapters.demo.stories_paths import observed, reported, served
from recourse.adapters.demo.story import Story


def in_the_field(story: Story) -> None:
    """Every step of a field dispute asked for too early or twice; the group has not ruled yet."""
    name, told = observed(story)
    story.do("centre1", "propose_handling", opinion="claim_partly_justified", **told)
    _dispute(story, name, "company", "station", refused="handling-not-approved")
    for refused in (None, "handling-already-approved"):
        story.do("centre2", "approve_handling", field_claim=name, refused=refused)
    linking: dict[str, Any] = {"field_claim": name}
    of_another = story.claim()
    own = story.claim(unit=told["unit"], part=told["part"])
    for claim, refused in (
        (of_another, "field-claim-of-another-unit"),
        (own, None),
        (own, "field-claim-already-linked"),
    ):
        story.do("engineer1", "link_field_claim", claim=claim, refused=refused, **linking)
    story.wait()
    _rule(story, name, refused="field-claim-not-disputed")
    _dispute(story, name, "company", "company", refused="one-party-only")
    _dispute(story, name, "company", "station")
    _dispute(story, name, "company", "station", refused="field-claim-already-disputed")
    early = story.day - timedelta(days=9)
    _rule(story, name, ruled_on=early, refused="field-ruling-outside-bounds")


def ruled_for_good(story: Story) -> None:
    """A user whose claim the centre refused; the group has ruled and nobody disputes it again."""
    name, told = observed(story)
    story.do("centre1", "propose_handling", opinion="claim_refused", **told)
    story.do("centre2", "approve_handling", field_claim=name)
    _dispute(story, name, "end_user", "branch")
    story.wait(2)
    _rule(story, name)
    _rule(story, name, refused="field-claim-ruled")
    _dispute(story, name, "end_user", "branch", refused="field-claim-ruled")


def under_the_law(story: Story) -> None:
    """A burnt-out vehicle: what is asked for twice, about nothing, or about another supplier."""
    claim = story.ready()
    note = story.charge(claim)
    foreign = story.plant.story(story.other, story.day)
    of_another = foreign.draft([foreign.ready()])
    story.day = foreign.day
    case: dict[str, Any] = {"legal_case": story.plant.number("AJ")}
    opening = case | {"supplier": story.supplier, "trigger": "property_loss"}
    opening |= {"joining": ["综合管理部", "法律部"]}
    story.do("engineer1", "open_legal_case", claims=[claim], refused="not-your-role", **opening)
    for about, refused in (
        ({}, "legal-case-about-nothing"),
        ({"notes": [of_another]}, "legal-case-of-another-supplier"),
        ({"notes": [note]}, None),
        ({"notes": [note]}, "legal-case-already-opened"),
    ):
        story.do("boss", "open_legal_case", refused=refused, **opening, **about)
    again = {"department": "法律部", "refused": "legal-case-already-joined"}
    story.do("boss", "join_legal_case", **case, **again)
    story.do("boss", "link_legal_case", notes=[note], refused="legal-case-nothing-new", **case)
    ended = {"outcome": "lost", "reference": "FY-0", "closed_on": story.day - timedelta(days=60)}
    story.do("boss", "close_legal_case", refused="legal-closing-outside-bounds", **case, **ended)


def on_site(story: Story) -> None:
    """A visit without a new part; what does not fit together is not recorded."""
    job, claim = reported(story), story.claim_number()
    part = PARTS[story.supplier][0][0]
    again = {"unit": "DEMO-U0001", "part": part, "reported_on": story.day}
    story.do("engineer1", "open_zero_km_job", job=job, refused="job-already-opened", **again)
    for person, act, pieces, refused in (
        ("engineer1", "request_spares", 0, "spares-not-above-nothing"),
        ("engineer1", "request_spares", 1, None),
        ("engineer1", "issue_spares", 1, "not-your-role"),
    ):
        story.do(person, act, job=job, spares={part: pieces}, refused=refused)
    story.wait()
    done = {"outcome": "repaired", "costs": {"labour": "180.00", "travel": "90.00"}}
    served(story, job, quantity=1, claim=claim, refused="replaced-parts-differ", **done)
    early = {"served_on": story.day - timedelta(days=9), "refused": "served-outside-bounds"}
    story.do("engineer1", "finish_zero_km_job", job=job, claim=claim, **early, **done)
    served(story, job, claim=claim, **done)
    story.wait()
    story.judge(claim)
    story.charge(claim)


def taken_number_settled(story: Story) -> None:
    """The cost of a visit comes under a number that is taken: a person enters it by hand."""
    taken, job = story.claim(), reported(story)
    served(story, job, outcome="repaired", costs={"labour": "210.00"}, claim=taken)
    story.wait()
    closing = {"referral": f"{ABOUT}{job}", "reason": "编号误用，费用已另行登记"}
    story.claim(unit=f"DEMO-{job}", stage="zero_km", quantity=0, costs={"labour": "210.00"})
    for refused in (None, "referral-already-closed"):
        story.do("boss", "close_referral", refused=refused, **closing)


def _dispute(story: Story, name: str, party: str, against: str, **given: Any) -> None:
    fields = {"party": party, "against": against, "reason": "处理意见与旧件检测不一致"}
    story.do("engineer1", "dispute_field_claim", field_claim=name, **fields, **given)


def _rule(story: Story, name: str, **given: Any) -> None:
    fields = {"ruling": "claim_refused", "reference": f"JT-{name}", "ruled_on": story.day} | given
    story.do("engineer2", "record_field_ruling", field_claim=name, **fields)
