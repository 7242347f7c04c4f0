"""What does the engine ask for by itself when something happened?"""

from collections.abc import Callable, Sequence
from datetime import datetime

from eventsourcing.persistence import PersistenceError

from recourse.aggregates.base import Fact
from recourse.application.asking import Ask, referral, the_engine
from recourse.commands import Command, Desk
from recourse.policies import Policy, PolicyBroke
from recourse.values.refusal import Refused

Handle = Callable[[Ask], object]
"""Does what is asked, or raises `Refused`."""


def react_to(
    fact: Fact, at: datetime, policies: Sequence[Policy], handle: Handle, desk: Desk
) -> None:
    """Ask `handle` for every reaction of `policies` to `fact`; raises `PolicyBroke`."""
    for policy in policies:
        if type(fact.event) not in policy.whenever:
            continue
        try:
            for number, command in enumerate(policy.then(fact, desk)):
                _ask_for(command, f"{policy.name} {fact.id} {number}", fact, at, handle)
        except PersistenceError:  # the store's trouble, and no fault of the policy
            raise
        except Exception as error:
            raise PolicyBroke(policy, fact, error) from error


def _ask_for(command: Command, name: str, fact: Fact, at: datetime, handle: Handle) -> None:
    """Ask for a reaction, of that `name`, to `fact`; a refused one becomes a referral."""
    recorded = max(at, fact.event.recorded_at)  # no reaction before its cause
    ask = Ask(command, the_engine(), recorded, name, fact.event.effective_on, fact.id)
    try:
        handle(ask)
    except Refused as refused:
        handle(referral(ask, fact, refused))
