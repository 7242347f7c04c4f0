"""How is a month settled with each supplier, and what comes when it is closed already?"""

from datetime import date
from typing import Any

from recourse.adapters.demo.diary import LAST
from recourse.adapters.demo.story import Story

JUNE_CLOSED = date(2026, 7, 3)
END_OF_JUNE = date(2026, 6, 30)


def paid_late(story: Story) -> None:
    """Money of 30 June that nobody had booked when June was closed: July adjusts June by it."""
    claim = story.ready(costs={"labour": "260.00", "material": "1140.00"})
    note = story.charge(claim)
    story.they("confirm_chargeback", chargeback=note)
    story.do("cashier", "choose_collection", chargeback=note, way="invoice")
    story.day = JUNE_CLOSED
    story.wait(4)
    collection = {"chargeback": note, "amount": "900.00"}
    story.do("cashier", "collect_chargeback", on=END_OF_JUNE, **collection)


def issued_late(story: Story) -> None:
    """Approved on the last day of June and issued when June is closed: July adjusts June by it."""
    claim = story.ready()
    note = story.draft([claim])
    story.day = END_OF_JUNE
    story.do("boss", "approve_chargeback", chargeback=note)
    story.day = JUNE_CLOSED
    story.wait(2)
    story.do("cashier", "issue_chargeback", chargeback=note)
    story.do("buyer1", "record_delivery", chargeback=note, channel="供方平台")


def close(story: Story, month: str) -> None:
    """Finance closes the month; nobody has approved that yet."""
    _ask(story, "cashier", "close_month", month)


def closed(story: Story, month: str) -> None:
    """Finance closes the month, and another person approves it on the next working day."""
    close(story, month)
    story.wait()
    _ask(story, "checker", "approve_close", month)


def returned_and_closed(story: Story, month: str) -> None:
    """The checker misses something and returns the close; it is made again, and then for ever."""
    following = f"{story.day:%Y-%m}"
    later = f"{story.day:%Y}-{story.day.month + 1:02d}"
    _ask(story, "cashier", "preview_month", month)
    _ask(story, "cashier", "close_month", later, refused="month-not-begun")
    _ask(story, "cashier", "close_month", month)
    _ask(story, "cashier", "close_month", month, refused="month-already-closed")
    _ask(story, "cashier", "close_month", following, refused="close-awaits-approval")
    _ask(story, "cashier", "approve_close", month, refused="not-your-role")
    story.wait()
    _ask(story, "checker", "return_close", month, reason="漏记一笔收款")
    _ask(story, "checker", "approve_close", month, refused="no-close-waits")
    _ask(story, "treasurer", "close_month", month)
    _ask(story, "treasurer", "approve_close", month, refused="own-close-approved")
    early = {"on": END_OF_JUNE, "refused": "before-the-close"}
    _ask(story, "checker", "approve_close", month, **early)
    _ask(story, "checker", "approve_close", month)
    _ask(story, "cashier", "preview_month", month, refused="month-already-closed")


def out_of_order(story: Story) -> None:
    """The running month cannot be closed before the one that lies between."""
    _ask(story, "cashier", "close_month", f"{story.day:%Y-%m}", refused="earlier-month-open")


def _ask(story: Story, person: str, act: str, month: str, **given: Any) -> None:
    story.do(person, act, turn=LAST, supplier=story.supplier, month=month, **given)
