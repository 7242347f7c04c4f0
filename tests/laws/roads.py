"""Which ways lead to what seldom happens by chance: a ruling, a scrapped part, a changed month?"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from laws.drawing import Move, by
from laws.reference_base import World

# A road goes on by a move or waits for a day; on its way it sees what the world has become.
Road = Iterator[Move | date]
How = Mapping[str, Any]
DOUBT = "a doubt on arrival"
# How many days and kilometres a claim is off an earlier one of the same unit.
BESIDE = {"again": (0, 0), "sooner": (-1, 1), "later": (1, -1), "as far": (1, 0)}
DOUBTS = ("sooner", "later", "built", "sold", *BESIDE)
# Who may still argue about a part.
DISPUTED, APPEALED, LATE = "disputed upstream", "appealed", "appealed late"
BY_ANOTHER = "charged to another supplier"
UNANSWERED = "charged"


def charged(note: str, **drafted: Any) -> Iterator[Move]:
    """A note on the way to its supplier."""
    yield by("engineer", "draft_chargeback", chargeback=note, **drafted)
    yield by("boss", "approve_chargeback", chargeback=note)
    yield by("cashier", "issue_chargeback", chargeback=note)


def _delivered(note: str, day: date) -> Move:
    return by("buyer", "record_receipt", chargeback=note, received_on=day, proof="signed")


def certain(claim: str, shares: dict[str, str]) -> Iterator[Move]:
    yield by("engineer", "confirm_information", claim=claim)
    yield by("engineer", "confirm_cost", claim=claim)
    yield by("engineer", "attribute_claim", claim=claim, shares=shares)


def voided(note: str) -> Iterator[Move]:
    yield by("checker", "agree_to_void", chargeback=note, reason="seen")
    yield by("boss", "void_chargeback", chargeback=note, reason="seen")


def next_day(world: World) -> date:
    return world["day"] + timedelta(days=1)


def month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def received(claim: str, day: date, **more: Any) -> Move:
    line = {"claim": claim, "unit": f"U{claim}", "part": "P1", "stage": "zero_km"}
    line |= {"repaired_on": day - timedelta(days=9), "mileage_km": 10_000, "quantity": 0}
    line |= {"costs": {"labour": "100.00", "material": "77.77"}}
    return by("engineer", "receive_claim", **(line | more))


def penalty(claim: str) -> Move:
    how_bad = {"severity": "minor", "amount": "600.00", "reason": "stopped"}
    return by("engineer", "set_penalty", claim=claim, supplier="S1", **how_bad)


def dispute_road(world: World, names: How, how: How) -> Road:
    """A claim is argued about before or after its note, up to the group's ruling, then charged."""
    claim, day, (note, again) = names["claim"], world["day"], names["notes"]
    drafted = {"supplier": "S1", "month": f"{day:%Y-%m}", "claims": [claim]}
    shares = {"supplier:S1": "0.75", "service": "0.25"}
    if how["aspect"] == DOUBT:
        yield received(claim, day, **_doubtful(world, how["doubt"]))
    else:
        yield received(claim, day)
        yield from certain(claim, shares)
        yield from (*charged(note, **drafted), _delivered(note, day))[: how["steps_before"]]
        objection = {"aspect": how["aspect"], "reason": "a photo"}
        yield by("engineer", "object_to_claim", claim=claim, **objection)
    yield from _up_to_the_group(claim, day, how)
    yield by("cashier", "issue_chargeback", chargeback=note)
    yield from voided(note)
    if not how["corrected"] or how["aspect"] == DOUBT:
        yield by("engineer", "attribute_claim", claim=claim, shares=shares)
    yield from charged(again, **drafted)
    yield penalty(claim)


def _doubtful(world: World, doubt: str) -> dict[str, Any]:
    """What makes a claim look wrong by itself, or beside the newest one."""
    late = "built_on" if doubt == "built" else "sold_on"
    alone = {"stage": "after_sale", late: world["day"]}
    others = [it for it in world["claims"].values() if it["mileage_km"]]
    if doubt not in BESIDE or not others:
        return alone
    days, kilometres = BESIDE[doubt]
    repaired_on = others[-1]["repaired_on"] + timedelta(days=days)
    beside = {"mileage_km": others[-1]["mileage_km"] + kilometres, "repaired_on": repaired_on}
    return beside | {name: others[-1][name] for name in ("unit", "part")}


def _up_to_the_group(claim: str, day: date, how: How) -> Iterator[Move]:
    ruled = {"claim": claim, "reference": "Q-17", "ruled_on": day}
    yield by("engineer", "confirm_cost", claim=claim)
    yield by("centre", "verify_again", claim=claim, **how["verified"])
    yield by("engineer", "consult_on_claim", claim=claim, result=how["consulted"])
    yield by("centre", "refer_to_group", claim=claim)
    yield by("engineer", "record_group_ruling", **ruled, **how["ruling"])
    yield by("colleague", "record_group_ruling", **ruled, **how["ruling"])
    yield by("engineer", "confirm_cost", claim=claim)
    if how["corrected"]:
        correction = {**ruled, **how["corrected"], "reason": "typed"}
        yield by("boss", "correct_group_ruling", **correction)


def disposal_road(world: World, names: How, how: How) -> Road:
    """A part is not cleared in time, scrapped and charged; the cost is lowered and stays so."""
    claim, (tag, beside), day = names["claim"], names["tags"], world["day"]
    supplier, notice = how["supplier"], names["notice"]
    yield received(claim, day, quantity=2, part=supplier.replace("S", "P"))
    for each in (tag, beside):
        yield by("engineer", "receive_part", tag=each, claim=claim, listed=1)
    yield from _argued(names, day, how)
    named = {"notice": notice, "supplier": supplier, "tags": [tag, beside]}
    yield by("buyer", "notify_clearance", **named)
    yield by("buyer", "record_notice_receipt", notice=notice, received_on=day, proof="signed")
    if notice in world["notices"]:
        yield world["notices"][notice]["last_day"]
        yield by(_seller(supplier), "clear_parts", notice=notice, tags=[beside])
    yield from _scrapped(tag)
    yield next_day(world)
    if how["argued"] == LATE:
        appeal = {"lines": [claim], "reason": "misuse"}
        yield by(_seller(supplier), "appeal_chargeback", chargeback=names["notes"][0], **appeal)
    yield from _scrapped(tag)
    yield from _disposal_charged(world, names, how)


def _scrapped(tag: str) -> Iterator[Move]:
    scrapped = {"tags": [tag], "cost": {tag: "35.50"}}
    yield by("buyer", "dispose_of_parts", **scrapped)
    yield by("boss", "dispose_of_parts", **scrapped, override="photos are kept")


def _disposal_charged(world: World, names: How, how: How) -> Iterator[Move]:
    (tag, _), (_, note, again) = names["tags"], names["notes"]
    drafted = {"supplier": how["supplier"], "month": f"{world['day']:%Y-%m}", "claims": [tag]}
    line = f"{tag}/disposal"
    yield from charged(note, **drafted)
    yield _delivered(note, world["day"])
    appeal = {"lines": [line], "reason": "too much"}
    yield by(_seller(how["supplier"]), "appeal_chargeback", chargeback=note, **appeal)
    yield by("colleague", "recheck_appeal", chargeback=note, outcomes={line: how["outcome"]})
    yield from voided(note)
    yield from charged(again, **drafted)


def _argued(names: How, day: date, how: How) -> Iterator[Move]:
    """The claim of the part is disputed, or charged to somebody who does not confirm."""
    claim, argued, note = names["claim"], how["argued"], names["notes"][0]
    if argued == DISPUTED:
        yield by("engineer", "object_to_claim", claim=claim, aspect="finding", reason="a photo")
    if argued in (None, DISPUTED):
        return
    charged_to = "S2" if argued == BY_ANOTHER else how["supplier"]
    yield from certain(claim, {f"supplier:{charged_to}": "1"})
    for tag in names["tags"]:
        yield by("engineer", "count_parts", tag=tag, counted=1)
        yield by("engineer", "inspect_part", tag=tag, finding="part_defect")
    yield by("boss", "waive_gate", claim=claim, gate="supplier_answer", reason="nobody came")
    yield from charged(note, supplier=charged_to, month=f"{day:%Y-%m}", claims=[claim])
    if argued in (APPEALED, LATE):
        yield _delivered(note, day)
    if argued == APPEALED:
        appeal = {"lines": [claim], "reason": "misuse"}
        yield by(_seller(charged_to), "appeal_chargeback", chargeback=note, **appeal)


def _seller(supplier: str) -> str:
    return supplier.replace("S", "seller")


def month_road(world: World, names: How, how: How) -> Road:
    """A month is broken down, a department appeals, the shares change; then the month is closed."""
    claim, day, (note,) = names["claim"], world["day"], names["notes"]
    month = f"{day:%Y-%m}"
    shop = {"month": month, "bearer": "department:assembly", "claim": claim}
    account = {"supplier": "S1", "month": month}
    yield received(claim, day)
    yield from certain(claim, {"department:assembly": "0.3333", "supplier:S1": "0.6667"})
    yield month_end(day)
    yield by("shop", "sign_breakdown", month=month)
    yield by("engineer", "send_breakdown", month=month)
    yield by("shop", "sign_breakdown", month=month)
    for _ in range(2):
        yield by("shop", "appeal_breakdown", month=month, claims=[claim], reason="a shim")
    if how["noted"]:
        yield from charged(note, supplier="S1", month=month, claims=[claim])
    yield by("engineer", "decide_breakdown_appeal", **shop, outcome="kept")
    yield by("boss", "decide_breakdown_appeal", **shop, **how["decision"])
    if not how["noted"]:
        yield from charged(note, supplier="S1", month=month, claims=[claim])
    yield next_day(world)
    yield by("cashier", "preview_month", **account)
    yield by("treasurer", "close_month", **account)
    yield by("cashier", "close_month", **account)
    yield by("treasurer", "approve_close", **account)
    yield by("checker", "approve_close", **account)
    yield from voided(note)
