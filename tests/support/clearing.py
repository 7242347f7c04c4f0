"""Three old parts in the store, and how one act after the other takes them away.

T1 and T2 belong to C1 and were made by S1, which takes its parts back; T3 belongs to C2 and was
made by S2, which entrusts the disposal to the Company. C1 can be charged.
"""

from datetime import date
from typing import Any

from support.engine import Site, fresh
from support.story import CLAIM, FIRST, FOR_A_REASON, SECOND, THIRD, do, play

NOTIFIED, RECEIVED = SECOND, THIRD
LAST_DAY = date(2026, 7, 8)  # to clear: five days after the receipt, a Wednesday
OVERDUE = date(2026, 7, 9)

SECOND_SUPPLIER = {"supplier": "S2", "name": "乙供方", "disposal": "entrusted"}
NOTICE = {"notice": "L1", "supplier": "S1", "tags": ["T1", "T2"]}
RECEIPT = {"notice": "L1", "received_on": RECEIVED, "proof": "快递"}


def stored(settings: dict[str, Any] | None = None) -> Site:
    """All three parts lie in the store."""
    site = play(fresh(settings), until="attribute_claim")
    do(site, FIRST, "buyer", "register_supplier", **SECOND_SUPPLIER)
    do(site, FIRST, "buyer", "register_part", part="P2", name="衬套", supplier="S2")
    do(site, FIRST, "engineer", "receive_claim", **CLAIM | {"claim": "C2", "part": "P2"})
    for tag, claim in (("T1", "C1"), ("T2", "C1"), ("T3", "C2")):
        do(site, FIRST, "engineer", "receive_part", tag=tag, claim=claim, listed=1)
    return site


def notified(settings: dict[str, Any] | None = None) -> Site:
    """S1 is asked to clear T1 and T2."""
    site = stored(settings)
    do(site, NOTIFIED, "buyer", "notify_clearance", **NOTICE)
    return site


def running(settings: dict[str, Any] | None = None) -> Site:
    """S1 received the notice."""
    site = notified(settings)
    do(site, RECEIVED, "buyer", "record_notice_receipt", **RECEIPT)
    return site


def overdue(settings: dict[str, Any] | None = None) -> Site:
    """S1 cleared nothing up to the last day."""
    site = running(settings)
    site.begin(OVERDUE)
    return site


def clear(site: Site, day: date, *tags: str) -> None:
    """S1 takes the parts away."""
    do(site, day, "seller", "clear_parts", notice="L1", tags=list(tags))


def dispose(site: Site, day: date, *tags: str, by: str = "buyer", **fields: Any) -> None:
    """The Company gets rid of the parts."""
    do(site, day, by, "dispose_of_parts", tags=list(tags), **fields)


def place(site: Site, tag: str, day: date = OVERDUE) -> str:
    """Where the part is."""
    return str(site.figures("part", tag, day)["place"])


def charge_claim(site: Site, day: date = SECOND) -> None:
    """C1 stands on a note of S1 that is issued and that nobody has answered."""
    note = {"chargeback": "N1"}
    draft = note | {"supplier": "S1", "month": "2026-07", "claims": ["C1"]}
    do(site, day, "engineer", "draft_chargeback", **draft)
    do(site, day, "boss", "approve_chargeback", **note)
    do(site, day, "cashier", "issue_chargeback", **note)


def charge_parts(site: Site, day: date, *tags: str, note: str = "N2", supplier: str = "S1") -> None:
    """The parts stand on a note that is issued and received."""
    named = {"chargeback": note}
    draft = named | {"supplier": supplier, "month": "2026-07", "claims": list(tags)}
    do(site, day, "engineer", "draft_chargeback", **draft)
    do(site, day, "boss", "approve_chargeback", **named)
    do(site, day, "cashier", "issue_chargeback", **named)
    do(site, day, "buyer", "record_receipt", **named, received_on=day, proof="快递")


def lower(site: Site, day: date, outcomes: dict[str, Any], note: str = "N2") -> None:
    """S1 appeals against the lines and the recheck gives these outcomes."""
    named, lines = {"chargeback": note}, list(outcomes)
    do(site, day, "seller", "appeal_chargeback", **named, lines=lines, **FOR_A_REASON)
    do(site, day, "colleague", "recheck_appeal", **named, outcomes=outcomes, moves_to="service")
