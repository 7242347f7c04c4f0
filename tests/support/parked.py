"""A message of another system that could not be done, as ugly as one can be, and its end."""

from datetime import UTC, datetime

from recourse.application.parking import Fate, Parked, Place
from recourse.values.parties import Text

AT = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
PARKED = Parked(
    place=Place("recourse.inbox", 2, 2**40),
    key=b"\x00\xffT-1",
    headers=(("ce_id", b"7"), ("ce_subject", b"\xb9\xca"), ("ce_id", b"8")),
    body=b"\xff{" + bytes(range(256)),
    message="erp/sap 7",
    code="bad-json",
    why=Text("不是 JSON。", "It is no JSON."),
    at=AT,
)
DISMISSED = Fate(PARKED.place, 1, "dismissed", "li", "sent-twice", "", AT)
