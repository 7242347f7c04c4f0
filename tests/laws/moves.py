"""What might somebody try next, and what would a sensible person try?"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st

from laws.reference import ACTS
from laws.reference_base import COMPONENTS, Person, World, fen, holds_role
from laws.reference_claims import WAIVABLE, gates_missing
from laws.reference_money import held, refundable
from laws.reference_notes import open_of
from laws.targets import CLAIMS, SUPPLIERS, TAGS, everything, last_on_road, ready_to_draft, targets

PEOPLE: dict[str, tuple[str, ...]] = {
    "engineer": ("quality_engineer",),
    "colleague": ("quality_engineer",),
    "boss": ("quality_manager",),
    "both": ("quality_engineer", "quality_manager", "finance_checker"),
    "deputy": ("deputy_gm",),
    "cashier": ("finance",),
    "checker": ("finance_checker",),
    "buyer": ("purchasing",),
    "buyer2": ("purchasing",),
    "seller1": ("supplier:S1",),
    "seller2": ("supplier:S2",),
    "seller3": ("supplier:S3",),
}
AMOUNTS = ("0.01", "0.10", "33.33", "100.00", "77.77", "250.01", "1000.00")
SHARES = (
    {"supplier:S1": "1"},
    {"supplier:S2": "1.00"},
    {"supplier:S1": "0.6", "supplier:S2": "0.4"},
    {"supplier:S1": "0.3333", "supplier:S2": "0.3333", "supplier:S3": "0.3334"},
    {"department:assembly": "0.3333", "supplier:S1": "0.3334", "service": "0.3333"},
    {"supplier:S2": "0.125", "supplier:S1": "0.125", "company": "0.75"},
    {"supplier:S1": "0.8", "undetermined": "0.2"},
)
BAD_SHARES = ({"supplier:S1": "0.5", "supplier:S2": "0.4"}, {"supplier:S1": "1.0001"})
TAKERS = ("service", "department:assembly", "supplier:S1", "supplier:S2", "supplier:S3")
FINDINGS = ("part_defect", "part_defect", "no_fault_found", "misuse")
SEVERITIES = ("minor", "ordinary", "serious", "critical")


def yuan(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02d}"


class Move(NamedTuple):
    """Who does what."""

    person: Person
    act: str
    fields: dict[str, Any]


class Moves:
    """Draws moves that fit a world; `sensible` ones aim at what is possible there."""

    def __init__(self, world: World, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self.world = world
        self.draw = draw

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
        return Move(self.person(act, label, sensible=sensible), act, fields)

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

    def pick(self, options: Sequence[Any]) -> Any:
        return self.draw(st.sampled_from(options))

    def often(self) -> bool:
        return self.pick((True, True, True, False))

    def person(self, act: str, label: str, *, sensible: bool) -> Person:
        everybody = list(PEOPLE.items())
        role = ACTS[act][0]
        able = [person for person in everybody if holds_role(person, [role])]
        note = self.world["notes"].get(label)
        if role == "supplier" and note:
            able = [("seller" + note["supplier"][1:], (f"supplier:{note['supplier']}",))]
        barred = {"approve_chargeback": "drafter", "recheck_appeal": "drafter"}
        barred |= {"correct_receipt": "receipt_by"}
        if sensible and note:
            able = [it for it in able if it[0] != note.get(barred.get(act, ""))] or able
        return self.pick(able if sensible or self.often() else everybody)

    def plain(self, act: str, label: str) -> dict[str, Any]:
        """The fields of an act that needs at most a reason."""
        kind = {"C": "claim", "N": "chargeback", "T": "tag", "S": "supplier"}[label[0]]
        silent = ("confirm_information", "approve_chargeback", "issue_chargeback")
        silent += ("confirm_chargeback", "confirm_part_online")
        return {kind: label} if act in silent else {kind: label, "reason": "see file"}

    # Claims and parts

    def receive_claim(self, label: str) -> dict[str, Any]:
        return {
            "claim": label,
            "unit": self.pick(("U1", "U2", "U3")),
            "part": self.pick(("P1", "P2")),
            "stage": self.pick(("zero_km", "zero_km", "pre_sale", "after_sale")),
            "repaired_on": date(2026, 3, 1) + timedelta(days=CLAIMS.index(label)),
            "quantity": self.pick((0, 0, 1, 2)),
            "costs": self.costs(),
        }

    def costs(self) -> dict[str, str]:
        components = self.draw(st.lists(st.sampled_from(COMPONENTS), min_size=1, unique=True))
        return {component: self.pick(AMOUNTS) for component in components}

    def amend_claim(self, label: str) -> dict[str, Any]:
        return {"claim": label, "costs": self.costs()}

    def confirm_cost(self, label: str) -> dict[str, Any]:
        claimed = self.world["claims"].get(label, {"claimed": {"labour": 1}})["claimed"]
        components = [name for name in claimed if claimed[name]]
        if not components or self.often():
            return {"claim": label}
        component = self.pick(components)
        accepted = max(0, claimed[component] + self.pick((-3333, -1, 0, 1)))
        return {"claim": label, "accepted": {component: yuan(accepted)}}

    def attribute_claim(self, label: str) -> dict[str, Any]:
        shares = self.pick((*SHARES, *SHARES, *BAD_SHARES))
        return {"claim": label, "shares": shares, "reason": "finding"}

    def waive_gate(self, label: str) -> dict[str, Any]:
        missing = gates_missing(self.world, label) if label in self.world["claims"] else set()
        gates = sorted(missing & set(WAIVABLE)) if self.often() else []
        gate = self.pick(gates or (*WAIVABLE, "cost"))
        return {"claim": label, "gate": gate, "reason": "see file"}

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

    # Penalties

    def set_penalty(self, label: str) -> dict[str, Any]:
        amount = self.pick(("500.00", "2000.00", "1234.57", "499.99", "2000.01"))
        fields = {"claim": label, "severity": self.pick(SEVERITIES), "reason": "line stopped"}
        fields |= {"amount": amount} | ({"again": "twice in a week"} if self.often() else {})
        shares = self.world["claims"].get(label, {"shares": None})["shares"] or []
        sharing = [bearer[-2:] for bearer, _ in shares if bearer.startswith("supplier:")]
        if len(sharing) > 1 and self.often():
            part, rest = "250.01", fen(amount) - 250_01 + self.pick((0, 0, 0, -1))
            return {**fields, "split": {sharing[0]: part, sharing[1]: yuan(rest)}}
        supplier = self.pick(sharing if sharing and self.often() else SUPPLIERS)
        return {**fields, "supplier": supplier}

    # Notes

    def draft_chargeback(self, label: str) -> dict[str, Any]:
        month = self.world["day"].strftime("%Y-%m")
        ready = ready_to_draft(self.world)
        if not ready or not self.often():
            supplier = self.pick(SUPPLIERS)
            claims = self.draw(
                st.lists(st.sampled_from(CLAIMS[:3]), min_size=1, max_size=2, unique=True)
            )
        else:
            supplier = self.pick(sorted({supplier for supplier, _ in ready}))
            own = [claim for each, claim in ready if each == supplier]
            claims = self.draw(st.lists(st.sampled_from(own), min_size=1, unique=True))
        fields = {"chargeback": label, "supplier": supplier, "month": month, "claims": claims}
        if self.pick((True, False, False, False)):
            del fields["claims"]
        return fields

    def record_receipt(self, label: str) -> dict[str, Any]:
        return {"chargeback": label, "received_on": self.receipt_day(label), "proof": "signed"}

    def correct_receipt(self, label: str) -> dict[str, Any]:
        return {"chargeback": label, "received_on": self.receipt_day(label), "reason": "typed"}

    def receipt_day(self, label: str) -> date:
        today = self.world["day"]
        issued = self.world["notes"].get(label, {"issued_on": None})["issued_on"] or today
        days = (today, issued, issued + (today - issued) / 2)
        wrong = (today + timedelta(days=1), issued - timedelta(days=1))
        return self.pick(days if self.often() else (*days, *wrong))

    # Answers

    def appeal_chargeback(self, label: str) -> dict[str, Any]:
        lines = self.world["notes"].get(label, {"lines": {}})["lines"]
        return {"chargeback": label, "lines": self.some(sorted(lines)), "reason": "misuse"}

    def request_arbitration(self, label: str) -> dict[str, Any]:
        appealed = self.world["notes"].get(label, {"appealed": ()})["appealed"]
        return {"chargeback": label, "lines": self.some(sorted(appealed)), "reason": "report"}

    def some(self, lines: Sequence[str]) -> list[str]:
        """Some of the lines, or whole claims of theirs, or now and then something else."""
        names = sorted({*lines, *(line.split("/")[0] for line in lines)})
        if not names or not self.often():
            names = [*names, "C1", "C2/labour", "C1/penalty"]
        return self.draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))

    def recheck_appeal(self, label: str) -> dict[str, Any]:
        note = self.world["notes"].get(label, {"appealed": (), "lines": {}})
        pending = sorted(note.get("brought") or note["appealed"])
        outcomes: dict[str, Any] = {}
        for name in self.some(pending):
            before = note["lines"].get(name, 1)
            reduced = {"reduced_to": yuan(max(0, self.pick((before // 3, before - 1, before + 1))))}
            kinds = ("withdrawn", reduced, reduced, "upheld") if "/" in name else ("withdrawn",)
            outcomes[name] = self.pick(kinds)
        fields = {"chargeback": label, "outcomes": outcomes}
        return {**fields, "moves_to": self.pick(TAKERS)} if self.often() else fields

    arbitrate_appeal = recheck_appeal

    # Money

    def choose_collection(self, label: str) -> dict[str, Any]:
        return {"chargeback": label, "way": self.pick(("invoice", "deduction"))}

    def collect_chargeback(self, label: str) -> dict[str, Any]:
        note = self.world["notes"].get(label)
        left = open_of(self.world, note) if note else 0
        amount = self.pick((None, left, left // 2, left + 1, 0))
        return {"chargeback": label} | ({} if amount is None else {"amount": yuan(max(0, amount))})

    def refund_supplier(self, label: str) -> dict[str, Any]:
        owed = refundable(self.world, label)
        return {"supplier": label, "amount": yuan(self.pick((owed, owed // 2, owed + 1, 0)))}

    def pay_supplier(self, label: str) -> dict[str, Any]:
        payable = self.world["suppliers"][label]["payable"]
        free = payable - held(self.world, label)
        amount = self.pick((free, free // 2, free + 1, payable, payable + 1, 0))
        return {"supplier": label, "amount": yuan(amount)}

    def record_payable(self, label: str) -> dict[str, Any]:
        documents = self.world["suppliers"][label]["documents"]
        number = len(documents) + (1 if self.often() else 0)
        return {
            "supplier": label,
            "document": f"AP-{label}-{number}",
            "amount": self.pick(("500.00", "5000.00", "33.33")),
            "due_on": date(2026, 12, 31),
        }

    def acknowledge_rulebook(self, label: str) -> dict[str, Any]:
        return {"supplier": label, "clauses": ["Z-4.6.1"], "evidence": "receipt"}
