"""What might somebody try next, and what would a sensible person try?"""

from collections.abc import Sequence
from typing import Any

from laws.drawing import PEOPLE, Move
from laws.moves_claims import ClaimMoves
from laws.moves_money import MoneyMoves
from laws.moves_notes import NoteMoves
from laws.moves_parts import PartMoves
from laws.reference import ACTS
from laws.reference_base import Person, holds_role
from laws.reference_claims import month_figures
from laws.targets import SUPPLIERS, everything, last_on_road, ready_to_draft, targets

# Who may do what the table of acts leaves to the act itself.
BEARERS = ("supplier", "department")
ABLE = {
    "refer_to_group": ("service_centre", "service_centre", "quality_engineer"),
    "dispose_of_parts": ("purchasing",),
    "sign_breakdown": BEARERS,
    "appeal_breakdown": BEARERS,
}
THINGS = ("claims", "notes", "notices")
# Who of them is barred by four eyes, and what says so.
BARRED = {
    "approve_chargeback": "drafter",
    "recheck_appeal": "drafter",
    "correct_receipt": "receipt_by",
    "record_group_ruling": "objector",
}


class Moves(ClaimMoves, PartMoves, NoteMoves, MoneyMoves):
    """Draws moves that fit a world; `sensible` ones aim at what is possible there."""

    def one_of(self, acts: Sequence[str], *, sensible: bool) -> Move:
        """A move among `acts`, with whatever it is about."""
        possible = [act for act in acts if targets(self.world, act)] if sensible else []
        if not possible:
            act = self.pick(acts)
            return self.about(act, self.pick(everything(act)), sensible=False)
        act = self.pick(possible)
        return self.about(act, self.pick(targets(self.world, act)), sensible=True)

    def about(self, act: str, label: str, *, sensible: bool) -> Move:
        """The act on the thing of that label."""
        fields = getattr(self, act)(label) if hasattr(self, act) else self.plain(act, label)
        return Move(self.person(act, label, fields, sensible=sensible), act, fields)

    def on_the_road(self, act: str, claim: str) -> Move | None:
        """The next act for that claim on its way, or None where it has no place."""
        name, has_part = act.strip("[]"), bool(self.world["claims"].get(claim, {}).get("quantity"))
        label = last_on_road(self.world, name, claim)
        if label not in targets(self.world, name) or (act != name and not has_part):
            return None
        move = self.about(name, label, sensible=True)
        if name == "draft_chargeback":
            charged = [each for each, its in ready_to_draft(self.world) if its == claim]
            supplier = self.pick(charged or SUPPLIERS)
            return move._replace(fields={**move.fields, "supplier": supplier, "claims": [claim]})
        return move

    def person(self, act: str, label: str, fields: dict[str, Any], *, sensible: bool) -> Person:
        everybody = list(PEOPLE.items())
        roles = ABLE.get(act, (ACTS[act][0],))
        if "override" in fields:
            roles = ("quality_manager",)
        able = [person for person in everybody if holds_role(person, roles)]
        if sensible:
            able = self.best(act, label, able)
        return self.pick(able if sensible or self.often() else everybody)

    def best(self, act: str, label: str, able: list[Person]) -> list[Person]:
        """Those of them whose matter it is and who did not do the first half of it."""
        world = self.world
        thing = next((world[kind][label] for kind in THINGS if label in world[kind]), {})
        if ACTS[act][0] == "supplier" and "supplier" in thing:
            able = [it for it in able if it[1] == (f"supplier:{thing['supplier']}",)]
        if act in ("sign_breakdown", "appeal_breakdown"):
            totals = month_figures(world, label)["totals"]
            able = [it for it in able if it[1][0] in totals] or able
        return [it for it in able if it[0] != thing.get(BARRED.get(act, ""))] or able

    def plain(self, act: str, label: str) -> dict[str, Any]:
        """The fields of an act that needs at most a reason."""
        kind = {"C": "claim", "N": "chargeback", "T": "tag", "S": "supplier"}[label[0]]
        silent = ("confirm_information", "approve_chargeback", "issue_chargeback")
        silent += ("confirm_chargeback", "confirm_part_online", "refer_to_group")
        return {kind: label} if act in silent else {kind: label, "reason": "see file"}
