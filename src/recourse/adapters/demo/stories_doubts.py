"""What looks wrong with a claim when it arrives, and what becomes of it?"""

from datetime import date, timedelta
from typing import Any

from recourse.adapters.demo.parts import FARTHEST_KM, PARTS
from recourse.adapters.demo.stories_disputes import consult, object_to, verify
from recourse.adapters.demo.story import Story


def duplicate(story: Story) -> None:
    """The same unit, part and day on two notes of the network: the second is withdrawn."""
    told = _repair(story, days_ago=9)
    story.claim(**told)
    story.wait()
    second = story.claim(**told)
    story.wait()
    object_to(story, second, "cost", refused="already-disputed")
    verify(story, second, "withdrawn")


def repaired_before_built(story: Story) -> None:
    """The unit was repaired four days before it was built; both sides agree to refuse that."""
    told = _repair(story, days_ago=12)
    claim = story.claim(built_on=told["repaired_on"] + timedelta(days=4), **told)
    story.wait()
    verify(story, claim, "stands")
    story.wait()
    consult(story, claim, "refused")


def repaired_before_sold(story: Story) -> None:
    """Repaired after the sale, says the claim, and sold a week later; the invoice was late."""
    told = _repair(story, days_ago=15)
    claim = story.claim(sold_on=told["repaired_on"] + timedelta(days=7), **told)
    story.wait()
    verify(story, claim, "stands")
    story.wait()
    consult(story, claim, "accepted")
    _charge(story, claim)


def mileage_backwards(story: Story) -> None:
    """The later repair shows fewer kilometres than the one before; the figure was misread."""
    told = _repair(story, days_ago=20)
    story.claim(mileage_km=41_200, **told)
    story.wait()
    later = told | {"repaired_on": told["repaired_on"] + timedelta(days=11)}
    claim = story.claim(mileage_km=14_500, **later)
    story.wait()
    verify(story, claim, "stands")
    story.wait()
    consult(story, claim, "accepted")
    _charge(story, claim)


def mileage_backwards_in_time(story: Story) -> None:
    """An earlier repair comes in afterwards, and shows more kilometres than the later one."""
    told = _repair(story, days_ago=6)
    story.claim(mileage_km=23_000, **told)
    story.wait()
    earlier = told | {"repaired_on": told["repaired_on"] - timedelta(days=14)}
    claim = story.claim(mileage_km=32_000, **earlier)
    story.wait(2)
    verify(story, claim, "stands")
    story.wait()
    consult(story, claim, "unresolved")


def cost_above_standard(story: Story) -> None:
    """Twice the agreed hours are charged; the centre corrects them to what was agreed."""
    told = _repair(story, days_ago=8)
    claim = story.claim(costs={"labour": "1460.00", "material": "980.00"}, **told)
    story.wait()
    verify(story, claim, "corrected", costs={"labour": "730.00", "material": "980.00"})
    story.wait()
    consult(story, claim, "accepted")
    _charge(story, claim)


def outside_terms(story: Story) -> None:
    """One unit was sold too long ago, one has run too far; one was agreed to as goodwill."""
    old = story.claim(
        built_on=date(2024, 2, 20), sold_on=date(2024, 3, 4), **_repair(story, days_ago=10)
    )
    far = story.claim(mileage_km=FARTHEST_KM + 21_000, **_repair(story, days_ago=7))
    story.wait()
    for claim in (old, far):
        verify(story, claim, "stands")
    story.wait()
    consult(story, old, "accepted")
    consult(story, far, "refused")
    story.judge(old, {"company": "1"})
    story.part(old, finding="no_fault_found", answer="refused")


def several_doubts(story: Story) -> None:
    """Built after the repair and above the standard: both are told, and one dispute is opened."""
    told = _repair(story, days_ago=5)
    claim = story.claim(
        built_on=told["repaired_on"] + timedelta(days=2),
        costs={"labour": "1200.00", "material": "450.00"},
        **told,
    )
    story.wait()
    verify(story, claim, "withdrawn")


def unchecked(story: Story) -> None:
    """Nothing is known that could be held against it: that is told, and it is no doubt."""
    told = _repair(story, days_ago=9) | {"part": PARTS[story.supplier][1][0]}
    claim = story.claim(built_on=None, sold_on=None, mileage_km=None, **told)
    story.wait()
    story.judge(claim)
    story.part(claim)
    story.charge(claim)


def _repair(story: Story, *, days_ago: int) -> dict[str, Any]:
    """A repair of a unit of its own, of the part for which cost and terms are agreed."""
    return {
        "unit": f"DEMO-U{story.plant.claims + 1:04d}",
        "part": PARTS[story.supplier][0][0],
        "repaired_on": story.day - timedelta(days=days_ago),
    }


def _charge(story: Story, claim: str) -> None:
    story.judge(claim)
    story.part(claim)
    story.charge(claim)
