"""What is known of an old part, and which penalty stands on a claim?"""

from typing import Any

from laws.reference_base import (
    Person,
    Unclear,
    World,
    fen,
    idle,
    is_supplier,
    known,
    refuse,
    unclear,
)
from laws.reference_claims import approved_notes, has_share
from laws.reference_clearance import GONE, maker_of, place_of

PENALTY_RANGE = (500_00, 2000_00)


# Old parts


def receive_part(world: World, person: Person, tag: str, claim: str, listed: int) -> None:
    it = known(world["claims"], claim, "Z-3.1.3")
    refuse((tag in world["tags"], "Z-3.1.3"))
    unclear(it["quantity"] == 0)
    world["tags"][tag] = {
        "claim": claim,
        "listed": listed,
        "counted": None,
        "finding": None,
        "answer": None,
        "online": False,
        "place": "store",
        "notice": None,
        "cost": None,
    }


def count_parts(world: World, person: Person, tag: str, counted: int) -> None:
    it = known(world["tags"], tag, "Z-4.2.2a")
    unclear(it["place"] in GONE)
    it["counted"] = counted


def inspect_part(world: World, person: Person, tag: str, finding: str) -> None:
    it = known(world["tags"], tag, "Z-3.1.5")
    unclear(it["finding"] or it["place"] in GONE)
    it["finding"] = finding


def confirm_part(world: World, person: Person, tag: str, answer: str, reason: str = "") -> None:
    it = known(world["tags"], tag, "Z-4.2.2b")
    claim = world["claims"][it["claim"]]
    if not is_supplier(person, maker_of(world, tag)):
        sharing = any(has_share(claim, role.partition(":")[2]) for role in person[1])
        unclear(sharing)
        refuse((True, "Z-4.2.2b"))
    unclear(it["answer"])
    it["answer"] = answer


def confirm_part_online(world: World, person: Person, tag: str) -> None:
    it = known(world["tags"], tag, "Z-4.2.3")
    refuse((it["counted"] is None, "Z-4.2.3"))
    idle(it["online"], "Z-4.2.3")
    it["online"] = True


def part_figures(world: World, label: str) -> dict[str, Any]:
    it = world["tags"][label]
    facts = {
        "received": True,
        "counted": it["counted"] is not None,
        "inspected": it["finding"],
        "confirmed": it["answer"],
        "online": it["online"],
    }
    return {
        "facts": sorted(name for name, recorded in facts.items() if recorded),
        "missing": 0 if it["counted"] is None else it["listed"] - it["counted"],
        "finding": it["finding"],
        "place": place_of(world, label),
    }


# Penalties


def set_penalty(world: World, person: Person, **fields: Any) -> None:
    label, amount = fields["claim"], fen(fields["amount"])
    claim = known(world["claims"], label, "Z-4.5.3b")
    written = fields.get("split") or {fields["supplier"]: fields["amount"]}
    split = {supplier: fen(part) for supplier, part in written.items()}
    charged = {note["supplier"] for note in approved_notes(world, label)}
    refuse(
        (claim["stage"] != "zero_km" or claim["closed"], "Z-4.5.3b"),
        (not all(has_share(claim, supplier) for supplier in split), "Z-4.5.3a"),
        (charged & set(split), "Z-4.5.2b"),
        (claim["penalty"] or claim["penalty_lowered"], "ZA6"),
        (_unit_has_penalty(world, label) and not fields.get("again"), "ZA6"),
    )
    least, most = PENALTY_RANGE
    refuse((not least <= amount <= most, "Z-4.5.3b"), (sum(split.values()) != amount, "ZA6"))
    claim["penalty"] = split


def _unit_has_penalty(world: World, label: str) -> bool:
    unit = world["claims"][label]["unit"]
    others = [it for name, it in world["claims"].items() if name != label and it["unit"] == unit]
    if any(sum(it["penalty"].values()) for it in others):
        return True
    if any(it["penalty"] for it in others):
        raise Unclear
    return False


def withdraw_penalty(world: World, person: Person, claim: str, reason: str) -> None:
    it = known(world["claims"], claim, "Z-4.5.3b")
    refuse((not it["penalty"], "Z-4.5.3b"))
    line = f"{claim}/penalty"
    refuse((any(line in note["lines"] for note in approved_notes(world, claim)), "Z-4.5.2b"))
    it["penalty"] = {}
