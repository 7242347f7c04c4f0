"""Where is an old part, how long may it wait, and when may it be scrapped at whose cost?"""

from datetime import date
from typing import Any

from laws.reference_base import (
    Person,
    World,
    fen,
    holds_role,
    is_supplier,
    known,
    last_day,
    refuse,
    unclear,
)
from laws.reference_claims import has_share, in_dispute, live_notes

Tag = dict[str, Any]
GONE = ("cleared", "disposed")


# Where a part is


def place_of(world: World, label: str) -> str:
    """Where the part is: what is not cleared in time is overdue from the day after."""
    tag = world["tags"][label]
    if tag["place"] != "notified":
        return tag["place"]
    return "overdue" if is_past(world, world["notices"][tag["notice"]]) else "notified"


def is_past(world: World, notice: dict[str, Any]) -> bool:
    return notice["last_day"] is not None and notice["last_day"] < world["day"]


def maker_of(world: World, label: str) -> str:
    """The supplier of that part by the part master."""
    return world["parts"][world["claims"][world["tags"][label]["claim"]]["part"]]


def is_entrusted(world: World, supplier: str) -> bool:
    return world["suppliers"][supplier]["disposal"] == "entrusted"


def is_evidence(world: World, label: str) -> bool:
    """Whether somebody may still argue about the part (ZA19)."""
    claim = world["tags"][label]["claim"]
    return in_dispute(world["claims"][claim]) or any(
        note["stage"] in ("issued", "received")
        and (
            note["answer"] in ("none", "appealed", "rechecked")
            or (note["answer"] == "lapsed" and note["late"])
        )
        for note in live_notes(world, claim)
    )


# Clearing


def notify_clearance(
    world: World, person: Person, notice: str, supplier: str, tags: list[str]
) -> None:
    known(world["suppliers"], supplier, "Z-4.3.2a")
    for tag in tags:
        known(world["tags"], tag, "Z-4.3.2a")
    foreign = [tag for tag in tags if maker_of(world, tag) != supplier]
    elsewhere = any(place_of(world, tag) != "store" for tag in tags)
    claims = [world["claims"][world["tags"][tag]["claim"]] for tag in foreign]
    unclear(any(has_share(claim, supplier) for claim in claims))
    refuse(
        (is_entrusted(world, supplier), "ZA45"),
        (notice in world["notices"] or foreign or elsewhere, "Z-4.3.2a"),
    )
    world["notices"][notice] = {
        "supplier": supplier,
        "tags": tags,
        "notified_on": world["day"],
        "last_day": None,
    }
    for tag in tags:
        world["tags"][tag].update(place="notified", notice=notice)


def record_notice_receipt(
    world: World, person: Person, notice: str, received_on: date, proof: str
) -> None:
    it = known(world["notices"], notice, "Z-4.3.2a")
    again = it["last_day"] is not None
    refuse((again, "Z-4.3.2a"), (again, "ZA2"))
    refuse((not it["notified_on"] <= received_on <= world["day"], "ZA2"))
    it["last_day"] = last_day(received_on, "clearance.days", world["settings"])


def clear_parts(world: World, person: Person, notice: str, tags: list[str]) -> None:
    it = known(world["notices"], notice, "Z-4.3.2a")
    refuse((not is_supplier(person, it["supplier"]), "Z-4.3.2a"))
    refuse((not set(tags) <= set(it["tags"]), "Z-4.3.2a"))
    refuse((any(place_of(world, tag) in GONE for tag in tags), "Z-4.3.2a"))
    for tag in tags:
        world["tags"][tag]["place"] = "cleared"


# Disposing


def dispose_of_parts(
    world: World, person: Person, tags: list[str], cost: dict[str, str], override: str = ""
) -> None:
    manager, buyer = (holds_role(person, [role]) for role in ("quality_manager", "purchasing"))
    refuse(
        (override and not manager, "ZA19"),
        (not buyer and not (override and manager), "Z-4.3.2b"),
    )
    for tag in tags:
        known(world["tags"], tag, "Z-4.3.2b")
    gone = any(place_of(world, tag) in GONE for tag in tags)
    early = [tag for tag in tags if not may_go(world, tag)]
    held = any(is_evidence(world, tag) for tag in tags)
    refuse(
        (gone, "Z-4.3.2b"),
        (early, "Z-4.3.2a"),
        (held and not override, "ZA19"),
    )
    unclear((override and not held) or set(cost) != set(tags))
    for tag in tags:
        world["tags"][tag].update(place="disposed", cost=fen(cost[tag]))


def may_go(world: World, tag: str) -> bool:
    """Whether the part waited for its supplier in vain, or its supplier has entrusted us."""
    ready = "store" if is_entrusted(world, maker_of(world, tag)) else "overdue"
    return place_of(world, tag) == ready


# Figures


def notice_figures(world: World, label: str) -> dict[str, Any]:
    it = world["notices"][label]
    cleared = [world["tags"][tag]["place"] == "cleared" for tag in it["tags"]]
    states = {
        "cleared": all(cleared),
        "awaiting_receipt": it["last_day"] is None,
        "overdue": is_past(world, it),
        "partial": any(cleared),
        "running": True,
    }
    state = next(name for name, holds in states.items() if holds)
    return {"state": state, "last_day": it["last_day"]}
