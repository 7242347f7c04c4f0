"""What stands on a note, how far has it come, and when has silence lasted too long?"""

from datetime import date
from typing import Any

from laws.reference_base import (
    COMPONENTS,
    Person,
    World,
    idle,
    known,
    last_day,
    refuse,
    unclear,
)
from laws.reference_claims import (
    borne,
    gates_missing,
    has_share,
    live_notes,
    may_charge,
    month_of,
)
from laws.reference_clearance import maker_of

Note = dict[str, Any]
JUDGED_AGAIN = "judged again"
CLOSED = ("confirmed", "deemed", "decided")


# Lines and referrals


def lines_of(world: World, note: Note) -> dict[str, int]:
    """The lines in fen as they stand now; of a draft, what approval would fix now."""
    if note["stage"] == "void":
        return {}
    return note["lines"] if note["stage"] != "drafted" else _lines_now(world, note)


def _lines_now(world: World, note: Note) -> dict[str, int]:
    lines: dict[str, int] = {}
    for label in note["claims"]:
        claim = world["claims"][label]
        loss = {name: borne(claim, name, note["supplier"]) for name in COMPONENTS}
        lines |= {f"{label}/{name}": amount for name, amount in loss.items() if amount}
        penalty = claim["penalty"].get(note["supplier"], 0)
        if any(loss.values()) and penalty:
            lines[f"{label}/penalty"] = penalty
    costs = {f"{tag}/disposal": world["tags"][tag]["cost"] for tag in note["tags"]}
    return lines | {name: amount for name, amount in costs.items() if amount}


def total_of(world: World, note: Note) -> int:
    return sum(lines_of(world, note).values())


def open_of(world: World, note: Note) -> int:
    return total_of(world, note) - note["collected"] + note["credited"]


def is_referred(world: World, note: Note) -> bool:
    """Whether an approved note charges more than is borne, or charges an invalid service."""
    if note["stage"] in ("drafted", "void"):
        return False
    charged = [(*name.split("/"), amount) for name, amount in note["lines"].items()]
    return any(not world["claims"][label]["valid"] for label in note["claims"]) or any(
        amount > borne(world["claims"][label], component, note["supplier"])
        for label, component, amount in charged
        if component in COMPONENTS
    )


def credit(world: World, note: Note) -> None:
    """Credit what was collected beyond what now stands."""
    note["credited"] += max(0, note["collected"] - note["credited"] - total_of(world, note))


# From draft to issue


def draft_chargeback(world: World, person: Person, **fields: Any) -> None:
    label, supplier, asked = fields["chargeback"], fields["supplier"], fields.get("claims")
    known(world["suppliers"], supplier, "Z-4.5.2a")
    chosen = asked or _claims_due(world, supplier, fields["month"])
    refuse((any(live_notes(world, name, supplier) for name in chosen), "ZA26"))
    tags = [name for name in chosen if name in world["tags"]]
    claims = [name for name in chosen if name not in tags]
    for claim in claims:
        known(world["claims"], claim, "Z-4.5.2a")
    refuse(
        (label in world["notes"] or not chosen, "Z-4.5.2a"),
        (not all(may_charge(world["claims"][claim], supplier) for claim in claims), "Z-4.5.2a"),
        (not all(_may_charge_part(world, tag, supplier) for tag in tags), "Z-4.5.2a"),
    )
    world["notes"][label] = {
        "supplier": supplier,
        "claims": claims,
        "tags": tags,
        "stage": "drafted",
        "drafter": person[0],
        "lines": {},
        "answer": "none",
        "issued_on": None,
        "last_day": None,
        "receipt_by": None,
        "late": False,
        "appealed_on": None,
        "appealed": set(),
        "arbitration": False,
        "way": None,
        "collected": 0,
        "credited": 0,
        "agreed": None,
    }


def _may_charge_part(world: World, label: str, supplier: str) -> bool:
    """Whether the part was disposed of and is that supplier's."""
    tag = world["tags"][label]
    if maker_of(world, label) != supplier:
        unclear(has_share(world["claims"][tag["claim"]], supplier))
        return False
    unclear(tag["cost"] == 0)
    return tag["place"] == "disposed"


def _claims_due(world: World, supplier: str, month: str) -> list[str]:
    return [
        label
        for label, claim in world["claims"].items()
        if month_of(claim["received_on"]) <= month
        and may_charge(claim, supplier)
        and not live_notes(world, label, supplier)
        and not gates_missing(world, label)
    ]


def note_in(world: World, label: str, stages: tuple[str, ...], rule: str) -> Note:
    """The note of that label, refused by `rule` in any other stage than these."""
    note = known(world["notes"], label, rule)
    refuse((note["stage"] not in stages, rule))
    return note


def approve_chargeback(world: World, person: Person, chargeback: str) -> None:
    note = note_in(world, chargeback, ("drafted",), "Z-4.5.2b")
    refuse((note["drafter"] == person[0], "ZA33"))
    refuse((any(gates_missing(world, label) for label in note["claims"]), "ZA41"))
    refuse((not _lines_now(world, note), "Z-4.5.2a"))
    note.update(lines=_lines_now(world, note), stage="approved")


def return_chargeback(world: World, person: Person, chargeback: str, reason: str) -> None:
    note_in(world, chargeback, ("drafted",), "Z-4.5.2b")["stage"] = "void"


def issue_chargeback(world: World, person: Person, chargeback: str) -> None:
    note = note_in(world, chargeback, ("approved",), "Z-4.5.2c")
    refuse((is_referred(world, note), "ZA38"))
    note.update(stage="issued", issued_on=world["day"])


def agree_to_void(world: World, person: Person, chargeback: str, reason: str) -> None:
    note = note_in(world, chargeback, ("drafted", "approved", "issued", "received"), "ZA33")
    idle(not needs_agreement(note), "ZA33")
    unclear(note["agreed"] and not agreed_earlier(note))
    note["agreed"] = (person[0], note["answer"])


def needs_agreement(note: Note) -> bool:
    return note["collected"] > 0 or note["answer"] in CLOSED


def agreed_earlier(note: Note) -> bool:
    """Whether the note was confirmed, deemed or decided only after Finance had agreed."""
    then = note["agreed"][1]
    return then not in (note["answer"], JUDGED_AGAIN) and note["answer"] in CLOSED


def void_chargeback(world: World, person: Person, chargeback: str, reason: str) -> None:
    stages = ("drafted", "approved", "issued", "received")
    note = note_in(world, chargeback, stages, "Z-4.5.2b")
    if needs_agreement(note):
        agreed_by, then = note["agreed"] or (None, None)
        refuse((agreed_by in (None, person[0]) or agreed_earlier(note), "ZA33"))
        unclear(note["answer"] != then)
    note["stage"] = "void"
    credit(world, note)


# Receipt and silence


def record_receipt(
    world: World, person: Person, chargeback: str, received_on: date, proof: str
) -> None:
    note = known(world["notes"], chargeback, "Z-4.6.1a")
    refuse((note["stage"] == "void", "Z-4.6.1a"))
    refuse((note["stage"] != "issued", "Z-4.6.1a"), (note["stage"] != "issued", "ZA2"))
    refuse((not note["issued_on"] <= received_on <= world["day"], "ZA2"))
    note["stage"] = "received"
    _judge_receipt(world, note, received_on, person)


def correct_receipt(
    world: World, person: Person, chargeback: str, received_on: date, reason: str
) -> None:
    note = note_in(world, chargeback, ("received",), "Z-4.6.1a")
    refuse((note["receipt_by"] == person[0], "ZA33"))
    refuse((not note["issued_on"] <= received_on <= world["day"], "ZA2"))
    _judge_receipt(world, note, received_on, person)


def _judge_receipt(world: World, note: Note, received_on: date, person: Person) -> None:
    """Start the clock anew, and judge again what followed from the former date."""
    last = last_day(received_on, "appeal.days", world["settings"])
    note.update(last_day=last, receipt_by=person[0])
    if note["agreed"]:
        note["agreed"] = (note["agreed"][0], JUDGED_AGAIN)
    if waits_late(note):
        if note["appealed_on"] <= last:
            note.update(answer="appealed", late=False)
    elif note["answer"] in ("none", "lapsed", "deemed"):
        note["answer"] = "none" if world["day"] <= last else "lapsed"


def let_lapse(world: World, today: date) -> None:
    """As `today` begins: whoever has not answered by the last day has let the appeal lapse."""
    for note in world["notes"].values():
        if note["stage"] == "received" and note["answer"] == "none" and note["last_day"] < today:
            deemed = (
                world["settings"]["appeal.silence"] == "deemed_accepted"
                and world["suppliers"][note["supplier"]]["acknowledged"]
                and not is_referred(world, note)
            )
            note["answer"] = "deemed" if deemed else "lapsed"


def waits_late(note: Note) -> bool:
    """Whether a late appeal waits to be admitted."""
    return note["answer"] == "lapsed" and note["late"]


# Figures


def note_figures(world: World, label: str) -> dict[str, Any]:
    note = world["notes"][label]
    lines = lines_of(world, note)
    apart = {
        kind: sum(amount for name, amount in lines.items() if name.endswith(f"/{kind}"))
        for kind in ("penalty", "disposal")
    }
    return {
        "stage": note["stage"],
        "answer": note["answer"],
        "loss": sum(lines.values()) - sum(apart.values()),
        **apart,
        "total": sum(lines.values()),
        "collected": note["collected"],
        "credited": note["credited"],
        "open": open_of(world, note),
        "last_day": note["last_day"],
        "late_appeal": note["late"],
    }


def referral_figures(world: World, label: str) -> dict[str, Any]:
    about = [name for name, note in world["notes"].items() if is_referred(world, note)]
    return {"open": len(about), "about": sorted(about)}
