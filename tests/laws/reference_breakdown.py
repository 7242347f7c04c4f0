"""Who was told what a month costs it, and what became of its appeal?"""

from calendar import monthrange
from typing import Any

from laws.reference_base import Person, World, known, refuse, unclear
from laws.reference_claims import (
    bearers_of,
    in_dispute,
    live_notes,
    month_figures,
    month_of,
    share_out,
)


def send_breakdown(world: World, person: Person, month: str) -> None:
    refuse((month in world["breakdowns"], "Z-4.5.1a"))
    unclear(not is_over(world, month) or not month_figures(world, month)["accepted"])
    inside = {
        label for label, claim in world["claims"].items() if month_of(claim["received_on"]) == month
    }
    world["breakdowns"][month] = {"claims": inside, "signed": set(), "appeals": {}}


def is_over(world: World, month: str) -> bool:
    """Whether it is the last day of the month, or later."""
    year, number = map(int, month.split("-"))
    return world["day"].isoformat() >= f"{month}-{monthrange(year, number)[1]}"


def bearer_of(person: Person) -> str:
    """The bearer that the person speaks for, if any."""
    return next((role for role in person[1] if ":" in role), "")


def _sent_to(world: World, person: Person, month: str, rule: str) -> dict[str, Any]:
    refuse((not bearer_of(person), rule))
    it = known(world["breakdowns"], month, rule)
    totals = month_figures(world, month)["totals"]
    refuse((not totals.get(bearer_of(person)), rule))
    return it


def sign_breakdown(world: World, person: Person, month: str) -> None:
    it = _sent_to(world, person, month, "Z-4.5.1b")
    refuse((bearer_of(person) in it["signed"], "Z-4.5.1b"))
    it["signed"].add(bearer_of(person))


def appeal_breakdown(
    world: World, person: Person, month: str, claims: list[str], reason: str
) -> None:
    it, bearer = _sent_to(world, person, month, "Z-4.5.1c"), bearer_of(person)
    for label in claims:
        claim = known(world["claims"], label, "Z-4.5.1c")
        refuse((month_of(claim["received_on"]) != month, "Z-4.5.1c"))
    states = {it["appeals"].get((bearer, label)) for label in claims}
    refuse(("pending" in states, "Z-4.5.1c"))
    unclear("decided" in states or not set(claims) <= it["claims"])
    unclear(any(bearer not in bearers_of(world["claims"][label]) for label in claims))
    it["appeals"] |= {(bearer, label): "pending" for label in claims}


def decide_breakdown_appeal(
    world: World, person: Person, month: str, bearer: str, claim: str, **decision: Any
) -> None:
    it = known(world["breakdowns"], month, "Z-4.5.1c")
    refuse((it["appeals"].get((bearer, claim)) != "pending", "Z-4.5.1c"))
    if decision["outcome"] == "changed":
        changed = world["claims"][claim]
        refuse((live_notes(world, claim), "Z-4.4.2"))
        unclear(in_dispute(changed) or changed["closed"])
        unclear(changed["responsibility"] != "confirmed")
        share_out(changed, decision["shares"])
    it["appeals"][bearer, claim] = "decided"
