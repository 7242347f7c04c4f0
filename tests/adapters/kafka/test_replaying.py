"""Can a person deal with what is parked, and is nothing done twice by that?"""

import pytest

from adapters.kafka.sending import AT, SOURCES, inbox, message, owed, paid, parked, pay, site
from recourse.adapters.kafka.replaying import Desk, Settled, all_parked
from recourse.application import Person
from recourse.values.refusal import Refused

WANG = Person("wang", frozenset({"finance_checker"}))


def desk(made, sources=SOURCES, by=WANG):
    return Desk(made.engine, sources, by, AT)


def first(made):
    return all_parked(made.engine)[0]


def told(fate):
    return (fate.turn, fate.became, fate.reason, fate.command_id)


def test_what_came_too_early_is_done_when_its_turn_has_come():
    made = site()
    inbox(made, pay()).step(AT)
    owed(made)

    fate = desk(made).replay(first(made))

    assert told(fate) == (1, "done", "", "erp/sap 1 replay 1")
    assert (paid(made), first(made).state) == (100_00, "done")


def test_what_is_refused_again_goes_on_waiting():
    made = site()
    inbox(made, pay()).step(AT)
    desk(made).replay(first(made))
    owed(made)

    fate = desk(made).replay(first(made))

    assert [told(each)[:2] for each in first(made).fates] == [(1, "refused"), (2, "done")]
    assert fate.command_id == "erp/sap 1 replay 2" and paid(made) == 100_00


def test_what_nobody_could_ask_is_asked_under_its_own_id_once_the_settings_know_its_source():
    made = owed(site())
    inbox(made, pay(source="erp/new")).step(AT)
    sources = SOURCES | {"erp/new": SOURCES["erp/sap"]}

    fate = desk(made, sources).replay(first(made))

    assert told(fate) == (1, "done", "", "erp/new 1") and paid(made) == 100_00


def test_what_still_cannot_be_asked_says_why():
    made = site()
    inbox(made, message(body=b"{")).step(AT)

    assert told(desk(made).replay(first(made))) == (1, "refused", "not-json", "")


def test_a_message_that_was_replayed_and_comes_again_is_neither_done_nor_parked():
    made = site()
    inbox(made, pay(at=1)).step(AT)
    owed(made)
    desk(made).replay(first(made))

    inbox(made, pay(at=2), pay(at=1)).step(AT)

    assert (paid(made), len(parked(made))) == (100_00, 1)


def test_a_message_parked_twice_is_done_once():
    made = owed(site())
    sources = SOURCES | {"erp/new": SOURCES["erp/sap"]}
    inbox(made, pay(source="erp/new", at=1), pay(source="erp/new", at=2)).step(AT)

    fates = [desk(made, sources).replay(each) for each in all_parked(made.engine)]

    assert [told(each)[1:] for each in fates] == [
        ("done", "", "erp/new 1"),
        ("done", "done-already", "erp/new 1"),
    ]
    assert paid(made) == 100_00


def test_a_replay_that_crashed_after_the_commit_is_not_done_again(monkeypatch):
    made = site()
    inbox(made, pay()).step(AT)
    owed(made)
    monkeypatch.setattr(made.engine.store.parking, "settle", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        desk(made).replay(first(made))
    monkeypatch.undo()

    fate = desk(made).replay(first(made))

    assert told(fate) == (1, "done", "done-already", "erp/sap 1 replay 1")
    assert paid(made) == 100_00


def test_other_content_under_an_id_that_was_done_is_never_done():
    made = owed(site())
    inbox(made, pay(), pay(amount="999.00")).step(AT)

    fate = desk(made).replay(first(made))

    assert told(fate)[1:3] == ("refused", "command-id-taken") and paid(made) == 100_00


def test_other_content_is_not_done_either_where_the_first_was_done_by_a_replay():
    made = site()
    inbox(made, pay(at=1), pay(amount="999.00", at=2)).step(AT)
    owed(made)
    one, other = all_parked(made.engine)
    desk(made).replay(one)

    assert told(desk(made).replay(other))[1:3] == ("refused", "command-id-taken")
    assert paid(made) == 100_00


def test_a_person_lets_a_message_be_and_it_stays_visible():
    made = site()
    inbox(made, message(body=b"{")).step(AT)

    desk(made).dismiss(first(made), "sent-again")

    (fate,) = first(made).fates
    assert (first(made).state, fate.by, fate.reason) == ("dismissed", "wang", "sent-again")
    with pytest.raises(Settled):
        desk(made).replay(first(made))


def test_who_may_not_deal_with_it_is_told():
    made = site()
    inbox(made, message(body=b"{")).step(AT)
    seller = Person("seller", frozenset({"supplier:S1"}))

    with pytest.raises(Refused, match='for "quality manager'):
        desk(made, by=seller).dismiss(first(made), "sent-again")

    assert first(made).state == "waiting"
