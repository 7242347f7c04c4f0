"""What does a claim go through whose money was taken and given back, to the very end?"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from laws.drawing import Move, by
from laws.roads import certain, charged, penalty, received

SPLIT = {"supplier:S1": "0.6", "supplier:S2": "0.4"}
WHOLE = {"supplier:S1": "1"}


def deep_road(
    claim: str, note: str, again: str, day: date, how: Mapping[str, Any]
) -> Iterator[Move]:
    """The acts in order; `how` says what varies: shares, outcomes, receivers of cost, the end."""
    month = f"{day:%Y-%m}"
    drafted = {"supplier": "S1", "month": month, "claims": [claim]}
    outcome = {"outcomes": how["outcomes"](claim), "moves_to": how["moves_to"]}
    yield received(claim, day)
    yield from certain(claim, how["shares"])
    yield penalty(claim)
    yield from charged(note, **drafted)
    yield by("cashier", "choose_collection", chargeback=note, way="invoice")
    yield by("cashier", "collect_chargeback", chargeback=note)
    yield by("buyer", "record_receipt", chargeback=note, received_on=day, proof="signed")
    yield by("buyer2", "correct_receipt", chargeback=note, received_on=day, reason="typed")
    yield by("seller1", "appeal_chargeback", chargeback=note, lines=[claim], reason="misuse")
    yield by("colleague", "recheck_appeal", chargeback=note, **outcome)
    if how["arbitrated"]:
        asked = {"lines": [claim], "reason": "report"}
        yield by("seller1", "request_arbitration", chargeback=note, **asked)
        decided = {"outcomes": {claim: "withdrawn"}, "moves_to": "service"}
        yield by("deputy", "arbitrate_appeal", chargeback=note, **decided)
    yield by("cashier", "collect_chargeback", chargeback=note)
    yield by("checker", "agree_to_void", chargeback=note, reason="seen")
    yield by("boss", "void_chargeback", chargeback=note, reason="seen")
    yield by("cashier", "refund_supplier", supplier="S1", amount="0.01")
    yield by("engineer", "attribute_claim", claim=claim, shares=WHOLE)
    yield by("engineer", "draft_chargeback", chargeback=again, **drafted)
    yield by("boss", "approve_chargeback", chargeback=again)
