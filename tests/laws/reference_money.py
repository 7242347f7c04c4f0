"""What has a supplier been charged, what has been taken, and what may be paid out?"""

from datetime import date
from typing import Any

from laws.reference_base import Person, World, fen, idle, known, refuse
from laws.reference_notes import (
    CLOSED,
    Note,
    is_referred,
    note_in,
    open_of,
    total_of,
)

ISSUED = ("issued", "received")
WHY_HELD = {
    "none": "unanswered",
    "lapsed": "lapsed",
    "appealed": "under_appeal",
    "rechecked": "under_appeal",
}


def register_supplier(
    world: World, person: Person, supplier: str, name: str, disposal: str
) -> None:
    refuse((supplier in world["suppliers"], "Z-4.3.1a"))
    world["suppliers"][supplier] = {
        "disposal": disposal,
        "acknowledged": False,
        "payable": 0,
        "refunded": 0,
        "documents": set(),
    }


def register_part(world: World, person: Person, part: str, name: str, supplier: str) -> None:
    known(world["suppliers"], supplier, "Z-3.2.1")
    world["parts"][part] = supplier


def acknowledge_rulebook(
    world: World, person: Person, supplier: str, clauses: list[str], evidence: str = ""
) -> None:
    it = known(world["suppliers"], supplier, "ZA10")
    idle(it["acknowledged"], "ZA10")
    it["acknowledged"] = "Z-4.6.1" in clauses


# Collection


def choose_collection(world: World, person: Person, chargeback: str, way: str) -> None:
    note = note_in(world, chargeback, ("approved", *ISSUED), "ZA16")
    refuse((note["way"], "ZA16"))
    note["way"] = way


def collect_chargeback(
    world: World, person: Person, chargeback: str, amount: str | None = None
) -> None:
    note = note_in(world, chargeback, ("drafted", "approved", *ISSUED), "ZA17")
    early = note["stage"] not in ISSUED
    refuse((early or not note["way"], "ZA16"), (early, "ZA17"))
    refuse((is_referred(world, note), "ZA38"))
    waits = world["settings"]["collection.waits"] and note["answer"] in ("none", "appealed")
    taken = open_of(world, note) if amount is None else fen(amount)
    supplier = world["suppliers"][note["supplier"]]
    deducted = taken if note["way"] == "deduction" else 0
    refuse(
        (waits or not 0 < taken <= open_of(world, note), "ZA17"),
        (not waits and deducted > supplier["payable"], "Z-4.5.2d"),
    )
    note["collected"] += taken
    note["agreed"] = None
    supplier["payable"] -= deducted


def refund_supplier(world: World, person: Person, supplier: str, amount: str) -> None:
    it = known(world["suppliers"], supplier, "Z-4.6.1c")
    refuse((not 0 < fen(amount) <= refundable(world, supplier), "Z-4.6.1c"))
    it["refunded"] += fen(amount)


# Payables


def record_payable(
    world: World, person: Person, supplier: str, document: str, amount: str, due_on: date
) -> None:
    it = known(world["suppliers"], supplier, "Z-4.6.3a")
    refuse((document in it["documents"], "Z-4.6.3a"))
    it["documents"].add(document)
    it["payable"] += fen(amount)


def pay_supplier(world: World, person: Person, supplier: str, amount: str) -> None:
    it = known(world["suppliers"], supplier, "Z-4.6.3b")
    paid = fen(amount)
    refuse(
        (paid > it["payable"], "Z-4.6.3a"),
        (paid <= 0 or paid > it["payable"] - held(world, supplier), "Z-4.6.3b"),
    )
    it["payable"] -= paid


# Figures


def notes_of(world: World, supplier: str) -> dict[str, Note]:
    return {label: note for label, note in world["notes"].items() if note["supplier"] == supplier}


def holding(world: World, supplier: str) -> dict[str, str]:
    """The notes for which money is held, and why."""
    counts = ["none", "lapsed"]
    if world["settings"]["hold.appealed"]:
        counts += ["appealed", "rechecked"]
    return {
        label: WHY_HELD[note["answer"]]
        for label, note in notes_of(world, supplier).items()
        if note["stage"] in ISSUED and open_of(world, note) > 0 and note["answer"] in counts
    }


def held(world: World, supplier: str) -> int:
    payable = world["suppliers"][supplier]["payable"]
    labels = holding(world, supplier)
    if world["settings"]["hold.scope"] == "all":
        return payable if labels else 0
    return min(payable, sum(open_of(world, world["notes"][label]) for label in labels))


def refundable(world: World, supplier: str) -> int:
    credited = sum(note["credited"] for note in notes_of(world, supplier).values())
    return credited - world["suppliers"][supplier]["refunded"]


def account_figures(world: World, supplier: str) -> dict[str, Any]:
    notes = notes_of(world, supplier).values()
    charged = [note for note in notes if note["stage"] in ISSUED]
    return {
        "charged": sum(total_of(world, note) for note in charged),
        "open": sum(open_of(world, note) for note in charged),
        "confirmed": sum(total_of(world, note) for note in charged if note["answer"] in CLOSED),
        "collected": sum(note["collected"] for note in notes),
        "credited": sum(note["credited"] for note in notes),
        "refundable": refundable(world, supplier),
        "payable": world["suppliers"][supplier]["payable"],
        "held": held(world, supplier),
        "held_for": holding(world, supplier),
    }
