"""Which files came to light about something after it was recorded (ZA42)?"""

from __future__ import annotations

from recourse.aggregates.base import Act, Aggregate, EvidencedEvent


class Evidence(Aggregate):
    """证据: photos, reports and receipts about one thing, each by the hash of its content."""

    TOPIC = "evidence"
    BEGINS = False  # the file may be older than its entry

    class Added(EvidencedEvent):
        TOPIC = "evidence.added"

    def add(self, act: Act) -> None:
        """Record the files that the act names."""
        self.trigger(self.Added, act)
