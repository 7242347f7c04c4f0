"""What waits for a person because the engine could not, or must not, settle it?"""

from typing import Any

from sqlalchemy import Connection, select

from recourse.aggregates.base import Fact
from recourse.aggregates.referral import Referral
from recourse.projections.base import Projection, Rows, table
from recourse.values.parties import Text
from recourse.values.refusal import catalogue
from recourse.values.words import word

REFERRALS = table(
    "referrals", "referral", text=("about", "code", "asked", "raised_on"), number=("open",)
)


def _raised(fact: Fact, event: Referral.Raised, rows: Rows) -> None:
    name = fact.stream.partition(":")[2]
    day = str(event.effective_on)
    said = {"about": event.about, "code": event.code, "asked": event.asked}
    rows.put(REFERRALS, name, **said, raised_on=day, open=1)


def _closed(fact: Fact, _: Referral.Closed, rows: Rows) -> None:
    rows.put(REFERRALS, fact.stream.partition(":")[2], open=0)


REFERRAL_BOARD = Projection(
    name="referrals",
    money=False,
    tables=(REFERRALS,),
    takes={Referral.Raised: _raised, Referral.Closed: _closed},
)
"""One row a referral, open or closed."""


def reason(code: str) -> Text:
    """Why it waits: what a review found, or the title of the refusal of a reaction."""
    if code in catalogue():
        return Text(*(catalogue()[code][language].title for language in ("zh", "en")))
    return word(code)


def referrals(connection: Connection) -> dict[str, Any]:
    """How many are open, and about what."""
    query = select(REFERRALS.c.about).where(REFERRALS.c.open == 1).order_by(REFERRALS.c.about)
    about = [row[0] for row in connection.execute(query)]
    return {"open": len(about), "about": about}
