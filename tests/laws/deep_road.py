"""What does a claim go through whose money was taken and given back, to the very end?"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from laws.moves import PEOPLE, Move

SPLIT = {"supplier:S1": "0.6", "supplier:S2": "0.4"}
WHOLE = {"supplier:S1": "1"}


def deep_road(
    claim: str, note: str, again: str, day: date, how: Mapping[str, Any]
) -> Iterator[Move]:
    """The acts in order; `how` says what varies: shares, outcomes, receivers of cost, the end."""
    month = f"{day:%Y-%m}"
    drafted = {"supplier": "S1", "month": month, "claims": [claim]}
    outcome = {"outcomes": how["outcomes"](claim), "moves_to": how["moves_to"]}
    yield _by("engineer", "receive_claim", **_line(claim, day))
    yield _by("engineer", "confirm_information", claim=claim)
    yield _by("engineer", "confirm_cost", claim=claim)
    yield _by("engineer", "attribute_claim", claim=claim, shares=how["shares"])
    yield _by("engineer", "set_penalty", **_penalty(claim))
    yield _by("engineer", "draft_chargeback", chargeback=note, **drafted)
    yield _by("boss", "approve_chargeback", chargeback=note)
    yield _by("cashier", "issue_chargeback", chargeback=note)
    yield _by("cashier", "choose_collection", chargeback=note, way="invoice")
    yield _by("cashier", "collect_chargeback", chargeback=note)
    yield _by("buyer", "record_receipt", chargeback=note, received_on=day, proof="signed")
    yield _by("buyer2", "correct_receipt", chargeback=note, received_on=day, reason="typed")
    yield _by("seller1", "appeal_chargeback", chargeback=note, lines=[claim], reason="misuse")
    yield _by("colleague", "recheck_appeal", chargeback=note, **outcome)
    if how["arbitrated"]:
        asked = {"lines": [claim], "reason": "report"}
        yield _by("seller1", "request_arbitration", chargeback=note, **asked)
        decided = {"outcomes": {claim: "withdrawn"}, "moves_to": "service"}
        yield _by("deputy", "arbitrate_appeal", chargeback=note, **decided)
    yield _by("cashier", "collect_chargeback", chargeback=note)
    yield _by("checker", "agree_to_void", chargeback=note, reason="seen")
    yield _by("boss", "void_chargeback", chargeback=note, reason="seen")
    yield _by("cashier", "refund_supplier", supplier="S1", amount="0.01")
    yield _by("engineer", "attribute_claim", claim=claim, shares=WHOLE)
    yield _by("engineer", "draft_chargeback", chargeback=again, **drafted)
    yield _by("boss", "approve_chargeback", chargeback=again)


def _by(person: str, act: str, **fields: Any) -> Move:
    return Move((person, PEOPLE[person]), act, fields)


def _line(claim: str, day: date) -> dict[str, Any]:
    costs = {"labour": "100.00", "material": "77.77"}
    line = {"claim": claim, "unit": f"U{claim}", "part": "P1", "stage": "zero_km"}
    return {**line, "repaired_on": day, "quantity": 0, "costs": costs}


def _penalty(claim: str) -> dict[str, Any]:
    how_bad = {"severity": "minor", "amount": "600.00", "reason": "stopped"}
    return {"claim": claim, "supplier": "S1", **how_bad}
