"""What might be asked about a claim, and how might a dispute about it go?"""

from datetime import date, timedelta
from typing import Any

from laws.drawing import Drawing, yuan
from laws.reference_base import fen
from laws.reference_claims import WAIVABLE, gates_missing
from laws.targets import CLAIMS, SUPPLIERS

SHARES = (
    {"supplier:S1": "1"},
    {"supplier:S2": "1.00"},
    {"supplier:S1": "0.6", "supplier:S2": "0.4"},
    {"supplier:S1": "0.3333", "supplier:S2": "0.3333", "supplier:S3": "0.3334"},
    {"department:assembly": "0.3333", "supplier:S1": "0.3334", "service": "0.3333"},
    {"supplier:S2": "0.125", "supplier:S1": "0.125", "company": "0.75"},
    {"supplier:S1": "0.8", "undetermined": "0.2"},
    {"department:assembly": "0.5", "supplier:S3": "0.5"},
)
BAD_SHARES = ({"supplier:S1": "0.5", "supplier:S2": "0.4"}, {"supplier:S1": "1.0001"})
SEVERITIES = ("minor", "ordinary", "serious", "critical")


class ClaimMoves(Drawing):
    """The fields of acts on claims."""

    def receive_claim(self, label: str) -> dict[str, Any]:
        fields = {
            "claim": label,
            "unit": self.pick(("U1", "U2", "U3")),
            "part": self.pick(("P1", "P2", "P1", "P2", "P3")),
            "stage": self.pick(("zero_km", "zero_km", "pre_sale", "after_sale")),
            "repaired_on": date(2026, 3, 1) + timedelta(days=CLAIMS.index(label)),
            "quantity": self.pick((0, 0, 1, 2)),
            "costs": self.costs(),
        }
        return fields if self.often() else fields | self.history(fields["repaired_on"])

    def history(self, repaired_on: date) -> dict[str, Any]:
        """What else may be told of the unit; it may well look wrong."""
        days = {
            "built_on": repaired_on + timedelta(days=self.pick((-30, 0, 1))),
            "sold_on": repaired_on + timedelta(days=self.pick((-2, 0, 1))),
        }
        earlier = list(self.world["claims"])
        if earlier and self.often():
            return days | self.once_more(self.world["claims"][self.pick(earlier)])
        return {name: days[name] for name in self.some(sorted(days), 2)}

    def once_more(self, earlier: dict[str, Any]) -> dict[str, Any]:
        """The unit of an earlier claim, repaired about the same time."""
        days = timedelta(days=self.pick((-1, 0, 1)))
        again = {"unit": earlier["unit"], "repaired_on": earlier["repaired_on"] + days}
        again |= {"part": earlier["part"]} if self.often() else {}
        return again | {"mileage_km": self.pick((9_000, 10_000, 12_000))}

    def amend_claim(self, label: str) -> dict[str, Any]:
        return {"claim": label, "costs": self.costs()}

    def confirm_cost(self, label: str) -> dict[str, Any]:
        claimed = self.world["claims"].get(label, {"claimed": {"labour": 1}})["claimed"]
        if not any(claimed.values()) or self.often():
            return {"claim": label}
        return {"claim": label, "accepted": self.accepted(claimed)}

    def attribute_claim(self, label: str) -> dict[str, Any]:
        shares = self.pick((*SHARES, *SHARES, *BAD_SHARES))
        return {"claim": label, "shares": shares, "reason": "finding"}

    def waive_gate(self, label: str) -> dict[str, Any]:
        missing = gates_missing(self.world, label) if label in self.world["claims"] else set()
        gates = sorted(missing & set(WAIVABLE)) if self.often() else []
        gate = self.pick(gates or (*WAIVABLE, "cost"))
        return {"claim": label, "gate": gate, "reason": "see file"}

    # Disputes

    def object_to_claim(self, label: str) -> dict[str, Any]:
        aspect = self.pick(("information", "cost", "finding"))
        return {"claim": label, "aspect": aspect, "reason": "two photos of one car"}

    def verify_again(self, label: str) -> dict[str, Any]:
        result = self.pick(("stands", "stands", "stands", "corrected", "corrected", "withdrawn"))
        costs = {"costs": self.costs()} if result == "corrected" else {}
        return {"claim": label, "result": result, **costs}

    def consult_on_claim(self, label: str) -> dict[str, Any]:
        results = ("unresolved", "unresolved", "unresolved", "accepted", "accepted", "refused")
        return {"claim": label, "result": self.pick(results)}

    def record_group_ruling(self, label: str) -> dict[str, Any]:
        claim = self.world["claims"].get(label, {"claimed": {"labour": 1}})
        asked_on = claim.get("referred_on", self.world["day"])
        ruling = {"ruling": self.pick(("stands", "reduced", "reduced", "refused"))}
        if ruling["ruling"] == "reduced":
            ruling["accepted"] = self.accepted(claim["claimed"])
        ruling |= {"reference": "Q-17", "ruled_on": self.day_between(asked_on)}
        return {"claim": label, **ruling}

    def correct_group_ruling(self, label: str) -> dict[str, Any]:
        return {**self.record_group_ruling(label), "reason": "typed"}

    def accepted(self, claimed: dict[str, int]) -> dict[str, str]:
        """Less than claimed of one component, or now and then as much or more."""
        component = self.pick([name for name in claimed if claimed[name]] or ["labour"])
        amount = claimed.get(component, 0) + self.pick((-3333, -1, -7777, 0, 1))
        return {component: yuan(max(0, amount))}

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
