"""When is a supplier sent a message, and what follows from its arrival?"""

from collections.abc import Iterator

from recourse.aggregates.base import Fact
from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.clearance import Clearance
from recourse.aggregates.message import STATEMENT
from recourse.aggregates.settlement import Settlement
from recourse.aggregates.supplier import Supplier
from recourse.commands.base import Command, Desk
from recourse.commands.messages import QueueMessage, ReviewMessage, TakeArrivalAsReceipt


def tell_the_supplier(fact: Fact, desk: Desk) -> Iterator[Command]:
    """Whenever a note, a notice or a month's statement is final, the agreed mailbox is sent it."""
    supplier = message = fact.stream.partition(":")[2]
    match fact.event:
        case Clearance.Notified():
            supplier, message = fact.event.supplier, fact.stream
        case Settlement.Approved():
            message = f"{STATEMENT}:{supplier}/{fact.event.month}"
        case _:
            supplier, message = desk.get(Chargeback, supplier).supplier, fact.stream
    if desk.get(Supplier, supplier).mailbox_on(fact.event.effective_on):
        yield QueueMessage(message=message)


def let_the_clock_start(fact: Fact, desk: Desk) -> Iterator[Command]:
    """Whenever a message arrives, that is the receipt where the agreement says so (ZA2)."""
    del desk
    yield TakeArrivalAsReceipt(message=fact.stream.partition(":")[2])


def review_this_message(fact: Fact, desk: Desk) -> Iterator[Command]:
    """Whenever a message gets stuck, or goes on after all, its referral follows (ZA38)."""
    del desk
    yield ReviewMessage(message=fact.stream.partition(":")[2])
