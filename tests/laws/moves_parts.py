"""What might be asked about an old part, until it is cleared or scrapped?"""

from typing import Any

from laws.drawing import Drawing
from laws.reference_clearance import GONE, is_evidence, maker_of
from laws.targets import NOTICES, SUPPLIERS, TAGS, targets

FINDINGS = ("part_defect", "part_defect", "no_fault_found", "misuse")


class PartMoves(Drawing):
    """The fields of acts on old parts."""

    def receive_part(self, label: str) -> dict[str, Any]:
        free = [tag for tag in TAGS if tag not in self.world["tags"]]
        tag = free[0] if free and self.often() else self.pick(TAGS)
        return {"tag": tag, "claim": label, "listed": self.pick((1, 2))}

    def count_parts(self, label: str) -> dict[str, Any]:
        listed = self.world["tags"].get(label, {"listed": 1})["listed"]
        return {"tag": label, "counted": listed if self.often() else self.pick((0, 1, 2, 3))}

    def inspect_part(self, label: str) -> dict[str, Any]:
        return {"tag": label, "finding": self.pick(FINDINGS)}

    def confirm_part(self, label: str) -> dict[str, Any]:
        return {"tag": label, "answer": self.pick(("agreed", "refused")), "reason": "seen"}

    # Clearance

    def notify_clearance(self, label: str) -> dict[str, Any]:
        tag, world = self.world["tags"].get(label), self.world
        supplier = maker_of(world, label) if tag and self.often() else self.pick(SUPPLIERS)
        others = [each for each in targets(world, "notify_clearance") if each != label]
        beside = [each for each in others if maker_of(world, each) == supplier]
        if not self.often():
            beside = [*TAGS[:3], "T9"]
        tags = {label, *self.some(beside, 2)} if beside and self.often() else {label}
        free = [notice for notice in NOTICES if notice not in world["notices"]]
        notice = free[0] if free and self.often() else self.pick(NOTICES)
        return {"notice": notice, "supplier": supplier, "tags": sorted(tags)}

    def record_notice_receipt(self, label: str) -> dict[str, Any]:
        today = {"notified_on": self.world["day"]}
        notified_on = self.world["notices"].get(label, today)["notified_on"]
        received_on = self.day_between(notified_on)
        return {"notice": label, "received_on": received_on, "proof": "signed"}

    def clear_parts(self, label: str) -> dict[str, Any]:
        named = self.world["notices"].get(label, {"tags": TAGS[:2]})["tags"]
        waiting = [tag for tag in named if self.place(tag) not in GONE]
        return {"notice": label, "tags": self.some(waiting or named, 2)}

    def place(self, tag: str) -> str:
        return self.world["tags"].get(tag, {"place": "store"})["place"]

    def dispose_of_parts(self, label: str) -> dict[str, Any]:
        ready = [tag for tag in targets(self.world, "dispose_of_parts") if tag != label]
        tags = sorted({label, *self.some(ready, 2)} if ready and self.often() else {label})
        cost = {tag: self.pick(("35.50", "12.00", "0.01")) for tag in tags}
        fields: dict[str, Any] = {"tags": tags, "cost": cost}
        known = [tag for tag in tags if tag in self.world["tags"]]
        argued = any(is_evidence(self.world, tag) for tag in known)
        if argued == self.often():
            fields["override"] = "photos are kept"
        return fields
