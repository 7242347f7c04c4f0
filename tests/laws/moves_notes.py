"""What might be asked about a note, and how might its supplier answer?"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from laws.drawing import Drawing, yuan
from laws.targets import CLAIMS, SUPPLIERS, ready_to_draft

TAKERS = ("service", "department:assembly", "supplier:S1", "supplier:S2", "supplier:S3")


class NoteMoves(Drawing):
    """The fields of acts on notes."""

    def draft_chargeback(self, label: str) -> dict[str, Any]:
        month = self.world["day"].strftime("%Y-%m")
        ready = ready_to_draft(self.world)
        if not ready or not self.often():
            supplier = self.pick(SUPPLIERS)
            claims = self.some((*CLAIMS[:3], "T1"), 2)
        else:
            supplier = self.pick(sorted({supplier for supplier, _ in ready}))
            own = [claim for each, claim in ready if each == supplier]
            claims = self.some(own, len(own))
        fields = {"chargeback": label, "supplier": supplier, "month": month, "claims": claims}
        if self.pick((True, False, False, False)):
            del fields["claims"]
        return fields

    def record_receipt(self, label: str) -> dict[str, Any]:
        return {"chargeback": label, "received_on": self.receipt_day(label), "proof": "signed"}

    def correct_receipt(self, label: str) -> dict[str, Any]:
        return {"chargeback": label, "received_on": self.receipt_day(label), "reason": "typed"}

    def receipt_day(self, label: str) -> date:
        issued = self.world["notes"].get(label, {"issued_on": None})["issued_on"]
        return self.day_between(issued or self.world["day"])

    # Answers

    def appeal_chargeback(self, label: str) -> dict[str, Any]:
        lines = self.world["notes"].get(label, {"lines": {}})["lines"]
        return {"chargeback": label, "lines": self.lines(sorted(lines)), "reason": "misuse"}

    def request_arbitration(self, label: str) -> dict[str, Any]:
        appealed = self.world["notes"].get(label, {"appealed": ()})["appealed"]
        return {"chargeback": label, "lines": self.lines(sorted(appealed)), "reason": "report"}

    def lines(self, lines: Sequence[str]) -> list[str]:
        """Some of the lines, or whole claims of theirs, or now and then something else."""
        names = sorted({*lines, *(line.split("/")[0] for line in lines)})
        if not names or not self.often():
            names = [*names, "C1", "C2/labour", "C1/penalty", "T1/disposal"]
        return self.some(names, 3)

    def recheck_appeal(self, label: str) -> dict[str, Any]:
        note = self.world["notes"].get(label, {"appealed": (), "lines": {}})
        pending = sorted(note.get("brought") or note["appealed"])
        outcomes: dict[str, Any] = {}
        for name in self.lines(pending):
            before = note["lines"].get(name, 1)
            reduced = {"reduced_to": yuan(max(0, self.pick((before // 3, before - 1, before + 1))))}
            kinds = ("withdrawn", reduced, reduced, "upheld") if "/" in name else ("withdrawn",)
            outcomes[name] = self.pick(kinds)
        fields = {"chargeback": label, "outcomes": outcomes}
        return {**fields, "moves_to": self.pick(TAKERS)} if self.often() else fields

    arbitrate_appeal = recheck_appeal
