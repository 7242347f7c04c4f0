"""Until when does a supplier have time that a receipt has started?"""

from datetime import date

from recourse.aggregates.base import Act
from recourse.aggregates.deadline import RecordedDeadline
from recourse.commands.base import Desk
from recourse.values.calendar import deadline


def period_after(
    received_on: date, days: str, act: Act, desk: Desk, *, issued_on: date
) -> RecordedDeadline:
    """The days of the setting `days`, such as "appeal.days", after `received_on` (ZA1).

    What was sent on `issued_on` and received then; by the calendar published when the receipt is
    recorded; computed once and kept.
    """
    either = {"received": received_on, "issued": issued_on}
    computed = deadline(
        received_on,
        desk.book.count(days, either),
        kind=desk.book.choice("days.kind", either),
        rest_day=desk.book.choice("days.rest_day", either),
        calendar=desk.calendar,
        known_on=act.today,
    )
    return RecordedDeadline.of(computed)
