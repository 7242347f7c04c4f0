"""Is a command answered once, wholly or not at all, whatever happens?"""

from datetime import UTC, date, datetime

import pytest
from eventsourcing.persistence import OperationalError

from application.asks import (
    BUYER,
    CASHIER,
    ENGINEER,
    MONDAY,
    SUNDAY,
    TUESDAY,
    ask,
    assign,
    draft,
    length,
    receive,
    refusal,
    register,
    shared_claim,
)
from recourse.adapters.storage import MemoryStore
from recourse.application import Person, Recourse
from recourse.rulebook.book import built_in
from recourse.rulebook.calendar import published_calendar
from recourse.values.refusal import Refused
from support.engine import fresh, nine
from support.story import THIRD, do, play


@pytest.fixture
def engine():
    return fresh().engine


def told(refused):
    """All that a refusal says."""
    return refused.code, refused.rules, refused.facts, refused.asked


# A command id


def test_a_repeated_command_is_answered_as_the_first_time_and_recorded_once(engine):
    first = engine.execute(register("K1"))

    again = engine.execute(register("K1"))

    assert (again, length(engine)) == (first, 1)


def test_a_command_repeated_on_a_later_day_is_the_same_command(engine):
    first = engine.execute(register("K1", at=MONDAY))

    again = engine.execute(register("K1", at=TUESDAY))

    assert again == first == ("supplier:S1@1",)


def test_a_command_repeated_in_its_own_batch_is_recorded_once(engine):
    answers = engine.execute_many([register("K1"), register("K1")])

    assert [answer.events for answer in answers] == [("supplier:S1@1",)] * 2
    assert length(engine) == 1


def test_a_repeated_command_that_was_refused_is_refused_in_the_same_words(engine):
    engine.execute(register("K1"))
    first = refusal(engine, register("K2"))

    again = refusal(engine, register("K2"))

    assert told(again) == told(first)
    assert again.code == "supplier-already-registered"


def test_a_repeated_command_stays_refused_when_it_would_now_be_possible(engine):
    refusal(engine, assign("K1"))
    engine.execute(receive("K2", labour="1.00"))

    assert refusal(engine, assign("K1")).code == "not-found"


def test_a_new_command_is_not_bound_by_the_refusal_of_another(engine):
    refusal(engine, assign("K1"))
    engine.execute(receive("K2", labour="1.00"))

    assert engine.execute(assign("K3")) == ("claim:C1@2",)


@pytest.mark.parametrize(
    "other",
    [
        register("K1", supplier="S2"),
        register("K1", name="乙供方"),
        register("K1", on=SUNDAY),
        register("K1", by=Person("another buyer", BUYER.roles)),
        assign("K1"),
    ],
    ids=["another thing", "another value", "another day", "another person", "another act"],
)
def test_a_command_id_is_not_used_for_two_commands(engine, other):
    engine.execute(register("K1"))

    refused = refusal(engine, other)

    assert (refused.code, refused.facts) == ("command-id-taken", {"id": "K1"})
    assert length(engine) == 1


def test_the_first_answer_stands_after_its_id_was_used_for_another_command(engine):
    first = engine.execute(register("K1"))
    refusal(engine, register("K1", supplier="S2"))

    assert engine.execute(register("K1")) == first


class FullDisk(MemoryStore):
    """A store that fails when a batch is all but finished, as long as it is full."""

    full = True

    def insert_events(self, stored_events, **kwargs):
        """Append, and fail afterwards."""
        positions = super().insert_events(stored_events, **kwargs)
        if self.full:
            raise OperationalError("the disk is full")
        return positions


def test_events_and_answer_are_lost_together_and_the_command_can_be_asked_again():
    store = FullDisk("a log")
    engine = Recourse(store, built_in(), published_calendar())
    with pytest.raises(OperationalError):
        engine.execute(register("K1"))
    lost = (length(engine), store.answer("K1"), store.held(""))

    store.full = False
    events = engine.execute(register("K1"))

    assert lost == (0, None, [])
    assert (events, length(engine)) == (("supplier:S1@1",), 1)


# A batch


def test_a_refusal_rejects_only_its_own_command(engine):
    asked = [register("K1"), register("K2"), register("K3", supplier="S2")]

    answers = engine.execute_many(asked)

    assert [answer.refusal and answer.refusal.code for answer in answers] == [
        None,
        "supplier-already-registered",
        None,
    ]
    assert [answer.events for answer in answers] == [("supplier:S1@1",), (), ("supplier:S2@1",)]


def test_later_commands_of_a_batch_see_earlier_ones(engine):
    answers = engine.execute_many([assign("K1"), receive("K2", labour="1.00"), assign("K3")])

    assert [answer.events for answer in answers] == [(), ("claim:C1@1",), ("claim:C1@2",)]


def test_later_commands_of_a_batch_find_the_keys_that_earlier_ones_took(engine):
    engine.execute_many(shared_claim())

    answers = engine.execute_many([draft("K1", "N1", "S1"), draft("K2", "N9", "S1")])

    assert answers[0].events == ("chargeback:N1@1",)
    assert answers[1].refusal.code == "claim-already-charged"


# A refusal


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (assign("K1"), "not-found"),
        (register("K1", by=CASHIER), "not-your-role"),
        (register("K1", on=TUESDAY), "effective-in-the-future"),
        (register("K1", by=CASHIER, on=TUESDAY), "not-your-role"),
        (receive("K1", labour="-0.01"), "amount-below-nothing"),
    ],
)
def test_a_refused_command_records_nothing(engine, asked, code):
    engine.execute(register("K0", supplier="S0"))

    refused = refusal(engine, asked)

    assert (refused.code, length(engine)) == (code, 1)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2007, 12, 31)])
def test_a_day_before_the_rulebook_is_refused_with_the_first_day_it_knows(engine, day):
    refused = refusal(engine, register("K1", on=day))

    assert (refused.code, refused.rules, length(engine)) == (
        "before-the-rulebook",
        ("Z-4.3.1a",),
        0,
    )
    assert refused.facts == {"day": str(day), "first": "2008-01-01"}


def test_the_first_day_of_the_rulebook_is_a_day_like_any_other(engine):
    assert engine.execute(register("K1", on=date(2008, 1, 1))) == ("supplier:S1@1",)


def test_a_penalty_for_a_repair_before_the_rulebook_is_refused(engine):
    line = {"claim": "C1", "unit": "U1", "part": "P1", "stage": "zero_km", "quantity": 0}
    line |= {"repaired_on": date(2007, 12, 31), "costs": {"labour": "1.00"}}
    shares = {"supplier:S1": "1"}
    penalty = {"supplier": "S1", "severity": "minor", "amount": "500.00", "reason": "停线"}
    for asked in (
        register("K1"),
        ask("K2", ENGINEER, "receive_claim", **line),
        ask("K3", ENGINEER, "attribute_claim", claim="C1", shares=shares),
    ):
        engine.execute(asked)

    refused = refusal(engine, ask("K4", ENGINEER, "set_penalty", claim="C1", **penalty))

    assert (refused.code, refused.rules) == ("before-the-rulebook", ("Z-4.5.3b",))


@pytest.mark.parametrize("received_on", [date.min, date.max])
@pytest.mark.parametrize("act", ["record_receipt", "correct_receipt"])
def test_an_absurd_day_of_receipt_is_outside_its_bounds(act, received_on):
    until = {"record_receipt": "issue_chargeback", "correct_receipt": "record_receipt"}[act]
    site = play(fresh(), until=until)
    more = {"record_receipt": {"proof": "签收"}, "correct_receipt": {"reason": "录错"}}[act]

    with pytest.raises(Refused) as refused:
        do(site, THIRD, "buyer2", act, chargeback="N1", received_on=received_on, **more)

    assert (refused.value.code, refused.value.rules) == ("receipt-outside-bounds", ("ZA2",))


def test_what_is_unknown_is_named_in_the_refusal(engine):
    assert refusal(engine, assign("K1", claim="C7")).facts == {"kind": "claim", "name": "C7"}


@pytest.mark.parametrize(
    ("at", "on"),
    [
        (nine(MONDAY), MONDAY),
        (nine(MONDAY), SUNDAY),
        (datetime(2026, 3, 1, 16, 0, tzinfo=UTC), MONDAY),
    ],
    ids=["the same day", "a day before", "in Shanghai the day has begun"],
)
def test_a_command_is_effective_on_the_day_it_is_recorded_or_before(engine, at, on):
    engine.execute(register("K1", at=at, on=on))

    (fact,) = engine.stream("supplier:S1")
    assert fact.event.effective_on == on


def test_a_command_is_not_effective_on_a_day_that_has_not_begun_in_shanghai(engine):
    last_moment = datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC)

    assert refusal(engine, register("K1", at=last_moment, on=MONDAY)).code == (
        "effective-in-the-future"
    )
