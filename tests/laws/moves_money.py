"""What might be asked about money, the breakdown of a month and its closing?"""

from datetime import date
from typing import Any

from laws.drawing import Drawing, yuan
from laws.moves_claims import BAD_SHARES, SHARES
from laws.reference_claims import bearers_of, month_of
from laws.reference_money import held, refundable
from laws.reference_notes import open_of
from laws.targets import CLAIMS, MONTHS, next_to_close, pending_appeals, to_approve


class MoneyMoves(Drawing):
    """The fields of acts on money and months."""

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

    # Breakdowns

    def send_breakdown(self, label: str) -> dict[str, Any]:
        return {"month": label}

    sign_breakdown = send_breakdown

    def appeal_breakdown(self, label: str) -> dict[str, Any]:
        claims = self.world["claims"].items()
        inside = [name for name, it in claims if month_of(it["received_on"]) == label]
        borne = [name for name in inside if bearers_of(self.world["claims"][name])]
        chosen = self.some(borne if borne and self.often() else CLAIMS[:3], 2)
        return {"month": label, "claims": chosen, "reason": "a shim was forgotten"}

    def decide_breakdown_appeal(self, label: str) -> dict[str, Any]:
        pairs = pending_appeals(self.world, label)
        if not pairs or not self.often():
            pairs = [("supplier:S1", "C1"), ("department:assembly", "C2")]
        bearer, claim = self.pick(pairs)
        fields = {"month": label, "bearer": bearer, "claim": claim}
        if self.pick((True, False, False)):
            return {**fields, "outcome": "kept"}
        shares = self.pick((*SHARES, *SHARES, *BAD_SHARES))
        return {**fields, "outcome": "changed", "shares": shares}

    # Closing

    def preview_month(self, label: str) -> dict[str, Any]:
        return {"supplier": label, "month": self.pick(MONTHS)}

    def close_month(self, label: str) -> dict[str, Any]:
        month = next_to_close(self.world, label) if self.often() else self.pick(MONTHS)
        return {"supplier": label, "month": month}

    def approve_close(self, label: str) -> dict[str, Any]:
        waiting = to_approve(self.world, label) if self.often() else []
        return {"supplier": label, "month": self.pick(waiting or MONTHS[:3])}
