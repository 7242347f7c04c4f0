"""Does a table say something in every case, and does each of its rows matter?"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any

from recourse.rulebook.fields import close_to
from recourse.rulebook.kinds import CLOSED, Columns, Reader, Unfit, Value, one_of
from recourse.rulebook.mistakes import Place
from recourse.rulebook.rule import Row, Table
from recourse.values.money import yuan
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
            here.at(name).note("unknown-column", value, close=close_to(name, allowed))
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
            here.at(least).note(
                "least-above-most", least=f"{least} = {yuan(low)}", most=f"{most} = {yuan(high)}"
            )
    if row.says.get("of") == ():
        here.at("of").note("empty-list", [])
    if row.says.get("currency") == "CNY" and row.says["rate"] != 1:
        here.at("rate").note("yuan-is-yuan", row.says["rate"])


def _must_rise(rows: Table, here: Place) -> None:
    """Limits of approval rise row by row, and the last row has none."""
    before = -1
    for number, row in enumerate(rows, 1):
        limit = row.says.get("up_to")
        if not isinstance(limit, int):
            if number < len(rows):
                here.at(number + 1).note("never-reached", row=number + 1, earlier=number, when="-")
            return
        if limit <= before:
            here.at(number).at("up_to").note("limits-do-not-rise", yuan(limit), before=yuan(before))
        before = limit
    here.at(len(rows)).note("no-last-limit", yuan(before))


def _must_be_reached(rows: Table, here: Place) -> None:
    """Rows are few, but their number squared is not: each looks up those before it."""
    before: dict[Condition, int] = {}
    for number, row in enumerate(rows, 1):
        condition = frozenset(row.when.items())
        earlier = [before[part] for part in _parts(condition) if part in before]
        if earlier:
            when = _told(row.when)
            here.at(number).note("never-reached", row=number, earlier=min(earlier), when=when)
        before.setdefault(condition, number)


Condition = frozenset[tuple[str, str]]


def _parts(condition: Condition) -> Iterator[Condition]:
    """Every condition that fits wherever this one does."""
    for size in range(len(condition) + 1):
        yield from map(frozenset, combinations(condition, size))


def _must_have_no_hole(selectors: Sequence[str], rows: Table, here: Place) -> None:
    """A supplier or family that no row names is fitted only by rows that name none at all."""
    general = [row for row in rows if row.when.keys() <= CLOSED.keys()]
    for about in product(*(CLOSED.get(selector, (ANY_OTHER,)) for selector in selectors)):
        case: Mapping[str, str | None] = dict(zip(selectors, about, strict=True))
        if not any(row.fits(case) for row in general):
            here.note("hole", case=_told(case))
            return


def _told(condition: Mapping[str, str | None]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in condition.items()) or "-"
