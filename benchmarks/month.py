"""What happens in a month of so many claims, day by day, the same for every contender?"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from repairs import FILES, FIRST_FILE, MONTH, PARTS_EACH, SUPPLIERS, Repair, repairs_of

from recourse.application import Ask, Person
from recourse.commands import PUBLIC
from recourse.values.parties import instant

OPENED = date(2026, 3, 1)
DRAFTED, APPROVED, ISSUED = date(2026, 3, 27), date(2026, 3, 28), date(2026, 3, 30)
RECEIVED, ANSWERED, RECHECKED = date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 2)
ACCEPTED, COLLECTED, PAID = date(2026, 4, 3), date(2026, 4, 9), date(2026, 4, 10)
APPEALING, SILENT = SUPPLIERS[8:11], SUPPLIERS[11]

Act = tuple[Person, str, dict[str, Any]]
"""(who, the act's public name, its fields as they would come in a file)."""


def _person(name: str, *roles: str) -> Person:
    return Person(name, frozenset(roles))


ENGINEER = _person("engineer", "quality_engineer")
RECHECKER = _person("rechecker", "quality_engineer")
MANAGER = _person("manager", "quality_manager")
FINANCE = _person("finance", "finance")
PURCHASING = _person("purchasing", "purchasing")
OF_SUPPLIER = {name: _person(f"person-of-{name}", f"supplier:{name}") for name in SUPPLIERS}


def month(claims: int, seed: int) -> Iterator[list[Ask]]:
    """Every ask of the month in batches, in time order; a day's file of claims is one batch."""
    repairs = repairs_of(claims, Random(seed))
    asked = 0
    for day, number, acts in _days(repairs):
        at = instant(datetime.combine(day, time(9 + number)))
        batch = [
            Ask(PUBLIC[act].model_validate(fields), person, at, f"month-{asked + place}")
            for place, (person, act, fields) in enumerate(acts)
        ]
        asked += len(batch)
        if batch:
            yield batch


def singles(commands: int, seed: int) -> tuple[list[Ask], list[Ask]]:
    """What must be there first, and then `commands` asks to be answered one by one.

    Each claim is asked for thrice: information, cost, attribution.
    """
    repairs = repairs_of(max(commands // 3, 1), Random(seed))
    before = [*_master(len(repairs)), *(_receive(repair) for repair in repairs)]
    acts = [act for repair in repairs for act in (*_confirm(repair), _attribute(repair))]
    at = instant(datetime.combine(FIRST_FILE + timedelta(days=FILES), time(9)))
    asks = [
        Ask(PUBLIC[act].model_validate(fields), person, at, f"single-{number}")
        for number, (person, act, fields) in enumerate([*before, *acts])
    ]
    return asks[: len(before)], asks[len(before) :][:commands]


def _days(repairs: Sequence[Repair]) -> Iterator[tuple[date, int, list[Act]]]:
    """(day, number of the batch on that day, what is asked in it)."""
    yield OPENED, 0, _master(len(repairs))
    stages = (
        _files,
        _confirmations,
        _attributions,
        _arrivals,
        _inspections,
        _part_answers,
    )
    for past in range(FILES + len(stages)):
        day = FIRST_FILE + timedelta(days=past)
        for days_later, stage in enumerate(stages):
            file = day - timedelta(days=days_later)
            yield day, days_later, stage([each for each in repairs if each.received_on == file])
    yield from _month_end(repairs)


def _master(claims: int) -> list[Act]:
    acts: list[Act] = []
    for name in SUPPLIERS:
        supplier = {"supplier": name, "name": f"供方 {name}", "disposal": "takes_back"}
        acts.append((PURCHASING, "register_supplier", supplier))
        for number in range(PARTS_EACH):
            part = {"part": f"P-{name}-{number}", "name": f"配套件 {number}", "supplier": name}
            acts.append((PURCHASING, "register_part", part))
        for number, due_on in enumerate(("2026-04-10", "2026-05-10")):
            goods = {"document": f"G-{number}", "amount": f"{claims * 4000}.00", "due_on": due_on}
            acts.append((FINANCE, "record_payable", {"supplier": name} | goods))
    return acts


def _receive(repair: Repair) -> Act:
    fields = {
        "claim": repair.claim,
        "unit": f"UNIT-{repair.claim}",
        "part": repair.part,
        "stage": repair.stage,
        "repaired_on": str(repair.received_on - timedelta(days=4)),
        "costs": repair.costs,
        "note": f"ZZ-{repair.received_on}",
        "line": repair.claim[-6:],
        "plant": "P1",
        "built_on": "2024-05-20",
        "sold_on": "2025-02-14" if repair.stage == "after_sale" else None,
        "mileage_km": 48_210 if repair.stage == "after_sale" else 12,
        "fault": "F-017",
        "quantity": repair.parts,
    }
    return ENGINEER, "receive_claim", fields


def _confirm(repair: Repair) -> list[Act]:
    claim = {"claim": repair.claim}
    return [(ENGINEER, "confirm_information", claim), (ENGINEER, "confirm_cost", claim)]


def _attribute(repair: Repair) -> Act:
    return ENGINEER, "attribute_claim", {"claim": repair.claim, "shares": repair.shares}


def _files(repairs: Sequence[Repair]) -> list[Act]:
    return [_receive(repair) for repair in repairs]


def _confirmations(repairs: Sequence[Repair]) -> list[Act]:
    return [act for repair in repairs for act in _confirm(repair)]


def _attributions(repairs: Sequence[Repair]) -> list[Act]:
    acts = [_attribute(repair) for repair in repairs]
    for repair in repairs:
        if repair.penalised:
            penalty = {"severity": "ordinary", "amount": "800.00", "reason": "停线"}
            fields = {"claim": repair.claim, "supplier": repair.maker} | penalty
            acts.append((ENGINEER, "set_penalty", fields))
    return acts


def _arrivals(repairs: Sequence[Repair]) -> list[Act]:
    acts: list[Act] = []
    for repair in filter(lambda each: each.parts, repairs):
        came = repair.parts - repair.short
        received = {"tag": repair.tag, "claim": repair.claim, "listed": repair.parts}
        acts.append((ENGINEER, "receive_part", received))
        acts.append((ENGINEER, "count_parts", {"tag": repair.tag, "counted": came}))
        if repair.short:
            waived = {"claim": repair.claim, "gate": "counted", "reason": "途中遗失"}
            acts.append((MANAGER, "waive_gate", waived))
    return acts


def _inspections(repairs: Sequence[Repair]) -> list[Act]:
    acts: list[Act] = []
    for repair in filter(lambda each: each.parts, repairs):
        finding = "misuse" if repair.shares == {"service": "1"} else "part_defect"
        acts.append((ENGINEER, "inspect_part", {"tag": repair.tag, "finding": finding}))
        acts.append((ENGINEER, "confirm_part_online", {"tag": repair.tag}))
    return acts


def _part_answers(repairs: Sequence[Repair]) -> list[Act]:
    return [
        (OF_SUPPLIER[repair.maker], "confirm_part", {"tag": repair.tag, "answer": "agreed"})
        for repair in repairs
        if repair.parts
    ]


def _month_end(repairs: Sequence[Repair]) -> Iterator[tuple[date, int, list[Act]]]:
    issue = [*_each(FINANCE, "issue_chargeback"), *_ways(), *_each(PURCHASING, "record_delivery")]
    answers = [
        (OF_SUPPLIER[name], "confirm_chargeback", _note(name))
        for name in SUPPLIERS
        if name not in APPEALING and name != SILENT
    ]
    accepted = [(OF_SUPPLIER[name], "confirm_chargeback", _note(name)) for name in APPEALING]
    payments = [(FINANCE, "pay_supplier", {"supplier": n, "amount": "1000.00"}) for n in SUPPLIERS]
    collections = [act for act in _each(FINANCE, "collect_chargeback") if SILENT not in str(act)]
    yield DRAFTED, 0, [(ENGINEER, "draft_chargeback", _draft(name)) for name in SUPPLIERS]
    yield APPROVED, 0, _each(MANAGER, "approve_chargeback")
    yield ISSUED, 0, issue
    yield RECEIVED, 0, _each(PURCHASING, "record_receipt")
    yield ANSWERED, 0, answers + [_appeal(name, repairs) for name in APPEALING]
    yield RECHECKED, 0, [_recheck(name, repairs) for name in APPEALING]
    yield ACCEPTED, 0, accepted
    yield COLLECTED, 0, collections
    yield PAID, 0, payments


def _note(supplier: str) -> dict[str, Any]:
    return {"chargeback": f"N-{supplier}"}


def _draft(supplier: str) -> dict[str, Any]:
    return _note(supplier) | {"supplier": supplier, "month": MONTH}


def _each(person: Person, act: str) -> list[Act]:
    more: dict[str, dict[str, Any]] = {
        "record_delivery": {"channel": "portal"},
        "record_receipt": {"received_on": str(RECEIVED), "proof": "signed"},
    }
    return [(person, act, _note(name) | more.get(act, {})) for name in SUPPLIERS]


def _ways() -> list[Act]:
    return [
        (FINANCE, "choose_collection", _note(name) | {"way": ("invoice", "deduction")[number % 2]})
        for number, name in enumerate(SUPPLIERS)
    ]


def _disputed(supplier: str, repairs: Sequence[Repair]) -> list[str]:
    own = (each.claim for each in repairs if each.maker == supplier and each.appealable)
    return [claim for claim, _ in zip(own, range(4), strict=False)]


def _appeal(supplier: str, repairs: Sequence[Repair]) -> Act:
    fields = {"lines": _disputed(supplier, repairs), "reason": "不属我方责任"}
    return OF_SUPPLIER[supplier], "appeal_chargeback", _note(supplier) | fields


def _recheck(supplier: str, repairs: Sequence[Repair]) -> Act:
    """Of the claims appealed one is withdrawn, of another the material is reduced."""
    withdrawn, reduced, *_ = _disputed(supplier, repairs)
    outcomes = {withdrawn: "withdrawn", f"{reduced}/material": {"reduced_to": "100.00"}}
    return RECHECKER, "recheck_appeal", _note(supplier) | {"outcomes": outcomes}
