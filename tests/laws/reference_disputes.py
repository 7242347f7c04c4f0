"""What looks wrong with a claim, and how does a dispute about it upstream come to its end?"""

from datetime import date
from typing import Any

from laws.reference_base import Person, World, holds_role, known, refuse, unclear
from laws.reference_claims import (
    Claim,
    accepts_too_much,
    amounts_of,
    costs_of,
    divide_afresh,
    receive_claim,
)

ENGINE = "the engine"
ASPECTS = {"information": "information", "cost": "cost", "finding": "responsibility"}


# Doubts on arrival


def receive_and_doubt(world: World, person: Person, **fields: Any) -> None:
    """A claim arrives; what looks wrong about it opens the dispute by itself."""
    receive_claim(world, person, **fields)
    *earlier, it = world["claims"].values()
    it["doubts"] = doubts_of(it, [other for other in earlier if other["unit"] == it["unit"]])
    if it["doubts"]:
        _open(it, "information", ENGINE)


def doubts_of(it: Claim, earlier: list[Claim]) -> list[str]:
    """What looks wrong, judged against the claims of the unit that were received earlier."""
    doubtful = {
        "duplicate": any(
            (it["part"], it["repaired_on"]) == (other["part"], other["repaired_on"])
            for other in earlier
        ),
        "repaired_before_built": _before(it["repaired_on"], it["built_on"]),
        "repaired_before_sold": (
            it["stage"] == "after_sale" and _before(it["repaired_on"], it["sold_on"])
        ),
        "mileage_backwards": any(_backwards(it, other) for other in earlier),
    }
    return [doubt for doubt, holds in doubtful.items() if holds]


def _before(day: date, other: date | None) -> bool:
    return other is not None and day < other


def _backwards(one: Claim, other: Claim) -> bool:
    """Whether the later repair of the two shows fewer kilometres."""
    sooner, later = sorted((one, other), key=lambda claim: claim["repaired_on"])
    if None in (sooner["mileage_km"], later["mileage_km"]):
        return False
    in_order = sooner["repaired_on"] < later["repaired_on"]
    return in_order and sooner["mileage_km"] > later["mileage_km"]


# From the objection to the group


def _open(claim: Claim, aspect: str, objector: str) -> None:
    claim.update({ASPECTS[aspect]: "objected"}, dispute="returned", objector=objector)
    claim["aspect"] = ASPECTS[aspect]


def _close(claim: Claim) -> None:
    claim.update(dispute="none", closed=True, accepted={}, bears={})


def object_to_claim(world: World, person: Person, claim: str, aspect: str, reason: str) -> None:
    it = known(world["claims"], claim, "Z-4.4.3a")
    refuse((it["dispute"] != "none" or it["closed"], "Z-4.4.3a"))
    _open(it, aspect, person[0])


def verify_again(
    world: World, person: Person, claim: str, result: str, costs: dict[str, str] | None = None
) -> None:
    it = known(world["claims"], claim, "Z-4.4.3a")
    refuse((it["dispute"] != "returned", "Z-4.4.3a"))
    if result == "withdrawn":
        _close(it)
        return
    if result == "corrected":
        unclear(it["caps"])
        it.update(claimed=costs_of(costs or {}), accepted={}, bears={})
        it["cost"] = "objected" if it["aspect"] == "cost" else "open"
    it["dispute"] = "verified"


def consult_on_claim(world: World, person: Person, claim: str, result: str) -> None:
    it = known(world["claims"], claim, "Z-4.4.3b")
    refuse((it["dispute"] != "verified", "Z-4.4.3b"))
    if result == "refused":
        _close(it)
    elif result == "accepted":
        it.update({it["aspect"]: "open"}, dispute="none")
    else:
        it["dispute"] = "unresolved"


def refer_to_group(world: World, person: Person, claim: str) -> None:
    either = world["settings"]["referral.by"] == "either"
    able = ("service_centre", "quality_engineer") if either else ("service_centre",)
    refuse((not holds_role(person, able), "Z-4.4.3c"))
    it = known(world["claims"], claim, "Z-4.4.3c")
    refuse((it["dispute"] != "unresolved", "Z-4.4.3c"))
    it.update(dispute="referred", referred_on=world["day"])


# The group's ruling


def record_group_ruling(world: World, person: Person, claim: str, **ruling: Any) -> None:
    it = known(world["claims"], claim, "Z-4.4.3d")
    refuse((it["dispute"] != "referred", "Z-4.4.3d"))
    refuse((it["objector"] == person[0], "ZA33"))
    _rule(world, it, ruling)
    if it["responsibility"] == "objected":
        it["responsibility"] = "open"
    it.update(dispute="ruled", information="confirmed", cost="confirmed")


def correct_group_ruling(
    world: World, person: Person, claim: str, reason: str, **ruling: Any
) -> None:
    it = known(world["claims"], claim, "Z-4.4.3d")
    refuse((it["dispute"] != "ruled", "Z-4.4.3d"))
    _rule(world, it, ruling)


def _rule(world: World, claim: Claim, ruling: dict[str, Any]) -> None:
    """Accept what the group accepts and divide it afresh; notes do not move."""
    amounts = amounts_of(claim, ruling.get("accepted") or {})
    refuse(
        (not claim["referred_on"] <= ruling["ruled_on"] <= world["day"], "Z-4.4.3d"),
        accepts_too_much(claim, amounts),
    )
    if ruling["ruling"] == "reduced":
        unclear(amounts == claim["claimed"])
    else:
        unclear(ruling.get("accepted"))
    if ruling["ruling"] == "refused":
        amounts = dict.fromkeys(amounts, 0)
    claim["accepted"] = amounts
    divide_afresh(claim)
