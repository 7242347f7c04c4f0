"""Until when does a supplier have time that a receipt has started?"""

from datetime import date

from recourse.aggregates.base import Act
from recourse.aggregates.deadline import RecordedDeadline
from recourse.commands.base import Desk
from recourse.values.calendar import deadline


def period_after(received_on: date, days: str, act: Act, desk: Desk) -> RecordedDeadline:
    """The days of the setting `days`, such as "appeal.days", after `received_on` (ZA1).

    By the calendar published when the receipt is recorded; computed once and kept.
    """
    computed = deadline(
        received_on,
        desk.book.count(days, received_on),
        kind=desk.book.choice("days.kind", received_on),
        rest_day=desk.book.choice("days.rest_day", received_on),
        calendar=desk.calendar,
        known_on=act.today,
    )
    return RecordedDeadline.of(computed)
