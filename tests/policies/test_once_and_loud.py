"""Is every reaction recorded once and with its cause, in any store, and does a defect stop all?"""

from datetime import date, timedelta

import pytest
from eventsourcing.persistence import OperationalError

from recourse.adapters.storage.opening import close_engine, open_engine
from recourse.aggregates.day import Days
from recourse.aggregates.referral import Referral
from recourse.aggregates.supplier import Supplier
from recourse.application import Ask, Person
from recourse.commands import PUBLIC
from recourse.commands.answers import LapseAppeal
from recourse.commands.days import LONGEST_SILENCE
from recourse.commands.referrals import ReviewNote
from recourse.policies import POLICIES, Policy, PolicyBroke
from recourse.rulebook.book import built_in
from recourse.values.parties import Text
from recourse.values.refusal import Refused
from support.engine import Site, fresh, nine
from support.story import LAST_DAY, SUPPLIER, do, play

TODAY = LAST_DAY + timedelta(days=1)
BUYER = Person("buyer", frozenset({"purchasing"}))


@pytest.fixture(params=["memory", "sqlite"])
def empty(request, tmp_path):
    """A site in either store."""
    if request.param == "memory":
        yield fresh()
        return
    engine = open_engine(str(tmp_path / "plant.db"), built_in(), new_log_id=lambda: "test")
    yield Site(engine)
    close_engine(engine)


@pytest.fixture
def site(empty):
    """A note was received and nobody answered up to the last day."""
    play(empty, until="record_receipt")
    empty.begin(LAST_DAY)
    return empty


def whenever(event, then):
    return (Policy(Text("每当如此（ZA38）。", "Whenever it is so (ZA38)."), (event,), then),)


def reactions(site):
    """(what was caused, its cause, its day) for everything that the engine did by itself."""
    return [
        (fact.event.TOPIC, fact.event.caused_by, fact.event.effective_on)
        for facts in site.engine.batches()
        for fact in facts
        if fact.event.caused_by
    ]


def everything(site):
    return [fact for facts in site.engine.batches() for fact in facts]


def register(site, name, day=TODAY):
    site.do(day, "buyer", ("purchasing",), "register_supplier", **SUPPLIER | {"supplier": name})


def registering(name, day=TODAY):
    command = PUBLIC["register_supplier"].model_validate(SUPPLIER | {"supplier": name})
    return Ask(command, BUYER, nine(day), f"register {name}")


def remarks(fact, desk):
    """A reaction that is refused, so that it leaves a referral."""
    del desk
    yield ReviewNote(chargeback=fact.stream.partition(":")[2])
    yield LapseAppeal(chargeback="N1")


def breaks(fact, desk):
    del desk
    yield ReviewNote(chargeback=fact.stream.partition(":")[2])
    raise ZeroDivisionError("no share left")


# Once, with its cause


def test_weeks_of_silence_leave_each_reaction_once_on_its_own_day(site):
    site.begin(TODAY + timedelta(days=30))
    site.begin(TODAY + timedelta(days=30))
    site.engine.follow_up(nine(TODAY + timedelta(days=31)))

    began = [fact for fact in site.engine.stream("day:2026-07") if fact.event.day == TODAY]
    assert reactions(site) == [("chargeback.appeal_lapsed", began[0].id, TODAY)]


def test_days_begin_in_order_and_each_is_followed_by_what_it_caused(site):
    site.begin(TODAY + timedelta(days=2))

    told = [(fact.event.TOPIC, fact.event.effective_on) for fact in everything(site)[-4:]]
    assert told == [
        ("day.began", TODAY),
        ("chargeback.appeal_lapsed", TODAY),
        ("day.began", TODAY + timedelta(days=1)),
        ("day.began", TODAY + timedelta(days=2)),
    ]


def test_a_batch_of_many_causes_has_each_reaction_once(empty):
    empty.begin(TODAY)
    empty.engine.policies = whenever(Supplier.Registered, opens_a_referral)
    names = [f"S{number}" for number in range(1100)]  # more than one page of the log

    empty.engine.perform([registering(name) for name in names])
    empty.engine.follow_up(nine(TODAY))

    assert [cause for _, cause, _ in reactions(empty)] == [f"supplier:{name}@1" for name in names]


def opens_a_referral(fact, desk):
    del fact, desk
    yield PUBLIC["issue_chargeback"](chargeback="N1")


def test_what_was_recorded_and_not_reacted_to_is_reacted_to_before_the_next_act(empty):
    empty.begin(TODAY)
    empty.engine.policies = whenever(Supplier.Registered, opens_a_referral)
    empty.engine.execute_many([registering("S1")])  # and then the power failed

    register(empty, "S2")

    causes = [(fact.event.TOPIC, fact.event.caused_by) for fact in everything(empty)[1:]]
    assert causes == [
        ("supplier.registered", None),
        ("referral.raised", "supplier:S1@1"),
        ("supplier.registered", None),
        ("referral.raised", "supplier:S2@1"),
    ]


def test_a_reaction_is_never_recorded_before_its_cause(empty):
    empty.begin(TODAY)
    empty.engine.policies = whenever(Supplier.Registered, opens_a_referral)
    empty.engine.execute_many([registering("S1")])

    empty.engine.follow_up(nine(TODAY - timedelta(days=5)))

    registered, raised = everything(empty)[1:]
    assert raised.event.recorded_at == registered.event.recorded_at


def test_acts_of_two_days_in_one_batch_have_the_day_between_them(empty):
    later = TODAY + timedelta(days=2)

    empty.engine.perform([registering("S1"), registering("S2", later)])

    order = [fact.stream for fact in everything(empty)]
    assert order == ["day:2026-07", "supplier:S1", "day:2026-07", "day:2026-07", "supplier:S2"]


# Loud


@pytest.mark.parametrize("again", [1, 2])
def test_a_broken_policy_names_itself_and_the_event_each_time_and_records_nothing(site, again):
    site.engine.policies = whenever(Days.Began, breaks)
    before = everything(site), site.engine.store.position("policies")

    for _ in range(again):
        with pytest.raises(PolicyBroke, match=r"breaks at day:2026-07@\d+ day\.began: Zero"):
            site.begin(TODAY + timedelta(days=3))

    assert (everything(site), site.engine.store.position("policies")) == before


def test_the_next_run_after_the_correction_does_all_that_was_waiting_once(site):
    site.engine.policies = whenever(Days.Began, breaks)
    with pytest.raises(PolicyBroke):
        site.begin(TODAY + timedelta(days=3))

    site.engine.policies = POLICIES
    site.begin(TODAY + timedelta(days=3))

    assert [topic for topic, _, _ in reactions(site)] == ["chargeback.appeal_lapsed"]


def test_an_act_whose_reaction_breaks_is_not_recorded_and_can_be_asked_again(empty):
    empty.begin(TODAY)
    empty.engine.policies = whenever(Supplier.Registered, breaks)
    with pytest.raises(PolicyBroke, match="supplier:S1@1"):
        empty.engine.perform([registering("S1")])
    lost = empty.engine.stream("supplier:S1"), empty.engine.store.answer("register S1")

    empty.engine.policies = POLICIES
    (answer,) = empty.engine.perform([registering("S1")])

    assert lost == ([], None)
    assert answer.events == ("supplier:S1@1",)


def test_no_act_is_recorded_while_an_older_reaction_breaks(empty):
    empty.begin(TODAY)
    empty.engine.execute_many([registering("S1")])
    empty.engine.policies = whenever(Supplier.Registered, breaks)

    with pytest.raises(PolicyBroke, match="supplier:S1@1"):
        empty.engine.perform([registering("S2")])

    assert empty.engine.stream("supplier:S2") == []


def test_a_command_that_a_policy_makes_up_wrongly_is_a_defect_of_the_policy(site):
    def asks_nonsense(fact, desk):
        yield LapseAppeal(chargeback="two words")

    site.engine.policies = whenever(Days.Began, asks_nonsense)

    with pytest.raises(PolicyBroke, match="asks_nonsense breaks at day:2026-07@"):
        site.begin(TODAY)


def test_trouble_of_the_store_is_not_told_as_a_defect_of_a_policy(site):
    def store_is_gone(fact, desk):
        raise OperationalError("database is locked")
        yield

    site.engine.policies = whenever(Days.Began, store_is_gone)

    with pytest.raises(OperationalError, match="database is locked"):
        site.begin(TODAY)


@pytest.mark.parametrize("length", [1, 80])
def test_a_refused_reaction_about_a_long_name_becomes_a_referral_all_the_same(empty, length):
    empty.begin(TODAY)
    empty.engine.policies = whenever(Supplier.Registered, opens_a_referral)

    register(empty, "S" * length)

    (raised,) = [fact for fact in everything(empty) if isinstance(fact.event, Referral.Raised)]
    assert len(raised.stream) < 50
    do(empty, TODAY, "boss", "close_referral", referral=raised.stream[9:], reason="已人工处理")
    assert empty.figures("referrals", None, TODAY)["open"] == 0


# Days nobody can mean


def last_day(site):
    return max(it.event.day for it in everything(site) if isinstance(it.event, Days.Began))


def test_more_days_than_anybody_was_silent_do_not_begin(site):
    before = site.position()

    with pytest.raises(Refused) as refused:
        site.begin(LAST_DAY + timedelta(days=LONGEST_SILENCE + 1))
    kept = site.position()
    site.begin(LAST_DAY + timedelta(days=LONGEST_SILENCE))

    assert (refused.value.code, refused.value.rules) == ("silence-too-long", ("Z-4.6.1a",))
    assert (kept, last_day(site)) == (
        before,
        LAST_DAY + timedelta(days=LONGEST_SILENCE),
    )


def test_the_first_day_is_one_that_the_rulebook_knows(empty):
    with pytest.raises(Refused) as refused:
        empty.begin(date(2007, 12, 31))

    assert (refused.value.code, empty.position()) == ("before-the-rulebook", 0)
