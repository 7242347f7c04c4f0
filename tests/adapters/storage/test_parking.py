"""What does every store promise of messages that could not be done?"""

from contextlib import suppress
from dataclasses import replace

import pytest
from eventsourcing.persistence import DatabaseError, IntegrityError, ProgrammingError

from recourse.application.parking import Place
from support.parked import DISMISSED, PARKED


def park(store, *messages):
    with store.writing():
        store.parking.park(messages)


def settle(store, fate):
    with store.writing():
        store.parking.settle(fate)


def test_a_store_begins_with_nothing_parked(store):
    assert list(store.parking.parked()) == [] and list(store.parking.fates()) == []


def test_a_parked_message_comes_back_byte_for_byte(store):
    park(store, PARKED)

    assert list(store.parking.parked()) == [PARKED]


def test_a_message_may_have_no_key_no_body_and_no_name(store):
    bare = replace(PARKED, key=None, headers=(), body=None, message="")

    park(store, bare)

    assert list(store.parking.parked()) == [bare]


def test_a_message_that_comes_again_is_parked_once_as_it_first_was(store):
    park(store, PARKED)

    park(store, replace(PARKED, code="not-found"), replace(PARKED, code="not-found"))

    assert list(store.parking.parked()) == [PARKED]


def test_parked_messages_stand_in_the_order_of_their_places(store):
    places = [Place("b", 0, 1), Place("a", 1, 0), Place("a", 0, 10), Place("a", 0, 9)]

    park(store, *(replace(PARKED, place=place) for place in places))

    assert [each.place for each in store.parking.parked()] == sorted(places)


def test_the_rows_of_one_message_are_found_by_its_name(store):
    other = replace(PARKED, place=Place("a", 0, 1), message="erp/sap 8")

    park(store, PARKED, other)

    assert list(store.parking.parked("erp/sap 8")) == [other]


def test_what_became_of_a_message_is_kept_turn_by_turn(store):
    refused = replace(DISMISSED, became="refused", command_id="erp/sap 7", reason="not-found")
    park(store, PARKED)

    settle(store, refused)
    settle(store, replace(DISMISSED, turn=2))

    assert list(store.parking.fates()) == [refused, replace(DISMISSED, turn=2)]
    assert (refused.settles, DISMISSED.settles) == (False, True)


def test_of_two_people_who_settle_one_message_at_once_the_second_is_told(store):
    park(store, PARKED)
    settle(store, DISMISSED)

    with pytest.raises(IntegrityError):
        settle(store, replace(DISMISSED, by="wang"))

    assert [fate.by for fate in store.parking.fates()] == ["li"]


def test_nothing_becomes_of_a_message_that_is_not_parked(store):
    with pytest.raises(IntegrityError):
        settle(store, DISMISSED)


def test_parking_is_part_of_a_batch(store):
    with suppress(ZeroDivisionError), store.writing():
        store.parking.park([PARKED])
        store.parking.settle(DISMISSED)
        raise ZeroDivisionError

    assert list(store.parking.parked()) == [] and list(store.parking.fates()) == []


def test_nothing_is_parked_outside_a_batch(store):
    with pytest.raises(ProgrammingError):
        store.parking.park([PARKED])


def test_a_parked_message_is_there_when_the_store_is_opened_again(reopened):
    store = reopened()
    park(store, PARKED)
    settle(store, DISMISSED)

    again = reopened()

    assert list(again.parking.parked()) == [PARKED]
    assert list(again.parking.fates()) == [DISMISSED]


@pytest.mark.parametrize("table", ["parked", "parked_fates"])
@pytest.mark.parametrize("change", ["UPDATE {} SET message = 'x'", "DELETE FROM {}"])
def test_what_is_parked_is_only_ever_added_to(reopened, table, change):
    store = reopened()
    park(store, PARKED)
    settle(store, DISMISSED)
    column = "message" if table == "parked" else "reason"
    statement = change.format(table).replace("message", column)

    with pytest.raises(DatabaseError), store.writing():
        store._write(statement, [()])  # noqa: SLF001

    assert list(reopened().parking.fates()) == [DISMISSED]
