"""In which words is one story of the demo told?"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import cycle
from random import Random
from typing import Any

from recourse.adapters.demo.diary import ONE_DAY, Diary
from recourse.adapters.demo.papers import Papers
from recourse.adapters.demo.parts import FAULTS, PARTS
from recourse.values.calendar import is_weekend
from recourse.values.money import yuan

DRAGON_BOAT = date(2026, 6, 19)
CHANNELS = ("快递", "电子邮件", "传真", "供方平台", "当面签收", "委托司机捎带")
PROOFS = ("签收单回执", "快递投递记录", "邮件回复", "平台阅读记录", "传真报告", "电话记录")


class Plant:
    """What all stories share: the diary, the dice, and the numbers given so far."""

    def __init__(self, seed: int) -> None:
        self.diary = Diary()
        self.dice = Random(seed)  # noqa: S311 - an invented month, not a secret
        self.channels, self.proofs = cycle(CHANNELS), cycle(PROOFS)
        self.claims = 0
        self.tags = 0
        self.notes = 0
        self.numbers: dict[str, int] = {}  # kind of anything else -> how many there are
        self.drafts: dict[str, int] = {}  # month -> drafts that the engine named itself
        self.without_way: dict[str, date] = {}  # note -> the day of its issue
        self.lowered: list[tuple[str, str, str]] = []  # note, claim and supplier of such a penalty
        self.ruled: list[str] = []  # claims that the group let stand in part
        self.papers = Papers()
        self.borne_out: list[str] = []  # notes with all their papers
        self.disposed: list[str] = []  # tags whose cost of disposal was lowered

    def remember(self, day: date, act: str, fields: dict[str, Any]) -> None:
        """Keep in mind for which notes Finance has still to choose a way of collection."""
        if fields.get("refused"):
            return
        if act == "issue_chargeback":
            self.without_way[fields["chargeback"]] = day
        if act in {"choose_collection", "void_chargeback"}:
            self.without_way.pop(fields["chargeback"], None)

    def number(self, kind: str) -> str:
        """The next name of that kind, such as "FC02"."""
        self.numbers[kind] = self.numbers.get(kind, 0) + 1
        return f"{kind}{self.numbers[kind]:02d}"

    def story(self, supplier: str, day: date, other: str = "") -> "Story":
        """A new story of `supplier` that begins on `day`; `other` is the second one in it."""
        return Story(self, supplier, day, other)


class Story:
    """One story, told act by act; `day` is the day on which its next act happens."""

    def __init__(self, plant: Plant, supplier: str, day: date, other: str) -> None:
        self.plant = plant
        self.dice = plant.dice
        self.supplier = supplier
        self.other = other
        self.day = day

    @property
    def bearer(self) -> str:
        """The supplier as a bearer of cost."""
        return f"supplier:{self.supplier}"

    def wait(self, workdays: int = 1) -> None:
        """Go on some working days later."""
        for _ in range(workdays):
            self.day += ONE_DAY
            while is_weekend(self.day) or self.day == DRAGON_BOAT:
                self.day += ONE_DAY

    def do(self, person: str, act: str, **fields: Any) -> None:
        """Let `person` ask for an act now; `refused=CODE` where the engine must say no."""
        self.plant.remember(self.day, act, fields)
        self.plant.diary.write(self.day, person, act, fields)

    def they(self, act: str, **fields: Any) -> None:
        """Let the supplier's person ask for an act now."""
        self.do(self.supplier.lower(), act, **fields)

    def costs(self, *, labour: int = 180, material: int = 900, travel: int = 0) -> dict[str, str]:
        """Components near these yuan, at most a fifth above, by the dice."""
        about = {"labour": labour, "material": material, "travel": travel}
        return {
            component: yuan(amount * 100 + self.dice.randrange(amount * 20 + 1))
            for component, amount in about.items()
            if amount
        }

    def claim_number(self) -> str:
        """The next number of a claim."""
        self.plant.claims += 1
        return f"C{self.plant.claims:03d}"

    def claim(self, **given: Any) -> str:
        """A claim on one of the supplier's parts is received; the dice fill what is not given."""
        name = self.claim_number()
        stage = given.get("stage", "after_sale")
        repaired_on = self.day - timedelta(days=self.dice.randrange(3, 25))
        built_on = repaired_on - timedelta(days=self.dice.randrange(40, 400))
        line: dict[str, Any] = {
            "unit": f"DEMO-U{self.plant.claims:04d}",
            "part": self.dice.choice(PARTS[self.supplier])[0],
            "stage": stage,
            "repaired_on": repaired_on,
            "built_on": built_on,
            "fault": self.dice.choice(FAULTS[self.supplier]),
            "plant": self.dice.choice(("DEMO-OEM-1", "DEMO-OEM-2")),
            "note": f"HD-{self.day:%y%m}-{self.day.day:02d}",
            "line": str(self.plant.claims),
        }
        if stage == "after_sale":
            line["sold_on"] = built_on + timedelta(days=self.dice.randrange(5, 35))
            line["mileage_km"] = self.dice.randrange(800, 96_000)
        costs = given.pop("costs", None) or self.costs()
        self.do("engineer1", "receive_claim", claim=name, costs=costs, **line | given)
        return name

    def judge(
        self,
        claim: str,
        shares: dict[str, str] | None = None,
        accepted: dict[str, str] | None = None,
    ) -> None:
        """Its three confirmations; without `shares` the supplier bears all."""
        self.do("engineer1", "confirm_information", claim=claim)
        self.do("engineer1", "confirm_cost", claim=claim, accepted=accepted or {})
        self.do("engineer1", "attribute_claim", claim=claim, shares=shares or {self.bearer: "1"})

    def part(
        self,
        claim: str,
        *,
        listed: int = 1,
        counted: int | None = None,
        finding: str = "part_defect",
        answer: str = "agreed",
    ) -> str:
        """Its old parts come in under one tag, are counted, inspected, shown to the supplier."""
        tag = self.tag(claim, listed)
        self.do("engineer2", "count_parts", tag=tag, counted=listed if counted is None else counted)
        self.do("engineer2", "confirm_part_online", tag=tag)
        self.do("engineer2", "inspect_part", tag=tag, finding=finding)
        self.they("confirm_part", tag=tag, answer=answer)
        return tag

    def tag(self, claim: str, listed: int = 1) -> str:
        """Its old parts come in under one tag, and nobody has looked at them yet."""
        self.plant.tags += 1
        tag = f"T{self.plant.tags:03d}"
        self.do("engineer2", "receive_part", tag=tag, claim=claim, listed=listed)
        return tag

    def ready(self, shares: dict[str, str] | None = None, **given: Any) -> str:
        """A claim with everything that a note needs; ends on the day of the last of it."""
        claim = self.claim(**given)
        self.wait()
        self.judge(claim, shares)
        self.wait()
        if given.get("quantity", 1):
            self.part(claim, listed=given.get("quantity", 1))
        return claim

    def draft(
        self,
        claims: Sequence[str] | None,
        *,
        by: str = "engineer1",
        **given: Any,
    ) -> str:
        """A draft for these claims, or for every claim that is ready under the engine's name."""
        month = f"{self.day:%Y-%m}"
        fields: dict[str, Any] = {"supplier": self.supplier, "month": month} | given
        if claims is None:
            number = self.plant.drafts[month] = self.plant.drafts.get(month, 0) + 1
            self.do(by, "draft_chargeback", **fields)
            return f"{month}-{number:04d}"
        self.plant.notes += 1
        name = f"ZS-{self.plant.notes:03d}"
        self.do(by, "draft_chargeback", chargeback=name, claims=claims, **fields)
        return name

    def issue(self, note: str) -> None:
        """Approved on one day, issued and sent on the next."""
        self.do("boss", "approve_chargeback", chargeback=note)
        self.wait()
        self.do("cashier", "issue_chargeback", chargeback=note)
        self.do("buyer1", "record_delivery", chargeback=note, channel=next(self.plant.channels))

    def receipt(self, note: str, received_on: date | None = None, **given: Any) -> None:
        """The day of receipt is recorded, today's unless another is given."""
        proof = given.pop("proof", None) or next(self.plant.proofs)
        self.do(
            given.pop("by", "buyer1"),
            "record_receipt",
            chargeback=note,
            received_on=received_on or self.day,
            proof=proof,
            **given,
        )

    def charge(self, *claims: str, **given: Any) -> str:
        """A note for the claims on its whole way to the supplier, received three workdays later."""
        note = self.draft(claims, **given)
        self.wait()
        self.issue(note)
        self.wait()
        self.receipt(note)
        return note

    def collect(self, note: str, way: str, amount: str | None = None) -> None:
        """What is open, or `amount` of it, is collected in the way chosen now."""
        self.do("cashier", "choose_collection", chargeback=note, way=way)
        self.do("cashier", "collect_chargeback", chargeback=note, amount=amount)
