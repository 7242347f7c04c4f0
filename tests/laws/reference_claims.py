"""Who bears which cost of a claim, and what must be certain before a supplier is charged?"""

from datetime import date
from fractions import Fraction
from typing import Any

from laws.reference_base import (
    COMPONENTS,
    UNDETERMINED,
    Person,
    World,
    fen,
    idle,
    known,
    refuse,
    unclear,
)

Claim = dict[str, Any]
WAIVABLE = ("counted", "inspected", "finding", "supplier_answer")
OPEN_DISPUTES = ("returned", "verified", "unresolved", "referred")


def is_live(note: dict[str, Any]) -> bool:
    return note["stage"] != "void"


def live_notes(world: World, label: str, supplier: str | None = None) -> list[dict[str, Any]]:
    """The live notes on which the claim or part stands: of that supplier, or of anybody."""
    return [
        note
        for note in world["notes"].values()
        if is_live(note)
        and label in (*note["claims"], *note["tags"])
        and supplier in (None, note["supplier"])
    ]


def approved_notes(world: World, label: str) -> list[dict[str, Any]]:
    return [note for note in live_notes(world, label) if note["stage"] != "drafted"]


# Division


def shared(amount: int, shares: list[tuple[str, Fraction]]) -> dict[str, int]:
    """The floors; what is left goes fen by fen to the largest remainders, first written first."""
    exact = [amount * share for _, share in shares]
    floors = [part.numerator // part.denominator for part in exact]
    ranking = sorted(range(len(shares)), key=lambda at: (floors[at] - exact[at], at))
    for at in ranking[: amount - sum(floors)]:
        floors[at] += 1
    return {bearer: part for (bearer, _), part in zip(shares, floors, strict=True)}


def move(parts: dict[str, int], giver: str, taker: str, amount: int) -> None:
    parts[giver] -= amount
    parts[taker] = parts.get(taker, 0) + amount


def divide_afresh(claim: Claim) -> None:
    """Divide what is accepted by the shares, but give no supplier back what an appeal took."""
    shares = claim["shares"] or [(UNDETERMINED, Fraction(1))]
    claim["bears"] = {
        component: shared(amount, shares) for component, amount in claim["accepted"].items()
    }
    for component, parts in claim["bears"].items():
        for bearer in list(parts):
            cut_down(claim, component, bearer)


def cut_down(claim: Claim, component: str, bearer: str) -> None:
    """Let `bearer` keep what the last appeal left it; the rest goes where that appeal sent it."""
    parts = claim["bears"].get(component, {})
    left, taker = claim["caps"].get((component, bearer), (None, None))
    beyond = parts.get(bearer, 0) - left if left is not None else 0
    if beyond > 0:
        lowered_since = (component, taker) in claim["caps"]
        move(parts, bearer, UNDETERMINED if lowered_since else taker, beyond)


def lower(claim: Claim, component: str, supplier: str, ruling: tuple[int, str]) -> None:
    """Keep and apply an appeal's outcome, (what is left, who takes the rest)."""
    claim["caps"][component, f"supplier:{supplier}"] = ruling
    cut_down(claim, component, f"supplier:{supplier}")


def borne(claim: Claim, component: str, supplier: str) -> int:
    return claim["bears"].get(component, {}).get(f"supplier:{supplier}", 0)


def may_charge(claim: Claim, supplier: str) -> bool:
    """Whether it is not closed, and the supplier has a share in force or bears some of it."""
    bears = any(borne(claim, name, supplier) for name in COMPONENTS)
    return not claim["closed"] and (has_share(claim, supplier) or bears)


def has_share(claim: Claim, supplier: str) -> bool:
    return f"supplier:{supplier}" in dict(claim["shares"] or ())


# Acts on claims


def receive_claim(world: World, person: Person, **fields: Any) -> None:
    refuse((fields["claim"] in world["claims"], "Z-4.4.2"))
    unclear(fields["repaired_on"] > world["day"])
    world["claims"][fields["claim"]] = {
        **{name: fields[name] for name in ("unit", "part", "stage", "repaired_on")},
        **{name: fields.get(name) for name in ("built_on", "sold_on", "mileage_km")},
        "quantity": fields.get("quantity", 1),
        "received_on": world["day"],
        "claimed": costs_of(fields["costs"]),
        "accepted": {},
        "bears": {},
        "information": "open",
        "cost": "open",
        "responsibility": "open",
        "shares": None,
        "doubts": [],
        "dispute": "none",
        "closed": False,
        "caps": {},
        "penalty": {},
        "penalty_lowered": False,
        "waived": set(),
        "valid": True,
    }


def in_dispute(claim: Claim) -> bool:
    return claim["dispute"] in OPEN_DISPUTES


def refuse_unless_open(claim: Claim, *reasons: tuple[object, str]) -> None:
    """Refuse what cannot be done in a dispute, to a closed claim, or once the group has ruled."""
    refuse(
        (in_dispute(claim) or claim["closed"], "Z-4.4.2"),
        (claim["dispute"] == "ruled", "Z-4.4.3d"),
        *reasons,
    )


def costs_of(costs: dict[str, str]) -> dict[str, int]:
    return {component: fen(costs.get(component, "0.00")) for component in COMPONENTS}


def amend_claim(world: World, person: Person, claim: str, costs: dict[str, str]) -> None:
    it = known(world["claims"], claim, "Z-4.4.2")
    refuse_unless_open(it, (it["caps"], "Z-4.6.1c"))
    it.update(claimed=costs_of(costs), accepted={}, bears={}, cost="open")


def confirm_information(world: World, person: Person, claim: str) -> None:
    it = known(world["claims"], claim, "Z-4.4.2")
    refuse_unless_open(it)
    idle(it["information"] == "confirmed", "Z-4.4.2")
    it["information"] = "confirmed"


def confirm_cost(
    world: World, person: Person, claim: str, accepted: dict[str, str] | None = None
) -> None:
    it = known(world["claims"], claim, "Z-4.4.2")
    refuse_unless_open(it)
    amounts = amounts_of(it, accepted or {})
    refuse(accepts_too_much(it, amounts))
    it.update(accepted=amounts, cost="confirmed")
    divide_afresh(it)


def amounts_of(claim: Claim, accepted: dict[str, str]) -> dict[str, int]:
    """What is accepted of each component; one not named, as claimed."""
    return claim["claimed"] | {name: fen(written) for name, written in accepted.items()}


def accepts_too_much(claim: Claim, amounts: dict[str, int]) -> tuple[bool, str]:
    return any(amounts[name] > claim["claimed"][name] for name in COMPONENTS), "Z-4.4.2"


def attribute_claim(
    world: World, person: Person, claim: str, shares: dict[str, str], reason: str = ""
) -> None:
    it = known(world["claims"], claim, "Z-4.4.2")
    refuse((in_dispute(it) or it["closed"] or live_notes(world, claim), "Z-4.4.2"))
    share_out(it, shares)


def share_out(claim: Claim, shares: dict[str, str]) -> None:
    parts = [(bearer, Fraction(share)) for bearer, share in shares.items()]
    refuse(
        (sum(share for _, share in parts) != 1, "ZA24"),
        (any(share <= 0 for _, share in parts), "ZA24"),
    )
    claim.update(shares=parts, responsibility="confirmed")
    divide_afresh(claim)


def mark_not_returned(world: World, person: Person, claim: str, reason: str) -> None:
    it = known(world["claims"], claim, "Z-4.2.1c")
    refuse((not it["valid"], "Z-4.2.1c"))
    unclear(it["quantity"] == 0)
    it["valid"] = False


def withdraw_not_returned(world: World, person: Person, claim: str, reason: str) -> None:
    it = known(world["claims"], claim, "Z-4.2.1c")
    refuse((it["valid"], "Z-4.2.1c"))
    it["valid"] = True


# Gates


def tags_of(world: World, label: str) -> list[dict[str, Any]]:
    return [tag for tag in world["tags"].values() if tag["claim"] == label]


def gates_missing(world: World, label: str) -> set[str]:
    """The gates of a claim that are neither passed nor waived."""
    claim = world["claims"][label]
    tags = tags_of(world, label)
    passed = {
        **{name: claim[name] == "confirmed" for name in ("information", "cost", "responsibility")},
        "upstream_dispute": not in_dispute(claim),
        "returned": claim["valid"],
    }
    if claim["quantity"]:
        passed |= {
            "counted": tags and all(tag["counted"] == tag["listed"] for tag in tags),
            "inspected": tags and all(tag["finding"] for tag in tags),
            "finding": all(tag["finding"] in (None, "part_defect") for tag in tags),
            "supplier_answer": tags and all(tag["answer"] for tag in tags),
        }
    return {gate for gate, open_way in passed.items() if not open_way} - claim["waived"]


def waive_gate(world: World, person: Person, claim: str, gate: str, reason: str) -> None:
    it = known(world["claims"], claim, "ZA41")
    refuse((gate not in WAIVABLE or gate not in gates_missing(world, claim), "ZA41"))
    it["waived"].add(gate)


# Figures


def claim_figures(world: World, label: str) -> dict[str, Any]:
    it = world["claims"][label]
    return {
        "claimed": sum(it["claimed"].values()),
        "accepted": sum(it["accepted"].values()),
        **{name: it[name] for name in ("information", "cost", "responsibility", "dispute")},
        "doubts": sorted(it["doubts"]),
        "bearers": bearers_of(it),
        "valid": it["valid"],
        "gates_missing": sorted(gates_missing(world, label)),
    }


def bearers_of(claim: Claim) -> dict[str, int]:
    """What each bears of the claim, above nothing."""
    sums: dict[str, int] = {}
    for parts in claim["bears"].values():
        for bearer, amount in parts.items():
            sums[bearer] = sums.get(bearer, 0) + amount
    return {bearer: amount for bearer, amount in sums.items() if amount}


def month_figures(world: World, month: str) -> dict[str, Any]:
    """What each bears of the claims received in `month`, such as "2026-05"."""
    totals: dict[str, int] = {}
    for claim in world["claims"].values():
        if month_of(claim["received_on"]) == month:
            for bearer, amount in bearers_of(claim).items():
                totals[bearer] = totals.get(bearer, 0) + amount
    return {"totals": totals, "accepted": sum(totals.values())}


def month_of(day: date) -> str:
    return day.strftime("%Y-%m")
