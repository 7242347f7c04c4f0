"""How does an event become bytes for ever, and how is it read back years later?"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from eventsourcing.persistence import Notification, StoredEvent

from recourse.aggregates.account import Account
from recourse.aggregates.arrangements import Arrangements
from recourse.aggregates.base import Aggregate, DomainEvent, Fact
from recourse.aggregates.breakdown import Breakdown
from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.claim import Claim
from recourse.aggregates.clearance import Clearance
from recourse.aggregates.day import Days
from recourse.aggregates.evidence import Evidence
from recourse.aggregates.field_claim import FieldClaim
from recourse.aggregates.legal_case import LegalCase
from recourse.aggregates.message import Message
from recourse.aggregates.part import Part
from recourse.aggregates.published_rulebook import PublishedRulebook
from recourse.aggregates.referral import Referral
from recourse.aggregates.returned_part import ReturnedPart
from recourse.aggregates.settlement import Settlement
from recourse.aggregates.supplier import Supplier
from recourse.aggregates.zero_km_job import ZeroKmJob

AGGREGATES: tuple[type[Aggregate], ...] = (
    PublishedRulebook,
    Arrangements,
    Supplier,
    Part,
    Claim,
    FieldClaim,
    ZeroKmJob,
    ReturnedPart,
    Breakdown,
    Clearance,
    Chargeback,
    LegalCase,
    Message,
    Account,
    Settlement,
    Evidence,
    Referral,
    Days,
)
LEAF_FORMAT = "recourse-leaf-v1"


class UnknownTopic(Exception):
    """The log holds an event that this version does not know: never guess, never skip."""


def _events() -> Iterator[type[DomainEvent]]:
    for aggregate in AGGREGATES:
        for base in reversed(aggregate.__mro__):
            for member in vars(base).values():
                if isinstance(member, type) and issubclass(member, DomainEvent):
                    yield member


EVENTS: dict[str, type[DomainEvent]] = {
    f"{event.TOPIC}.v{event.class_version}": event for event in _events()
}
"""Every event by its stored topic, such as "claim.received.v1": the version written today."""

Upcaster = Callable[[dict[str, Any]], None]
"""Turns a stored state, in place, into what the next version of the event would have stored."""
UPCASTER = re.compile(r"upcast_v\d+_v\d+")


class MissingUpcaster(Exception):
    """An event has a version that its class could not read: found at import, not in ten years."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How one recorded version is read: by the class of today, after `steps` up to its version."""

    event: type[DomainEvent]
    steps: tuple[Upcaster, ...] = ()

    def read(self, state: bytes) -> DomainEvent:
        """The event of today that `state` tells; raises ValueError where it tells none."""
        if not self.steps:
            return self.event.model_validate_json(state)
        told = json.loads(state)
        for step in self.steps:
            step(told)
        return self.event.model_validate_json(json.dumps(told))


def readings(events: Iterable[type[DomainEvent]]) -> dict[str, Reading]:
    """How every version of `events` that was ever recorded is read, by its stored topic.

    A class of version N brings the static methods `upcast_v1_v2` to the one that ends in `_vN`, no
    more and no fewer; otherwise raises `MissingUpcaster`.
    """
    return {topic: reading for event in events for topic, reading in _versions(event)}


def _versions(event: type[DomainEvent]) -> Iterator[tuple[str, Reading]]:
    names = [f"upcast_v{version}_v{version + 1}" for version in range(1, event.class_version)]
    found = {name for name in dir(event) if UPCASTER.fullmatch(name)}
    if found != set(names):
        differ = ", ".join(sorted(found.symmetric_difference(names)))
        raise MissingUpcaster(f"{event.TOPIC} is at version {event.class_version}, but: {differ}")
    steps = tuple(getattr(event, name) for name in names)
    for version in range(1, event.class_version + 1):
        yield f"{event.TOPIC}.v{version}", Reading(event, steps[version - 1 :])


READINGS: Mapping[str, Reading] = readings(EVENTS.values())
"""How every event that was ever recorded is read, by its stored topic, older versions too."""


def encode(fact: Fact) -> StoredEvent:
    """`fact` as it is stored; the state is UTF-8 JSON in the order of the event's fields.

    What is encoded is decoded again before it may be stored: an event that would come back
    different is a defect and stops here.
    """
    event = fact.event
    state = event.model_dump_json().encode()
    assert type(event).model_validate_json(state) == event, f"{fact.id} does not survive storage"
    topic = f"{event.TOPIC}.v{event.class_version}"
    return StoredEvent(fact.stream, fact.version, topic, state)


def decode(stored: StoredEvent) -> Fact:
    """The fact in `stored`; raises `UnknownTopic` for a topic that is not in the contract."""
    reading = READINGS.get(stored.topic)
    if reading is None:
        raise UnknownTopic(
            f"{stored.originator_id}@{stored.originator_version} has the topic {stored.topic!r}, "
            "which this version of recourse does not know. Use the version that wrote the log."
        )
    position = stored.id if isinstance(stored, Notification) else 0
    return Fact(
        str(stored.originator_id),
        stored.originator_version,
        reading.read(stored.state),
        position,
    )


def leaf_bytes(log_id: str, position: int, stored: StoredEvent) -> bytes:
    """The canonical bytes of a stored event, which a seal hashes; fixed from the first release.

    A JSON array in ASCII without spaces: format, log id, position, stream, version, topic with
    its version, instant of recording, actor, command id, SHA-256 of the stored state in hex. The
    state itself is hashed as stored, never written anew.
    """
    kept = json.loads(stored.state)
    leaf = [
        LEAF_FORMAT,
        log_id,
        position,
        str(stored.originator_id),
        stored.originator_version,
        stored.topic,
        kept["recorded_at"],
        kept["actor"],
        kept["command_id"],
        hashlib.sha256(stored.state).hexdigest(),
    ]
    return json.dumps(leaf, ensure_ascii=True, separators=(",", ":")).encode("ascii")
