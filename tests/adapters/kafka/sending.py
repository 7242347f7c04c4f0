"""Messages of other systems for tests, and where they come from without a broker."""

import json
from datetime import UTC, date, datetime
from itertools import count

from sqlalchemy import select

from recourse.adapters.kafka.inbox import Inbox
from recourse.adapters.kafka.messages import Message
from recourse.application import Person, Recourse
from recourse.application.parking import Place
from recourse.projections.accounts import ACCOUNTS
from recourse.rulebook.book import built_in
from recourse.rulebook.calendar import published_calendar
from support.engine import Site, fresh, nine

DAY = date(2026, 3, 9)
AT = nine(DAY)
SENT = datetime(2026, 3, 8, 12, 0, tzinfo=UTC).isoformat()
SOURCES = {
    "network": Person("network-user", frozenset({"quality_engineer"})),
    "erp/sap": Person("erp-user", frozenset({"finance", "purchasing"})),
    "portal/S1": Person("s1-user", frozenset({"supplier:S1"})),
}
OF = {"receive_claim": "network", "amend_claim": "network"}
CLAIM = {
    "claim": "C1",
    "unit": "U1",
    "part": "P1",
    "stage": "after_sale",
    "repaired_on": "2026-02-26",
    "costs": {"labour": "320.00"},
}
OFFSETS = count()


def message(act="receive_claim", number="1", *, key=b"C1", at=None, **other):
    """One message; `fields` are what is said, `body` the bytes instead, `headers` replace some."""
    fields = other.pop("fields", CLAIM if act == "receive_claim" else {})
    body = other.pop("body", json.dumps(fields, ensure_ascii=False).encode())
    headers = {
        "ce_specversion": "1.0",
        "ce_id": number,
        "ce_source": other.pop("source", OF.get(act, "erp/sap")),
        "ce_type": f"recourse.ask.{act}.v1",
        "ce_time": SENT,
        "content-type": "application/json",
    } | other.pop("headers", {})
    assert not other, other
    written = tuple(
        (name, value if isinstance(value, bytes) else value.encode())
        for name, value in headers.items()
        if value is not None
    )
    place = Place("recourse.inbox", 0, next(OFFSETS) if at is None else at)
    return Message(place, key, written, body)


class Line:
    """Messages in a row: what was polled and not acknowledged comes again after a restart."""

    def __init__(self, *messages, at_once=50):
        self.messages = list(messages)
        self.acknowledged = self._polled = 0
        self._at_once = at_once

    def poll(self):
        polled = self.messages[self._polled : self._polled + self._at_once]
        self._polled += len(polled)
        return polled

    def acknowledge(self):
        self.acknowledged = self._polled

    def again(self):
        """The connection was lost: polling begins after what was acknowledged."""
        self._polled = self.acknowledged


def site(store=None):
    """An engine that knows the supplier S1 and the part P1."""
    made = fresh() if store is None else Site(Recourse(store, built_in(), published_calendar()))
    buyer = (DAY, "zhao", ("purchasing",))
    made.do(*buyer, "register_supplier", supplier="S1", name="甲", disposal="takes_back")
    made.do(*buyer, "register_part", part="P1", name="轴承", supplier="S1", since="2020-01-01")
    return made


def pay(number="1", amount="100.00", **other):
    """Finance's system has paid S1."""
    fields = {"supplier": "S1", "amount": amount}
    return message("pay_supplier", number, key=b"S1", fields=fields, **other)


def owed(made):
    """The plant owes S1 a thousand yuan."""
    owes = {"supplier": "S1", "document": "AP-1", "amount": "1000.00", "due_on": "2026-03-01"}
    inbox(made, message("record_payable", "AP-1", key=b"AP-1", fields=owes)).step(AT)
    return made


def inbox(made, *messages, sources=SOURCES):
    """The inbox of a site with `messages` waiting."""
    return Inbox(made.engine, Line(*messages), sources)


def parked(made):
    """What is parked: place and code."""
    return [(each.place.offset, each.code) for each in made.engine.store.parking.parked()]


def paid(made, supplier="S1"):
    """How much was paid to the supplier, in fen."""
    with made.engine.models.reading() as connection:
        query = select(ACCOUNTS.c.paid).where(ACCOUNTS.c.supplier == supplier)
        return connection.execute(query).scalar()
