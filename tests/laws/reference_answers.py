"""How may a supplier answer a note, and what does an appeal leave of it?"""

from collections.abc import Iterable
from typing import Any

from laws.reference_base import (
    COMPONENTS,
    UNDETERMINED,
    Person,
    World,
    fen,
    is_supplier,
    known,
    refuse,
    unclear,
)
from laws.reference_claims import borne, lower
from laws.reference_notes import CLOSED, Note, credit, note_in, total_of, waits_late


def supplier_note(
    world: World, person: Person, label: str, rule: str, stages: tuple[str, ...]
) -> Note:
    note = known(world["notes"], label, rule)
    refuse((not is_supplier(person, note["supplier"]), rule))
    return note_in(world, label, stages, rule)


def confirm_chargeback(world: World, person: Person, chargeback: str) -> None:
    note = supplier_note(world, person, chargeback, "Z-4.6.3a", ("issued", "received"))
    refuse((note["answer"] in CLOSED, "Z-4.6.3a"))
    note["answer"] = "confirmed"


def named_lines(lines: Iterable[str], named: Iterable[str]) -> set[str]:
    """The lines that `named` means among `lines`; a bare claim means all of its lines."""
    return {line for name in named for line in lines if line == name or line.startswith(f"{name}/")}


def strange(lines: Iterable[str], named: Iterable[str]) -> bool:
    """Whether nothing is named, or something that is not among `lines`."""
    return not all(named_lines(lines, [name]) for name in named) or not named


def doubtful_names(world: World, note: Note, named: Iterable[str]) -> bool:
    """Whether a name without a line could mean disposal lines: the part's own, or its claim's."""
    disposals = [line.partition("/")[0] for line in note["lines"] if line.endswith("/disposal")]
    meant = {*disposals, *(world["tags"][tag]["claim"] for tag in disposals)}
    return bool(meant & set(named))


def appeal_chargeback(
    world: World, person: Person, chargeback: str, lines: list[str], reason: str
) -> None:
    note = supplier_note(world, person, chargeback, "Z-4.6.1a", ("received",))
    refuse((note["answer"] not in ("none", "lapsed") or waits_late(note), "Z-4.6.1a"))
    unclear(doubtful_names(world, note, lines))
    refuse((strange(note["lines"], lines), "Z-4.6.1a"))
    note.update(appealed=named_lines(note["lines"], lines), appealed_on=world["day"])
    if note["answer"] == "none":
        note["answer"] = "appealed"
    else:
        note["late"] = True


def admit_late_appeal(world: World, person: Person, chargeback: str, reason: str) -> None:
    note = note_in(world, chargeback, ("received",), "ZA10")
    refuse((not waits_late(note), "ZA10"))
    note["answer"] = "appealed"


def request_arbitration(
    world: World, person: Person, chargeback: str, lines: list[str], reason: str
) -> None:
    note = supplier_note(world, person, chargeback, "Z-4.6.1d", ("received",))
    refuse((note["answer"] != "rechecked", "Z-4.6.1d"))
    unclear(doubtful_names(world, note, lines))
    brought = named_lines(note["lines"], lines)
    refuse((strange(note["lines"], lines) or not brought <= note["appealed"], "Z-4.6.1d"))
    note.update(answer="appealed", arbitration=True, brought=brought)


# Outcomes


def recheck_appeal(
    world: World,
    person: Person,
    chargeback: str,
    outcomes: dict[str, Any],
    moves_to: str = UNDETERMINED,
) -> None:
    note = note_in(world, chargeback, ("received",), "Z-4.6.1b")
    refuse(
        (note["answer"] == "appealed" and note["arbitration"], "Z-4.6.1d"),
        (note["answer"] != "appealed" or note["arbitration"], "Z-4.6.1b"),
    )
    refuse((note["drafter"] == person[0], "ZA33"))
    _apply(world, note, note["appealed"], outcomes, moves_to)
    note["answer"] = "rechecked" if total_of(world, note) else "decided"


def arbitrate_appeal(
    world: World,
    person: Person,
    chargeback: str,
    outcomes: dict[str, Any],
    moves_to: str = UNDETERMINED,
) -> None:
    note = note_in(world, chargeback, ("received",), "Z-4.6.1d")
    refuse((note["answer"] != "appealed" or not note["arbitration"], "Z-4.6.1d"))
    unclear(named_lines(note["appealed"], outcomes) & (note["appealed"] - note["brought"]))
    _apply(world, note, note["brought"], outcomes, moves_to)
    note["answer"] = "decided"


def _apply(
    world: World, note: Note, pending: set[str], outcomes: dict[str, Any], moves_to: str
) -> None:
    """Lower the lines as the outcomes say; what was paid beyond is credited in the same step."""
    unclear(doubtful_names(world, note, outcomes))
    ruled = [
        (line, note["lines"][line], _left(note["lines"][line], outcome), outcome)
        for name, outcome in outcomes.items()
        for line in named_lines(pending, [name])
    ]
    unclear(len(ruled) > len({line for line, _, _, _ in ruled}))
    refuse(
        (outcomes and strange(pending, outcomes), "Z-4.6.1b"),
        (any(left > before for _, before, left, _ in ruled), "ZA32"),
        (any(_moves_to_lowered(world, note, each, moves_to) for each in ruled), "Z-4.6.1c"),
    )
    unclear(any(before == left and isinstance(outcome, dict) for _, before, left, outcome in ruled))
    for line, before, left, _ in ruled:
        if left < before:
            _lower_line(world, note, line, (left, moves_to))
    credit(world, note)


def _left(amount: int, outcome: Any) -> int:
    if outcome == "upheld":
        return amount
    return 0 if outcome == "withdrawn" else fen(outcome["reduced_to"])


def _moves_to_lowered(
    world: World, note: Note, ruled: tuple[str, int, int, Any], moves_to: str
) -> bool:
    """Whether cost would move to a supplier whose own part of the component was lowered."""
    line, before, left, _ = ruled
    label, _, component = line.partition("/")
    if component not in COMPONENTS or left >= before:
        return False
    claim, own = world["claims"][label], f"supplier:{note['supplier']}"
    if moves_to != own and (component, moves_to) not in claim["caps"]:
        return False
    unclear(borne(claim, component, note["supplier"]) <= left)
    return True


def _lower_line(world: World, note: Note, line: str, ruling: tuple[int, str]) -> None:
    label, _, component = line.partition("/")
    note["lines"][line] = ruling[0]
    if component == "disposal":
        world["tags"][label]["cost"] = ruling[0]
        return
    claim = world["claims"][label]
    if component == "penalty":
        claim["penalty"][note["supplier"]] = ruling[0]
        claim["penalty_lowered"] = True
    else:
        lower(claim, component, note["supplier"], ruling)
