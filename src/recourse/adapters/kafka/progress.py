"""How far has the relay come, and what waits for it since when?"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from recourse.adapters.kafka.relay import RELAY
from recourse.application.store import Store
from recourse.contracts import decode


@dataclass(frozen=True, slots=True)
class Progress:
    """Up to `position` everything is sent; the next event of the log waits since an instant."""

    position: int
    log_position: int
    last_sent: str  # the event at `position`, "" before any
    next_event: str  # the one after it, "" for none
    waits_since: datetime | None

    @property
    def behind(self) -> int:
        """How many events of the log the relay has not dealt with."""
        return self.log_position - self.position

    def document(self) -> dict[str, Any]:
        """The same for who reads it, person or program."""
        return {**asdict(self), "behind": self.behind}


def progress_of(store: Store) -> Progress:
    """How far the relay of `store` has come, whether Kafka can be reached or not."""
    position = store.position(RELAY)
    found = store.recorder.select_notifications(max(position, 1), 2)
    facts = {each.id: decode(each) for each in found}
    sent, following = facts.get(position), facts.get(position + 1)
    return Progress(
        position=position,
        log_position=store.recorder.max_notification_id() or 0,
        last_sent=sent.id if sent else "",
        next_event=following.id if following else "",
        waits_since=following.event.recorded_at if following else None,
    )
