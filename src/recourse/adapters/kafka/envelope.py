"""In which envelope does an event travel: a CloudEvent 1.0 in binary mode, on which topic?"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from eventsourcing.persistence import Notification, StoredEvent

from recourse.adapters.catalogue.channels import CONTENT, Channel, channels
from recourse.contracts import EVENTS, READINGS, decode

Headers = list[tuple[str, bytes]]
FIRST_EVENTS = 10_000  # whose keys are remembered


@dataclass(frozen=True, slots=True)
class Message:
    """An event on its way: the `position`-th of the log, to `topic`, in order among its `key`."""

    position: int
    id: str
    topic: str
    key: bytes
    headers: Headers
    value: bytes


class Envelopes:
    """Puts the events of one log that leave the house into messages.

    `first_of` tells the first event of a stream, which says whose the stream is.
    """

    def __init__(
        self, log_id: str, first_of: Callable[[str], StoredEvent], *, prefix: str = ""
    ) -> None:
        self.source = source_of(log_id)
        self._prefix = prefix
        self._channels = {topic: each for each in channels(EVENTS) for topic in each.events}
        self._first_of = first_of
        self._key = lru_cache(FIRST_EVENTS)(self._read_key)

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics of all channels."""
        addresses = {each.address: None for each in self._channels.values()}
        return tuple(self._prefix + address for address in addresses)

    def message(self, stored: Notification) -> Message | None:
        """The message that tells `stored`, byte for byte; None for one kept in the house.

        Raises `UnknownTopic` for an event that this version does not know.
        """
        if stored.topic not in READINGS:
            decode(stored)
        channel = self._channels.get(stored.topic.rpartition(".")[0])
        if channel is None:
            return None
        stream = str(stored.originator_id)
        key = self._key(channel, stream)
        event = f"{stream}@{stored.originator_version}"
        told = {
            "ce_specversion": "1.0",
            "ce_id": event,
            "ce_source": self.source,
            "ce_type": f"recourse.{stored.topic}",
            "ce_subject": stream,
            "ce_time": json.loads(stored.state)["recorded_at"],
            "ce_partitionkey": key,
            "content-type": CONTENT,
        }
        return Message(
            position=stored.id,
            id=event,
            topic=self._prefix + channel.address,
            key=key.encode(),
            headers=[(name, text.encode()) for name, text in told.items()],
            value=stored.state,
        )

    def _read_key(self, channel: Channel, stream: str) -> str:
        """The claim or supplier of `stream`: its own name, or what its first event says."""
        kind, _, name = stream.partition(":")
        if kind in channel.named_by:
            return name
        return str(getattr(decode(self._first_of(stream)).event, channel.keyed_by))


def source_of(log_id: str) -> str:
    """How a log is named in what leaves the house."""
    return f"/recourse/logs/{quote(log_id, safe='')}"
