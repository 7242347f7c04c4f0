"""How was a last day found, so that nobody has to compute it again?"""

from datetime import date

from pydantic import BaseModel, ConfigDict

from recourse.values.calendar import Deadline


class RecordedDeadline(BaseModel):
    """The last day of a period as computed once, with both readings of a rest day (ZA1)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    started_on: date
    days: int
    kind: str
    rest_day: str
    official: date | None
    statutory: date | None
    last_day: date | None  # None: undetermined, the arrangement of a year needed is not published
    calendar: str

    @classmethod
    def of(cls, computed: Deadline) -> "RecordedDeadline":
        """`computed`, to be kept in an event."""
        return cls(
            started_on=computed.started_on,
            days=computed.days,
            kind=computed.kind,
            rest_day=computed.rest_day,
            official=computed.official,
            statutory=computed.statutory,
            last_day=computed.last_day,
            calendar=computed.calendar,
        )
