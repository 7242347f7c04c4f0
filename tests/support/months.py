"""Two months of one supplier: July closed and approved, then an award that comes too late for it.

N1 is issued on 2 July with 300.00 labour, 700.00 material and 1000.00 penalty, and appealed;
1500.00 of 9000.00 payable are deducted on 10 July. The arbitration of 30 July is recorded on
20 August: material withdrawn, penalty 600.00, so that 900.00 stand and 600.00 are credited. They
are refunded on 25 August.
"""

from datetime import date
from typing import Any

from recourse.projections.explanations.months import SupplierMonth, supplier_months
from recourse.projections.explanations.sources import Sources
from support.engine import Site, fresh
from support.story import NOTE, do, play

JULY, AUGUST = {"supplier": "S1", "month": "2026-07"}, {"supplier": "S1", "month": "2026-08"}
WITHOUT_WAITING = {"collection.waits": False}
TAKEN, END_OF_JULY, CHECKED = date(2026, 7, 10), date(2026, 7, 31), date(2026, 8, 3)
AWARDED, RECORDED, REFUNDED = date(2026, 7, 30), date(2026, 8, 20), date(2026, 8, 25)
END_OF_AUGUST, YEARS_LATER = date(2026, 8, 31), date(2029, 7, 2)
AWARD = {"C1/material": "withdrawn", "C1/penalty": {"reduced_to": "600.00"}}


def collected_in_july() -> Site:
    """1500.00 of the 2000.00 of July are taken, the note waits for its arbitration."""
    site = play(fresh(WITHOUT_WAITING), until="request_arbitration")
    do(site, TAKEN, "cashier", "choose_collection", chargeback="N1", way="deduction")
    do(site, TAKEN, "cashier", "collect_chargeback", chargeback="N1", amount="1500.00")
    return site


def july_closed() -> Site:
    """July is closed by the cashier and approved by the checker."""
    site = collected_in_july()
    do(site, END_OF_JULY, "cashier", "close_month", **JULY)
    do(site, CHECKED, "checker", "approve_close", **JULY)
    return site


def award(site: Site) -> Site:
    """The award of July is recorded in August, and the money given back."""
    do(site, RECORDED, "deputy", "arbitrate_appeal", on=AWARDED, **NOTE, outcomes=AWARD)
    do(site, REFUNDED, "cashier", "refund_supplier", supplier="S1", amount="600.00")
    return site


def months(site: Site, month: str, day: date, supplier: str | None = None) -> list[SupplierMonth]:
    """The statements of a month as they are told on `day`."""
    engine = site.engine
    sources = Sources(engine.stream, engine.store.held, engine.store.answer, engine.book, day)
    with engine.models.reading() as connection:
        return supplier_months(connection, sources, month, supplier)


def told(site: Site, month: str, day: date) -> dict[str, Any]:
    """The statement of S1, as it is written."""
    (found,) = months(site, month, day, "S1")
    return found.as_dict()
