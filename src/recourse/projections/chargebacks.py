"""Where does each chargeback stand, line by line?"""

import json
from typing import Any

from recourse.aggregates.base import Fact
from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.claim import Claim
from recourse.aggregates.returned_part import ReturnedPart
from recourse.projections.base import Projection, Row, Rows, table
from recourse.values.parties import supplier_of

NOTES = table(
    "chargebacks",
    "chargeback",
    text=(
        "supplier",
        "draft_month",
        "claims",
        "parts",
        "replaces",
        "number",
        "stage",
        "answer",
        "answer_since",
        "way",
        "drafted_on",
        "approved_on",
        "issued_on",
        "received_on",
        "last_day",
        "official",
        "statutory",
        "calendar",
    ),
    number=(
        "loss",
        "penalty",
        "disposal",
        "collected",
        "credited",
        "late_appeal",
        "at_arbitration",
        "undetermined",
    ),
)
LINES = table(
    "chargeback_lines",
    "chargeback",
    "line",
    text=("claim", "component", "kind"),
    number=("approved", "amount"),
)
CHARGEABLE = table("chargeable", "claim", "supplier", number=("loss", "penalty"))
DISPOSALS = table("disposals", "tag", text=("supplier",), number=("cost", "chargeable"))
KINDS = ("loss", "penalty", "disposal")


def _drafted(fact: Fact, event: Chargeback.Drafted, rows: Rows) -> None:
    rows.put(
        NOTES,
        _name(fact),
        supplier=event.supplier,
        draft_month=event.month,
        claims=json.dumps(event.claims, ensure_ascii=False),
        parts=json.dumps(event.parts, ensure_ascii=False),
        replaces=event.replaces or "",
        drafted_on=str(event.effective_on),
        stage="drafted",
        answer="none",
    )


def _approved(fact: Fact, event: Chargeback.Approved, rows: Rows) -> None:
    note = rows.put(NOTES, _name(fact), stage="approved", approved_on=str(event.effective_on))
    for line in event.lines:
        note[line.kind] += line.amount
        rows.put(
            LINES,
            _name(fact),
            line.name,
            claim=line.claim,
            component=line.component,
            kind=line.kind,
            approved=line.amount,
            amount=line.amount,
        )


def _void(fact: Fact, _: object, rows: Rows) -> None:
    rows.put(NOTES, _name(fact), stage="void", loss=0, penalty=0, disposal=0)


def _issued(fact: Fact, event: Chargeback.Issued, rows: Rows) -> None:
    rows.put(
        NOTES,
        _name(fact),
        stage="issued",
        number=event.number,
        issued_on=str(event.effective_on),
    )


def _receipt(
    fact: Fact, event: Chargeback.ReceiptRecorded | Chargeback.ReceiptCorrected, rows: Rows
) -> None:
    rows.put(NOTES, _name(fact), stage="received", received_on=str(event.received_on))
    _last_day(fact, event, rows)


def _last_day(
    fact: Fact,
    event: Chargeback.ReceiptRecorded | Chargeback.ReceiptCorrected | Chargeback.LastDayDetermined,
    rows: Rows,
) -> None:
    deadline = event.deadline
    rows.put(
        NOTES,
        _name(fact),
        last_day=str(deadline.last_day or ""),
        official=str(deadline.official or ""),
        statutory=str(deadline.statutory or ""),
        calendar=deadline.calendar,
        undetermined=int(deadline.last_day is None),
    )


def _answers(answer: str, **more: int) -> Any:
    def take(fact: Fact, _: object, rows: Rows) -> None:
        _answer(fact, rows, answer, **more)

    return take


def _answer(fact: Fact, rows: Rows, answer: str, **more: int) -> None:
    since = str(fact.event.effective_on)
    rows.put(NOTES, _name(fact), answer=answer, answer_since=since, **more)


def _appealed(fact: Fact, event: Chargeback.Appealed, rows: Rows) -> None:
    answer = "lapsed" if event.late else "appealed"
    _answer(fact, rows, answer, late_appeal=int(event.late))


def _rechecked(fact: Fact, event: Chargeback.Rechecked, rows: Rows) -> None:
    note = _lowered(fact, event, rows)
    _answer(fact, rows, "rechecked" if _standing(note) else "decided")


def _arbitrated(fact: Fact, event: Chargeback.Arbitrated, rows: Rows) -> None:
    _lowered(fact, event, rows)
    _answer(fact, rows, "decided", at_arbitration=0)


def _lowered(fact: Fact, event: Chargeback.Rechecked | Chargeback.Arbitrated, rows: Rows) -> Row:
    note = rows.put(NOTES, _name(fact))
    for outcome in event.outcomes:
        line = rows.put(LINES, _name(fact), outcome.line)
        note[line["kind"]] += outcome.amount - line["amount"]
        line["amount"] = outcome.amount
    return note


def _chosen(fact: Fact, event: Chargeback.CollectionChosen, rows: Rows) -> None:
    rows.put(NOTES, _name(fact), way=event.way)


def _collected(fact: Fact, event: Chargeback.Collected, rows: Rows) -> None:
    rows.put(NOTES, _name(fact))["collected"] += event.amount


def _credited(fact: Fact, event: Chargeback.Credited, rows: Rows) -> None:
    rows.put(NOTES, _name(fact))["credited"] += event.amount


def _divided(fact: Fact, event: Claim.Divided, rows: Rows) -> None:
    losses = dict.fromkeys(event.released, 0)
    for parts in event.bearing.values():
        for bearer, amount in parts.items():
            supplier = supplier_of(bearer)
            if supplier:
                losses[supplier] = losses.get(supplier, 0) + amount
    for supplier, loss in losses.items():
        rows.put(CHARGEABLE, _name(fact), supplier, loss=loss)


def _penalty_set(fact: Fact, event: Claim.PenaltySet, rows: Rows) -> None:
    for supplier, amount in event.split.items():
        rows.put(CHARGEABLE, _name(fact), supplier, penalty=amount)


def _penalty_withdrawn(fact: Fact, event: Claim.PenaltyWithdrawn, rows: Rows) -> None:
    for supplier in event.suppliers:
        rows.put(CHARGEABLE, _name(fact), supplier, penalty=0)


def _penalty_lowered(fact: Fact, event: Claim.PenaltyLowered, rows: Rows) -> None:
    rows.put(CHARGEABLE, _name(fact), event.supplier, penalty=event.amount)


def _disposed(fact: Fact, event: ReturnedPart.Disposed, rows: Rows) -> None:
    cost = event.cost
    rows.put(DISPOSALS, _name(fact), supplier=event.supplier, cost=cost, chargeable=cost)


def _disposal_lowered(fact: Fact, event: ReturnedPart.DisposalLowered, rows: Rows) -> None:
    rows.put(DISPOSALS, _name(fact), chargeable=event.amount)


def _name(fact: Fact) -> str:
    return fact.stream.partition(":")[2]


def _standing(note: Row) -> int:
    return sum(int(note[kind]) for kind in KINDS)


NOTE_BOARD = Projection(
    name="chargebacks",
    money=True,
    tables=(NOTES, LINES, CHARGEABLE, DISPOSALS),
    takes={
        Chargeback.Drafted: _drafted,
        Chargeback.Approved: _approved,
        Chargeback.Returned: _void,
        Chargeback.Voided: _void,
        Chargeback.Issued: _issued,
        Chargeback.ReceiptRecorded: _receipt,
        Chargeback.ReceiptCorrected: _receipt,
        Chargeback.LastDayDetermined: _last_day,
        Chargeback.AppealLapsed: _answers("lapsed"),
        Chargeback.DeemedAccepted: _answers("deemed"),
        Chargeback.AppealReopened: _answers("none"),
        Chargeback.AppealRejudged: _answers("appealed", late_appeal=0),
        Chargeback.Appealed: _appealed,
        Chargeback.LateAppealAdmitted: _answers("appealed"),
        Chargeback.Confirmed: _answers("confirmed", at_arbitration=0),
        Chargeback.Rechecked: _rechecked,
        Chargeback.ArbitrationRequested: _answers("appealed", at_arbitration=1),
        Chargeback.Arbitrated: _arbitrated,
        Chargeback.CollectionChosen: _chosen,
        Chargeback.Collected: _collected,
        Chargeback.Credited: _credited,
        Claim.Divided: _divided,
        Claim.PenaltySet: _penalty_set,
        Claim.PenaltyWithdrawn: _penalty_withdrawn,
        Claim.PenaltyLowered: _penalty_lowered,
        ReturnedPart.Disposed: _disposed,
        ReturnedPart.DisposalLowered: _disposal_lowered,
    },
)
"""One row a note, one a line, and what a draft would charge now."""
