"""Within which bounds does the book let a penalty be, and who may approve a note of which total?"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from recourse.rulebook.book import Rulebook
from recourse.rulebook.rule import Days
from recourse.values.money import yuan
from recourse.values.refusal import Refused


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most of a penalty in fen, both allowed, by which clause, since when."""

    least: int
    most: int
    clause: str
    since: date


def penalty_bounds(book: Rulebook, days: Days, *, severity: str, family: str | None) -> Bounds:
    """The row of the table for that severity and family of part, or the range for all."""
    table = book.found("penalty.table", days)
    if table:
        says = table.row({"severity": severity, "family": family}).says
        least, most = (int(str(says[name])) for name in ("minimum", "maximum"))
        return Bounds(least, most, table.clause, table.since)
    least, most = (book.amount(f"penalty.{name}", days) for name in ("minimum", "maximum"))
    edition = book.rules["penalty.minimum"].on(days)
    return Bounds(least, most, edition.clause, edition.since)


def approvers(book: Rulebook, day: date) -> tuple[str, ...]:
    """Every role that may approve some note on `day`, that of the smallest first."""
    return tuple(dict.fromkeys(str(row.says["role"]) for row in book.table("approval.limits", day)))


def approver(book: Rulebook, day: date, total: int) -> str:
    """The first role that may approve a note of `total` fen."""
    rows = book.table("approval.limits", day)
    return next(str(row.says["role"]) for row in rows if total <= _limit(row.says.get("up_to")))


def must_be_within_limit(
    book: Rulebook, day: date, roles: Collection[str], *, note: str, total: int
) -> None:
    """Refuse a note above the limit of every one of `roles` (Z-4.5.2b)."""
    edition = book.rules["approval.limits"].on(day)
    limits = [
        _limit(row.says.get("up_to")) for row in edition.rows if str(row.says["role"]) in roles
    ]
    if total > max(limits):
        raise Refused(
            "above-approval-limit",
            edition.clause,
            chargeback=note,
            total=yuan(total),
            limit=yuan(max(limits)),
            needs=approver(book, day, total),
        )


def _limit(written: object) -> int:
    return written if isinstance(written, int) else 10**18
