"""Which months are closed, and which movements does each settle?"""

from recourse.aggregates.statement import reckon
from recourse.projections.settlements import STATEMENT_LINES, STATEMENTS, closed_statements
from support.examples import (
    CHARGE,
    MARCH,
    PART_TAKEN,
    close_approved,
    close_returned,
    month_closed,
    month_previewed,
    moved,
)
from support.reading import of, rows, taken_in

APRIL_8 = CHARGE.on.replace(month=4, day=8)
OLD = moved("N0", "charged", 700, CHARGE.on.replace(month=1))
APRIL_CHARGE = moved("N2", "charged", 40_000, APRIL_8)
LATE = moved("N1", "lowered", -15_001, CHARGE.on)
APRIL = reckon("2026-04", [CHARGE, PART_TAKEN, LATE, APRIL_CHARGE], [MARCH], held=5)


def closed(*events):
    models = taken_in(*of("settlement:S1", *events))
    with models.reading() as connection:
        return list(closed_statements(connection))


def test_a_closed_month_is_read_as_it_was_closed():
    history = (month_previewed(), month_closed(), close_approved(), month_closed(statement=APRIL))

    assert closed(*history) == [("S1", "approved", MARCH), ("S1", "closed", APRIL)]


def test_what_was_brought_forward_is_kept_apart():
    first = reckon("2026-03", [OLD, CHARGE, PART_TAKEN], [], held=0)

    assert first.brought_forward == (OLD,)
    assert closed(month_closed(statement=first)) == [("S1", "closed", first)]


def test_a_look_at_a_month_leaves_no_row():
    assert closed(month_previewed()) == []


def test_a_returned_close_leaves_neither_statement_nor_lines():
    models = taken_in(
        *of(
            "settlement:S1",
            *(month_closed(), close_approved(), month_closed(statement=APRIL)),
            close_returned(month="2026-04"),
        )
    )

    assert rows(models, STATEMENTS, "supplier", "month", "state") == [("S1", "2026-03", "approved")]
    assert sorted(rows(models, STATEMENT_LINES, "event")) == sorted(
        [CHARGE.event, PART_TAKEN.event]
    )


def test_a_month_keeps_who_closed_and_who_approved_it():
    models = taken_in(*of("settlement:S1", month_closed(), close_approved()))

    columns = ("closed_by", "closed_on", "approved_by", "approved_on")
    assert rows(models, STATEMENTS, *columns) == [
        ("cashier", "2026-03-02", "checker", "2026-03-02")
    ]


def test_months_of_different_suppliers_do_not_mix():
    models = taken_in(
        *of("settlement:S1", month_closed()), *of("settlement:S2", month_closed(statement=APRIL))
    )

    with models.reading() as connection:
        assert [each[0] for each in closed_statements(connection, month="2026-03")] == ["S1"]
        assert [each[2] for each in closed_statements(connection, supplier="S2")] == [APRIL]
