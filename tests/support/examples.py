"""What do the acts and events of the tests look like, where a test does not say otherwise?"""

from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from recourse.aggregates.account import Account
from recourse.aggregates.base import Act, DomainEvent, Share
from recourse.aggregates.breakdown import Breakdown
from recourse.aggregates.chargeback import Chargeback, ChargeLine, LineOutcome
from recourse.aggregates.claim import Claim
from recourse.aggregates.clearance import Clearance
from recourse.aggregates.deadline import RecordedDeadline
from recourse.aggregates.field_claim import FieldClaim
from recourse.aggregates.legal_case import LegalCase
from recourse.aggregates.part import Part
from recourse.aggregates.returned_part import ReturnedPart
from recourse.aggregates.settlement import Settlement
from recourse.aggregates.statement import Statement, StatementLine
from recourse.aggregates.supplier import Supplier
from recourse.aggregates.zero_km_job import Spares, ZeroKmJob
from recourse.values.parties import instant

E = TypeVar("E", bound=DomainEvent)

MONDAY = date(2026, 3, 2)
TUESDAY = date(2026, 3, 3)
WEDNESDAY = date(2026, 3, 4)
NEXT_MONDAY = date(2026, 3, 9)  # the last day of what was received on Wednesday
NEXT_TUESDAY = date(2026, 3, 10)


def act(actor: str = "engineer", day: date = MONDAY, *, on: date | None = None) -> Act:
    """Asked at nine in Shanghai on `day`."""
    return Act(
        actor=actor,
        roles=frozenset(),
        recorded_at=instant(datetime.combine(day, time(9))),
        on=on or day,
        command_id="c1",
        edition="zzbs:example",
        clauses=("Z-4.4.2",),
    )


def happened(
    kind: type[E], actor: str = "engineer", recorded_on: date = MONDAY, /, **fields: Any
) -> E:
    """An event recorded by `actor` at nine in Shanghai on that day."""
    asked = act(actor, recorded_on)
    return kind(
        recorded_at=asked.recorded_at,
        effective_on=recorded_on,
        actor=actor,
        command_id=asked.command_id,
        caused_by=None,
        edition=asked.edition,
        clauses=asked.clauses,
        **fields,
    )


# Claims

COSTS = {"labour": 10_000, "material": 20_001}
DETAILS: dict[str, Any] = {
    "unit": "U1",
    "part": "P1",
    "stage": "zero_km",
    "repaired_on": MONDAY,
    "costs": COSTS,
    "quantity": 1,
}
S1, S2 = "supplier:S1", "supplier:S2"


def shares(**parts: str) -> tuple[Share, ...]:
    """The shares of suppliers, such as S1="0.7"; any other bearer goes by its own name."""
    return tuple(
        Share(bearer=f"supplier:{name}" if name[0] == "S" else name, share=Decimal(share))
        for name, share in parts.items()
    )


received = partial(happened, Claim.Received, **DETAILS)
information_confirmed = partial(happened, Claim.InformationConfirmed)
cost_confirmed = partial(happened, Claim.CostConfirmed, accepted=COSTS)
attributed = partial(happened, Claim.Attributed, shares=shares(S1="1"))
ALL_ON_S1 = {"labour": {S1: 10_000}, "material": {S1: 20_001}}
divided = partial(happened, Claim.Divided, bearing=ALL_ON_S1)
penalty_set = partial(
    happened, Claim.PenaltySet, split={"S1": 100_000}, severity="serious", again=False
)
cost_lowered = partial(
    happened,
    Claim.CostLowered,
    supplier="S1",
    component="material",
    at_most=5_000,
    sent_to="service",
    chargeback="N1",
)

# Disputes

objected = partial(happened, Claim.Objected, aspect="information")
verified = partial(happened, Claim.Verified, "centre")
unresolved = partial(happened, Claim.ConsultationFailed)
referred = partial(happened, Claim.Referred, "centre", TUESDAY)
group_ruled = partial(
    happened,
    Claim.GroupRuled,
    "colleague",
    WEDNESDAY,
    ruling="reduced",
    accepted={"labour": 4_000, "material": 20_001},
    reference="G-17",
    ruled_on=WEDNESDAY,
)

# Breakdowns

GEAR = "department:齿轮"
breakdown_sent = partial(
    happened, Breakdown.Sent, borne={"C1": {S1: 20_001, GEAR: 10_000}, "C2": {GEAR: 500}}
)
breakdown_signed = partial(happened, Breakdown.Signed, "gear", bearer=GEAR)
breakdown_appealed = partial(happened, Breakdown.Appealed, "gear", bearer=GEAR, claims=("C1",))
breakdown_decided = partial(
    happened, Breakdown.AppealDecided, "boss", bearer=GEAR, claim="C1", outcome="kept"
)

# Returned parts

part_received = partial(happened, ReturnedPart.Received, claim="C1", listed=2)
counted = partial(happened, ReturnedPart.Counted, counted=2)
inspected = partial(happened, ReturnedPart.Inspected, finding="part_defect")
answered = partial(happened, ReturnedPart.Answered, answer="agreed")
confirmed_online = partial(happened, ReturnedPart.ConfirmedOnline)

# Clearance

part_notified = partial(happened, ReturnedPart.Notified, "buyer", notice="L1")
part_cleared = partial(happened, ReturnedPart.Cleared, "seller", WEDNESDAY, notice="L1")
part_lapsed = partial(happened, ReturnedPart.Lapsed, "engine", NEXT_TUESDAY, notice="L1")
part_reopened = partial(happened, ReturnedPart.Reopened, "buyer2", NEXT_TUESDAY, notice="L1")
disposed = partial(
    happened,
    ReturnedPart.Disposed,
    "buyer",
    NEXT_TUESDAY,
    supplier="S1",
    cost=3_550,
    notice="L1",
    overridden=False,
)
disposal_lowered = partial(
    happened,
    ReturnedPart.DisposalLowered,
    "colleague",
    supplier="S1",
    amount=1_000,
    chargeback="N1",
)

notified = partial(happened, Clearance.Notified, "buyer", supplier="S1", tags=("T1", "T2"))


def period(started_on: date = WEDNESDAY, last_day: date | None = NEXT_MONDAY) -> RecordedDeadline:
    """Five natural days; both readings end on `last_day`."""
    return RecordedDeadline(
        started_on=started_on,
        days=5,
        kind="natural",
        rest_day="later",
        official=last_day,
        statutory=last_day,
        last_day=last_day,
        calendar="2026",
    )


notice_receipt = partial(
    happened,
    Clearance.ReceiptRecorded,
    "buyer",
    WEDNESDAY,
    received_on=WEDNESDAY,
    proof="signed",
    deadline=period(),
)
notice_corrected = partial(
    happened,
    Clearance.ReceiptCorrected,
    "buyer2",
    NEXT_TUESDAY,
    received_on=TUESDAY,
    deadline=period(TUESDAY),
)
notice_lapsed = partial(happened, Clearance.Lapsed, "engine", NEXT_TUESDAY, left=("T1", "T2"))
notice_reopened = partial(happened, Clearance.Reopened, "buyer2", NEXT_TUESDAY)
# Field claims, legal cases, zero-km jobs

OPINION: dict[str, Any] = {
    "unit": "U1",
    "part": "P1",
    "opinion": "claim_justified",
    "found_on": MONDAY,
}
proposed = partial(happened, FieldClaim.Proposed, "centre", **OPINION)
handling_approved = partial(happened, FieldClaim.Approved, "chief", TUESDAY)
field_claim_linked = partial(happened, FieldClaim.Linked, "centre", TUESDAY, claim="C1")
disputed = partial(
    happened, FieldClaim.Disputed, "engineer", WEDNESDAY, party="company", against="centre"
)
RULING: dict[str, Any] = {
    "ruling": "claim_refused",
    "reference": "G-2026-1",
    "ruled_on": NEXT_MONDAY,
}
ruled = partial(happened, FieldClaim.Ruled, "colleague", NEXT_TUESDAY, **RULING)

CASE: dict[str, Any] = {
    "supplier": "S1",
    "triggers": ("injury",),
    "joining": ("综合管理部", "财务部"),
    "claims": ("C1",),
    "notes": ("N1",),
}
case_opened = partial(happened, LegalCase.Opened, "boss", TUESDAY, **CASE)
department_joined = partial(happened, LegalCase.Joined, "boss", WEDNESDAY, department="法务")
more_linked = partial(happened, LegalCase.Linked, "boss", WEDNESDAY, claims=("C2",), notes=())
ENDED: dict[str, Any] = {"outcome": "settled", "reference": "HJ-1", "closed_on": NEXT_MONDAY}
case_closed = partial(happened, LegalCase.Closed, "boss", NEXT_TUESDAY, **ENDED)


def spares(**pieces: int) -> tuple[Spares, ...]:
    return tuple(Spares(part=part, quantity=quantity) for part, quantity in pieces.items())


REPORT: dict[str, Any] = {"unit": "U1", "part": "P1", "reported_on": MONDAY}
job_opened = partial(happened, ZeroKmJob.Opened, **REPORT)
spares_requested = partial(happened, ZeroKmJob.SparesRequested, spares=spares(P1=2, P2=1))
spares_issued = partial(happened, ZeroKmJob.SparesIssued, "shop", TUESDAY, spares=spares(P1=1))
SERVED: dict[str, Any] = {
    "served_on": TUESDAY,
    "outcome": "replaced",
    "quantity": 1,
    "costs": COSTS,
    "claim": "J1",
}
job_finished = partial(happened, ZeroKmJob.Finished, "engineer", WEDNESDAY, **SERVED)
job_cancelled = partial(happened, ZeroKmJob.Cancelled, "engineer", WEDNESDAY)

# Chargebacks


def line(component: str, amount: int, kind: str = "loss", claim: str = "C1") -> ChargeLine:
    return ChargeLine.model_validate(
        {
            "claim": claim,
            "component": component,
            "kind": kind,
            "amount": amount,
            "formula": "as in the example",
            "inputs": {"set": "1000.00", "set_by": "claim:C1@5"},
            "clauses": ("Z-4.5.2a",),
        }
    )


def outcome(name: str, said: str, amount: int) -> LineOutcome:
    return LineOutcome.model_validate({"line": name, "outcome": said, "amount": amount})


LABOUR, MATERIAL = line("labour", 10_000), line("material", 20_001)
PENALTY = line("penalty", 100_000, "penalty")
TOTAL = 130_001

drafted = partial(
    happened, Chargeback.Drafted, supplier="S1", month="2026-03", claims=("C1",), replaces=None
)
approved = partial(happened, Chargeback.Approved, "boss", lines=(LABOUR, MATERIAL, PENALTY))
returned = partial(happened, Chargeback.Returned, "boss")
issued = partial(happened, Chargeback.Issued, "cashier", TUESDAY, number="2026-000001")
receipt = partial(
    happened,
    Chargeback.ReceiptRecorded,
    "buyer",
    WEDNESDAY,
    received_on=WEDNESDAY,
    proof="signed",
    deadline=period(),
)
appealed = partial(
    happened, Chargeback.Appealed, "seller", WEDNESDAY, lines=("C1/material",), late=False
)
late_appeal = partial(
    happened, Chargeback.Appealed, "seller", NEXT_TUESDAY, lines=("C1/material",), late=True
)
lapsed = partial(happened, Chargeback.AppealLapsed, "engine", NEXT_TUESDAY)
deemed = partial(happened, Chargeback.DeemedAccepted, "engine", NEXT_TUESDAY)
confirmed = partial(happened, Chargeback.Confirmed, "seller", WEDNESDAY)
rechecked = partial(
    happened,
    Chargeback.Rechecked,
    "colleague",
    WEDNESDAY,
    outcomes=(outcome("C1/material", "reduced", 5_000),),
    moves_to="service",
)
arbitration_requested = partial(
    happened, Chargeback.ArbitrationRequested, "seller", WEDNESDAY, lines=("C1/material",)
)
arbitrated = partial(
    happened,
    Chargeback.Arbitrated,
    "deputy",
    WEDNESDAY,
    outcomes=(outcome("C1/material", "withdrawn", 0),),
    moves_to="undetermined",
)
chosen = partial(happened, Chargeback.CollectionChosen, "cashier", TUESDAY, way="invoice")
collected = partial(happened, Chargeback.Collected, "cashier", TUESDAY, amount=TOTAL, way="invoice")
credited = partial(happened, Chargeback.Credited, "cashier", WEDNESDAY, amount=15_001)
void_agreed = partial(happened, Chargeback.VoidAgreed, "checker", WEDNESDAY)
voided = partial(happened, Chargeback.Voided, "boss", WEDNESDAY)

# Suppliers and their accounts

supplier = partial(happened, Supplier.Registered, "buyer", name="甲供方", disposal="takes_back")
part = partial(happened, Part.Registered, "buyer", name="拨叉", supplier="S1")
payable = partial(
    happened,
    Account.PayableRecorded,
    "cashier",
    document="AP-1",
    amount=50_000,
    due_on=date(2026, 3, 31),
)
paid = partial(happened, Account.Paid, "cashier", amount=20_000)
refunded = partial(happened, Account.Refunded, "cashier", amount=5_000)

# Months


def moved(
    note: str, kind: str, amount: int, on: date, /, *, month: str = "", adjusts: str | None = None
) -> StatementLine:
    """One movement of `note`, of the month of its day unless it is said to be of another."""
    return StatementLine.model_validate(
        {
            "event": f"chargeback:{note}@{kind} {on}",
            "chargeback": note,
            "kind": kind,
            "amount": amount,
            "on": on,
            "month": month or str(on)[:7],
            "adjusts": adjusts,
        }
    )


CHARGE = moved("N1", "charged", TOTAL, TUESDAY)
PART_TAKEN = moved("N1", "collected", -30_001, WEDNESDAY)
MARCH = Statement(
    month="2026-03",
    opening=0,
    charged=TOTAL,
    credited=0,
    collected=30_001,
    closing=100_000,
    held=50_000,
    lines=(CHARGE, PART_TAKEN),
)

month_previewed = partial(happened, Settlement.Previewed, "cashier", figures=MARCH.figures)
month_closed = partial(happened, Settlement.Closed, "cashier", statement=MARCH)
close_approved = partial(happened, Settlement.Approved, "checker", month="2026-03")
close_returned = partial(happened, Settlement.Returned, "checker", month="2026-03")
payable_corrected = partial(
    happened,
    Account.PayableCorrected,
    "cashier2",
    document="AP-1",
    amount=1_000,
    was=50_000,
    corrects="account:S1@1",
)
payment_corrected = partial(
    happened,
    Account.PaymentCorrected,
    "cashier2",
    payment=1,
    amount=0,
    was=20_000,
    corrects="account:S1@2",
)
