"""Where does each claim and each returned part stand?"""

import json

from recourse.aggregates.base import Fact
from recourse.aggregates.claim import Claim
from recourse.aggregates.returned_part import Place, ReturnedPart
from recourse.projections.base import Projection, Row, Rows, Take, table
from recourse.values.money import total

CLAIMS = table(
    "claims",
    "claim",
    text=(
        "unit",
        "part",
        "stage",
        "built_on",
        "repaired_on",
        "received_on",
        "month",
        "information",
        "cost",
        "responsibility",
        "dispute",
        "dispute_since",
        "waived",
        "doubts",
        "unchecked",
    ),
    number=("quantity", "valid", "closed", "claimed", "accepted"),
)
ASPECTS = ("information", "cost", "responsibility")
BEARERS = table("claim_bearers", "claim", "component", "bearer", number=("amount",))
BEARING = table("claim_bearing", "claim", text=("bearing",))
PARTS = table(
    "returned_parts",
    "tag",
    text=("claim", "facts", "finding", "answer", "place", "received_on"),
    number=("listed", "counted", "missing"),
)


def _received(fact: Fact, event: Claim.Received, rows: Rows) -> None:
    rows.put(
        CLAIMS,
        _name(fact),
        unit=event.unit,
        part=event.part,
        stage=event.stage,
        built_on=str(event.built_on or ""),
        repaired_on=str(event.repaired_on),
        received_on=str(event.effective_on),
        month=f"{event.effective_on:%Y-%m}",
        information="open",
        cost="open",
        responsibility="open",
        dispute="none",
        waived="[]",
        doubts=json.dumps(event.doubts),
        unchecked=json.dumps(event.unchecked),
        quantity=event.quantity,
        valid=1,
        claimed=total(event.costs),
    )


def _amended(fact: Fact, event: Claim.Amended, rows: Rows) -> None:
    rows.put(CLAIMS, _name(fact), claimed=total(event.costs), accepted=0, cost="open")


def _information(fact: Fact, _: Claim.InformationConfirmed, rows: Rows) -> None:
    rows.put(CLAIMS, _name(fact), information="confirmed")


def _cost(fact: Fact, event: Claim.CostConfirmed, rows: Rows) -> None:
    rows.put(CLAIMS, _name(fact), cost="confirmed", accepted=total(event.accepted))


def _attributed(fact: Fact, _: Claim.Attributed, rows: Rows) -> None:
    rows.put(CLAIMS, _name(fact), responsibility="confirmed")


def _divided(fact: Fact, event: Claim.Divided, rows: Rows) -> None:
    claim = _name(fact)
    known = rows.get(BEARING, claim)
    for component, parts in json.loads(known["bearing"] if known else "{}").items():
        for bearer in parts:
            if bearer not in event.bearing.get(component, {}):
                rows.drop(BEARERS, claim, component, bearer)
    for component, parts in event.bearing.items():
        for bearer, amount in parts.items():
            rows.put(BEARERS, claim, component, bearer, amount=amount)
    rows.put(BEARING, claim, bearing=json.dumps(event.bearing, ensure_ascii=False))


def _objected(fact: Fact, event: Claim.Objected, rows: Rows) -> None:
    aspect = "responsibility" if event.aspect == "finding" else event.aspect
    _dispute(fact, rows, "returned")[aspect] = "objected"


def _dispute(fact: Fact, rows: Rows, state: str) -> Row:
    since = str(fact.event.effective_on)
    return rows.put(CLAIMS, _name(fact), dispute=state, dispute_since=since)


def _verified(fact: Fact, _: Claim.Verified, rows: Rows) -> None:
    _dispute(fact, rows, "verified")


def _corrected(fact: Fact, event: Claim.Corrected, rows: Rows) -> None:
    row = _dispute(fact, rows, "verified")
    row |= {"claimed": total(event.costs), "accepted": 0}
    row["cost"] = "objected" if row["cost"] == "objected" else "open"


def _closed(fact: Fact, _: Claim.Withdrawn | Claim.ConsultationRefused, rows: Rows) -> None:
    _dispute(fact, rows, "none").update(accepted=0, closed=1)


def _agreed(fact: Fact, _: Claim.ConsultationAccepted, rows: Rows) -> None:
    row = _dispute(fact, rows, "none")
    row |= {aspect: "open" for aspect in ASPECTS if row[aspect] == "objected"}


def _unresolved(fact: Fact, _: Claim.ConsultationFailed, rows: Rows) -> None:
    _dispute(fact, rows, "unresolved")


def _referred(fact: Fact, _: Claim.Referred, rows: Rows) -> None:
    _dispute(fact, rows, "referred")


def _ruled(fact: Fact, event: Claim.GroupRuled | Claim.GroupRulingCorrected, rows: Rows) -> None:
    row = _dispute(fact, rows, "ruled")
    row |= {"information": "confirmed", "cost": "confirmed", "accepted": total(event.accepted)}
    if row["responsibility"] == "objected":
        row["responsibility"] = "open"


def _waived(fact: Fact, event: Claim.GateWaived, rows: Rows) -> None:
    row = rows.put(CLAIMS, _name(fact))
    row["waived"] = json.dumps([*json.loads(row["waived"]), event.gate])


def _not_returned(fact: Fact, _: Claim.NotReturned, rows: Rows) -> None:
    rows.put(CLAIMS, _name(fact), valid=0)


def _returned_after_all(fact: Fact, _: Claim.NotReturnedWithdrawn, rows: Rows) -> None:
    rows.put(CLAIMS, _name(fact), valid=1)


def _part_received(fact: Fact, event: ReturnedPart.Received, rows: Rows) -> None:
    rows.put(
        PARTS,
        _name(fact),
        claim=event.claim,
        received_on=str(fact.event.effective_on),
        listed=event.listed,
        counted=-1,
        facts='["received"]',
        place="store",
    )


def _counted(
    fact: Fact, event: ReturnedPart.Counted | ReturnedPart.CountCorrected, rows: Rows
) -> None:
    row = _with_fact(fact, rows, "counted")
    row |= {"counted": event.counted, "missing": row["listed"] - event.counted}


def _inspected(
    fact: Fact, event: ReturnedPart.Inspected | ReturnedPart.FindingCorrected, rows: Rows
) -> None:
    _with_fact(fact, rows, "inspected")["finding"] = event.finding


def _answered(fact: Fact, event: ReturnedPart.Answered, rows: Rows) -> None:
    _with_fact(fact, rows, "confirmed")["answer"] = event.answer


def _online(fact: Fact, _: ReturnedPart.ConfirmedOnline, rows: Rows) -> None:
    _with_fact(fact, rows, "online")


def _moved(place: Place) -> Take:
    """The part is in `place` from now on."""

    def take(fact: Fact, _: object, rows: Rows) -> None:
        rows.put(PARTS, _name(fact), place=place)

    return take


def _with_fact(fact: Fact, rows: Rows, known: str) -> Row:
    row = rows.put(PARTS, _name(fact))
    facts = json.loads(row["facts"])
    if known not in facts:
        row["facts"] = json.dumps([*facts, known])
    return row


def _name(fact: Fact) -> str:
    return fact.stream.partition(":")[2]


CLAIM_BOARD = Projection(
    name="claims",
    money=True,
    tables=(CLAIMS, BEARERS, BEARING, PARTS),
    takes={
        Claim.Received: _received,
        Claim.Amended: _amended,
        Claim.InformationConfirmed: _information,
        Claim.CostConfirmed: _cost,
        Claim.Attributed: _attributed,
        Claim.Divided: _divided,
        Claim.Objected: _objected,
        Claim.Verified: _verified,
        Claim.Corrected: _corrected,
        Claim.Withdrawn: _closed,
        Claim.ConsultationAccepted: _agreed,
        Claim.ConsultationRefused: _closed,
        Claim.ConsultationFailed: _unresolved,
        Claim.Referred: _referred,
        Claim.GroupRuled: _ruled,
        Claim.GroupRulingCorrected: _ruled,
        Claim.GateWaived: _waived,
        Claim.NotReturned: _not_returned,
        Claim.NotReturnedWithdrawn: _returned_after_all,
        ReturnedPart.Received: _part_received,
        ReturnedPart.Counted: _counted,
        ReturnedPart.CountCorrected: _counted,
        ReturnedPart.Inspected: _inspected,
        ReturnedPart.FindingCorrected: _inspected,
        ReturnedPart.Answered: _answered,
        ReturnedPart.ConfirmedOnline: _online,
        ReturnedPart.Notified: _moved("notified"),
        ReturnedPart.Lapsed: _moved("overdue"),
        ReturnedPart.Reopened: _moved("notified"),
        ReturnedPart.Cleared: _moved("cleared"),
        ReturnedPart.Disposed: _moved("disposed"),
    },
)
"""One row a claim, one a part, one for each fen that somebody bears."""
