"""How far has the relay come, and what waits for it since when?"""

from dataclasses import dataclass
from datetime import datetime

from recourse.adapters.kafka.relay import RELAY
from recourse.application.store import Store
from recourse.contracts import decode


@dataclass(frozen=True, slots=True)
class Progress:
    """Up to `position` of `last` everything is sent; the next event waits since an instant."""

    position: int
    last: int
    sent: str  # the event at `position`, "" before any
    next: str  # the one after it, "" for none
    waits_since: datetime | None

    @property
    def behind(self) -> int:
        """How many events of the log the relay has not dealt with."""
        return self.last - self.position


def progress_of(store: Store) -> Progress:
    """How far the relay of `store` has come, whether Kafka can be reached or not."""
    position = store.position(RELAY)
    found = store.recorder.select_notifications(max(position, 1), 2)
    facts = {each.id: decode(each) for each in found}
    sent, following = facts.get(position), facts.get(position + 1)
    return Progress(
        position=position,
        last=store.recorder.max_notification_id() or 0,
        sent=sent.id if sent else "",
        next=following.id if following else "",
        waits_since=following.event.recorded_at if following else None,
    )
