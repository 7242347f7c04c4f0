"""A log to relay, and what of it is in the topics: lost, twice, or out of order?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from uuid import uuid4

from eventsourcing.persistence import Notification

from recourse.adapters.kafka.access import Access
from recourse.adapters.kafka.envelope import Envelopes
from recourse.adapters.kafka.relay import RELAY, Relay
from recourse.adapters.kafka.topics import create_missing, topics_of
from recourse.application import Store
from support.broker import Broker
from support.golden import GOLDEN, stored_in

PARTITIONS = 4


@cache
def events() -> tuple[Notification, ...]:
    """The demo month of 0.1.0, event by event."""
    return tuple(stored_in(GOLDEN / "0.1.0"))


def append(store: Store, count: int) -> None:
    """Let the next `count` events of the demo month be recorded."""
    last = store.recorder.max_notification_id() or 0
    store.recorder.insert_events(events()[last : last + count])


def site_on(broker: Broker) -> Access:
    """How a site of its own reaches the broker, its topics made."""
    access = Access((broker.bootstrap,), prefix=f"{uuid4().hex[:8]}.", partitions=PARTITIONS)
    create_missing(access)
    return access


def relay_all(relay: Relay) -> None:
    """Send all that waits."""
    while relay.step(None):
        pass


@dataclass(frozen=True)
class Arrived:
    """What of a log is in the topics: the events lost, sent again, and keys out of order."""

    sent: int
    lost: tuple[str, ...]
    again: int
    out_of_order: tuple[str, ...]
    altered: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Nothing lost, nothing altered, every key in the order of the log."""
        return self.sent > 0 and not (self.lost or self.out_of_order or self.altered)

    @property
    def said(self) -> str:
        """The figures."""
        return f"{len(self.lost)} of {self.sent} messages lost, {self.again} sent twice"


def arrived(broker: Broker, access: Access, store: Store) -> Arrived:
    """Compare the log up to the relay's position with the topics, message by message."""
    first_of = lambda stream: store.recorder.select_events(stream, limit=1)[0]  # noqa: E731
    envelopes = Envelopes(store.log_id, first_of, prefix=access.prefix)
    log = store.recorder.select_notifications(1, 10**6, store.position(RELAY))
    due = [each for each in map(envelopes.message, log) if each]
    found = messages(broker, access)
    ids = Counter(id_of(each) for each in found)
    value = {id_of(each): each.value for each in found}
    return Arrived(
        sent=len(due),
        lost=tuple(each.id for each in due if each.id not in ids),
        again=sum(ids.values()) - len(ids),
        out_of_order=tuple(_disorder(due, found)),
        altered=tuple(each.id for each in due if value.get(each.id, each.value) != each.value),
    )


def messages(broker: Broker, access: Access) -> list:
    """Everything in the topics of a site."""
    return [each for topic in topics_of(access) for each in broker.read(topic)]


def id_of(message) -> str:
    """The event that a message of the broker tells."""
    return dict(message.headers)["ce_id"].decode()


def _disorder(due: Sequence, found: Sequence) -> list[str]:
    """The keys whose events, at their first coming, are not in the order of the log."""
    wanted: dict[tuple, list[str]] = {}
    for each in due:
        wanted.setdefault((each.topic, each.key), []).append(each.id)
    got: dict[tuple, dict[str, None]] = {}
    places: dict[tuple, set[int]] = {}
    for each in found:
        key = (each.topic, each.key)
        got.setdefault(key, {})[id_of(each)] = None
        places.setdefault(key, set()).add(each.partition)
    return [
        f"{topic} {key.decode()}"
        for (topic, key), ids in wanted.items()
        if list(got.get((topic, key), {}))[: len(ids)] != ids or len(places[topic, key]) != 1
    ]
