"""What did a supplier owe at the end of a month, and which movements made it so?"""

from collections.abc import Iterable, Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict

from recourse.aggregates.chargeback import Chargeback, Movement
from recourse.rulebook.book import Rulebook
from recourse.rulebook.months import Rate, settled_in
from recourse.values.money import Fen

CHARGES = ("charged", "lowered", "voided")


class StatementLine(Movement):
    """A movement in the month it belongs to; `adjusts` names the closed month it came too late for.

    That is the first month closed at or after its own: the statement in which it would stand had
    it been recorded in time.
    """

    month: str
    adjusts: str | None = None


class StatementFigures(BaseModel):
    """A month in six figures, in fen: closing = opening + charged + credited - collected."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    month: str
    opening: Fen
    charged: Fen  # less what was lowered and made void
    credited: Fen
    collected: Fen
    closing: Fen
    held: Fen  # of what is payable, on the day of the statement (Z-4.6.3b)


class Converted(Rate):
    """The closing of a statement in the currency in which it is settled, in hundredths of a unit.

    Only the closing is converted, so that each opening is the closing before it to the fen.
    """

    amount: Fen


class Statement(StatementFigures):
    """The same with every movement that it settles.

    Those in `brought_forward` are of earlier months and make up the opening: nobody closed these.
    """

    brought_forward: tuple[StatementLine, ...] = ()
    lines: tuple[StatementLine, ...] = ()
    converted: Converted | None = None

    @property
    def settled(self) -> tuple[StatementLine, ...]:
        """Every movement that is in it, and so in no other."""
        return (*self.brought_forward, *self.lines)

    @property
    def figures(self) -> StatementFigures:
        """The figures alone."""
        return StatementFigures.model_validate(
            self.model_dump(include=set(StatementFigures.model_fields))
        )


def month_of(day: date) -> str:
    """The month of `day`, such as "2026-03"."""
    return str(day)[:7]


def movements_of(notes: Iterable[Chargeback], book: Rulebook) -> list[StatementLine]:
    """Every movement of `notes`, each in its month, by day and note.

    A charge falls in the settlement month of its note (`month.by`, ZA26), by the edition in force
    on the day of its approval; any other movement in the month of its effective day. Where the
    book settles by the quarter, a month is the last one of its quarter (`month.period`).
    """
    found = [
        StatementLine(
            **moved.model_dump(),
            month=settled_in(
                _charged_in(note, book) if moved.kind == "charged" else month_of(moved.on), book
            ),
        )
        for note in notes
        for moved in note.movements
    ]
    return sorted(found, key=lambda line: (line.on, line.chargeback))


def _charged_in(note: Chargeback, book: Rulebook) -> str:
    by = book.choice("month.by", note.approved_on)
    return month_of(note.issued_on if by == "issued_on" else note.approved_on)


def months_left_open(
    month: str, moved: Iterable[StatementLine], closed: Sequence[Statement]
) -> list[str]:
    """The months before `month` and after the last closed one with movements of their own."""
    last = closed[-1].month if closed else ""
    return sorted({line.month for line in _free(month, moved, closed) if last < line.month < month})


def reckon(
    month: str,
    moved: Iterable[StatementLine],
    closed: Sequence[Statement],
    *,
    held: int,
    rate: Rate | None = None,
) -> Statement:
    """The statement of `month`, which comes after the last of `closed`, in their order.

    `rate` is that of another currency in which it is settled.

    It takes every movement of its month or an earlier one that is in no closed statement. Where
    earlier months are still open, what comes before `month` stands in the opening.
    """
    free = [_linked(line, closed) for line in _free(month, moved, closed)]
    forward = bool(months_left_open(month, moved, closed))
    brought = tuple(line for line in free if forward and line.month < month)
    lines = tuple(line for line in free if not (forward and line.month < month))
    opening = (closed[-1].closing if closed else 0) + sum(line.amount for line in brought)
    charged = sum(line.amount for line in lines if line.kind in CHARGES)
    credited = sum(line.amount for line in lines if line.kind == "credited")
    collected = -sum(line.amount for line in lines if line.kind == "collected")
    closing = opening + charged + credited - collected
    return Statement(
        month=month,
        opening=opening,
        charged=charged,
        credited=credited,
        collected=collected,
        closing=closing,
        converted=_in_its_currency(closing, rate) if rate else None,
        held=held,
        brought_forward=brought,
        lines=lines,
    )


def _in_its_currency(closing: int, rate: Rate) -> Converted:
    return Converted(**rate.model_dump(), amount=rate.convert(closing))


def _free(
    month: str, moved: Iterable[StatementLine], closed: Sequence[Statement]
) -> list[StatementLine]:
    taken = {line.event for each in closed for line in each.settled}
    return [line for line in moved if line.month <= month and line.event not in taken]


def _linked(line: StatementLine, closed: Sequence[Statement]) -> StatementLine:
    late_for = next((each.month for each in closed if each.month >= line.month), None)
    return line.model_copy(update={"adjusts": late_for})
