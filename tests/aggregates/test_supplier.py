"""What is known of a supplier, and who made the part built into a unit on a day?"""

from datetime import date

import pytest

from recourse.aggregates.part import Part
from recourse.aggregates.supplier import Supplier
from support.examples import MONDAY, act, happened, part, supplier
from support.scenario import folded, given

SOURCE = {"name": "拨叉", "supplier": "S1"}


def test_a_supplier_is_registered_with_its_way_of_disposal():
    (
        given(Supplier)
        .when(lambda it: it.register(act(), name="甲供方", disposal="entrusted"))
        .then(Supplier.Registered, name="甲供方", disposal="entrusted")
    )


def test_a_supplier_is_registered_once():
    (
        given(Supplier, supplier())
        .when(lambda it: it.register(act(), name="乙供方", disposal="entrusted"))
        .then_refused("supplier-already-registered")
    )


def test_a_supplier_acknowledges_clauses_again_and_again():
    first = happened(Supplier.RulebookAcknowledged, acknowledged=("Z-4.6.1",))

    outcome = given(Supplier, supplier(), first).when(
        lambda it: it.acknowledge(act(), ("Z-4.6.3", "Z-4.6.1"))
    )

    outcome.then(Supplier.RulebookAcknowledged, acknowledged=("Z-4.6.3", "Z-4.6.1"))


def test_what_was_acknowledged_before_stays_acknowledged():
    history = [("Z-4.6.1",), ("Z-4.6.3",)]
    events = [happened(Supplier.RulebookAcknowledged, acknowledged=each) for each in history]

    assert folded(Supplier, (supplier(), *events), []).acknowledged == {"Z-4.6.1", "Z-4.6.3"}


def test_a_part_is_registered_with_its_source():
    given(Part).when(lambda it: it.register(act(), **SOURCE)).then(Part.Registered, **SOURCE)


def test_a_part_has_a_second_source():
    second = SOURCE | {"supplier": "S2", "since": MONDAY}

    outcome = given(Part, part()).when(lambda it: it.register(act(), **second))

    outcome.then(Part.Registered, **second)


def test_the_same_source_is_registered_once():
    (
        given(Part, part())
        .when(lambda it: it.register(act(), **SOURCE))
        .then_refused("part-already-registered")
    )


FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)


@pytest.mark.parametrize(
    ("day", "maker"),
    [
        (date(2024, 12, 31), None),
        (FIRST, "S1"),
        (LAST, "S1"),
        (date(2026, 1, 1), None),
    ],
)
def test_a_source_covers_its_first_and_its_last_day(day, maker):
    source = folded(Part, (part(since=FIRST, until=LAST),), [])

    assert source.supplier_of("U1", day) == maker


def test_of_two_sources_that_cover_a_day_the_later_entry_counts():
    source = folded(Part, (part(), part(supplier="S2")), [])

    assert source.supplier_of("U1", MONDAY) == "S2"


@pytest.mark.parametrize(("unit", "maker"), [("U1", "S2"), ("U2", "S1")])
def test_a_source_with_serials_covers_these_units_only(unit, maker):
    source = folded(Part, (part(), part(supplier="S2", serials=("U1",))), [])

    assert source.supplier_of(unit, MONDAY) == maker


def test_a_source_with_lots_covers_no_unit():
    source = folded(Part, (part(lots=("L1",)),), [])

    assert source.supplier_of("U1", MONDAY) is None
