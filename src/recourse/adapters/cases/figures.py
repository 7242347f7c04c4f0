"""What can be expected in a case, and which figures does each kind have?"""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator

from recourse.aggregates.claim.doubts import Doubt
from recourse.aggregates.returned_part import Finding, Place
from recourse.rulebook.kinds import Gate
from recourse.values.money import fen, yuan
from recourse.values.parties import MARKUP, bearer

ABSENT = "absent"


def _amount(written: str) -> str:
    return yuan(fen(written))


def _day(written: object) -> str:
    if isinstance(written, date) and not isinstance(written, datetime):
        return written.isoformat()
    if written in ("", ABSENT):
        return ABSENT
    raise ValueError(f'a day such as 2026-03-16, or "{ABSENT}" where there is none')


def _bearer(written: str) -> str:
    return written if written == MARKUP else bearer(written)


Borne = Annotated[str, AfterValidator(_bearer)]
"""A bearer, or the mark-up of a rulebook that charges above the cost."""
Amount = Annotated[str, AfterValidator(_amount)]
Day = Annotated[str, PlainValidator(_day)]
Label = Annotated[str, Field(min_length=1)]
State = Literal["open", "confirmed", "objected"]
PartFact = Literal["received", "counted", "inspected", "confirmed", "online"]


class Figures(BaseModel):
    """What one step expects; a figure that is not named is not looked at."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    LABEL: ClassVar[str | None] = None  # the field that says of which one


class ClaimFigures(Figures):
    LABEL = "claim"

    claim: Label
    information: State | None = None
    cost: State | None = None
    responsibility: State | None = None
    dispute: Literal["none", "returned", "verified", "unresolved", "referred", "ruled"] | None = (
        None
    )
    claimed: Amount | None = None
    accepted: Amount | None = None
    bearers: dict[Borne, Amount] | None = None
    valid: bool | None = None
    doubts: list[Doubt] | None = None
    gates_missing: list[Gate] | None = None


class PartFigures(Figures):
    LABEL = "tag"

    tag: Label
    facts: list[PartFact] | None = None
    missing: int | None = None
    finding: Literal[Finding, "absent"] | None = None
    place: Place | None = None


class NoticeFigures(Figures):
    LABEL = "notice"

    notice: Label
    last_day: Day | None = None
    state: Literal["awaiting_receipt", "running", "partial", "overdue", "cleared"] | None = None


class ChargebackFigures(Figures):
    LABEL = "chargeback"

    chargeback: Label
    stage: Literal["drafted", "approved", "issued", "received", "void"] | None = None
    answer: (
        Literal["none", "appealed", "rechecked", "confirmed", "deemed", "lapsed", "decided"] | None
    ) = None
    loss: Amount | None = None
    penalty: Amount | None = None
    disposal: Amount | None = None
    total: Amount | None = None
    collected: Amount | None = None
    credited: Amount | None = None
    open: Amount | None = None
    last_day: Day | None = None
    late_appeal: bool | None = None


class AccountFigures(Figures):
    LABEL = "supplier"

    supplier: Label
    charged: Amount | None = None
    open: Amount | None = None
    confirmed: Amount | None = None
    collected: Amount | None = None
    credited: Amount | None = None
    refundable: Amount | None = None
    payable: Amount | None = None
    held: Amount | None = None
    held_for: dict[str, Literal["unanswered", "lapsed", "under_appeal"]] | None = None


class BearersFigures(Figures):
    LABEL = "month"

    month: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
    totals: dict[Borne, Amount] | None = None
    accepted: Amount | None = None


class ReferralsFigures(Figures):
    open: Annotated[int, Field(ge=0)] | None = None
    about: list[str] | None = None


class ExplanationFigures(Figures):
    """What must appear in an explanation; it may well say more."""

    LABEL = "of"

    of: Label
    amount: Amount | None = None
    cites: list[str] | None = None
    inputs: list[str] | None = None


class LogFigures(Figures):
    balanced: Literal[True] | None = None
    rebuilt_equal: Literal[True] | None = None


KINDS: dict[str, type[Figures]] = {
    "claim": ClaimFigures,
    "part": PartFigures,
    "notice": NoticeFigures,
    "chargeback": ChargebackFigures,
    "account": AccountFigures,
    "bearers": BearersFigures,
    "referrals": ReferralsFigures,
    "explanation": ExplanationFigures,
    "log": LogFigures,
}
