"""When may the month of a supplier be closed, and by whom?"""

from laws.reference_base import Person, World, known, refuse, unclear
from laws.reference_claims import month_of

RULE = "Z-3.4.2"


def preview_month(world: World, person: Person, supplier: str, month: str) -> None:
    known(world["suppliers"], supplier, RULE)
    refuse((month > month_of(world["day"]), RULE))
    unclear((supplier, month) in world["closes"])


def close_month(world: World, person: Person, supplier: str, month: str) -> None:
    known(world["suppliers"], supplier, RULE)
    closed = {each for its, each in world["closes"] if its == supplier}
    refuse((month > month_of(world["day"]) or any(month <= each for each in closed), RULE))
    unclear(month == month_of(world["day"]))
    unclear(_waits_for_another(world, supplier, month))
    world["closes"][supplier, month] = {"closer": person[0], "approved": False}


def _waits_for_another(world: World, supplier: str, month: str) -> bool:
    """Whether an earlier month is not closed and approved."""
    year, first = world["first_month"].split("-")
    earlier = {f"{year}-{number:02d}" for number in range(int(first), int(month[-2:]))}
    done = {
        each for (its, each), it in world["closes"].items() if its == supplier and it["approved"]
    }
    return not earlier <= done


def approve_close(world: World, person: Person, supplier: str, month: str) -> None:
    it = known(world["closes"], (supplier, month), RULE)
    refuse((it["approved"], RULE))
    refuse((it["closer"] == person[0], "ZA33"))
    it["approved"] = True
