"""Who acts, and who bears a cost?"""

from datetime import UTC, date, datetime
from typing import Annotated, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import AfterValidator

SHANGHAI = ZoneInfo("Asia/Shanghai")
UNDETERMINED = "undetermined"
COMPANY = "company"
MARKUP = "markup"  # bears, below nothing, what is charged above the cost by a rulebook
ENGINE = "engine"
PLAIN_BEARERS = ("service", COMPANY, UNDETERMINED)
PLAIN_ROLES = (
    "quality_engineer",
    "quality_manager",
    "deputy_gm",
    "finance",
    "finance_checker",
    "purchasing",
    "manufacturing",
    "service_centre",
    "group_quality",
    "auditor",
    "admin",
)
IDENTIFIER_LENGTH = 80


class Text(NamedTuple):
    """The same words in Chinese and in English."""

    zh: str
    en: str


def identifier(written: str) -> str:
    """`written`, a document number, tag or other name without spaces or control characters."""
    if not written or len(written) > IDENTIFIER_LENGTH:
        raise ValueError(f"an identifier has 1 to {IDENTIFIER_LENGTH} characters")
    if not written.isprintable() or any(sign.isspace() for sign in written):
        raise ValueError(f"{written!r} has a space or a control character")
    return written


Identifier = Annotated[str, AfterValidator(identifier)]


def bearer(written: str) -> str:
    """`written`, one of the bearers of cost: "supplier:S1", "department:NAME", "service", ..."""
    kind, _, name = written.partition(":")
    if written in PLAIN_BEARERS or (kind in {"supplier", "department"} and name):
        return identifier(written)
    raise ValueError(
        f"{written!r} bears no cost: write supplier:ID, department:NAME, "
        "service, company or undetermined"
    )


Bearer = Annotated[str, AfterValidator(bearer)]


def role(written: str) -> str:
    """`written`, one of the roles of a person: "finance", "supplier:S1", "department:NAME", ..."""
    kind, _, name = written.partition(":")
    if written in PLAIN_ROLES or (kind in {"supplier", "department"} and name):
        return written
    raise ValueError(
        f"{written!r} is not a role; the roles are {', '.join(PLAIN_ROLES)}, "
        "supplier:ID and department:NAME"
    )


def supplier_of(party: str) -> str | None:
    """The supplier's id in "supplier:S1", or None for any other party."""
    kind, _, name = party.partition(":")
    return name if kind == "supplier" and name else None


def business_day(instant: datetime) -> date:
    """The day in Asia/Shanghai on which `instant` falls."""
    return instant.astimezone(SHANGHAI).date()


def instant(local: datetime) -> datetime:
    """The instant in UTC of a `local` date-time, of Asia/Shanghai unless it says otherwise."""
    return (local if local.tzinfo else local.replace(tzinfo=SHANGHAI)).astimezone(UTC)
