"""How does a dispute with the user service centre about a claim go, up to the group's ruling?"""

from datetime import timedelta
from typing import Any

from recourse.adapters.demo.story import Story

COSTS = {"labour": "320.00", "material": "1280.00"}
REDUCED = {"labour": "320.00", "material": "760.00"}


def stands_and_accepted(story: Story) -> None:
    """The photographs show another unit; the centre finds the right ones; the claim is charged."""
    claim = story.claim()
    story.wait()
    object_to(story, claim, "information")
    object_to(story, claim, "cost", refused="already-disputed")
    story.do("engineer1", "confirm_information", claim=claim, refused="claim-disputed")
    story.wait()
    consult(story, claim, "accepted", refused="dispute-not-there")
    story.do("engineer2", "verify_again", claim=claim, result="stands", refused="not-your-role")
    verify(story, claim, "stands")
    story.wait()
    consult(story, claim, "accepted")
    _charge(story, claim)


def corrected(story: Story) -> None:
    """Two pieces are charged and one was replaced: the centre corrects the cost."""
    claim = story.claim(costs={"labour": "320.00", "material": "2560.00"})
    story.wait()
    object_to(story, claim, "cost")
    story.wait(2)
    verify(story, claim, "corrected", refused="costs-only-when-corrected")
    verify(story, claim, "corrected", costs=COSTS)
    consult(story, claim, "accepted")
    _charge(story, claim)


def withdrawn(story: Story) -> None:
    """The repair was charged twice, the centre says: it withdraws the claim, which is closed."""
    claim = story.claim()
    story.wait()
    object_to(story, claim, "information")
    story.wait()
    verify(story, claim, "withdrawn")
    story.wait()
    object_to(story, claim, "cost", refused="claim-closed")
    story.do("engineer1", "confirm_cost", claim=claim, refused="claim-closed")


def refused_in_consultation(story: Story) -> None:
    """Both sides agree that the driver caused the damage: the claim is refused and closed."""
    claim = story.claim()
    story.wait()
    object_to(story, claim, "finding")
    story.wait(2)
    verify(story, claim, "stands")
    story.wait()
    consult(story, claim, "refused")


def ruling_stands(story: Story) -> None:
    """Nobody gives in about the finding; the group lets the claim stand in full."""
    claim = story.claim(costs=COSTS)
    story.wait()
    _refer(story, claim, "finding")
    referred_on = story.day
    story.wait(3)
    said = {"ruling": "stands", "reference": f"ZG-{story.plant.claims:03d}"}
    _rule(story, claim, by="engineer1", refused="objector-records", **said)
    before = referred_on - timedelta(days=1)
    _rule(story, claim, ruled_on=before, refused="ruling-outside-bounds", **said)
    _rule(story, claim, **said)
    story.do("engineer1", "confirm_cost", claim=claim, refused="group-has-ruled")
    _charge(story, claim, judged=True)


def ruling_reduced(story: Story) -> None:
    """Everything was confirmed when the photographs came; the group accepts one piece of two."""
    claim = story.ready(costs=COSTS)
    _refer(story, claim, "information")
    story.wait(2)
    said = {"reference": f"ZG-{story.plant.claims:03d}"}
    _rule(story, claim, ruling="reduced", refused="amounts-only-when-reduced", **said)
    _rule(story, claim, ruling="reduced", accepted=REDUCED, **said)
    story.plant.ruled.append(claim)
    note = story.charge(claim)
    story.they("confirm_chargeback", chargeback=note)


def ruling_refused(story: Story) -> None:
    """The group finds that the repair was not ours to pay: nothing is left to charge."""
    claim = story.ready(costs=COSTS)
    _refer(story, claim, "cost")
    story.wait(3)
    _rule(story, claim, ruling="refused", reference=f"ZG-{story.plant.claims:03d}")
    story.wait()
    object_to(story, claim, "cost", refused="already-disputed")


def ruling_corrected(story: Story) -> None:
    """Entered as standing in full, though the paper says reduced: the manager corrects it."""
    claim = story.ready(costs=COSTS)
    _refer(story, claim, "cost")
    story.wait(2)
    ruled: dict[str, Any] = {"ruled_on": story.day, "reference": f"ZG-{story.plant.claims:03d}"}
    _rule(story, claim, ruling="stands", **ruled)
    correction = ruled | {"ruling": "reduced", "accepted": REDUCED, "reason": "裁定书抄录有误"}
    for person, refused in (("engineer1", "not-your-role"), ("boss", None)):
        story.do(person, "correct_group_ruling", claim=claim, refused=refused, **correction)
    story.charge(claim)


def never_escalated(story: Story) -> None:
    """The consultation failed, and the centre does not put it before the group: it ages."""
    claim = story.claim(costs=COSTS)
    story.wait()
    object_to(story, claim, "cost")
    story.wait()
    verify(story, claim, "stands")
    story.wait()
    consult(story, claim, "unresolved")


def ruled_after_the_note(story: Story) -> None:
    """The group refuses what the supplier was charged already: a person is told, and voids."""
    claim = story.ready(costs=COSTS)
    note = story.charge(claim)
    _refer(story, claim, "information")
    story.wait(2)
    _rule(story, claim, ruling="refused", reference=f"ZG-{story.plant.claims:03d}")
    story.wait()
    story.do("cashier", "choose_collection", chargeback=note, way="deduction")
    story.do("cashier", "collect_chargeback", chargeback=note, refused="note-referred")
    story.do("boss", "void_chargeback", chargeback=note, reason="集团裁定索赔不成立")


def _refer(story: Story, claim: str, aspect: str) -> None:
    """Objected to, verified, not agreed upon, and put before the group by the centre."""
    object_to(story, claim, aspect)
    story.wait()
    verify(story, claim, "stands")
    story.wait()
    consult(story, claim, "unresolved")
    story.do("engineer1", "refer_to_group", claim=claim, refused="only-the-centre-refers")
    story.do("centre1", "refer_to_group", claim=claim)


def _rule(story: Story, claim: str, *, by: str = "engineer2", **given: Any) -> None:
    given.setdefault("ruled_on", story.day)
    story.do(by, "record_group_ruling", claim=claim, **given)


def _charge(story: Story, claim: str, *, judged: bool = False) -> None:
    """What is left to judge is judged, and the supplier is charged."""
    if judged:
        story.do("engineer1", "attribute_claim", claim=claim, shares={story.bearer: "1"})
    else:
        story.judge(claim)
    story.part(claim)
    note = story.charge(claim)
    story.they("confirm_chargeback", chargeback=note)


def object_to(story: Story, claim: str, aspect: str, **given: Any) -> None:
    """The engineer returns the claim to the centre."""
    reason = "照片与索赔内容不符"
    story.do("engineer1", "object_to_claim", claim=claim, aspect=aspect, reason=reason, **given)


def verify(story: Story, claim: str, result: str, **given: Any) -> None:
    """The centre says what it found when it looked again."""
    story.do("centre1", "verify_again", claim=claim, result=result, **given)


def consult(story: Story, claim: str, result: str, **given: Any) -> None:
    """The engineer records how the consultation with the centre ended."""
    story.do("engineer1", "consult_on_claim", claim=claim, result=result, **given)
