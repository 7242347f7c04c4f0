"""How does an event become bytes for ever, and how is it read back years later?"""

import hashlib
import json
from collections.abc import Callable, Iterator
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
    Account,
    Settlement,
    Evidence,
    Referral,
    Days,
)
LEAF_FORMAT = "recourse-leaf-v1"
Upcaster = Callable[[dict[str, Any]], None]
"""Makes the parsed state of one version that of the next, in place."""


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
"""Every event by its stored topic, such as "claim.received.v1", in its current version."""

OLDER: dict[str, tuple[type[DomainEvent], tuple[Upcaster, ...]]] = {
    f"{event.TOPIC}.v{version}": (
        event,
        tuple(
            getattr(event, f"upcast_v{each}_v{each + 1}")
            for each in range(version, event.class_version)
        ),
    )
    for event in EVENTS.values()
    for version in range(1, event.class_version)
}
"""Every older version by its stored topic: the event, and what makes it the current version."""


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
    event, state = EVENTS.get(stored.topic), stored.state
    if event is None and stored.topic in OLDER:
        event, state = _upcast(stored)
    if event is None:
        raise UnknownTopic(
            f"{stored.originator_id}@{stored.originator_version} has the topic {stored.topic!r}, "
            "which this version of recourse does not know. Use the version that wrote the log."
        )
    position = stored.id if isinstance(stored, Notification) else 0
    return Fact(
        str(stored.originator_id),
        stored.originator_version,
        event.model_validate_json(state),
        position,
    )


def _upcast(stored: StoredEvent) -> tuple[type[DomainEvent], bytes]:
    event, upcasters = OLDER[stored.topic]
    state = json.loads(stored.state)
    for upcast in upcasters:
        upcast(state)
    return event, json.dumps(state, ensure_ascii=False).encode()


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
