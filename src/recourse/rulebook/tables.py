"""Does a table say something in every case, and does each of its rows matter?"""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from itertools import product
from typing import Any

from recourse.rulebook.kinds import CLOSED, Columns, Reader, Unfit, Value, one_of
from recourse.rulebook.mistakes import Place
from recourse.rulebook.rule import Row, Table
from recourse.values.parties import identifier

ANY_OTHER = "*"


def read_rows(kind: str, columns: Columns, written: Sequence[Any], here: Place) -> Table | None:
    """The rows of a table of `kind`, or None where one cannot be read; notes every mistake."""
    read = [_row(columns, entry, here.at(number)) for number, entry in enumerate(written, 1)]
    rows = tuple(row for row in read if row)
    if not written:
        here.note("no-rows")
    if not rows or len(rows) < len(written):
        return None
    for number, row in enumerate(rows, 1):
        _must_be_consistent(row, here.at(number))
    if kind == "approval":
        _must_rise(rows, here)
    else:
        _must_be_reached(rows, here)
        _must_have_no_hole(columns.selectors, rows, here)
    return rows


def _row(columns: Columns, written: object, here: Place) -> Row | None:
    if not isinstance(written, dict):
        here.note("not-a-table", written)
        return None
    allowed = (*columns.selectors, *columns.must, *columns.may)
    readable = True
    for name in columns.must:
        if name not in written:
            here.at(name).note("missing")
            readable = False
    when: dict[str, Value] = {}
    says: dict[str, Value] = {}
    for name, value in written.items():
        reader = _reader(columns, name)
        if reader is None:
            close = ", ".join(get_close_matches(name, allowed)) or ", ".join(allowed)
            here.at(name).note("unknown-column", value, close=close)
            continue
        try:
            (when if name in columns.selectors else says)[name] = reader(value)
        except Unfit as unfit:
            here.at(name).note_unfit(unfit, value)
            readable = False
    return Row({name: str(value) for name, value in when.items()}, says) if readable else None


def _reader(columns: Columns, name: str) -> Reader | None:
    if name in columns.selectors:
        return one_of(CLOSED[name]) if name in CLOSED else _name
    return columns.must.get(name) or columns.may.get(name)


def _name(written: object) -> str:
    try:
        return identifier(written if isinstance(written, str) else "")
    except ValueError:
        raise Unfit("not-a-name") from None


def _must_be_consistent(row: Row, here: Place) -> None:
    for least, most in (("minimum", "maximum"), ("floor", "cap")):
        low, high = row.says.get(least), row.says.get(most)
        if isinstance(low, int) and isinstance(high, int) and low > high:
            here.at(least).note("least-above-most", least=least, most=most)
    if row.says.get("of") == ():
        here.at("of").note("empty-list")
    if row.says.get("currency") == "CNY" and row.says["rate"] != 1:
        here.at("rate").note("yuan-is-yuan", row.says["rate"])


def _must_rise(rows: Table, here: Place) -> None:
    """Limits of approval rise row by row, and the last row has none."""
    before = -1
    for number, row in enumerate(rows, 1):
        limit = row.says.get("up_to")
        place = here.at(number)
        if not isinstance(limit, int):
            if number < len(rows):
                place.note("never-reached", number + 1, row=number + 1, earlier=number)
            return
        if limit <= before:
            place.at("up_to").note("limits-do-not-rise", limit)
        before = limit
    here.at(len(rows)).note("no-last-limit")


def _must_be_reached(rows: Table, here: Place) -> None:
    for number, row in enumerate(rows, 1):
        for earlier, other in enumerate(rows[: number - 1], 1):
            if other.when.items() <= row.when.items():
                here.at(number).note("never-reached", row=number, earlier=earlier)
                break


def _must_have_no_hole(selectors: Sequence[str], rows: Table, here: Place) -> None:
    for about in product(*(_values(selector, rows) for selector in selectors)):
        case: Mapping[str, str | None] = dict(zip(selectors, about, strict=True))
        if not any(row.fits(case) for row in rows):
            said = ", ".join(f"{name} = {value}" for name, value in case.items())
            here.note("hole", said, case=said)
            return


def _values(selector: str, rows: Table) -> tuple[str, ...]:
    """Every value that a selector can have, "*" being any that no row names."""
    if selector in CLOSED:
        return CLOSED[selector]
    named = dict.fromkeys(row.when[selector] for row in rows if selector in row.when)
    return (*named, ANY_OTHER)
